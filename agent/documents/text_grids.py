"""Tables drawn with characters: Markdown and ASCII grids, columns set apart by tabs or by runs of spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.documents.rows import Row
from agent.documents.text_lines import Line

_BAR = re.compile(r"(?<!\\)[|│┃║¦]")
_RULE = re.compile(r"[\s|+:=─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋│┃║_-]{3,}")
_GAP = re.compile(r"\s{3,}|\t+")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table found among lines."""

    rows: tuple[Row, ...]


def groups(lines: Sequence[Line]) -> Iterator[Line | Grid]:
    """The lines in order, those that draw a table replaced by it."""
    index = barren = 0
    while index < len(lines):
        end, grid = _barred(lines, index)
        if grid is None and index >= barren:
            end, grid = _spread(lines, index)
            barren = end
        if grid is None:
            yield lines[index]
            index += 1
        else:
            yield grid
            index = end


def _is_barred(line: Line) -> bool:
    text = line.text
    return bool(text) and (
        bool(_BAR.match(text)) or (len(_BAR.findall(text)) >= 2) or (text[0] in "+┌├└╔╠╚┏┣┗" and _is_rule(text))
    )


def _is_rule(text: str) -> bool:
    return bool(_RULE.fullmatch(text)) and bool(re.search(r"[-=─━═_]{2}", text))


def _barred(lines: Sequence[Line], start: int) -> tuple[int, Grid | None]:
    end = start
    while end < len(lines) and _is_barred(lines[end]):
        end += 1
    block = lines[start:end]
    if len(block) < 2 or sum(not _is_rule(line.text) for line in block) < 1:
        return start, None
    ruled = [line for line in block if _is_rule(line.text)]
    if len(block) == 2 and not ruled and not all(_BAR.match(line.text) for line in block):
        return start, None
    boxed = any(line.text[0] not in "|" for line in ruled) and len(ruled) > 2
    rows: list[Row] = []
    fresh = True
    for line in block:
        if _is_rule(line.text):
            if len(rows) == 1 and line is not block[0]:
                rows[0] = Row(rows[0].cells, head=True, page=rows[0].page)
            fresh = True
            continue
        cells = _cells(line.text)
        if boxed and not fresh and rows and len(rows[-1].cells) == len(cells):
            merged = tuple(f"{old} {new}".strip() for old, new in zip(rows[-1].cells, cells, strict=True))
            rows[-1] = Row(merged, page=rows[-1].page)
        else:
            rows.append(Row(cells, page=line.page))
        fresh = False
    return end, Grid(tuple(rows))


def _cells(text: str) -> tuple[str, ...]:
    inner = _BAR.sub("\n", text)
    parts = inner.split("\n")
    if not parts[0].strip():
        parts = parts[1:]
    if parts and not parts[-1].strip() and _BAR.match(text[-1]):
        parts = parts[:-1]
    return tuple(part.strip().replace("\\|", "|") for part in parts)


def _spread(lines: Sequence[Line], start: int) -> tuple[int, Grid | None]:
    """At least three lines (two where tabs part them) of as many columns, set apart by tabs or wide gaps; rules and,
    between rows, single blank lines are passed over. Without a table, nothing up to the end given is one."""
    rows: list[Row] = []
    end, index, tabs = start, start, True
    while index < len(lines) and index - end <= 1:
        line = lines[index]
        index += 1
        if rows and line.text and _is_rule(line.text):
            if len(rows) == 1:
                rows[0] = Row(rows[0].cells, head=True, page=rows[0].page)
            end = index
            continue
        if not line.text:
            if not rows:
                return start, None
            continue
        cells = tuple(part for part in _GAP.split(line.text) if part)
        if (
            len(cells) < 2
            or (rows and len(cells) != len(rows[0].cells))
            or max(map(len, cells)) > 80
            or len(cells[0]) < 2
        ):
            break
        tabs = tabs and "\t" in line.text
        rows.append(Row(cells, page=line.page))
        end = index
    if len(rows) < (2 if tabs else 3):
        return start, None
    return end, Grid(tuple(rows)) if _tabular(rows) else None


def _tabular(rows: Sequence[Row]) -> bool:
    """Not a numbered list or justified text: the first column is no mere number."""
    numbers = sum(bool(re.fullmatch(r"[\d.()a-z•·–-]{1,5}[.)]?", row.cells[0])) for row in rows)
    return numbers < len(rows) / 2 or len(rows[0].cells) > 2
