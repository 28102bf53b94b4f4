"""Errors in the language of whoever meets them."""

from __future__ import annotations

from portfolio.errors import ContrathequeError
from portfolio.schema import FIELDS
from portfolio.words.phrases import Phrase
from portfolio.words.values import Wording


def said(error: Exception, say: Wording) -> str:
    """The text of ``error`` in the language of ``say``; in English where it was given no other."""
    if not isinstance(error, ContrathequeError) or error.key is None:
        return str(error)
    values = {
        name: say.field(value) if name == "field" and value in FIELDS else value for name, value in error.values.items()
    }
    return Phrase(f"error.{error.key}", values).say(say)
