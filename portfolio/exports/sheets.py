"""Sheets whose rows are written straight into the file: XlsxWriter makes all else of the workbook.

Its own way, cell by cell, takes a portfolio of 10,000 contracts beyond half a minute; and it takes a text between `<r>`
and `</r>` for XML of its own and writes it as it is, which a contract's text must never be. Rows go, as in its constant
memory mode, into the file that becomes the sheet's data (ECMA-376 part 1, 18.3.1.73 and 18.3.1.4).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
        """Row number ``row`` from 0: dates and numbers as such, everything else as text. None leaves a cell empty.
        Texts are as `clean` leaves them."""
        tall = f' ht="{height}" customHeight="1"' if height else ""
        number = str(row + 1)
        cells = [
            # texts are most of a workbook: they go without a look at what else they could be
            f'{opening}{number}"{look} t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'
            if type(value) is str
            else f'{opening}{number}"{look}{_valued(value)}</c>'
            for (opening, look), value in zip(self._openings(styles), values, strict=True)
            if value is not None and value != ""
        ]
        self.row_data_fh.write(f'<row r="{number}"{tall}>{"".join(cells)}</row>')
        self._check_dimensions(row, max(0, len(values) - 1))
        if row == 0:
            self._check_dimensions(0, 0)

    def _openings(self, styles: Sequence[Format | None]) -> Sequence[tuple[str, str]]:
        """How the cells of a row begin, before its number and behind it; kept while rows have the same styles."""
        kept: tuple[Sequence[Format | None], Sequence[tuple[str, str]]] = self.__dict__.get("_kept", ((), ()))
        if kept[0] != styles:
            looks = ("" if style is None else f' s="{style._get_xf_index()}"' for style in styles)
            kept = (styles, [(f'<c r="{xl_col_to_name(n)}', look) for n, look in enumerate(looks)])
            self.__dict__["_kept"] = kept
        return kept[1]


def _valued(value: Any) -> str:
    """The rest of a cell that holds ``value``, up to its end."""
    match value:
        case bool():
            return f' t="b"><v>{int(value)}</v>'
        case int() | float():
            return f"><v>{value!r}</v>"
        case datetime() if value.date() >= FIRST_DAY:
            spent = value - _EPOCH
            return f"><v>{spent.days + spent.seconds / 86400!r}</v>"
        case date() if value >= FIRST_DAY:
            return f"><v>{(value - _EPOCH.date()).days}</v>"
        case date():
            return f' t="inlineStr"><is><t>{value.isoformat()}</t></is>'
        case _:
            return f' t="inlineStr"><is><t xml:space="preserve">{_text(clean(str(value)))}</t></is>'


def _text(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub("_x005F", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
