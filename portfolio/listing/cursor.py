"""The portfolio read on from where one stopped: a place among the lines that holds while contracts come and go."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.errors import InvalidValue
from portfolio.listing.lines import Sort, SortKey, sort_column
from portfolio.register import finding, perspective, reading
from portfolio.register.models import ContractRow
from portfolio.register.records import ContractSummary, Filters
from portfolio.register.store import Register

_READ: Mapping[SortKey, Callable[[Any], Any]] = {
    "start": date.fromisoformat,
    "end": date.fromisoformat,
    "updated": datetime.fromisoformat,
    "amount": float,
    "confidence": float,
    "to_review": int,
}
"""What a place is where it is no text."""
_LONGEST = 4000


@dataclass(frozen=True)
class Stretch:
    """Some lines in their order. ``next``: the cursor of those that follow, None where there are none."""

    lines: tuple[ContractSummary, ...]
    total: int
    next: str | None


def stretch(
    register: Register, filters: Filters, sort: Sort, as_of: date, *, cursor: str | None = None, limit: int = 50
) -> Stretch:
    """At most ``limit`` lines from the beginning, or from where ``cursor`` says. Contracts without a value for the
    order come last. Raises InvalidValue for a cursor that is none of this order."""
    with register.database.reading() as session:
        chosen = finding.selection(filters).order_by(None)
        total = session.scalar(sa.select(sa.func.count()).select_from(chosen.subquery())) or 0
        column = sort_column(sort.by, perspective.ours(session)[0])
        query = chosen.with_only_columns(ContractRow.id, ContractRow.stem, column.label("place"))
        if cursor is not None:
            query = query.where(_after(column, sort, *_unpack(cursor, sort)))
        ordered = sa.nulls_last(column.desc() if sort.descending else column.asc())
        rows = session.execute(query.order_by(ordered, ContractRow.stem, ContractRow.id).limit(limit + 1)).all()
        following = _pack(sort, rows[limit - 1]) if len(rows) > limit else None
        return Stretch(_lines(session, [row.id for row in rows[:limit]], as_of), total, following)


def _lines(session: Session, ids: list[str], as_of: date) -> tuple[ContractSummary, ...]:
    found = reading.summaries(session, sa.select(ContractRow).where(ContractRow.id.in_(ids)), as_of)
    by_id = {line.id: line for line in found}
    return tuple(by_id[id_] for id_ in ids)


def _after(column: sa.ColumnElement[Any], sort: Sort, place: Any, stem: str, id_: str) -> sa.ColumnElement[bool]:
    same = sa.or_(ContractRow.stem > stem, sa.and_(ContractRow.stem == stem, ContractRow.id > id_))
    if place is None:
        return sa.and_(column.is_(None), same)
    further = column < place if sort.descending else column > place
    return sa.or_(further, sa.and_(column == place, same), column.is_(None))


def _pack(sort: Sort, row: Any) -> str:
    place = row.place.isoformat() if isinstance(row.place, date) else row.place
    told = json.dumps([sort.by, sort.descending, place, row.stem, row.id], ensure_ascii=False)
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def _unpack(cursor: str, sort: Sort) -> tuple[Any, str, str]:
    try:
        if len(cursor) > _LONGEST:
            raise ValueError
        by, descending, place, stem, id_ = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if (by, descending) != (sort.by, sort.descending) or not isinstance(stem, str) or not isinstance(id_, str):
            raise ValueError
        read: Callable[[Any], Any] = _READ.get(sort.by, _text)
        place = None if place is None else read(place)
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error):
        raise InvalidValue("This is no cursor of this list; take « next » of the answer before, unchanged.") from None
    return place, stem, id_


def _text(place: Any) -> str:
    if not isinstance(place, str):
        raise ValueError
    return place
