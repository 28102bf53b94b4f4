"""The numbers that LibreOffice prints before headings and list items: computed, as the file only holds their rules.

Source of the rules: OpenDocument 1.3 Part 3, sections 19.880 (text:outline-style, text:list-style) and 5.3 (lists).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from agent.documents.docx_numbering import letter, roman

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"

_FORMATS: dict[str, Callable[[int], str]] = {
    "1": str,
    "I": roman,
    "i": lambda number: roman(number).lower(),
    "A": lambda number: letter(number).upper(),
    "a": letter,
}

OUTLINE = "#outline"
"""The list of all headings, which has no name of its own."""


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    prefix: str
    suffix: str
    start: int
    shown: int
    pattern: str


class OdtNumbering:
    """Counts through a document: `label` is to be asked once for every numbered paragraph, in order."""

    def __init__(self, *trees: etree._Element | None) -> None:
        self._styles: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for tree in trees:
            for tag, name in (("list-style", ""), ("outline-style", OUTLINE)):
                for style in tree.iter(TEXT + tag) if tree is not None else ():
                    self._styles[name or style.get(STYLE + "name", "")] = dict(map(_level, style))

    def restart(self, style: str) -> None:
        """A list begins that does not go on with the one before it."""
        self._counts.pop(style, None)

    def label(self, style: str, level: int, start: int | None = None) -> str:
        """The next number at ``level`` (from 1) of a list style; empty for bullets and unnumbered levels."""
        levels = self._styles.get(style, {})
        rule = levels.get(level)
        if rule is None or not rule.format:
            return ""
        counts = self._counts.setdefault(style, {})
        counts[level] = start if start is not None else counts.get(level, rule.start - 1) + 1
        for deeper in [index for index in counts if index > level]:
            del counts[deeper]
        number = {
            index: _FORMATS.get(levels[index].format, str)(counts.setdefault(index, levels[index].start))
            for index in range(1, level + 1)
            if index in levels and levels[index].format
        }
        if rule.pattern:
            return re.sub(r"%(\d+)%", lambda found: number.get(int(found[1]), ""), rule.pattern).strip()
        shown = [number[index] for index in range(level - rule.shown + 1, level + 1) if index in number]
        return f"{rule.prefix}{'.'.join(shown)}{rule.suffix}".strip()


def _level(element: etree._Element) -> tuple[int, _Level]:
    bullet = element.tag in (TEXT + "list-level-style-bullet", TEXT + "list-level-style-image")
    return int(element.get(TEXT + "level", "1")), _Level(
        format="" if bullet else element.get(STYLE + "num-format", ""),
        prefix=element.get(STYLE + "num-prefix", ""),
        suffix=element.get(STYLE + "num-suffix", ""),
        start=int(element.get(TEXT + "start-value", "1")),
        shown=int(element.get(TEXT + "display-levels", "1")),
        pattern=element.get(_LOEXT + "num-list-format", ""),
    )
