"""The published tables as reporting tools read them, from the last refresh; of contracts that the caller sees."""

from __future__ import annotations

import base64
import json
from datetime import date, datetime
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Path, Query
from pydantic import BaseModel

from portfolio.alerts.clock import today
from portfolio.errors import InvalidValue
from portfolio.exports.bi.models import STORED, RefreshRow
from portfolio.exports.bi.refresh import refresh
from portfolio.exports.files import named
from portfolio.exports.tables import TABLES, VERSION
from ui.api.problems import ProblemError
from ui.api.route import router
from ui.api.seat import At, Cursor

routes = router("/v1/tables", "tables")


class TableColumn(BaseModel):
    name: str
    type: str
    label: str
    about: str


class TableOut(BaseModel):
    """``key``: the columns that name a row."""

    name: str
    label: str
    key: list[str]
    columns: list[TableColumn]


class Rows(BaseModel):
    """``as_of``: the day that the refresh stood on."""

    version: int
    as_of: date
    refreshed_at: datetime
    rows: list[dict[str, Any]]
    next: str | None


class RefreshedOut(BaseModel):
    as_of: date
    rows: dict[str, int]


@routes.get("")
def list_tables(at: At) -> list[TableOut]:
    """The tables with what their columns hold, in the caller's language."""
    texts = at.texts
    return [
        TableOut(
            name=name,
            label=texts(f"export_table.{name}"),
            key=list(table.key),
            columns=[
                TableColumn(
                    name=column.name, type=column.kind, label=texts(f"export_column.{column.name}"),
                    about=texts(f"export_column_about.{column.name}"),
                )
                for column in table.columns
            ],
        )
        for name, table in TABLES.items()
    ]  # fmt: skip


@routes.get("/{name}")
def table_rows(
    at: At,
    name: Annotated[str, Path(max_length=40, examples=["contracts"])],
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=5000)] = 1000,
) -> Rows:
    """Rows of a table, by its key."""
    table = STORED[named(name).name]
    key = [table.c[column] for column in TABLES[name].key]
    query = sa.select(table).order_by(*key).limit(limit + 1)
    if cursor is not None:
        query = query.where(sa.tuple_(*key) > sa.tuple_(*_unpack(cursor, key)))
    if not at.account.scope.whole:
        query = query.where(table.c.contract_id.in_(sorted(at.desk.visible())))
    with at.parts.register.database.reading() as session:
        last = session.scalar(sa.select(RefreshRow))
        if last is None:
            raise ProblemError("not_ready")
        rows = [dict(row) for row in session.execute(query).mappings()]
    following = json.dumps([rows[limit - 1][c.name] for c in key]) if len(rows) > limit else None
    return Rows(
        version=VERSION, as_of=last.as_of, refreshed_at=last.refreshed_at, rows=rows[:limit],
        next=base64.urlsafe_b64encode(following.encode()).decode().rstrip("=") if following else None,
    )  # fmt: skip


@routes.post("/refresh")
def refresh_tables(at: At) -> RefreshedOut:
    """Computes the tables anew, as of today."""
    done = refresh(at.desk.register_for("administrator"), today(), at.say)
    return RefreshedOut(as_of=done.as_of, rows=dict(done.rows))


def _unpack(cursor: str, key: list[sa.Column[Any]]) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if len(values) != len(key) or not all(
            isinstance(value, int if isinstance(column.type, sa.Integer) else str)
            for value, column in zip(values, key, strict=True)
        ):
            raise ValueError
    except (ValueError, TypeError, RecursionError):
        raise InvalidValue("This is no cursor of this list; take « next » of the answer before, unchanged.") from None
    return list(values)
