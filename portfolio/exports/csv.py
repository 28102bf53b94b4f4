"""The published tables as CSV, in the two conventions that programs open without questions.

French: semicolons, decimal comma, dd/mm/yyyy, heads and words in French, UTF-8 with its byte order mark: a double click
opens it in a French Excel. International: commas, decimal point, ISO 8601 dates and durations, stable names and codes,
UTF-8 (RFC 4180): what programs import.

A spreadsheet would compute a cell that begins like a formula: such texts get an apostrophe before them in both
conventions (`portfolio.exports.cells.inert`). A program that needs every text as it is reads Parquet or JSON.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portfolio.exports.cells import coded, inert, plain_number, shown
from portfolio.exports.columns import Column, Table
from portfolio.exports.tables import Line
from portfolio.words.texts import Texts
from portfolio.words.values import Wording


@dataclass(frozen=True)
class Convention:
    """``head`` and ``cell`` give a column's head and a value's text."""

    delimiter: str
    encoding: str
    head: Callable[[Column], str]
    cell: Callable[[Column, Any], str]


def _french(column: Column, value: Any) -> str:
    text = shown(column, value, _FRENCH)
    match text:
        case None:
            return ""
        case bool():
            return _FRENCH.texts("export_words.yes" if text else "export_words.no")
        case datetime():
            return text.strftime("%d/%m/%Y %H:%M")
        case date():
            return text.strftime("%d/%m/%Y")
        case float():
            return plain_number(text).replace(".", ",")
        case _:
            return str(text)


_FRENCH = Wording(Texts("fr"))
FRENCH = Convention(";", "utf-8-sig", lambda column: _FRENCH.texts(f"export_column.{column.name}"), _french)
INTERNATIONAL = Convention(",", "utf-8", lambda column: column.name, lambda _, value: coded(value))
CONVENTIONS = {"fr": FRENCH, "en": INTERNATIONAL}


def render(table: Table, rows: Iterable[Line], convention: Convention) -> bytes:
    """A table as a CSV file's bytes; every text quoted, lines end with CR LF (RFC 4180)."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=convention.delimiter, lineterminator="\r\n")
    writer.writerow(convention.head(column) for column in table.columns)
    for row in rows:
        writer.writerow(_cells(table, row, convention))
    return buffer.getvalue().encode(convention.encoding)


def _cells(table: Table, row: Line, convention: Convention) -> list[str | None]:
    cells = zip(table.columns, row, strict=True)
    return [None if value is None else _cell(column, value, convention) for column, value in cells]


def _cell(column: Column, value: Any, convention: Convention) -> str:
    text = convention.cell(column, value)
    return inert(text) if isinstance(value, str) else text
