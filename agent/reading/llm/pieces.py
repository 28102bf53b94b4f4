"""Which words of a contract are sent in one request: all in reading order, in as few requests as there is room.

A piece is a clause, or a part of one that is too long. Every window of pieces is asked about all themes: to send each
piece only with the theme that it seems to speak of costs more and loses one quote in seven
(docs/decisions/0017-long-contracts-in-windows.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from agent.documents.pages import Block
from agent.reading.clauses import Clause
from agent.reading.llm.themes import THEMES, Theme
from agent.reading.structure import ContractView

TOGETHER = 16_000
"""Tokens of text sent in one request at most: what lies in the middle of longer ones is read less well."""
_LONGEST = 2_000
"""Tokens of a piece at most, but for a single block that is longer."""

Count = Callable[[str], int]


@dataclass(frozen=True)
class Piece:
    """Lines ``[start, end)`` of a document's text, struck ones left out."""

    document: int
    start: int
    end: int
    text: str
    tokens: int


@dataclass(frozen=True)
class Call:
    """Themes to ask for at once, and the pieces to ask about, in reading order."""

    themes: tuple[Theme, ...]
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return text_of(self.pieces)


def text_of(pieces: Sequence[Piece]) -> str:
    return "\n".join(piece.text for piece in pieces)


def pieces(view: ContractView, count: Count) -> tuple[Piece, ...]:
    """The contract in pieces, in reading order."""
    return tuple(piece for clause in view.clauses for piece in _of_clause(clause, count))


def _of_clause(clause: Clause, count: Count) -> Iterator[Piece]:
    run: list[Block] = []
    size = 0
    for block in clause.blocks:
        tokens = count(block.text) + 1
        if run and size + tokens > _LONGEST:
            yield _piece(clause, run, size)
            run, size = [], 0
        run.append(block)
        size += tokens
    if run:
        yield _piece(clause, run, size)


def _piece(clause: Clause, run: Sequence[Block], tokens: int) -> Piece:
    text = "\n".join(block.text for block in run)
    return Piece(clause.document, run[0].start, run[-1].end, text, tokens)


def plan(found: Sequence[Piece], room: int, themes: tuple[Theme, ...] = THEMES) -> tuple[Call, ...]:
    """The requests that read ``found`` for ``themes``; the text of each takes ``room`` tokens at most, but for a longer
    piece."""
    return tuple(Call(themes, window) for window in windows(found, min(TOGETHER, room)))


def windows(found: Sequence[Piece], room: int) -> Iterator[tuple[Piece, ...]]:
    """Runs of ``found`` that take ``room`` tokens at most each."""
    run: list[Piece] = []
    size = 0
    for piece in found:
        if run and size + piece.tokens > room:
            yield tuple(run)
            run, size = [], 0
        run.append(piece)
        size += piece.tokens
    if run:
        yield tuple(run)
