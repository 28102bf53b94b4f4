"""Ruled tables: lines that touch each other make a grid; a grid's cells hold the words between its lines."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from agent.documents.layout.printed import PrintedWord, Rect, Rule

TOUCH = 3.5
"""Lines whose ends are nearer than this, in points, touch."""
MOST_RULES = 3_000
"""Ruled lines looked at on a page; drawings have more."""


@dataclass(slots=True)
class Cell:
    """A cell with the words in it; ``row`` and ``column`` count from 0, ``columns`` is how many it spans."""

    row: int
    column: int
    columns: int
    rect: Rect
    words: list[PrintedWord] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    rect: Rect
    columns: int
    cells: list[Cell]

    @property
    def rows(self) -> list[list[Cell]]:
        """Cells by row, each row from left to right."""
        count = 1 + max((cell.row for cell in self.cells), default=-1)
        table: list[list[Cell]] = [[] for _ in range(count)]
        for cell in self.cells:
            table[cell.row].append(cell)
        return [sorted(row, key=lambda cell: cell.column) for row in table]


def grids(rules: Sequence[Rule], words: Iterable[PrintedWord]) -> tuple[list[Grid], list[PrintedWord]]:
    """The ruled tables of a page with their words, and the words outside them.

    A frame around one text is no table; neither is a grid in which fewer than three cells hold words.
    """
    found = [grid for group in _groups(rules) if (grid := _grid(group)) is not None]
    rest: list[PrintedWord] = []
    for word in words:
        cell = _cell_of(found, (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2)
        if cell is None:
            rest.append(word)
        else:
            cell.words.append(word)
    kept: list[Grid] = []
    for grid in found:
        if _is_table(grid):
            kept.append(grid)
        else:
            rest.extend(word for cell in grid.cells for word in cell.words)
    return kept, rest


def _is_table(grid: Grid) -> bool:
    filled = [cell for cell in grid.cells if cell.words]
    return len(filled) >= 3 and len({cell.column for cell in filled}) >= 2


def _cell_of(found: Sequence[Grid], x: float, y: float) -> Cell | None:
    for grid in found:
        if grid.rect[0] <= x <= grid.rect[2] and grid.rect[1] <= y <= grid.rect[3]:
            for cell in grid.cells:
                if cell.rect[0] <= x <= cell.rect[2] and cell.rect[1] <= y <= cell.rect[3]:
                    return cell
    return None


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules in groups that touch, collinear ones merged."""
    if not rules or len(rules) > MOST_RULES:
        return []
    flat = _merged([rule for rule in rules if rule.horizontal and rule.x1 - rule.x0 > 6])
    tall = _merged([rule for rule in rules if not rule.horizontal and rule.y1 - rule.y0 > 6])
    lines = flat + tall
    parent = list(range(len(lines)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, across in enumerate(flat):
        for j, down in enumerate(tall, start=len(flat)):
            touches = across.x0 - TOUCH <= down.x0 <= across.x1 + TOUCH
            if touches and down.y0 - TOUCH <= across.y0 <= down.y1 + TOUCH:
                parent[root(i)] = root(j)
    groups: dict[int, list[Rule]] = {}
    for index, line in enumerate(lines):
        groups.setdefault(root(index), []).append(line)
    return [group for group in groups.values() if len(group) >= 4]


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Parallel rules, those that lie on one line and touch made one."""
    if not rules:
        return []
    horizontal = rules[0].horizontal
    spans = sorted((rule.y0, rule.x0, rule.x1) if horizontal else (rule.x0, rule.y0, rule.y1) for rule in rules)
    lines: list[list[tuple[float, float, float]]] = []
    for span in spans:
        if lines and span[0] - lines[-1][0][0] <= 2:
            lines[-1].append(span)
        else:
            lines.append([span])
    out: list[Rule] = []
    for line in lines:
        at = line[0][0]
        start = end = None
        for _, low, high in sorted(line, key=lambda one: one[1]):
            if start is None or end is None:
                start, end = low, high
            elif low <= end + TOUCH:
                end = max(end, high)
            else:
                out.append(Rule(start, at, end, at) if horizontal else Rule(at, start, at, end))
                start, end = low, high
        if start is not None and end is not None:
            out.append(Rule(start, at, end, at) if horizontal else Rule(at, start, at, end))
    return out


def _grid(group: Sequence[Rule]) -> Grid | None:
    flat = [rule for rule in group if rule.horizontal]
    tall = [rule for rule in group if not rule.horizontal]
    ys = _places(rule.y0 for rule in flat)
    xs = _places(rule.x0 for rule in tall)
    if len(ys) < 2 or len(xs) < 2 or len(xs) * len(ys) < 6:
        return None
    cells: list[Cell] = []
    above: dict[int, Cell] = {}
    row = -1
    for top, bottom in itertools.pairwise(ys):
        middle = (top + bottom) / 2
        standing = [rule for rule in tall if rule.y0 - TOUCH <= middle <= rule.y1 + TOUCH]
        walls = [index for index, x in enumerate(xs) if any(abs(rule.x0 - x) <= TOUCH for rule in standing)]
        current: dict[int, Cell] = {}
        new_row = False
        for left, right in itertools.pairwise(walls):
            over = above.get(left)
            if over is not None and over.columns == right - left and not _ruled(flat, top, xs[left], xs[right]):
                over.rect = (over.rect[0], over.rect[1], over.rect[2], bottom)
                current[left] = over
                continue
            if not new_row:
                new_row = True
                row += 1
            current[left] = Cell(row, left, right - left, (xs[left], top, xs[right], bottom))
            cells.append(current[left])
        above = current
    return Grid((xs[0], ys[0], xs[-1], ys[-1]), len(xs) - 1, cells) if cells else None


def _ruled(flat: Sequence[Rule], y: float, x0: float, x1: float) -> bool:
    """Whether ruled lines at ``y`` cover most of the way from ``x0`` to ``x1``."""
    covered = sum(max(0.0, min(rule.x1, x1) - max(rule.x0, x0)) for rule in flat if abs(rule.y0 - y) <= TOUCH)
    return covered > 0.5 * (x1 - x0)


def _places(values: Iterable[float]) -> list[float]:
    """Values in order, those within TOUCH of each other made one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > TOUCH:
            out.append(value)
    return out
