"""How many of a thing a contract's tables hold: by a column of quantities, or the rows of the table that lists such
things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from agent.chat.clauses import Line, lines_of
from agent.chat.holdings import Held
from agent.chat.matching import coverage, likeness
from agent.chat.planners.counting import Thing
from agent.reading.text import fold

_QUANTITY = re.compile(
    r"\b(?:nombre|nb|nbre|quantites?|qte|qtes|qty|quantity|quantities|number|effectif|unites|units)\b"
)
_TOTAL = re.compile(r"^\W*(?:sous )?(?:total\w*|ensemble|au total|en tout|all|overall|somme)\b")
_WHOLE = re.compile(r"\d{1,3}(?:[ \u202f\u00a0]\d{3})+|\d{1,6}")
_ADDS = re.compile(
    r"\b(?:s ajoute\w*|ajout\w*|supplementaires?|en plus|additional|added|further|extra|entrent|integr\w*)\b"
)
_ASKS_TOTAL = re.compile(r"\b(?:en tout|au total|total\w*|altogether|overall|in all|combined)\b")


@dataclass(frozen=True)
class Count:
    """A number with the lines that give it; ``sure``: the table is of the thing itself."""

    value: int
    lines: tuple[Line, ...]
    sure: bool = True
    of_column: bool = False
    """Whether a table's column of quantities gives it."""


def count_of(held: Held, thing: Thing, question: str) -> Count | None:
    """How many of ``thing`` there are by the last document that tells; None: no table does."""
    asked = fold(question)
    later = 0
    lines = lines_of(held.passages)
    for contract in reversed(held.all):
        own = [line for line in lines if line.passage.contract == contract.id]
        found = _column(own, thing, asked) or _rows(own, thing)
        if found is None:
            continue
        if contract.id != held.all[0].id and any(_ADDS.search(fold(line.text)) for line in found.lines):
            later += found.value
            continue
        return Count(found.value + later, found.lines, found.sure and not later, found.of_column)
    return None


def _names(thing: Thing, text: str) -> bool:
    """Whether a text has the noun, and all that its phrase ties to it."""
    return likeness(thing.noun, text) > 0.75 and all(likeness(word, text) for word in thing.of)


def _tables(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    for (_, heads), rows in groupby(lines, key=lambda line: (line.passage.id, line.heads)):
        if heads:
            yield tuple(rows)


def _heading(line: Line) -> str:
    return line.passage.path[-1] if line.passage.path else line.passage.headline


def _whole(cell: str) -> int | None:
    return int(re.sub(r"\s", "", cell)) if _WHOLE.fullmatch(cell) else None


def _column(lines: Sequence[Line], thing: Thing, asked: str) -> Count | None:
    """Of a table with a column of quantities: its total's, else the sum of the rows that are of such things."""
    for rows in _tables(lines):
        heads = rows[0].heads
        named = [n for n, head in enumerate(heads) if n and _names(thing, head)]
        counting = [n for n, head in enumerate(heads) if n and _QUANTITY.search(fold(head))]
        about = _names(thing, _heading(rows[0])) or _names(thing, heads[0])
        body = [row for row in rows if not _TOTAL.match(fold(row.text))]
        total = [row for row in rows if _TOTAL.match(fold(row.text))]
        columns = named if named else counting if len(counting) == 1 else []
        if len(columns) != 1:
            continue
        at = columns[0]
        if not named and not about:
            total, body = [], [row for row in body if _names(thing, row.cells[0])]
        placed = [] if _ASKS_TOTAL.search(asked) else [row for row in body if coverage(thing.near, row.cells[0])]
        for chosen in (placed if len(placed) == 1 else [], total[-1:], body):
            values = [_whole(row.cells[at]) if len(row.cells) > at else None for row in chosen]
            if values and all(v is not None for v in values):
                return Count(sum(v for v in values if v is not None), tuple(chosen), len(placed) != 1, True)
    return None


def _rows(lines: Sequence[Line], thing: Thing) -> Count | None:
    """The rows of the table that lists such things: under their name as heading or first head; else those of one table
    whose first cell has one of the phrase's words."""
    for rows in _tables(lines):
        body = tuple(row for row in rows if not _TOTAL.match(fold(row.text)))
        if _names(thing, rows[0].heads[0]) or _names(thing, _heading(rows[0])):
            return Count(len(body), body)
    for rows in _tables(lines):
        like = tuple(row for row in rows if thing.of and any(likeness(w, row.cells[0]) > 0.75 for w in thing.of))
        if len(like) > 1 and any(likeness(thing.noun, row.cells[0]) > 0.75 for row in like):
            return Count(len(like), like, sure=False)
    return None
