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
from operator import itemgetter
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from portfolio.errors import ContrathequeError
from portfolio.exports.cells import worded
from portfolio.exports.columns import Column, Kind, Table
from portfolio.exports.gather import Tables
from portfolio.exports.origin import META, ORIGIN_SHEET, fingerprints
from portfolio.exports.sheets import Sheet
from portfolio.exports.tables import TABLES, VERSION, Line
from portfolio.words.values import Wording

SHEETS = tuple(name for name in TABLES if name != "terms")
"""Terms are in the sheets of contracts, parties, sites, amounts and obligations, where they can be corrected, and with
their proof in that of sources."""
MOST_ROWS = 1_048_575
"""Rows of a sheet below its head (Excel specifications and limits)."""
_A3 = 8
_PAGE_WIDTH = 300
_WIDTHS: Mapping[Kind, int] = {
    "text": 28, "code": 16, "integer": 10, "number": 14, "date": 12, "moment": 17, "flag": 9, "duration": 14,
}  # fmt: skip
_WIDE = {
    "title": 44, "what": 44, "basis": 60, "quote": 70, "action": 50, "value": 50, "before": 40, "after": 40,
    "termination": 50, "revision_formula": 34, "document": 30, "label": 34, "missing": 50, "late_interest": 34,
    "currency": 9, "registration": 18, "postal_code": 12, "governing_law": 12, "due_month_day": 12,
    "revision_month_day": 12,
}  # fmt: skip
_NAMED = frozenset(("contract_id", "value_id", "deadline_id", "amendment_id", "counterparty_id", "set_by_id"))
"""Ids: kept at the right, narrow, in grey."""


def render(tables: Tables, say: Wording) -> bytes:
    """The workbook's bytes, heads and words in the language of ``say``."""
    buffer = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": say.texts("export_book.title"), "comments": f"contratheque tables {VERSION}"})
    styles = _Styles.of(book, say.texts("export_book.date_format"))
    for name in SHEETS:
        sheet = book.add_worksheet(say.texts(f"export_table.{name}"), worksheet_class=Sheet)
        _write(sheet, TABLES[name], tables.rows[name], styles, say)
    _explain(book.add_worksheet(say.texts("export_book.read_me"), worksheet_class=Sheet), tables, styles, say)
    _remember(book.add_worksheet(ORIGIN_SHEET, worksheet_class=Sheet), tables, say)
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
    """The columns in the order of a sheet: the contract first, ids last, hashes of files left out."""
    columns = [column for column in table.columns if column.name != "document_id"]
    return sorted(columns, key=lambda column: (column.name in _NAMED, column.name != "contract"))


def _write(sheet: Sheet, table: Table, rows: Sequence[Line], styles: _Styles, say: Wording) -> None:
    if len(rows) > MOST_ROWS:
        raise ContrathequeError(
            f"{table.name} has {len(rows)} rows and a sheet holds {MOST_ROWS}; export fewer contracts, or Parquet."
        )
    columns = in_sheet(table)
    widths = [_WIDE.get(column.name, _WIDTHS[column.kind]) for column in columns]
    heads = [say.texts(f"export_column.{column.name}") for column in columns]
    sheet.line(0, heads, [styles.head if column.of else styles.computed_head for column in columns], height=32)
    looks = [(styles.by_kind if column.of else styles.computed)[column.kind] for column in columns]
    cells = [worded(column, say) for column in columns]
    picked = itemgetter(*(table.columns.index(column) for column in columns))
    for number, row in enumerate(rows, 1):
        sheet.line(number, [cell(value) for cell, value in zip(cells, picked(row), strict=True)], looks)
    for n, width in enumerate(widths):
        sheet.set_column(n, n, width)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.fit_to_pages(math.ceil(sum(widths) / _PAGE_WIDTH), 0)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
    if rows:
        _choices(sheet, columns, len(rows), say)


def _choices(sheet: Sheet, columns: Sequence[Column], count: int, say: Wording) -> None:
    """Cells of a closed vocabulary offer its words."""
    for n, column in enumerate(columns):
        if column.of and column.codes and column.section:
            words = [say.texts.name(column.section, code) for code in column.codes]
            if sum(map(len, words)) + len(words) <= 255:
                sheet.data_validation(1, n, count, n, {"validate": "list", "source": words})


def _explain(sheet: Sheet, tables: Tables, styles: _Styles, say: Wording) -> None:
    """How to read the workbook and send it back, then what every column holds."""
    texts = say.texts
    for n, width in enumerate((26, 30, 90)):
        sheet.set_column(n, n, width)
    lines: list[tuple[Sequence[str], Format | None]] = [
        ([texts("export_book.heading", date=say.date(tables.as_of))], styles.title),
        ([], None),
        *(([texts(f"export_book.{line}")], None) for line in ("correct", "empty", "add", "grey", "back")),
    ]
    for table in map(TABLES.__getitem__, SHEETS):
        lines.append(([], None))
        about = (texts(f"export_table.{table.name}"), table.name, texts(f"export_table_about.{table.name}"))
        lines.append((about, styles.head))
        for column in in_sheet(table):
            head, meaning = texts(f"export_column.{column.name}"), texts(f"export_column_about.{column.name}")
            lines.append(((head, column.name, meaning), styles.wrapped))
    for row, (values, style) in enumerate(lines):
        sheet.line(row, values, [style] * len(values))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _remember(sheet: Sheet, tables: Tables, say: Wording) -> None:
    sheet.very_hidden()
    sheet.line(0, (META, str(VERSION), say.texts.language, tables.as_of.isoformat()), [None] * 4)
    row = 1
    for name in SHEETS:
        for key, marks in fingerprints(TABLES[name], tables.rows[name], say):
            sheet.line(row, (name, key, marks), [None] * 3)
            row += 1
