"""What a published table is: its columns with their names and types, derived from the type of its rows."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal, get_args, get_origin

from portfolio.values import Duration

Kind = Literal["text", "code", "integer", "number", "date", "moment", "flag", "duration"]
"""``code``: a word of a closed vocabulary; ``moment``: in UTC; ``duration``: on the civil calendar, ISO 8601."""

_KINDS: dict[type, Kind] = {
    str: "text",
    bool: "flag",
    int: "integer",
    float: "number",
    date: "date",
    datetime: "moment",
    Duration: "duration",
}


@dataclass(frozen=True)
class Said:
    """The section of the catalogues that words a column's codes."""

    section: str


@dataclass(frozen=True)
class Of:
    """The fact that a column shows: a field, and which part of its value where it is made of several."""

    field: str
    part: str | None = None


@dataclass(frozen=True)
class Column:
    """``section`` words its codes; ``of`` is the fact that it shows, by which an edited cell finds its way back."""

    name: str
    kind: Kind
    required: bool
    section: str | None = None
    of: Of | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """``row`` is the type of its rows, tuples in the order of the columns; ``key`` the columns that name a row."""

    name: str
    row: type[tuple[Any, ...]]
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def table(name: str, row: type[tuple[Any, ...]], *key: str) -> Table:
    """The table whose rows are the named tuple ``row``: a column a field, its kind from the field's type."""
    return Table(name, row, key, tuple(_columns(row)))


def _columns(row: type) -> Iterator[Column]:
    for name, hint in typing.get_type_hints(row, include_extras=True).items():
        marks: list[Any] = []
        if get_origin(hint) is Annotated:
            hint, *marks = get_args(hint)
        plain, required = _without_none(hint)
        codes = get_args(plain) if get_origin(plain) is Literal else ()
        section = next((mark.section for mark in marks if isinstance(mark, Said)), None)
        kind: Kind = "code" if codes or section else _KINDS[plain]
        yield Column(name, kind, required, section, next((m for m in marks if isinstance(m, Of)), None), codes)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) not in (types.UnionType, typing.Union):
        return hint, True
    left = [part for part in get_args(hint) if part is not type(None)]
    return left[0], len(left) == len(get_args(hint))
