"""Tables without ruled lines: rows whose cells stand in the same columns."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from agent.documents.layout.printed import Line

Row = list[Line]
Gap = tuple[float, float]

_NARROWEST = 0.8
"""A column gap is at least this many type sizes wide all the way down."""


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """``rows`` of cells, each a list of lines; ``first`` and ``last`` index the rows of print that they came from."""

    first: int
    last: int
    rows: list[list[list[Line]]]


def aligned_tables(rows: Sequence[Row]) -> list[AlignedTable]:
    """The aligned tables in rows of print (from top to bottom): two rows or more with two cells or more each."""
    found: list[AlignedTable] = []
    index = 0
    while index < len(rows):
        table = _table_from(rows, index) if len(rows[index]) > 1 else None
        if table is None:
            index += 1
        else:
            found.append(table)
            index = table.last + 1
    return found


def _table_from(rows: Sequence[Row], first: int) -> AlignedTable | None:
    gaps = _gaps(rows[first])
    last = first
    full = 1
    for index in range(first + 1, len(rows)):
        row = rows[index]
        size = max(line.size for line in row)
        if row[0].y0 - max(line.y1 for line in rows[index - 1]) > 2.5 * size:
            break
        shrunk = [gap for gap in (_without(gap, row) for gap in gaps) if gap[1] - gap[0] >= _NARROWEST * size]
        if len(row) > 1:
            if 2 * len(shrunk) < len(gaps) or not shrunk or not _splits(shrunk, row):
                break
            full += 1
            last = index
        elif len(shrunk) < len(gaps) or not _continues(rows[index - 1], row):
            break
        gaps = shrunk
    if full < 2:
        return None
    gaps = _gaps(rows[first])
    for row in rows[first + 1 : last + 1]:
        size = max(line.size for line in row)
        gaps = [gap for gap in (_without(gap, row) for gap in gaps) if gap[1] - gap[0] >= _NARROWEST * size]
    if not gaps:
        return None
    return AlignedTable(first, last, _cells(rows[first : last + 1], gaps))


def _gaps(row: Row) -> list[Gap]:
    return [(left.x1, right.x0) for left, right in itertools.pairwise(row)]


def _without(gap: Gap, row: Row) -> Gap:
    """What is left of a gap when the row's lines are taken out: the wider of the ends."""
    start, end = gap
    for line in row:
        if line.x1 <= start or line.x0 >= end:
            continue
        before, after = (start, max(start, line.x0)), (min(end, line.x1), end)
        start, end = before if before[1] - before[0] >= after[1] - after[0] else after
    return start, end


def _splits(gaps: Sequence[Gap], row: Row) -> bool:
    return any(row[0].x1 <= start + 0.1 and row[-1].x0 >= end - 0.1 for start, end in gaps)


def _continues(before: Row, row: Row) -> bool:
    """A row of one line that goes on inside a cell of the row before it."""
    line = row[0]
    return line.y0 - max(one.y1 for one in before) < 0.35 * line.size


def _cells(rows: Sequence[Row], gaps: Sequence[Gap]) -> list[list[list[Line]]]:
    walls = [(start + end) / 2 for start, end in gaps]
    table: list[list[list[Line]]] = []
    for row in rows:
        cells: list[list[Line]] = [[] for _ in range(len(walls) + 1)]
        for line in row:
            middle = (line.x0 + line.x1) / 2
            cells[sum(1 for wall in walls if wall < middle)].append(line)
        if (table and not cells[0] and len(row) < len(cells) and len(cells) > 2) or (table and len(row) == 1):
            for above, cell in zip(table[-1], cells, strict=True):
                above.extend(cell)
        else:
            table.append(cells)
    return table
