"""Alerts: a contract's events, told before their day until somebody reacts. `book.AlertBook` is the way in: for the
daily run, for what a person says, and for whoever delivers what was told."""
