"""What stands between lines of print and a document's blocks: passages."""

from __future__ import annotations

from dataclasses import dataclass, field

from agent.documents.layout.printed import Line
from agent.documents.pages import BlockKind


@dataclass(slots=True)
class Passage:
    """A block under construction. A table row has ``cells``, every other kind ``lines``.

    ``right`` is where its column of text, or its table, ends; ``top`` where its table begins; ``ocr`` tells that type
    size and weight are guesses.
    """

    kind: BlockKind
    page: int
    lines: list[Line] = field(default_factory=list)
    cells: list[list[Line]] = field(default_factory=list)
    heads: tuple[str, ...] = ()
    table: int = 0
    level: int = 0
    right: float = 0.0
    top: float = 0.0
    ocr: bool = False

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a document's running text: its size, whether it is bold, the usual gap between lines (in sizes)."""

    size: float
    bold: bool
    gap: float
