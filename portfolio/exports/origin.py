"""What the correctable cells of a workbook said when it was made: a mark a cell, kept in a hidden sheet."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from portfolio.exports.cells import fitting, worded
from portfolio.exports.columns import Table
from portfolio.exports.tables import Line
from portfolio.words.values import Wording

ORIGIN_SHEET = "contratheque"
META = "contratheque-tables"
_SPACE = re.compile(r"\s+")


def normal(value: Any) -> str:
    """A cell's value in one form, whichever program wrote it: white space, numbers' types and empty cells do not
    count as changes."""
    match value:
        case None:
            return ""
        case bool():
            return str(value)
        case int() | float():
            return f"{float(value):.10g}"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            return _SPACE.sub(" ", str(value)).strip()


def mark(value: Any) -> str:
    """Eight letters that stand for a cell's value."""
    text = normal(value)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8] if text else "-"


def fingerprints(table: Table, rows: Iterable[Line], say: Wording) -> Iterator[tuple[str, str]]:
    """(key, marks of its correctable cells in the order of the columns) of every row; nothing of a table that cannot
    be corrected."""
    columns = [column for column in table.columns if column.of]
    if not columns:
        return
    cells = [(column.name, worded(column, say)) for column in columns]
    for row in rows:
        marks = (_marked(cell(getattr(row, name))) for name, cell in cells)
        yield getattr(row, table.key[0]), " ".join(marks)


_marked = lru_cache(maxsize=100_000)(mark)


def as_cell(value: Any, say: Wording) -> Any:
    return fitting(value, say) if isinstance(value, str) else value
