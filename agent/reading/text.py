"""The reading of plain text: folding that keeps offsets, and where sentences end."""

from __future__ import annotations

import re
import unicodedata

_SIGNS: dict[str, str] = {
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-",
    "‑": "-", "‐": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "œ": "o", "Œ": "o", "º": "°",
}  # fmt: skip


CHECKED, _EMPTY = "☒☑✓✔⊠", "☐□▢"
BOX = re.compile(rf"([{CHECKED}{_EMPTY}]|\[\s?[xX✓]?\s?\](?=\s))")
"""A tick box, checked or not."""


class _Folding(dict[int, str]):
    """A translation table that grows by the characters it meets."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0].lower()
        plain = self[code] = base if len(base) == 1 else char
        return plain


_FOLDING = _Folding({ord(sign): plain for sign, plain in _SIGNS.items()})


def fold(text: str) -> str:
    """Lower case, no accents, typographic signs made plain; every character keeps its offset."""
    return text.translate(_FOLDING)


_ABBREVIATION = re.compile(
    r"(?:\b(?:art|al|cf|ex|env|etc|no|n°|n|m|mm|mme|mlle|me|dr|st|ste|bd|av|p|pp|vol|tel|tél|fax|inc|ltd|corp|co|"
    r"mr|mrs|ms|sect|ref|réf|adm|i\.e|e\.g|[A-Z])|\b\d{1,3})\.$",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(r"(?<=[.;!?…])(?<!\.{4})[\"»)\]]?\s+(?=[\"«(\[☒☐•–-]?\s?[A-ZÀ-ÖØ-Þ0-9«\"(☒☐])|(?<=;)\s+")


def sentence_spans(text: str, *, whole: bool = False) -> list[tuple[int, int]]:
    """(start, end) of the sentences of a block; not after abbreviations, initials and clause numbers."""
    if whole:
        return [(0, len(text))]
    spans: list[tuple[int, int]] = []
    start = 0
    for boundary in _BOUNDARY.finditer(text):
        before = text[max(start, boundary.start() - 12) : boundary.start()]
        if before.endswith(".") and _ABBREVIATION.search(before):
            continue
        spans.append((start, boundary.start()))
        start = boundary.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans
