"""Pieces of a paragraph, some of them struck: a struck word no longer holds."""

from __future__ import annotations

from collections.abc import Sequence

Piece = tuple[str, bool]
"""Text, and whether it is visibly struck."""


def all_struck(pieces: Sequence[Piece]) -> bool:
    """Every word of the paragraph is struck."""
    words = [gone for text, gone in pieces if text.strip()]
    return bool(words) and all(words)


def standing(pieces: Sequence[Piece]) -> str:
    """The text without its struck words; the whole text where all are struck."""
    whole = all_struck(pieces)
    return "".join(text for text, gone in pieces if whole or not gone)
