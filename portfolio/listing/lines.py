"""One page of the portfolio: filtered, sorted and counted by the database, so that 10,000 contracts are no burden."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

import sqlalchemy as sa

from portfolio.register import finding, perspective, reading
from portfolio.register.models import ContractRow, CounterpartyRow, IdentityRow, PartyRow
from portfolio.register.records import ContractSummary, Filters
from portfolio.register.store import Register

SortKey = Literal[
    "title", "counterparty", "type", "start", "end", "amount", "confidence", "to_review", "updated", "file"
]
SORT_KEYS: tuple[SortKey, ...] = get_args(SortKey)
_COLUMNS: dict[str, Any] = {
    "title": sa.func.lower(sa.func.coalesce(ContractRow.title, ContractRow.stem)),
    "type": ContractRow.contract_type,
    "start": ContractRow.start_date,
    "confidence": ContractRow.confidence,
    "to_review": ContractRow.to_review,
    "updated": ContractRow.updated_at,
    "file": ContractRow.stem,
}


@dataclass(frozen=True)
class Sort:
    by: SortKey = "title"
    descending: bool = False


@dataclass(frozen=True)
class Page:
    """Some lines of the portfolio; ``total`` counts all that the filters let through, ``first`` is the place of the
    first line among them, from 0."""

    lines: tuple[ContractSummary, ...]
    total: int
    first: int


@dataclass(frozen=True)
class Totals:
    """Of the contracts that the filters let through. ``yearly``: euros a year as the latest amendments say them, else
    the contracts; ``priced``: how many say one."""

    contracts: int
    to_review: int
    waiting: int
    yearly: float
    priced: int


def page(register: Register, filters: Filters, sort: Sort, as_of: date, *, limit: int = 50, offset: int = 0) -> Page:
    """The lines from ``offset`` on, at most ``limit``; contracts without a value for the order come last."""
    with register.database.reading() as session:
        chosen = finding.selection(filters).order_by(None)
        total = session.scalar(sa.select(sa.func.count()).select_from(chosen.subquery())) or 0
        first = min(offset, max(0, total - 1) // limit * limit) if limit else 0
        column = sort_column(sort.by, perspective.ours(session)[0])
        ordered = sa.nulls_last(column.desc() if sort.descending else column.asc())
        query = chosen.order_by(ordered, ContractRow.stem, ContractRow.id).limit(limit).offset(first)
        return Page(tuple(reading.summaries(session, query, as_of)), total, first)


def totals(register: Register, filters: Filters) -> Totals:
    yearly = sa.case((ContractRow.kind == "base", finding.yearly_amount()))
    waiting = ContractRow.link_state.in_(("waiting", "ambiguous"))
    counted = (
        sa.func.count(),
        sa.func.count(sa.case((ContractRow.to_review > 0, 1))),
        sa.func.count(sa.case((waiting, 1))),
        sa.func.coalesce(sa.func.sum(yearly), 0.0),
        sa.func.count(yearly),
    )
    with register.database.reading() as session:
        row = session.execute(finding.selection(filters).order_by(None).with_only_columns(*counted)).one()
        return Totals(row[0], row[1], row[2], float(row[3]), row[4])


def sort_column(by: SortKey, us: frozenset[str]) -> sa.ColumnElement[Any]:
    """What lines are ordered by; ``us``: our own counterparties, who are nobody's counterparty here."""
    if by == "end":
        return finding.end_date()
    if by == "amount":
        return finding.yearly_amount()
    if by == "counterparty":
        return sa.func.lower(
            sa.select(sa.func.min(CounterpartyRow.name))
            .join(IdentityRow, IdentityRow.counterparty_id == CounterpartyRow.id)
            .join(PartyRow, PartyRow.identity_id == IdentityRow.id)
            .where(PartyRow.contract_id == ContractRow.id, CounterpartyRow.id.not_in(us))
            .correlate(ContractRow)
            .scalar_subquery()
        )
    column: sa.ColumnElement[Any] = _COLUMNS[by]
    return column
