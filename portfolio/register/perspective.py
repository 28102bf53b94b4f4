"""Whose portfolio this is: our own company, as said or as guessed, and the side of each party and debtor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from rapidfuzz import fuzz
from sqlalchemy.orm import Session

from portfolio.folding import fold
from portfolio.names import company_key
from portfolio.register import counterparties
from portfolio.register.identities import Identity
from portfolio.register.models import CompanyRow, IdentityRow, PartyRow
from portfolio.register.records import Company, PartyView, Side

_ALIKE = 85.0


def set_companies(session: Session, companies: Sequence[Company]) -> None:
    """Says who we are, in place of what was said before."""
    before = set(session.scalars(sa.select(CompanyRow.identity_id)))
    identities = [Identity.of(company.name, company.siren) for company in companies]
    counterparties.remember(session, identities)
    session.execute(sa.delete(CompanyRow))
    for number, (company, identity) in enumerate(zip(companies, identities, strict=True)):
        session.add(CompanyRow(position=number, name=company.name, number=identity.number, identity_id=identity.id))
    session.flush()
    touched = before | {identity.id for identity in identities}
    if touched:
        counterparties.settle(session, touched)


def companies(session: Session) -> tuple[Company, ...]:
    rows = session.scalars(sa.select(CompanyRow).order_by(CompanyRow.position))
    return tuple(Company(row.name, row.number) for row in rows)


def said(session: Session) -> dict[str, str]:
    """Our names as said, by the id of the counterparty that each is; empty where nobody said who we are."""
    query = sa.select(IdentityRow.counterparty_id, CompanyRow.name).join(
        CompanyRow, CompanyRow.identity_id == IdentityRow.id
    )
    rows = session.execute(query.order_by(CompanyRow.position.desc())).tuples()
    return {counterparty: name for counterparty, name in rows if counterparty}


def ours(session: Session) -> tuple[frozenset[str], bool]:
    """Ids of the counterparties that are us, and whether that is a guess: the one that is party to the most contracts,
    to at least two and to more than any other."""
    known = frozenset(said(session))
    if known:
        return known, False
    count = sa.func.count(sa.distinct(PartyRow.contract_id))
    most = session.execute(
        sa.select(IdentityRow.counterparty_id, count)
        .join(PartyRow, PartyRow.identity_id == IdentityRow.id)
        .group_by(IdentityRow.counterparty_id)
        .order_by(count.desc())
        .limit(2)
    ).all()
    if not most or most[0][1] < 2 or (len(most) > 1 and most[0][1] == most[1][1]):
        return frozenset(), True
    return frozenset(id_ for id_, _ in most[:1] if id_), True


def side(counterparty: str, us: frozenset[str]) -> Side | None:
    if not us:
        return None
    return "us" if counterparty in us else "them"


def debtors(
    session: Session, names: Iterable[str], parties: Sequence[PartyView], us: frozenset[str]
) -> Mapping[str, Side]:
    """The side of each debtor, by the name as written; a debtor that cannot be told is left out.

    By the parties' names: equal, one within the other, or alike; else by what the register knows of the name.
    """
    found: dict[str, Side] = {}
    for name in dict.fromkeys(names):
        party = _party(name, parties)
        owner = party.side if party else _known(session, name, us)
        if owner is not None:
            found[name] = owner
    return found


def _party(name: str, parties: Sequence[PartyView]) -> PartyView | None:
    key = company_key(name)
    for party in parties:
        if company_key(party.name) == key:
            return party
    padded = f" {fold(name)} "
    within = [p for p in parties if f" {key} " in f" {company_key(p.name)} " or f" {company_key(p.name)} " in padded]
    if len(within) == 1:
        return within[0]
    scored = [(fuzz.token_sort_ratio(key, company_key(p.name)), -n, p) for n, p in enumerate(parties)]
    best = max(scored, default=None, key=lambda s: s[:2])
    return best[2] if best and best[0] >= _ALIKE else None


def _known(session: Session, name: str, us: frozenset[str]) -> Side | None:
    rows = session.scalars(
        sa.select(IdentityRow.counterparty_id).where(IdentityRow.key == company_key(name)).distinct()
    ).all()
    sides = {side(row, us) for row in rows if row}
    return sides.pop() if len(sides) == 1 else None
