"""The published tables as an Excel workbook that people work in and that can come back (`portfolio.exports.comeback`).

A sheet a table, with real dates and numbers, filters, frozen heads. Texts are written as texts, never as formulas or
links. Cells that may be corrected are white, computed ones grey. A hidden sheet keeps what each correctable cell said,
by which edited cells and those that changed in the register since are told apart.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from portfolio.errors import ContrathequeError
from portfolio.exports.cells import fitting, shown
from portfolio.exports.columns import Column, Kind, Table
from portfolio.exports.gather import Tables
from portfolio.exports.origin import META, ORIGIN_SHEET, fingerprints
from portfolio.exports.tables import TABLES, VERSION, Line
from portfolio.words.values import Wording

MOST_ROWS = 1_048_575
"""Rows of a sheet below its head (Excel specifications and limits)."""
_A3 = 8
_PAGE_WIDTH = 300
_FIRST_DAY = date(1900, 3, 1)
"""Earlier days are written as text: Excel's calendar holds a 29 February 1900 that never was."""
_WIDTHS: Mapping[Kind, int] = {
    "text": 28, "code": 16, "integer": 10, "number": 14, "date": 12, "moment": 17, "flag": 9, "duration": 14,
}  # fmt: skip
_WIDE = {
    "title": 44, "what": 44, "basis": 60, "quote": 70, "action": 50, "value": 50, "before": 40, "after": 40,
    "termination": 50, "revision_formula": 34, "document": 30, "label": 34, "missing": 50, "late_interest": 34,
    "currency": 9, "registration": 18, "postal_code": 12, "governing_law": 12, "due_month_day": 12,
    "revision_month_day": 12,
}  # fmt: skip
_NAMED = frozenset(
    ("contract_id", "value_id", "deadline_id", "amendment_id", "counterparty_id", "set_by_id", "document_id")
)
"""Ids: kept at the right, narrow, in grey."""


def render(tables: Tables, say: Wording) -> bytes:
    """The workbook's bytes, heads and words in the language of ``say``."""
    buffer = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": say.texts("export_book.title"), "comments": f"contratheque tables {VERSION}"})
    styles = _Styles.of(book, say.texts("export_book.date_format"))
    for table in TABLES.values():
        sheet = book.add_worksheet(say.texts(f"export_table.{table.name}"))
        _write(sheet, table, tables.rows[table.name], styles, say)
    _explain(book.add_worksheet(say.texts("export_book.read_me")), tables, styles, say)
    _remember(book.add_worksheet(ORIGIN_SHEET), tables, say)
    book.close()
    return buffer.getvalue()


@dataclass(frozen=True)
class _Styles:
    head: Format
    computed_head: Format
    by_kind: Mapping[Kind, Format]
    computed: Mapping[Kind, Format]
    wrapped: Format
    title: Format

    @classmethod
    def of(cls, book: xlsxwriter.Workbook, day: str) -> _Styles:
        formats: Mapping[Kind, dict[str, Any]] = {
            "text": {}, "code": {}, "integer": {"num_format": "0"}, "number": {"num_format": "#,##0.00_ "},
            "date": {"num_format": day, "align": "left"}, "moment": {"num_format": f"{day} hh:mm", "align": "left"},
            "flag": {"align": "left"}, "duration": {},
        }  # fmt: skip
        head = {"bold": True, "bottom": 1, "valign": "vcenter", "text_wrap": True}
        return cls(
            head=book.add_format({**head, "bg_color": "#DCE6F1"}),
            computed_head=book.add_format({**head, "bg_color": "#E7E6E6"}),
            by_kind={kind: book.add_format({"valign": "top", **f}) for kind, f in formats.items()},
            computed={
                kind: book.add_format({"valign": "top", "font_color": "#595959", **f}) for kind, f in formats.items()
            },
            wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
            title=book.add_format({"bold": True, "font_size": 14}),
        )


def in_sheet(table: Table) -> list[Column]:
    """The columns in the order of a sheet: the contract first, ids last."""
    return sorted(table.columns, key=lambda column: (column.name in _NAMED, column.name != "contract"))


