"""Word's styles: which are headings and of what level, which hide or strike their text, which are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_HEADING = re.compile(r"(?:heading|titre|überschrift|t[íi]tulo|titolo|kop)\s*([1-9])$", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|titre|titre du document)$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|tm|table des mati[èe]res|table of figures|index)\s*\d*$", re.IGNORECASE)
_LIST = re.compile(r"(?:list|liste|puce)", re.IGNORECASE)


def on(properties: etree._Element | None, name: str) -> bool | None:
    """A toggle property: True or False where it is set, None where it is not."""
    found = properties.find(W + name) if properties is not None else None
    if found is None:
        return None
    return found.get(W + "val", "true").lower() not in ("0", "false", "off", "none")


def value(parent: etree._Element | None, path: str) -> str | None:
    """The ``w:val`` of a descendant, written as `numPr/ilvl`."""
    found = parent.find("/".join(W + step for step in path.split("/"))) if parent is not None else None
    return None if found is None else found.get(W + "val")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph's place in a list: ``num`` names the list ("0": none), ``level`` counts from 0."""

    num: str
    level: int


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    element: etree._Element
    base: str | None


class Styles:
    """The styles part of a document; every question follows the chain of base styles."""

    def __init__(self, tree: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self.default: str | None = None
        for element in tree.iter(W + "style") if tree is not None else ():
            identity = element.get(W + "styleId", "")
            self._styles[identity] = _Style(value(element, "name") or identity, element, value(element, "basedOn"))
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true"):
                self.default = identity

    def _chain(self, style: str | None) -> Iterator[tuple[str, _Style]]:
        seen: set[str] = set()
        while style is not None and style in self._styles and style not in seen:
            seen.add(style)
            yield style, self._styles[style]
            style = self._styles[style].base

    def heading_level(self, style: str | None, paragraph: etree._Element | None) -> int:
        """1 for the highest, 0 for no heading: by outline level, or the style's name in any language of Word."""
        outline = value(paragraph, "outlineLvl")
        for identity, known in self._chain(style):
            outline = outline or value(known.element, "pPr/outlineLvl")
            for name in (known.name, identity):
                if match := _HEADING.match(name.replace("-", " ")):
                    return int(match[1])
                if _TITLE.match(name):
                    return 1
        return int(outline) + 1 if outline is not None and outline.isdecimal() and int(outline) < 9 else 0

    def is_contents(self, style: str | None) -> bool:
        """Whether paragraphs of this style are lines of a table of contents."""
        return any(_CONTENTS.match(known.name) for _, known in self._chain(style))

    def is_list(self, style: str | None) -> bool:
        return any(_LIST.match(known.name) for _, known in self._chain(style))

    def numbered(self, style: str | None) -> Numbered | None:
        """The list that a style puts its paragraphs in."""
        for _, known in self._chain(style):
            num = value(known.element, "pPr/numPr/numId")
            if num is not None:
                return Numbered(num, int(value(known.element, "pPr/numPr/ilvl") or 0))
        return None

    def chain_ids(self, style: str | None) -> list[str]:
        return [identity for identity, _ in self._chain(style)]

    def toggled(self, style: str | None, name: str) -> bool:
        """Whether a style sets a property of its text (`vanish`, `strike`)."""
        for _, known in self._chain(style):
            state = on(known.element.find(W + "rPr"), name)
            if state is not None:
                return state
        return False
