"""Which words of a contract are sent with which theme, so that all of them are read and few of them twice.

A piece is a clause, or a part of one that is too long. A short contract is sent once, with all themes. Of a long one
each piece goes to the theme that it speaks of most, and to others that it clearly speaks of as far as `BOUND` allows;
what no cue tells goes to the obligations, which can stand anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from agent.documents.pages import Block
from agent.reading.clauses import Clause
from agent.reading.llm.themes import IDENTITY, OBLIGATIONS, THEMES, Theme
from agent.reading.structure import ContractView
from agent.reading.text import fold

TOGETHER = 16_000
"""Tokens up to which a contract is sent once with all themes: below, four sets of instructions weigh more than its text
read twice would."""
BOUND = 1.25
"""Text sent, in all themes together, over the contract's text."""
_CLEARLY = 2.0
_HEADING_WEIGHT = 3.0
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
    heading: str
    part: str
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
    part = "signature" if clause.is_signature else clause.part
    return Piece(clause.document, run[0].start, run[-1].end, text, clause.folded_heading, part, tokens)


def plan(found: Sequence[Piece], room: int, themes: tuple[Theme, ...] = THEMES) -> tuple[Call, ...]:
    """The requests that read ``found`` for ``themes``; the text of each takes ``room`` tokens at most, but for a longer
    piece."""
    total = sum(piece.tokens for piece in found)
    if total <= min(TOGETHER, room):
        return (Call(themes, tuple(found)),) if found else ()
    routed = _routed(found, total)
    return tuple(
        Call((theme,), window) for theme in themes for window in windows([p for p in found if p in routed[theme]], room)
    )


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


class _Routes(dict[Theme, set[Piece]]):
    def __missing__(self, theme: Theme) -> set[Piece]:
        self[theme] = set()
        return self[theme]


def _routed(found: Sequence[Piece], total: int) -> _Routes:
    routes = _Routes()
    spent = 0
    further: list[tuple[float, int, Theme, Piece]] = []
    for number, piece in enumerate(found):
        scores = {theme: _score(theme, piece) for theme in THEMES}
        home = max(scores, key=scores.__getitem__)
        home = home if scores[home] else OBLIGATIONS
        routes[home].add(piece)
        spent += piece.tokens
        further += [
            (-score, number, theme, piece) for theme, score in scores.items() if theme is not home and score >= _CLEARLY
        ]
    for _, _, theme, piece in sorted(further, key=lambda item: item[:2]):
        if spent + piece.tokens <= BOUND * total:
            routes[theme].add(piece)
            spent += piece.tokens
    return routes


def _score(theme: Theme, piece: Piece) -> float:
    """How clearly a piece speaks of a theme: cues in its heading, and different cues in its text."""
    in_text = {match.group() for match in theme.cues.finditer(fold(piece.text))}
    score = _HEADING_WEIGHT * bool(theme.cues.search(piece.heading)) + len(in_text)
    if theme is IDENTITY and piece.part in ("front", "mail", "signature"):
        score += 4 * _HEADING_WEIGHT
    return score
