"""What the portfolio can be narrowed by: the values that there are, each with the number of contracts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
_Rows: TypeAlias = "sa.Select[Any]"
_Query: TypeAlias = "Callable[[sa.CTE, frozenset[str]], _Rows]"
"""From the chosen contracts and our own counterparties to rows of value, shown, count."""


def facets(register: Register, filters: Filters) -> Facets:
    """Every facet, each counted with the filters of all others, so that one can change one's mind.

    The contracts that a set of filters lets through are looked for once for all facets that heed the same filters.
    """
    heeding: dict[Filters, list[FacetName]] = {}
    for name, (without, _) in _FACETS.items():
        heeding.setdefault(replace(filters, **without), []).append(name)
    found: dict[FacetName, list[FacetValue]] = {name: [] for name in _FACETS}
    with register.database.reading() as session:
        us, _ = perspective.ours(session)
        for heeded, names in heeding.items():
            for name, value, shown, count in session.execute(_counts(heeded, names, us)):
                if value:
                    found[name].append(FacetValue(value, shown, count))
    return {name: tuple(sorted(values, key=lambda v: (-v.count, v.shown))) for name, values in found.items()}


def _counts(filters: Filters, names: Sequence[FacetName], us: frozenset[str]) -> sa.CompoundSelect[Any]:
    """Rows of facet, value, shown, count, for the contracts that ``filters`` let through."""
    columns = (ContractRow.id, ContractRow.contract_type, ContractRow.sector, ContractRow.form, ContractRow.status)
    selected = finding.selection(filters).order_by(None).with_only_columns(*columns)
    chosen = selected.cte("chosen").prefix_with("MATERIALIZED")
    parts = []
    for name in names:
        rows = _FACETS[name][1](chosen, us).limit(MOST).subquery()
        parts.append(sa.select(sa.literal(name), *rows.columns))
    return sa.union_all(*parts)


def _of_column(name: str) -> _Query:
    def query(chosen: sa.CTE, us: frozenset[str]) -> _Rows:
        column, count = chosen.c[name], sa.func.count()
        return _rows(column, column, count).where(column.is_not(None)).group_by(column).order_by(count.desc(), column)

    return query


def _cities(chosen: sa.CTE, us: frozenset[str]) -> _Rows:
    city, count = sa.func.min(SiteRow.city), sa.func.count(sa.distinct(ContractSiteRow.contract_id))
    joined = (
        _rows(city, city, count)
        .join_from(chosen, ContractSiteRow, ContractSiteRow.contract_id == chosen.c.id)
        .join(SiteRow, SiteRow.id == ContractSiteRow.site_id)
    )
    narrowed = joined.where(SiteRow.city_key != "")
    return narrowed.group_by(SiteRow.city_key).order_by(count.desc(), SiteRow.city_key)


def _counterparties(chosen: sa.CTE, us: frozenset[str]) -> _Rows:
    count = sa.func.count(sa.distinct(PartyRow.contract_id))
    rows = (
        _rows(CounterpartyRow.id, CounterpartyRow.name, count)
        .join_from(chosen, PartyRow, PartyRow.contract_id == chosen.c.id)
        .join(IdentityRow, IdentityRow.id == PartyRow.identity_id)
        .join(CounterpartyRow, CounterpartyRow.id == IdentityRow.counterparty_id)
        .where(CounterpartyRow.id.not_in(us))
    )
    return rows.group_by(CounterpartyRow.id, CounterpartyRow.name).order_by(count.desc(), CounterpartyRow.name)


def _labels(*, tags: bool) -> _Query:
    def query(chosen: sa.CTE, us: frozenset[str]) -> _Rows:
        shown = LabelRow.value if tags else LabelRow.dimension + " : " + LabelRow.value
        value = LabelRow.value if tags else LabelRow.dimension + "\t" + LabelRow.value
        count = sa.func.count()
        kind = LabelRow.dimension == "" if tags else LabelRow.dimension != ""
        rows = _rows(value, shown, count).join_from(chosen, LabelRow, LabelRow.contract_id == chosen.c.id).where(kind)
        return rows.group_by(LabelRow.dimension, LabelRow.value).order_by(count.desc(), LabelRow.value)

    return query


def _rows(value: sa.ColumnElement[Any] | Any, shown: sa.ColumnElement[Any] | Any, count: Any) -> sa.Select[Any]:
    return sa.select(value.label("value"), shown.label("shown"), count.label("count"))


_FACETS: dict[FacetName, tuple[dict[str, Any], _Query]] = {
    "contract_type": ({"contract_type": ()}, _of_column("contract_type")),
    "sector": ({"sector": None}, _of_column("sector")),
    "form": ({"form": ()}, _of_column("form")),
    "status": ({"status": ()}, _of_column("status")),
    "city": ({"city": None}, _cities),
    "counterparty": ({"counterparty": None}, _counterparties),
    "tag": ({"tag": None}, _labels(tags=True)),
    "category": ({"category": None}, _labels(tags=False)),
}
"""By facet: the filters that it does not heed, and how its values are counted."""
