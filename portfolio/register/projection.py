"""What is derived from a contract's current facts: its columns for lists, its parties and sites, its references."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.facts import CERTAIN
from portfolio.folding import compact, fold
from portfolio.linking import is_amendment
from portfolio.names import take_apart
from portfolio.register import counterparties, links, places
from portfolio.register.facts import DECIDED
from portfolio.register.identities import Identity
from portfolio.register.models import (
    AmendsKeyRow,
    ContractRow,
    ContractSiteRow,
    FactRow,
    FormerNameRow,
    LabelRow,
    PartyRow,
)
from portfolio.schema import Amount, Party, Site

_SCALARS = {
    "title": "title",
    "reference": "reference",
    "amends": "amends",
    "language": "language",
    "contract_type": "contract_type",
    "legal_nature.sector": "sector",
    "legal_nature.form": "form",
    "status": "status",
    "signature_date": "signature_date",
    "start_date": "start_date",
    "end_date": "end_date",
    "renewal.kind": "renewal",
    "notice_period": "notice_period",
}
_PER_YEAR = {"year": 1, "quarter": 4, "month": 12}
_DATES = ("signature_date", "start_date", "end_date")


def settle(session: Session, row: ContractRow, created: bool = False) -> None:
    """Brings everything that follows from the contract's facts up to date, in other contracts too.

    Columns, parties, sites, then which companies the parties are, then which amendments change which contracts.
    ``created``: nothing of it is there yet.
    """
    meant_before = [] if created else links.meaning(session, row.id)
    facts = _current(session, row)
    _columns(row, facts)
    _references(session, row)
    _sites(session, row, [f for f in facts if f.field == "sites"], created)
    moved = _parties(session, row, [f for f in facts if f.field == "parties"], created)
    _search(session, row, facts)
    row.updated_at = datetime.now(UTC)
    session.flush()
    links.settle(session, dict.fromkeys((row.id, *meant_before, *contracts_of(session, moved))))


@dataclass(frozen=True, slots=True)
class _Value:
    """What is needed of a current fact here; its evidence is not."""

    id: int
    field: str
    value: Any
    confidence: float
    review: str


def _current(session: Session, row: ContractRow) -> list[_Value]:
    columns = sa.select(FactRow.id, FactRow.field, FactRow.value, FactRow.confidence, FactRow.review)
    mine = columns.where(FactRow.contract_id == row.id, FactRow.current)
    return [_Value(*values) for values in session.execute(mine.order_by(FactRow.field, FactRow.position, FactRow.id))]


def contracts_of(session: Session, identities: set[str]) -> list[str]:
    """The contracts (ids) with a party that is written in one of these ways."""
    if not identities:
        return []
    parties = sa.select(PartyRow.contract_id).where(PartyRow.identity_id.in_(identities)).distinct()
    return sorted(session.scalars(parties))


def _columns(row: ContractRow, facts: Sequence[_Value]) -> None:
    first: dict[str, Any] = {}
    for fact in facts:
        first.setdefault(fact.field, fact.value)
    for field, column in _SCALARS.items():
        value = first.get(field)
        setattr(row, column, date.fromisoformat(value) if value and column in _DATES else value)
    row.yearly_amount = yearly(Amount.model_validate(fact.value) for fact in facts if fact.field == "amounts")
    row.reference_key = compact(row.reference)[:200] or None if row.reference else None
    row.kind = "amendment" if is_amendment(row.title, row.amends) else "base"
    undecided = [fact.confidence for fact in facts if fact.review not in DECIDED]
    doubtful = [confidence for confidence in undecided if confidence < CERTAIN]
    row.confidence = min(doubtful, default=None)
    row.to_review = len(doubtful)
    row.reviewed = len(facts) - len(undecided)


def yearly(amounts: Iterable[Amount]) -> float | None:
    """The largest amount of the longest rhythm, over a year, in euros excluding tax: what is named beside a price (an
    increase, an option) is less."""
    plain = [a for a in amounts if a.currency == "EUR" and a.tax != "incl" and not a.bound]
    for period, times in _PER_YEAR.items():
        values = [amount.value for amount in plain if amount.period == period]
        if values:
            return round(max(values) * times, 2)
    return None


def _references(session: Session, row: ContractRow) -> None:
    wanted = links.keys_of(row)
    there = set(session.scalars(sa.select(AmendsKeyRow.key).where(AmendsKeyRow.contract_id == row.id)))
    if there - wanted:
        session.execute(
            sa.delete(AmendsKeyRow).where(AmendsKeyRow.contract_id == row.id, AmendsKeyRow.key.in_(there - wanted))
        )
    if wanted - there:
        session.execute(sa.insert(AmendsKeyRow), [{"contract_id": row.id, "key": k} for k in sorted(wanted - there)])


def _sites(session: Session, row: ContractRow, facts: Sequence[_Value], created: bool) -> None:
    sites = [Site.model_validate(fact.value) for fact in facts]
    mine = sa.select(ContractSiteRow.site_id).where(ContractSiteRow.contract_id == row.id)
    there = [] if created else list(session.scalars(mine.order_by(ContractSiteRow.position)))
    wanted = [places.site_id(site) for site in sites]
    if sites:
        places.remember(session, sites)
    if there == wanted:
        return
    if there:
        session.execute(sa.delete(ContractSiteRow).where(ContractSiteRow.contract_id == row.id))
    if wanted:
        session.execute(
            sa.insert(ContractSiteRow),
            [{"contract_id": row.id, "position": n, "site_id": site} for n, site in enumerate(wanted)],
        )
    left = set(there) - set(wanted)
    if left:
        places.forget_unused(session, left)


def _parties(session: Session, row: ContractRow, facts: Sequence[_Value], created: bool) -> set[str]:
    """Writes the parties, and which companies they are; gives the identities that came to another company by it."""
    before = set() if created else _borne(session, row)
    rows: list[dict[str, Any]] = []
    formers: dict[tuple[str, str], str] = {}
    identities: dict[str, Identity] = {}
    for number, party in enumerate(Party.model_validate(fact.value) for fact in facts):
        named = take_apart(party.name)
        identity = Identity.of(named.name, party.registration)
        identities[identity.id] = identity
        rows.append(
            {
                "contract_id": row.id,
                "position": number,
                "name": named.name,
                "role": party.role,
                "registration": party.registration,
                "dated": links.dated(row),
                "identity_id": identity.id,
            }
        )
        if named.former:
            former = Identity.of(named.former, None)
            identities[former.id] = former
            formers[identity.id, former.id] = named.former
    new = counterparties.remember(session, identities.values())
    if before:
        for table in (PartyRow, FormerNameRow):
            session.execute(sa.delete(table).where(table.contract_id == row.id))
    if rows:
        session.execute(sa.insert(PartyRow), rows)
    if formers:
        session.execute(
            sa.insert(FormerNameRow),
            [
                {"contract_id": row.id, "identity_id": now, "former_id": earlier, "name": name}
                for (now, earlier), name in formers.items()
            ],
        )
    touched = before | set(identities)
    if new or formers or before - set(identities):
        return counterparties.settle(session, touched)
    if touched:
        counterparties.rename(session, touched)
    return set()


def _borne(session: Session, row: ContractRow) -> set[str]:
    """The identities that the contract's parties bear so far, former names among them."""
    now = sa.select(PartyRow.identity_id).where(PartyRow.contract_id == row.id)
    former = sa.select(FormerNameRow.former_id).where(FormerNameRow.contract_id == row.id)
    return set(session.scalars(sa.union(now, former)))


def _search(session: Session, row: ContractRow, facts: Sequence[_Value]) -> None:
    """The folded words that a contract is found by in lists."""
    labels = session.execute(sa.select(LabelRow.dimension, LabelRow.value).where(LabelRow.contract_id == row.id))
    texts: list[str] = [row.stem, row.title or "", row.reference or "", compact(row.reference or "")]
    for fact in facts:
        if fact.field in ("parties", "sites"):
            texts.extend(str(v) for k, v in fact.value.items() if v and k != "role")
    texts.extend(text for pair in labels for text in pair)
    row.search = " ".join(dict.fromkeys(fold(text) for text in texts if text))


def refresh_search(session: Session, row: ContractRow) -> None:
    """Brings the words of a contract up to date after its tags changed."""
    _search(session, row, _current(session, row))
