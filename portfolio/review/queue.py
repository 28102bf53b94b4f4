"""The contracts that wait for review, those first where looking spares the most."""

from __future__ import annotations

import math
from dataclasses import dataclass

import sqlalchemy as sa

from portfolio.doubt import STAKES, UNKNOWN_YEAR
from portfolio.facts import CERTAIN
from portfolio.register import finding
from portfolio.register.models import ContractRow, FactRow
from portfolio.register.records import Filters
from portfolio.register.store import Register


@dataclass(frozen=True)
class Waiting:
    """A contract whose values wait: how many, its worth in euros a year where said, and how urgent they are together
    (`portfolio.doubt.urgency`, summed)."""

    contract: str
    title: str
    values: int
    yearly_amount: float | None
    urgency: float


def queue(register: Register, filters: Filters) -> tuple[Waiting, ...]:
    """Every contract with values that nobody decided on and that are not certain, the most urgent first."""
    chosen = finding.selection(filters).order_by(None).where(ContractRow.to_review > 0)
    doubt = sa.func.sum((1.0 - FactRow.confidence) * sa.case(STAKES, value=FactRow.field))
    # Summed before contracts are looked at: in the order of the index, three times as fast as grouping the joined rows.
    summed = (
        sa.select(FactRow.contract_id, sa.func.count().label("values"), doubt.label("doubt"))
        .where(
            FactRow.contract_id.in_(chosen.with_only_columns(ContractRow.id)),
            FactRow.review == "to_review",
            FactRow.current,
            FactRow.confidence < CERTAIN,
        )
        .group_by(FactRow.contract_id)
        .subquery()
    )
    named = sa.func.coalesce(ContractRow.title, ContractRow.stem)
    query = sa.select(ContractRow.id, named, summed.c["values"], ContractRow.yearly_amount, summed.c.doubt).join(
        summed, summed.c.contract_id == ContractRow.id
    )
    with register.database.reading() as session:
        waiting = [
            Waiting(id_, title, count, yearly, doubt * _worth(yearly))
            for id_, title, count, yearly, doubt in session.execute(query).tuples()
        ]
    return tuple(sorted(waiting, key=lambda w: (-w.urgency, w.title, w.contract)))


def _worth(yearly_amount: float | None) -> float:
    return math.log10(10.0 + (UNKNOWN_YEAR if yearly_amount is None else abs(yearly_amount)))
