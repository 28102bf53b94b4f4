"""Alerts: a contract's events, raised before their day until somebody reacts. `AlertBook` is the way in."""
