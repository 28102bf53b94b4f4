"""What the portfolio can be narrowed by: the values that there are, each with the number of contracts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

import sqlalchemy as sa

from portfolio.register import finding, perspective
from portfolio.register.models import (
    ContractRow,
    ContractSiteRow,
    CounterpartyRow,
    IdentityRow,
    LabelRow,
    PartyRow,
    SiteRow,
)
from portfolio.register.records import Filters
from portfolio.register.store import Register

FacetName = Literal["contract_type", "sector", "form", "status", "city", "counterparty", "tag", "category"]
MOST = 300
"""Values of one facet, the most frequent."""


@dataclass(frozen=True)
class FacetValue:
    """``value`` is what the filter takes, ``shown`` what people call it."""

    value: str
    shown: str
    count: int


Facets = Mapping[FacetName, tuple[FacetValue, ...]]
_Rows: TypeAlias = "sa.Select[Any, Any, int]"
_Query: TypeAlias = "Callable[[sa.Select[Any], frozenset[str]], _Rows]"
"""From the chosen contracts (their ids) and our own counterparties to rows of value, shown, count."""


def facets(register: Register, filters: Filters) -> Facets:
    """Every facet, each counted with the filters of all others, so that one can change one's mind."""
    with register.database.reading() as session:
        us, _ = perspective.ours(session)
        found: dict[FacetName, tuple[FacetValue, ...]] = {}
        for name, (without, query) in _FACETS.items():
            chosen = finding.selection(replace(filters, **without)).order_by(None).with_only_columns(ContractRow.id)
            rows = session.execute(query(chosen, us).limit(MOST))
            found[name] = tuple(FacetValue(value, shown, count) for value, shown, count in rows if value)
        return found


def _of_column(column: sa.ColumnElement[Any] | Any) -> _Query:
    def query(chosen: sa.Select[Any], us: frozenset[str]) -> _Rows:
        count = sa.func.count()
        rows = sa.select(column, column, count).where(ContractRow.id.in_(chosen), column.is_not(None))
        return rows.group_by(column).order_by(count.desc(), column)

    return query


def _cities(chosen: sa.Select[Any], us: frozenset[str]) -> _Rows:
    count = sa.func.count(sa.distinct(ContractSiteRow.contract_id))
    rows = sa.select(sa.func.min(SiteRow.city), sa.func.min(SiteRow.city), count)
    joined = rows.join(ContractSiteRow, ContractSiteRow.site_id == SiteRow.id)
    narrowed = joined.where(ContractSiteRow.contract_id.in_(chosen), SiteRow.city_key != "")
    return narrowed.group_by(SiteRow.city_key).order_by(count.desc(), SiteRow.city_key)


def _counterparties(chosen: sa.Select[Any], us: frozenset[str]) -> _Rows:
    count = sa.func.count(sa.distinct(PartyRow.contract_id))
    rows = (
        sa.select(CounterpartyRow.id, CounterpartyRow.name, count)
        .join(IdentityRow, IdentityRow.counterparty_id == CounterpartyRow.id)
        .join(PartyRow, PartyRow.identity_id == IdentityRow.id)
        .where(PartyRow.contract_id.in_(chosen), CounterpartyRow.id.not_in(us))
    )
    return rows.group_by(CounterpartyRow.id, CounterpartyRow.name).order_by(count.desc(), CounterpartyRow.name)


def _labels(*, tags: bool) -> _Query:
    def query(chosen: sa.Select[Any], us: frozenset[str]) -> _Rows:
        shown = LabelRow.value if tags else LabelRow.dimension + " : " + LabelRow.value
        value = LabelRow.value if tags else LabelRow.dimension + "\t" + LabelRow.value
        count = sa.func.count()
        kind = LabelRow.dimension == "" if tags else LabelRow.dimension != ""
        rows = sa.select(value, shown, count).where(LabelRow.contract_id.in_(chosen), kind)
        return rows.group_by(LabelRow.dimension, LabelRow.value).order_by(count.desc(), LabelRow.value)

    return query


_FACETS: dict[FacetName, tuple[dict[str, Any], _Query]] = {
    "contract_type": ({"contract_type": ()}, _of_column(ContractRow.contract_type)),
    "sector": ({"sector": None}, _of_column(ContractRow.sector)),
    "form": ({"form": ()}, _of_column(ContractRow.form)),
    "status": ({"status": ()}, _of_column(ContractRow.status)),
    "city": ({"city": None}, _cities),
    "counterparty": ({"counterparty": None}, _counterparties),
    "tag": ({"tag": None}, _labels(tags=True)),
    "category": ({"category": None}, _labels(tags=False)),
}
"""By facet: the filters that it does not heed, and how its values are counted."""
