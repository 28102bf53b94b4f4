"""Texts made comparable: without case, accents, typographic signs and punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "Œ": "oe", "Æ": "ae", "Ø": "o"})
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower-case words of letters and digits, one space between: `L'Hôpital n° 2` is `l hopital n 2`."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES)).casefold()
    return _NOT_WORD.sub(" ", "".join(filterfalse(unicodedata.combining, plain))).strip()


def compact(text: str) -> str:
    """Letters and digits only: `CVO-ACH-2023-041/AV1` is `cvoach2023041av1`."""
    return fold(text).replace(" ", "")


def words(text: str, shortest: int = 3) -> frozenset[str]:
    """The words of at least ``shortest`` letters."""
    return frozenset(word for word in fold(text).split() if len(word) >= shortest)


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """How far two sets of words agree: shared words over all, 1 where one holds the other, 0 where one is empty."""
    if not a or not b:
        return 0.0
    if a <= b or b <= a:
        return 1.0
    return len(a & b) / len(a | b)
