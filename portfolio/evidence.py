"""Evidence: the verbatim words that prove a value, and where they stand."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Alignment = Literal["exact", "normalised", "fuzzy"]
"""How a quote was found in its document: letter by letter, after folding white space, hyphenation and typographic
signs, or with a bounded number of differing characters (OCR)."""


class Box(BaseModel):
    """A rectangle on a page, as fractions of the page's width and height, origin at the top left."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    page: int = Field(ge=1)
    x0: float
    y0: float
    x1: float
    y1: float


class Evidence(BaseModel):
    """Words of a document: ``quote`` is ``text[start:end]`` of the document whose content hash is ``document``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str
    """SHA-256 of the document's bytes, in hexadecimal."""
    quote: str
    page: int = Field(ge=1)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    alignment: Alignment = "exact"
    boxes: tuple[Box, ...] = ()
    """One box a line of the quote; empty where the format has no pages."""
