"""The tables that a refresh fills, one a published table, and the names of the views that show them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.exports.columns import Kind, Table
from portfolio.exports.tables import TABLES
from portfolio.register import models
from portfolio.register.models import Moment

TYPES: Mapping[Kind, sa.types.TypeEngine[Any]] = {
    "text": sa.Text(),
    "code": sa.String(40),
    "integer": sa.Integer(),
    "number": sa.Float(),
    "date": sa.Date(),
    "moment": Moment(),
    "flag": sa.Boolean(),
    "duration": sa.String(30),
}


class RefreshRow(models.Table):
    """The last refresh: one row. ``as_of``: the day that deadlines and terms in force are counted from."""

    __tablename__ = "bi_refresh"
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    as_of: Mapped[date]
    refreshed_at: Mapped[datetime] = mapped_column(Moment)
    language: Mapped[str] = mapped_column(sa.String(2))


def _stored(table: Table) -> sa.Table:
    columns = (
        sa.Column(c.name, TYPES[c.kind], primary_key=c.name in table.key, nullable=not c.required, autoincrement=False)
        for c in table.columns
    )
    return sa.Table(f"bi_{table.name}", models.Table.metadata, *columns)


STORED: Mapping[str, sa.Table] = {name: _stored(table) for name, table in TABLES.items()}
VIEWS: Mapping[str, str] = {f"v_{name}": f"bi_{name}" for name in (*TABLES, "refresh")}
"""Each view, and the table whose columns it shows."""
