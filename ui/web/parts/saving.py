"""What is seen, as a file: the lines that the filters let through, in the columns and the order of the table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from functools import partial

import streamlit as st
import xlsxwriter

from portfolio.exports.cells import inert
from portfolio.listing.lines import Sort
from portfolio.register.records import Filters
from ui.web.parts.columns import Column
from ui.web.shell import Shell

_BATCH = 1000


def download(shell: Shell, asked: Filters, order: Sort, columns: tuple[Column, ...]) -> None:
    """Two buttons; the file is made when one is pressed."""
    rows = partial(_rows, shell, asked, order, columns)
    heads = [column.head(shell) for column in columns]
    stem = f"{shell.texts('saving.name')}-{shell.as_of.isoformat()}"
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.download_button(
            shell.texts("saving.excel"),
            partial(_excel, heads, rows, shell.texts("page.portfolio")),
            f"{stem}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            on_click="ignore",
            icon=":material/download:",
            type="tertiary",
        )
        st.download_button(
            shell.texts("saving.csv"),
            partial(_csv, heads, rows, shell.texts.language == "fr"),
            f"{stem}.csv",
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
            type="tertiary",
        )


Rows = partial[Iterator[list[object]]]


def _rows(shell: Shell, asked: Filters, order: Sort, columns: tuple[Column, ...]) -> Iterator[list[object]]:
    offset = 0
    while True:
        found = shell.desk.page(asked, order, shell.as_of, limit=_BATCH, offset=offset)
        for column in columns:
            if column.prepare is not None:
                column.prepare(shell, found.lines)
        for summary in found.lines:
            yield [(column.saved or column.cell)(shell, summary) for column in columns]
        offset += _BATCH
        if offset >= found.total:
            return


def _csv(heads: list[str], rows: Rows, french: bool) -> bytes:
    """Semicolons, decimal commas and a byte order mark in French: what a French Excel opens by a double click."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";" if french else ",", lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows():
        writer.writerow([_written(value, french) for value in row])
    return buffer.getvalue().encode("utf-8-sig" if french else "utf-8")


def _written(value: object, french: bool) -> str:
    match value:
        case None:
            return ""
        case date():
            return value.strftime("%d/%m/%Y") if french else value.isoformat()
        case float():
            return f"{value:.2f}".replace(".", ",") if french else f"{value:.2f}"
        case _:
            return inert(str(value))


def _excel(heads: list[str], rows: Rows, sheet_name: str) -> bytes:
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(sheet_name)
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
        money = book.add_format({"num_format": "#,##0.00"})
        sheet.write_row(0, 0, heads, bold)
        count = 0
        for count, row in enumerate(rows(), start=1):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(count, place, value, day)
                elif isinstance(value, int | float):
                    sheet.write_number(count, place, value, money if isinstance(value, float) else None)
                elif value:
                    sheet.write_string(count, place, str(value))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, count, len(heads) - 1)
        sheet.set_column(0, len(heads) - 1, 22)
    return buffer.getvalue()
