"""Table rows as passages, with the heads of their columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from agent.documents.layout.alignment import AlignedTable
from agent.documents.layout.grids import Grid
from agent.documents.layout.lines import lines_of, rows
from agent.documents.layout.passages import Passage
from agent.documents.layout.printed import Line, line_of
from agent.documents.rows import Row, heads


@dataclass(slots=True)
class _Table:
    """``rows``: cells as lines; a cell that spans columns stands in its first one."""

    page: int
    rows: list[list[list[Line]]]
    top: float
    right: float


def grid_rows(grid: Grid, page: int) -> list[Passage]:
    """The rows of a ruled table; its number is given later."""
    table: list[list[list[Line]]] = []
    for row in grid.rows:
        cells: list[list[Line]] = [[] for _ in range(grid.columns)]
        for cell in row:
            if cell.words:
                cells[cell.column] = [
                    line_of([word for line in side for word in line.words]) for side in rows(lines_of(cell.words))
                ]
        table.append(cells)
    return _passages(_Table(page, _without_empty(table), grid.rect[1], grid.rect[2]))


def aligned_rows(aligned: AlignedTable, page: int) -> list[Passage]:
    """The rows of a table without ruled lines."""
    lines = [line for row in aligned.rows for cell in row for line in cell]
    return _passages(_Table(page, aligned.rows, min(line.y0 for line in lines), max(line.x1 for line in lines)))


def _without_empty(table: list[list[list[Line]]]) -> list[list[list[Line]]]:
    """The table without the rows and columns that are empty all along."""
    table = [row for row in table if any(row)]
    used = [any(row[column] for row in table) for column in range(len(table[0]))] if table else []
    return [[cell for cell, keep in zip(row, used, strict=True) if keep] for row in table]


def _passages(table: _Table) -> list[Passage]:
    columns = _heads(table.rows)
    found: list[Passage] = []
    for index, row in enumerate(table.rows):
        own = columns if index > 0 and sum(map(bool, row)) > 1 else ()
        lines = [line for cell in row for line in cell]
        found.append(Passage("table_row", table.page, lines, row, own, right=table.right, top=table.top))
    return found


def _heads(table: Sequence[Sequence[Sequence[Line]]]) -> tuple[str, ...]:
    """The first row's texts, if that row heads the others: in bold above plain print, or by its words."""
    if not table:
        return ()
    rest = [line.bold for row in table[1:] for cell in row for line in cell]
    bold = all(line.bold for cell in table[0] for line in cell) and bool(rest) and mean(rest) < 0.5
    filled = sum(1 for cell in table[0] if cell) >= max(2, len(table[0]) - 1)
    return heads([Row(_texts(row), bold and filled and row is table[0]) for row in table])


def number_tables(passages: Sequence[Passage]) -> None:
    """Numbers the tables; one that goes on over a page end, as wide and with as many columns, is the same table."""
    number = 0
    columns: tuple[str, ...] = ()
    last: Passage | None = None
    body = [passage for passage in passages if passage.kind != "footnote"]
    for index, passage in enumerate(body):
        if passage.kind == "table_row":
            below = body[index + 1] if index + 1 < len(body) else passage
            other_heads = _same(passage, below) and below.heads not in ((), columns)
            if last is None or not (_same(last, passage) or (_goes_on(last, passage) and not other_heads)):
                number += 1
                columns = ()
            elif columns and len(columns) == len(passage.cells) and _texts(passage.cells) != columns:
                passage.heads = columns
            passage.table = number
            columns = passage.heads or columns
        last = passage


def _same(last: Passage, passage: Passage) -> bool:
    return last.kind == "table_row" and (last.page, last.top, last.right) == (passage.page, passage.top, passage.right)


def _goes_on(last: Passage, passage: Passage) -> bool:
    return (
        passage.page == last.page + 1 and len(last.cells) == len(passage.cells) and abs(last.right - passage.right) < 6
    )


def _texts(cells: Sequence[Sequence[Line]]) -> tuple[str, ...]:
    return tuple(" ".join(line.text for line in cell) for cell in cells)
