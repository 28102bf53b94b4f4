"""Sheets whose rows are written straight into the file: XlsxWriter makes all else of the workbook.

Its own way, cell by cell, takes a portfolio of 10,000 contracts beyond half a minute; and it takes a text between `<r>`
and `</r>` for XML of its own and writes it as it is, which a contract's text must never be. Rows go, as in its constant
memory mode, into the file that becomes the sheet's data (ECMA-376 part 1, 18.3.1.73 and 18.3.1.4).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from portfolio.exports.cells import clean

FIRST_DAY = date(1900, 3, 1)
"""Earlier days are texts: the calendar of Excel holds a 29 February 1900 that never was."""
_EPOCH = datetime(1899, 12, 30)
_ESCAPED = re.compile(r"(?=_x[0-9A-Fa-f]{4}_)")
"""What a reader would take for an escaped character (ECMA-376 part 1, 22.9.2.19)."""


class Sheet(Worksheet):  # type: ignore[misc]
    """A sheet of a workbook in constant memory mode; its rows are all written by `line`, top down."""

    def line(self, row: int, values: Sequence[Any], styles: Sequence[Format | None], height: int | None = None) -> None:
        """Row number ``row`` from 0: dates and numbers as such, everything else as text. None leaves a cell empty."""
        tall = f' ht="{height}" customHeight="1"' if height else ""
        names = self._names(len(values))
        cells = [
            _cell(f"{name}{row + 1}", value, style)
            for name, value, style in zip(names, values, styles, strict=True)
            if value is not None and value != ""
        ]
        self.row_data_fh.write(f'<row r="{row + 1}"{tall}>{"".join(cells)}</row>')
        self._check_dimensions(row, max(0, len(values) - 1))
        self._check_dimensions(row, 0)

    def _names(self, count: int) -> Sequence[str]:
        known: Mapping[int, Sequence[str]] = self.__dict__.setdefault("_column_names", {})
        return known.get(count) or self.__dict__["_column_names"].setdefault(
            count, [xl_col_to_name(n) for n in range(count)]
        )


def _cell(place: str, value: Any, style: Format | None) -> str:
    s = f' s="{style._get_xf_index()}"' if style is not None else ""
    match value:
        case bool():
            return f'<c r="{place}"{s} t="b"><v>{int(value)}</v></c>'
        case int() | float():
            return f'<c r="{place}"{s}><v>{value!r}</v></c>'
        case datetime() if value.date() >= FIRST_DAY:
            spent = value - _EPOCH
            return f'<c r="{place}"{s}><v>{spent.days + spent.seconds / 86400!r}</v></c>'
        case date() if value >= FIRST_DAY:
            return f'<c r="{place}"{s}><v>{(value - _EPOCH.date()).days}</v></c>'
        case date():
            return f'<c r="{place}"{s} t="inlineStr"><is><t>{value.isoformat()}</t></is></c>'
        case _:
            return f'<c r="{place}"{s} t="inlineStr"><is><t xml:space="preserve">{_text(str(value))}</t></is></c>'


def _text(text: str) -> str:
    text = clean(text)
    if "_x" in text:
        text = _ESCAPED.sub("_x005F", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
