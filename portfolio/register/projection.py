"""What is derived from a contract's current facts: its columns for lists, its parties and sites, its references."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

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
from portfolio.schema import Party, Site

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
}
_DATES = ("signature_date", "start_date", "end_date")


def settle(session: Session, row: ContractRow) -> None:
    """Brings everything that follows from the contract's facts up to date, in other contracts too.

    Columns, parties, sites, then which companies the parties are, then which amendments change which contracts.
    """
    meant_before = links.meaning(session, row.id)
    facts = session.scalars(
        sa.select(FactRow)
        .where(FactRow.contract_id == row.id, FactRow.current)
        .order_by(FactRow.field, FactRow.position, FactRow.id)
    ).all()
    _columns(row, facts)
    _references(session, row)
    _sites(session, row, [f for f in facts if f.field == "sites"])
    touched = _parties(session, row, [f for f in facts if f.field == "parties"])
    _search(session, row, facts)
    row.updated_at = datetime.now(UTC)
    session.flush()
    moved = counterparties.settle(session, touched) if touched else set()
    links.settle(session, dict.fromkeys((row.id, *meant_before, *contracts_of(session, moved))))


def contracts_of(session: Session, identities: set[str]) -> list[str]:
    """The contracts (ids) with a party that is written in one of these ways."""
    if not identities:
        return []
    parties = sa.select(PartyRow.contract_id).where(PartyRow.identity_id.in_(identities)).distinct()
    return sorted(session.scalars(parties))


def _columns(row: ContractRow, facts: Sequence[FactRow]) -> None:
    first: dict[str, Any] = {}
    for fact in facts:
        first.setdefault(fact.field, fact.value)
    for field, column in _SCALARS.items():
        value = first.get(field)
        setattr(row, column, date.fromisoformat(value) if value and column in _DATES else value)
    row.reference_key = compact(row.reference)[:200] or None if row.reference else None
    row.kind = "amendment" if is_amendment(row.title, row.amends) else "base"
    waiting = [fact.confidence for fact in facts if fact.review not in DECIDED]
    row.confidence = min(waiting, default=None)
    row.to_review = len(waiting)
    row.reviewed = len(facts) - len(waiting)


def _references(session: Session, row: ContractRow) -> None:
    wanted = links.keys_of(row)
    there = set(session.scalars(sa.select(AmendsKeyRow.key).where(AmendsKeyRow.contract_id == row.id)))
    if there - wanted:
        session.execute(
            sa.delete(AmendsKeyRow).where(AmendsKeyRow.contract_id == row.id, AmendsKeyRow.key.in_(there - wanted))
        )
    if wanted - there:
        session.execute(sa.insert(AmendsKeyRow), [{"contract_id": row.id, "key": k} for k in sorted(wanted - there)])


def _sites(session: Session, row: ContractRow, facts: Sequence[FactRow]) -> None:
    sites = [(fact, Site.model_validate(fact.value)) for fact in facts]
    mine = sa.select(ContractSiteRow).where(ContractSiteRow.contract_id == row.id).order_by(ContractSiteRow.position)
    there = [(s.fact_id, s.site_id) for s in session.scalars(mine)]
    wanted = [(fact.id, places.site_id(site)) for fact, site in sites]
    places.remember(session, [site for _, site in sites])
    if there == wanted:
        return
    session.execute(sa.delete(ContractSiteRow).where(ContractSiteRow.contract_id == row.id))
    if wanted:
        session.execute(
            sa.insert(ContractSiteRow),
            [
                {"contract_id": row.id, "position": n, "fact_id": fact, "site_id": site}
                for n, (fact, site) in enumerate(wanted)
            ],
        )
    places.forget_unused(session, {site for _, site in there} - {site for _, site in wanted})


def _parties(session: Session, row: ContractRow, facts: Sequence[FactRow]) -> set[str]:
    """Writes the parties; gives the ids of the identities that came or went."""
    there = set(session.scalars(sa.select(PartyRow.identity_id).where(PartyRow.contract_id == row.id)))
    there |= set(session.scalars(sa.select(FormerNameRow.former_id).where(FormerNameRow.contract_id == row.id)))
    parties = [(fact, Party.model_validate(fact.value)) for fact in facts]
    rows: list[dict[str, Any]] = []
    formers: dict[tuple[str, str], str] = {}
    identities: list[Identity] = []
    for number, (fact, party) in enumerate(parties):
        named = take_apart(party.name)
        identity = Identity.of(named.name, party.registration)
        identities.append(identity)
        rows.append(
            {
                "contract_id": row.id,
                "position": number,
                "fact_id": fact.id,
                "name": named.name,
                "role": party.role,
                "registration": party.registration,
                "dated": links.dated(row),
                "identity_id": identity.id,
            }
        )
        if named.former:
            former = Identity.of(named.former, None)
            identities.append(former)
            formers[identity.id, former.id] = named.former
    counterparties.remember(session, identities)
    for table in (PartyRow, FormerNameRow):
        session.execute(sa.delete(table).where(table.contract_id == row.id))
    if rows:
        session.execute(sa.insert(PartyRow), rows)
    if formers:
        session.execute(
            sa.insert(FormerNameRow),
            [
                {"contract_id": row.id, "identity_id": now, "former_id": before, "name": name}
                for (now, before), name in formers.items()
            ],
        )
    return there | {identity.id for identity in identities}


def _search(session: Session, row: ContractRow, facts: Sequence[FactRow]) -> None:
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
    facts = session.scalars(sa.select(FactRow).where(FactRow.contract_id == row.id, FactRow.current)).all()
    _search(session, row, facts)
