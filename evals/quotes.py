"""Whether a quote stands in its document: the check behind "every extracted value carries the words that prove it"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "\u00ad": "-"})
_GUILLEMETS = re.compile(r"«\s*|\s*»")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐‑]\s*(?=[^\W\d_])")


def valid(quote: str, text: str) -> bool:
    """The quote's words stand in ``text`` once white space, hyphenation and typographic quotes are folded.

    Case and accents count. An empty quote proves nothing. A hyphen between two letters is dropped on both sides: at a
    line end nobody can tell whether it belongs to the word.
    """
    return TextIndex.of(text).has(quote)


@dataclass(frozen=True)
class TextIndex:
    """A text folded once, for many quotes."""

    folded: str

    @classmethod
    def of(cls, text: str) -> TextIndex:
        return cls(_fold(text))

    def has(self, quote: str) -> bool:
        folded = _fold(quote)
        return bool(folded) and folded in self.folded

    def share(self, quotes: Iterable[str]) -> tuple[int, int]:
        """(how many are valid, how many there are)."""
        found = [self.has(quote) for quote in quotes]
        return sum(found), len(found)


def _fold(text: str) -> str:
    plain = _GUILLEMETS.sub('"', text.translate(_QUOTES))
    return " ".join(_HYPHEN.sub("", plain).split())
