"""Fills the tables behind the views again, all at once: a report never sees one day's contracts beside another's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from portfolio.exports.bi.models import STORED, RefreshRow
from portfolio.exports.cells import clean
from portfolio.exports.columns import Table
from portfolio.exports.gather import DAYS, gather
from portfolio.exports.tables import TABLES, VERSION, Line
from portfolio.register.store import Register
from portfolio.values import Duration
from portfolio.words.values import Wording

_ROWS_A_TIME = 2_000


@dataclass(frozen=True)
class Refreshed:
    """``rows``: how many each table holds now."""

    as_of: date
    rows: Mapping[str, int]


def refresh(register: Register, as_of: date, say: Wording, days: int = DAYS) -> Refreshed:
    """Computes the published tables as of a day and puts them in the place of the former ones, in one transaction.

    Everything is computed before writing begins, so that writers wait for the writing alone. Sentences are in the
    language of ``say``.
    """
    tables = gather(register, as_of, say, days=days)
    with register.database.writing() as session:
        for name, table in TABLES.items():
            session.execute(sa.delete(STORED[name]))
            rows = tables.rows[name]
            for start in range(0, len(rows), _ROWS_A_TIME):
                batch = [_columns(table, row) for row in rows[start : start + _ROWS_A_TIME]]
                session.execute(sa.insert(STORED[name]), batch)
        session.execute(sa.delete(RefreshRow))
        language = say.texts.language
        session.add(RefreshRow(version=VERSION, as_of=as_of, refreshed_at=datetime.now(UTC), language=language))
    return Refreshed(as_of, {name: len(rows) for name, rows in tables.rows.items()})


def refreshed(register: Register) -> date | None:
    """The day that the tables show; None before the first refresh."""
    with register.database.reading() as session:
        return session.scalar(sa.select(RefreshRow.as_of).limit(1))


def _columns(table: Table, row: Line) -> dict[str, Any]:
    return {column.name: _plain(getattr(row, column.name)) for column in table.columns}


def _plain(value: Any) -> Any:
    match value:
        case Duration():
            return str(value)
        case str():
            return clean(value)
        case _:
            return value
