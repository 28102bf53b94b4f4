"""How well contracts were read, by field, as far as persons looked: read right, read wrong, and what waits."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from portfolio.facts import CERTAIN
from portfolio.register import finding
from portfolio.register.models import ContractRow, FactRow
from portfolio.register.records import Filters
from portfolio.register.store import Register
from portfolio.schema import FIELDS


@dataclass(frozen=True)
class FieldQuality:
    """Values of a field by what became of them: ``confirmed`` as read, ``wrong``: set aside, whether another one was
    written in its place or not; ``written`` by persons; ``certain`` and ``doubtful``: those that nobody decided on."""

    field: str
    confirmed: int
    wrong: int
    written: int
    certain: int
    doubtful: int

    @property
    def decided(self) -> int:
        return self.confirmed + self.wrong

    @property
    def right(self) -> float | None:
        """The share that was right as read, of those that persons decided on; None where they are none."""
        return self.confirmed / self.decided if self.decided else None


def quality(register: Register, filters: Filters) -> tuple[FieldQuality, ...]:
    """By field, in the record's order; fields without any value left out."""
    waits = sa.and_(FactRow.review == "to_review", FactRow.current)
    counts = [
        _count(sa.and_(FactRow.review == "confirmed", FactRow.current)),
        _count(FactRow.review == "rejected"),
        _count(sa.and_(FactRow.review == "corrected", FactRow.current)),
        _count(sa.and_(waits, FactRow.confidence >= CERTAIN)),
        _count(sa.and_(waits, FactRow.confidence < CERTAIN)),
    ]
    chosen = finding.selection(filters).order_by(None).with_only_columns(ContractRow.id)
    query = sa.select(FactRow.field, *counts).where(FactRow.contract_id.in_(chosen)).group_by(FactRow.field)
    with register.database.reading() as session:
        found = {field: FieldQuality(field, *map(int, values)) for field, *values in session.execute(query)}
    return tuple(found[name] for name in FIELDS if name in found and any(_of(found[name])))


def _count(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))


def _of(one: FieldQuality) -> tuple[int, ...]:
    return one.confirmed, one.wrong, one.written, one.certain, one.doubtful
