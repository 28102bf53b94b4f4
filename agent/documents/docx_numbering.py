"""The numbers that Word prints before paragraphs ("Article 3", "3.2", "b)"): computed, as no file holds them.

Source of the rules: ECMA-376 Part 1, section 17.9 (numbering).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from agent.documents.docx_styles import Numbered, Styles, W, value


def roman(number: int) -> str:
    """A number in capital Roman figures."""
    text = ""
    for worth, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        text += sign * (number // worth)
        number %= worth
    return text


def letter(number: int) -> str:
    """a, b, … z, aa, bb, …, as Word counts."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


_WORDS = ("", "Un", "Deux", "Trois", "Quatre", "Cinq", "Six", "Sept", "Huit", "Neuf", "Dix", "Onze", "Douze")
_ORDINALS = (
    "", "Premier", "Deuxième", "Troisième", "Quatrième", "Cinquième", "Sixième", "Septième", "Huitième", "Neuvième",
    "Dixième", "Onzième", "Douzième",
)  # fmt: skip

_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02}",
    "upperRoman": roman,
    "lowerRoman": lambda n: roman(n).lower(),
    "upperLetter": lambda n: letter(n).upper(),
    "lowerLetter": letter,
    "ordinal": lambda n: "1er" if n == 1 else f"{n}e",
    "cardinalText": lambda n: _WORDS[n] if n < len(_WORDS) else str(n),
    "ordinalText": lambda n: _ORDINALS[n] if n < len(_ORDINALS) else f"{n}e",
    "none": lambda n: "",
}


@dataclass(slots=True)
class _Level:
    format: str
    text: str
    start: int = 1
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    linked: str | None = None
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts through a document: `label` is to be asked once for every numbered paragraph, in order."""

    def __init__(self, tree: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._nums: dict[str, tuple[str, dict[int, int], dict[int, _Level]]] = {}
        self._begun: set[tuple[str, int]] = set()
        if tree is None:
            return
        by_style: dict[str, str] = {}
        for element in tree.iter(W + "abstractNum"):
            identity = element.get(W + "abstractNumId", "")
            self._lists[identity] = _List(_levels(element), value(element, "numStyleLink"))
            if style := value(element, "styleLink"):
                by_style[style] = identity
        for known in self._lists.values():
            if known.linked in by_style:
                known.levels = self._lists[by_style[known.linked]].levels
        for element in tree.iter(W + "num"):
            starts: dict[int, int] = {}
            changed: dict[int, _Level] = {}
            for override in element.iter(W + "lvlOverride"):
                level = int(override.get(W + "ilvl", "0"))
                if (start := value(override, "startOverride")) is not None:
                    starts[level] = int(start)
                changed.update(_levels(override))
            abstract = value(element, "abstractNumId") or ""
            self._nums[element.get(W + "numId", "")] = (abstract, starts, changed)

    def place(self, own: etree._Element | None, style: str | None) -> Numbered | None:
        """Where a paragraph stands, by its own properties or by its style; None where it is not numbered."""
        num, level = value(own, "numPr/numId"), value(own, "numPr/ilvl")
        inherited = self._styles.numbered(style)
        if num is None:
            if inherited is None:
                return None
            num = inherited.num
        if num == "0" or num not in self._nums:
            return None
        if level is not None:
            return Numbered(num, int(level))
        levels = self._levels(num)
        for identity in self._styles.chain_ids(style):
            for index, known in levels.items():
                if known.style == identity:
                    return Numbered(num, index)
        return Numbered(num, inherited.level if inherited is not None else 0)

    def label(self, place: Numbered) -> str:
        """The next number at ``place``, as printed; empty for bullets."""
        abstract, starts, _ = self._nums[place.num]
        known = self._lists.get(abstract)
        levels = self._levels(place.num)
        level = levels.get(place.level)
        if known is None or level is None:
            return ""
        counts = known.counts
        if place.level in starts and (place.num, place.level) not in self._begun:
            counts[place.level] = starts[place.level]
        elif place.level in counts:
            counts[place.level] += 1
        else:
            counts[place.level] = level.start
        self._begun.add((place.num, place.level))
        for deeper in [index for index in counts if index > place.level]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and place.level < restart):
                del counts[deeper]
        if level.format == "bullet":
            return ""
        text = level.text
        for index in range(9):
            mark = f"%{index + 1}"
            if mark in text:
                shown = levels.get(index, level)
                count = counts.setdefault(index, shown.start)
                style = "decimal" if level.legal and shown.format != "bullet" else shown.format
                text = text.replace(mark, _FORMATS.get(style, str)(count))
        return text.strip()

    def _levels(self, num: str) -> dict[int, _Level]:
        abstract, _, changed = self._nums[num]
        known = self._lists.get(abstract)
        return {**(known.levels if known else {}), **changed}


def _levels(parent: etree._Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for element in parent.iter(W + "lvl"):
        restart = value(element, "lvlRestart")
        levels[int(element.get(W + "ilvl", "0"))] = _Level(
            format=value(element, "numFmt") or "decimal",
            text=value(element, "lvlText") or "",
            start=int(value(element, "start") or 1),
            restart=int(restart) if restart is not None else None,
            legal=element.find(W + "isLgl") is not None,
            style=value(element, "pStyle"),
        )
    return levels
