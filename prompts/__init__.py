"""Versioned prompt files for language models, and their loader; no other code lives here."""
