"""One contract by its id, reference or file stem; several by filters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from rapidfuzz import fuzz, process
from sqlalchemy.orm import Session, aliased

from portfolio.errors import NotFound
from portfolio.folding import compact, fold
from portfolio.geography import departments
from portfolio.names import company_key, company_number
from portfolio.register.models import (
    ContractDocumentRow,
    ContractRow,
    ContractSiteRow,
    CounterpartyRow,
    IdentityRow,
    LabelRow,
    PartyRow,
    SiteRow,
)
from portfolio.register.records import Filters, Scope

_NAMED = 5


def contract_id(session: Session, ref: str) -> str:
    """The id of the contract that ``ref`` means: an id or the beginning of one, a reference, a file's stem or name.

    Raises NotFound, with the contracts that come near, where none or several are meant.
    """
    text = ref.strip()
    if session.get(ContractRow, text) is not None:
        return text
    key = compact(text)
    ways = (
        ContractRow.stem == text,
        ContractRow.reference_key == key,
        ContractRow.stem_key == key,
        ContractRow.id.in_(sa.select(ContractDocumentRow.contract_id).where(ContractDocumentRow.name == text)),
        ContractRow.id.startswith(text.lower(), autoescape=True) if len(text) >= 4 else sa.false(),
    )
    for way in ways:
        found = session.scalars(sa.select(ContractRow).where(way).order_by(ContractRow.stem).limit(_NAMED + 1)).all()
        if len(found) == 1:
            return found[0].id
        if found:
            raise NotFound.of("several_contracts", ref=ref, found=_list(found))
    rows = session.execute(sa.select(ContractRow.stem, ContractRow.stem_key, ContractRow.reference_key)).all()
    near = _nearest(rows, key)
    how = "no_contract_near" if near else "no_contract" if rows else "no_contract_yet"
    raise NotFound.of(how, ref=ref, near=near)


def _list(rows: Sequence[ContractRow]) -> str:
    shown = ", ".join(f"{row.stem} ({row.id})" for row in rows[:_NAMED])
    return f"{shown}, …" if len(rows) > _NAMED else shown


def _nearest(rows: Sequence[Any], key: str) -> str:
    choices = {n: f"{stem_key} {reference or ''}" for n, (_, stem_key, reference) in enumerate(rows)}
    near = process.extract(key, choices, scorer=fuzz.partial_ratio, limit=_NAMED, score_cutoff=70)
    return ", ".join(rows[n][0] for _, _, n in near)


def selection(filters: Filters) -> sa.Select[Any]:
    """The contracts that the filters let through, by file stem. What an amendment adds (a site, a party's new name)
    finds its base contract too."""
    query = sa.select(ContractRow).order_by(ContractRow.stem, ContractRow.id)
    for column, wanted in (
        (ContractRow.contract_type, filters.contract_type),
        (ContractRow.form, filters.form),
        (ContractRow.status, filters.status),
        (ContractRow.link_state, filters.link),
        (ContractRow.id, filters.ids),
    ):
        if wanted:
            query = query.where(column.in_(wanted))
    if filters.sector:
        query = query.where(ContractRow.sector == filters.sector)
    if filters.kind:
        query = query.where(ContractRow.kind == filters.kind)
    if filters.to_review:
        query = query.where(ContractRow.to_review > 0)
    for word in fold(filters.text or "").split():
        query = query.where(ContractRow.search.contains(word, autoescape=True))
    if filters.counterparty:
        query = query.where(_or_amended(_with_party(filters.counterparty)))
    for place in _places(filters):
        query = query.where(
            _or_amended(
                sa.select(ContractSiteRow.contract_id).join(SiteRow, SiteRow.id == ContractSiteRow.site_id).where(place)
            )
        )
    for dimension, value in ([("", filters.tag)] if filters.tag else []) + (
        [filters.category] if filters.category else []
    ):
        labelled = sa.select(LabelRow.contract_id).where(LabelRow.dimension == dimension, LabelRow.value == value)
        query = query.where(ContractRow.id.in_(labelled))
    if filters.ends_from:
        query = query.where(end_date() >= filters.ends_from)
    if filters.ends_until:
        query = query.where(end_date() <= filters.ends_until)
    if not filters.scope.whole:
        query = query.where(within(filters.scope))
    return query


def end_date() -> sa.ColumnElement[date | None]:
    """The last day of a contract's term: what its latest amendment says of it, else what it says itself."""
    return _as_amended("end_date")


def yearly_amount() -> sa.ColumnElement[float | None]:
    """Euros a year: what its latest amendment says of it, else what the contract says itself."""
    return _as_amended("yearly_amount")


def _as_amended(column: str) -> sa.ColumnElement[Any]:
    amendment = aliased(ContractRow)
    said = getattr(amendment, column)
    amended = (
        sa.select(said)
        .where(amendment.base_id == ContractRow.id, said.is_not(None))
        .order_by(sa.func.coalesce(amendment.start_date, amendment.signature_date).desc())
        .limit(1)
        .correlate(ContractRow)
        .scalar_subquery()
    )
    return sa.func.coalesce(amended, getattr(ContractRow, column))


def within(scope: Scope) -> sa.ColumnElement[bool]:
    """The contracts that somebody with this scope may see: an amendment with its base, a base with its amendments."""
    sites = [fold(site) for site in scope.sites]
    at_sites = (
        sa.select(ContractSiteRow.contract_id)
        .join(SiteRow, SiteRow.id == ContractSiteRow.site_id)
        .where(sa.or_(SiteRow.name_key.in_(sites), SiteRow.city_key.in_(sites)))
    )
    tagged = sa.select(LabelRow.contract_id).where(LabelRow.dimension == "", LabelRow.value.in_(scope.tags))
    own = aliased(ContractRow)
    chains = sa.select(sa.func.coalesce(own.base_id, own.id)).where(sa.or_(own.id.in_(at_sites), own.id.in_(tagged)))
    return sa.func.coalesce(ContractRow.base_id, ContractRow.id).in_(chains)


def _or_amended(contracts: sa.Select[Any]) -> sa.ColumnElement[bool]:
    bases = sa.select(ContractRow.base_id).where(ContractRow.id.in_(contracts), ContractRow.base_id.is_not(None))
    return sa.or_(ContractRow.id.in_(contracts), ContractRow.id.in_(bases))


def _with_party(text: str) -> sa.Select[Any]:
    number = company_number(text.replace(" ", ""))
    wanted = [CounterpartyRow.id == text, IdentityRow.key.contains(company_key(text), autoescape=True)]
    if number and number.isdigit():
        wanted.append(IdentityRow.number == number)
    companies = (
        sa.select(IdentityRow.counterparty_id)
        .join(CounterpartyRow, CounterpartyRow.id == IdentityRow.counterparty_id)
        .where(sa.or_(*wanted))
    )
    return (
        sa.select(PartyRow.contract_id)
        .join(IdentityRow, IdentityRow.id == PartyRow.identity_id)
        .where(IdentityRow.counterparty_id.in_(companies))
    )


def _places(filters: Filters) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    words = fold(filters.site or "").split()
    found.extend(
        sa.or_(SiteRow.name_key.contains(word, autoescape=True), SiteRow.city_key.contains(word, autoescape=True))
        for word in words
    )
    if words:
        found = [sa.and_(*found)]
    if filters.city:
        found.append(SiteRow.city_key == fold(filters.city))
    for wanted, attribute in ((filters.department, "name"), (filters.region, "region")):
        if wanted:
            codes = [
                d.code
                for d in departments().values()
                if fold(getattr(d, attribute)) == fold(wanted) or (attribute == "name" and d.code == wanted.upper())
            ]
            found.append(SiteRow.department.in_(codes))
    return found
