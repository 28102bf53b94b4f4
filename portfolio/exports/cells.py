"""Values of the published tables as they stand in cells: for people in words, for programs in codes; never live."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

from portfolio.exports.columns import Column
from portfolio.values import Duration
from portfolio.words.values import Wording

LONGEST = 32_767
"""Characters that a spreadsheet's cell holds (Excel specifications and limits)."""
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Control characters, which no spreadsheet shows and XML 1.0 forbids, and marks that turn the direction of writing, by
which a text can look other than it is."""
_LIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a text for a formula (OWASP, CSV Injection); the wide forms for Japanese editions."""


def clean(text: str) -> str:
    """``text`` without characters that cannot be shown; line ends become line feeds."""
    if text.isprintable():  # none of those is; nor are line ends
        return text
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def shown(column: Column, value: Any, say: Wording) -> Any:
    """A value as people read it: codes and durations in words; dates, numbers and flags as they are."""
    match value:
        case None:
            return None
        case str() if column.section == "field":
            return say.field(value)
        case str() if column.section is not None:
            return say.texts.name(column.section, value)
        case str():
            return clean(value)
        case Duration():
            return ("− " if value.negative else "") + say.duration(value)
        case datetime():
            return value.replace(tzinfo=None, microsecond=0)
        case _:
            return value


def worded(column: Column, say: Wording) -> Callable[[Any], Any]:
    """What puts a column's values into a spreadsheet's cells: as `shown`, flags in words, texts within a cell's length.

    Made once a column, since a portfolio has millions of cells.
    """
    match column.kind:
        case "date" | "integer" | "number":
            return lambda value: value
        case "flag":
            words = {True: say.texts("export_words.yes"), False: say.texts("export_words.no"), None: None}
            return words.__getitem__
        case "text":
            return lambda value: value if value is None or _as_it_is(value) else fitting(clean(value), say)
        case _:
            return cache(lambda value: _cleaned(shown(column, value, say)))


def _as_it_is(text: str) -> bool:
    """Whether `clean` and `fitting` leave a text alone, told at a glance."""
    return len(text) <= LONGEST // 2 and text.isprintable()


def _cleaned(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


def fitting(text: str, say: Wording) -> str:
    """``text`` within the length of a cell, marked where it was shortened."""
    if len(text) <= LONGEST // 2 or _units(text) <= LONGEST:
        return text
    mark = say.texts("export_words.shortened")
    cut = text[: LONGEST - len(mark)]
    while _units(cut) > LONGEST - len(mark):
        cut = cut[: -max(1, (_units(cut) - LONGEST + len(mark)) // 2)]
    return cut + mark


def _units(text: str) -> int:
    """Characters as Excel counts them: UTF-16 code units."""
    return len(text.encode("utf-16-le", "replace")) // 2


def inert(text: str) -> str:
    """``text`` so that no spreadsheet computes it when it opens a CSV file: an apostrophe goes before what would be
    taken for a formula, also behind white space, and before a leading tab or line end."""
    if text.lstrip().startswith(_LIVE) or text[:1] in "\t\r\n":
        return f"'{text}" if text else text
    return text


def coded(value: Any) -> str:
    """A value as programs read it: ISO 8601 dates and durations, `true` and `false`, a decimal point."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case float():
            return plain_number(value)
        case str():
            return clean(value)
        case _:
            return str(value)


def plain_number(value: float) -> str:
    """Digits with a decimal point and no exponent."""
    return str(int(value)) if value.is_integer() else f"{value:.10f}".rstrip("0")
