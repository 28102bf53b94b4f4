"""A page as it is printed: words with their places and type, ruled lines, small squares; what layout reads.

Lengths are points (1/72 inch), origin at the top left of the page as a person sees it. Text pages and OCRed pages come
in this one form, so that one layout reads both.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from agent.documents.pages import Origin

Rect = tuple[float, float, float, float]
"""x0, y0, x1, y1 with y growing downwards."""


@dataclass(slots=True)
class PrintedWord:
    """``place``: where the word stands on the page, if layout reads it elsewhere (straightened or turned pages)."""

    text: str
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool = False
    struck: bool = False
    place: Rect | None = None


@dataclass(slots=True)
class Line:
    """Words that follow each other on one baseline without a wide gap."""

    words: list[PrintedWord]
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def page(self) -> int:
        return self.words[0].page

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruled line, horizontal (``y0 == y1``) or vertical (``x0 == x1``)."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        return self.y0 == self.y1


@dataclass(frozen=True, slots=True)
class Mark:
    """A drawing of the size of a letter: a square, ``ticked`` if strokes of its own cross it, or other strokes."""

    rect: Rect
    square: bool
    ticked: bool = False


@dataclass(slots=True)
class PrintedPage:
    """``width`` and ``height`` in points, as seen."""

    number: int
    width: float
    height: float
    words: list[PrintedWord]
    rules: list[Rule] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    origin: Origin = "text"


def line_of(words: list[PrintedWord]) -> Line:
    """The line that holds ``words`` (at least one), given from left to right."""
    letters = sum(len(word.text) for word in words)
    bold = sum(len(word.text) for word in words if word.bold)
    return Line(
        words,
        min(word.x0 for word in words),
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
        max(word.size for word in words),
        bold > 0.8 * letters,
    )
