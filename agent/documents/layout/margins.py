"""Running heads and feet: lines near the page's edge that come back on other pages, digits aside, and page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from agent.documents.layout.lines import lines_of, rows
from agent.documents.layout.printed import Line, PrintedPage, line_of

ZONE = 0.13
"""The share of the page's height, at the top and at the bottom, where running heads and feet stand."""
DRIFT = 14.0
"""How far, in points, a running head may stand from its usual height."""

_PAGE_NUMBER = re.compile(
    r"(?:page|p\.?|folio)?\s*[-–—\[(]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*(?:(?:/|sur|of|de|on)\s*\d{1,4})?\s*[-–—\])]?",
    re.IGNORECASE,
)
_NUMBERED_HEADING = re.compile(
    r"(?:article|art\.|annexe|annex|appendix|appendice|chapitre|chapter|titre|title|section|clause|schedule|exhibit|lot|"
    r"partie|part)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class Margins:
    """Of one page: its running heads and feet, from top to bottom."""

    heads: list[Line] = field(default_factory=list)
    feet: list[Line] = field(default_factory=list)


def take_margins(pages: Sequence[PrintedPage]) -> list[Margins]:
    """Takes the running heads and feet out of the pages' words; one `Margins` a page."""
    tops = [_edge(page, top=True) for page in pages]
    bottoms = [_edge(page, top=False) for page in pages]
    found: list[Margins] = []
    usual_tops, usual_bottoms = _usual(tops, len(pages)), _usual(bottoms, len(pages))
    for page, top, bottom in zip(pages, tops, bottoms, strict=True):
        margins = Margins(_outermost(top, usual_tops), _outermost(bottom, usual_bottoms)[::-1])
        taken = {id(word) for line in (*margins.heads, *margins.feet) for word in line.words}
        if taken:
            page.words = [word for word in page.words if id(word) not in taken]
        found.append(margins)
    return found


def _edge(page: PrintedPage, *, top: bool) -> list[Line]:
    """The lines in a page's margin zone, the outermost first."""
    limit = page.height * ZONE if top else page.height * (1 - ZONE)
    words = [word for word in page.words if (word.y1 < limit if top else word.y0 > limit)]
    lines = [line_of([word for line in row for word in line.words]) for row in rows(lines_of(words))]
    return lines if top else lines[::-1]


def _mask(line: Line) -> str:
    text = line.text
    if _NUMBERED_HEADING.match(text):
        return text.lower()
    return _DIGITS.sub("#", text).lower()


def _usual(edges: Sequence[Sequence[Line]], count: int) -> dict[str, float]:
    """The masked texts that stand at one height on enough pages, with that height."""
    heights: dict[str, list[float]] = defaultdict(list)
    for lines in edges:
        for mask, middle in {_mask(line): line.middle for line in lines}.items():
            heights[mask].append(middle)
    enough = 2 if count <= 5 else 3
    usual: dict[str, float] = {}
    for mask, found in heights.items():
        if len(found) >= enough:
            middle = median(found)
            if sum(1 for height in found if abs(height - middle) <= DRIFT) >= enough:
                usual[mask] = middle
    return usual


def _outermost(lines: Sequence[Line], usual: dict[str, float]) -> list[Line]:
    """The lines from the page's edge inwards up to the first that is the page's own."""
    taken: list[Line] = []
    for line in lines:
        height = usual.get(_mask(line))
        running = height is not None and abs(height - line.middle) <= DRIFT
        if not running and not _PAGE_NUMBER.fullmatch(line.text):
            break
        taken.append(line)
    return taken