def _write(sheet: Worksheet, table: Table, rows: Sequence[Line], styles: _Styles, say: Wording) -> None:
    if len(rows) > MOST_ROWS:
        raise ContrathequeError(
            f"{table.name} has {len(rows)} rows and a sheet holds {MOST_ROWS}; export fewer contracts, or Parquet."
        )
    columns = in_sheet(table)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(_A3)
    widths = [_WIDE.get(column.name, _WIDTHS[column.kind]) for column in columns]
    sheet.fit_to_pages(math.ceil(sum(widths) / _PAGE_WIDTH), 0)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.set_row(0, 32)
    for n, column in enumerate(columns):
        sheet.set_column(n, n, widths[n])
        sheet.write_string(
            0, n, say.texts(f"export_column.{column.name}"), styles.head if column.of else styles.computed_head
        )
    for number, row in enumerate(rows, 1):
        for n, column in enumerate(columns):
            style = (styles.by_kind if column.of else styles.computed)[column.kind]
            put(sheet, number, n, shown(column, getattr(row, column.name), say), style, say)
    sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
    if rows:
        _choices(sheet, columns, len(rows), say)


def put(sheet: Worksheet, row: int, column: int, value: Any, style: Format | None, say: Wording) -> None:
    """One cell by its value's type; a text is never taken for anything else."""
    match value:
        case None | "":
            return
        case bool():
            sheet.write_string(row, column, say.texts("export_words.yes" if value else "export_words.no"), style)
        case int() | float():
            sheet.write_number(row, column, value, style)
        case datetime() if value.date() >= _FIRST_DAY:
            sheet.write_datetime(row, column, value, style)
        case date() if value >= _FIRST_DAY:
            sheet.write_datetime(row, column, value, style)
        case date():
            sheet.write_string(row, column, value.isoformat(), style)
        case _:
            sheet.write_string(row, column, fitting(value, say), style)


def _choices(sheet: Worksheet, columns: Sequence[Column], count: int, say: Wording) -> None:
    """Cells of a closed vocabulary offer its words."""
    for n, column in enumerate(columns):
        if column.of and column.codes and column.section:
            words = [say.texts.name(column.section, code) for code in column.codes]
            if sum(map(len, words)) + len(words) <= 255:
                sheet.data_validation(1, n, count, n, {"validate": "list", "source": words})


def _explain(sheet: Worksheet, tables: Tables, styles: _Styles, say: Wording) -> None:
    """How to read the workbook and send it back, then what every column holds."""
    texts = say.texts
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 30)
    sheet.set_column(2, 2, 90)
    sheet.write_string(0, 0, texts("export_book.heading", date=say.date(tables.as_of)), styles.title)
    row = 2
    for line in ("correct", "empty", "add", "grey", "back"):
        sheet.write_string(row, 0, texts(f"export_book.{line}"))
        row += 1
    row += 1
    for table in TABLES.values():
        sheet.write_string(row, 0, texts(f"export_table.{table.name}"), styles.head)
        sheet.write_string(row, 1, table.name, styles.head)
        sheet.write_string(row, 2, texts(f"export_table_about.{table.name}"), styles.head)
        row += 1
        for column in in_sheet(table):
            sheet.write_string(row, 0, texts(f"export_column.{column.name}"), styles.wrapped)
            sheet.write_string(row, 1, column.name, styles.wrapped)
            sheet.write_string(row, 2, texts(f"export_column_about.{column.name}"), styles.wrapped)
            row += 1
        row += 1


def _remember(sheet: Worksheet, tables: Tables, say: Wording) -> None:
    sheet.very_hidden()
    for n, value in enumerate((META, str(VERSION), say.texts.language, tables.as_of.isoformat())):
        sheet.write_string(0, n, value)
    row = 1
    for table in TABLES.values():
        for key, marks in fingerprints(table, tables.rows[table.name], say):
            for n, value in enumerate((table.name, key, marks)):
                sheet.write_string(row, n, value)
            row += 1
