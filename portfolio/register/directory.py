"""What is looked up beside contracts: documents, tags, counterparties, sites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.errors import InvalidValue, NotFound
from portfolio.folding import fold
from portfolio.names import company_key, company_number
from portfolio.register import counterparties as companies
from portfolio.register import ledger, links, perspective, places, projection, writing
from portfolio.register.models import (
    CompanyRow,
    ContractDocumentRow,
    ContractRow,
    ContractSiteRow,
    CounterpartyRow,
    DocumentNameRow,
    DocumentRow,
    FormerNameRow,
    IdentityRow,
    LabelRow,
    LedgerRow,
    PartyRow,
    SiteRow,
)
from portfolio.register.records import Counterparty, DocumentInfo, Outcome, SiteView, name_of


def document(session: Session, sha: str) -> DocumentInfo | None:
    row = session.get(DocumentRow, sha)
    if row is None:
        return None
    names = session.scalars(
        sa.select(DocumentNameRow.name).where(DocumentNameRow.sha == sha).order_by(DocumentNameRow.position)
    )
    return DocumentInfo(
        sha256=sha,
        names=tuple(names),
        media_type=row.media_type,
        size=row.size,
        pages=row.pages,
        origin=row.origin,
        parent=row.parent,
        received_at=row.received_at,
        contracts=_contracts(session, sha),
    )


def _contracts(session: Session, sha: str) -> tuple[str, ...]:
    mine = sa.select(ContractDocumentRow.contract_id).where(ContractDocumentRow.sha == sha)
    return tuple(session.scalars(mine.order_by(ContractDocumentRow.contract_id)))


def seen(session: Session, sha: str, path: str) -> tuple[str, ...]:
    contracts = _contracts(session, sha)
    line = session.get(LedgerRow, path[-2000:])
    if line is None or line.sha != sha or line.outcome in ("refused", "ignored"):
        writing.name(session, sha, name_of(path))
        others = session.scalars(sa.select(LedgerRow.path).where(LedgerRow.sha == sha, LedgerRow.path != path)).all()
        outcome: Outcome = "duplicate" if others else "registered"
        ledger.put(session, path, sha, outcome, contract=contracts[0] if contracts else None)
    return contracts


def label(session: Session, row: ContractRow, dimension: str, value: str) -> None:
    if not value.strip():
        raise InvalidValue("A tag or category cannot be empty.")
    session.merge(LabelRow(contract_id=row.id, dimension=dimension.strip(), value=value.strip()))
    session.flush()
    projection.refresh_search(session, row)


def unlabel(session: Session, row: ContractRow, dimension: str, value: str) -> None:
    session.execute(
        sa.delete(LabelRow).where(
            LabelRow.contract_id == row.id, LabelRow.dimension == dimension.strip(), LabelRow.value == value.strip()
        )
    )
    projection.refresh_search(session, row)


def labels(session: Session) -> tuple[tuple[str, str, int], ...]:
    rows = session.execute(
        sa.select(LabelRow.dimension, LabelRow.value, sa.func.count())
        .group_by(LabelRow.dimension, LabelRow.value)
        .order_by(LabelRow.dimension, LabelRow.value)
    )
    return tuple((dimension, value, count) for dimension, value, count in rows)


def counterparties(session: Session, ids: Iterable[str] | None = None) -> tuple[Counterparty, ...]:
    us, _ = perspective.ours(session)
    query = sa.select(CounterpartyRow).order_by(CounterpartyRow.name, CounterpartyRow.id)
    if ids is not None:
        query = query.where(CounterpartyRow.id.in_(list(ids)))
    rows = session.scalars(query).all()
    names: dict[str, set[str]] = defaultdict(set)
    contracts: dict[str, set[str]] = defaultdict(set)
    nowhere = sa.null().label("contract_id")
    for name, contract, identity in (
        (PartyRow.name, PartyRow.contract_id, PartyRow.identity_id),
        (CompanyRow.name, nowhere, CompanyRow.identity_id),
        (FormerNameRow.name, nowhere, FormerNameRow.former_id),
    ):
        written = sa.select(IdentityRow.counterparty_id, name, contract).where(IdentityRow.id == identity)
        if ids is not None:
            written = written.where(IdentityRow.counterparty_id.in_([row.id for row in rows]))
        for company, spelling, id_ in session.execute(written):
            names[company or ""].add(spelling)
            if id_ is not None:
                contracts[company or ""].add(id_)
    return tuple(
        Counterparty(
            id=row.id,
            name=row.name,
            siren=row.number,
            names=tuple(sorted(names[row.id])),
            contracts=tuple(sorted(contracts[row.id])),
            ours=row.id in us,
        )
        for row in rows
    )


def counterparty(session: Session, ref: str) -> Counterparty:
    key, number = company_key(ref), company_number(ref.replace(" ", ""))
    ways = (
        CounterpartyRow.id == ref,
        CounterpartyRow.number == number,
        CounterpartyRow.id.in_(sa.select(IdentityRow.counterparty_id).where(IdentityRow.key == key)),
        CounterpartyRow.id.in_(
            sa.select(IdentityRow.counterparty_id).where(IdentityRow.key.contains(key, autoescape=True))
        ),
    )
    for way in ways:
        found = session.scalars(sa.select(CounterpartyRow).where(way).order_by(CounterpartyRow.name).limit(6)).all()
        if len(found) == 1:
            return counterparties(session, [found[0].id])[0]
        if found:
            raise NotFound(
                f"« {ref} » may be several companies: {', '.join(f'{c.name} ({c.id})' for c in found)}; give an id."
            )
    raise NotFound(f"No contract has a party « {ref} »; list the counterparties to see their names.")


def merge(session: Session, one: str, other: str, who: str) -> Counterparty:
    left, right = counterparty(session, one), counterparty(session, other)
    if left.id == right.id:
        raise InvalidValue(f"{left.name} and {right.name} are one company already.")
    mine, theirs = _identities(session, left.id), _identities(session, right.id)
    companies.declare(session, min(mine), min(theirs), True, who)
    _settle(session, mine | theirs)
    return _of_identity(session, min(mine))


def split(session: Session, ref: str, name: str, who: str) -> tuple[Counterparty, Counterparty]:
    whole = counterparty(session, ref)
    key = company_key(name)
    identities = {
        row.id: row.key
        for row in session.scalars(sa.select(IdentityRow).where(IdentityRow.counterparty_id == whole.id))
    }
    apart = {id_ for id_, written in identities.items() if written == key}
    rest = set(identities) - apart
    if not apart or not rest:
        raise InvalidValue(
            f"{whole.name} is written {', '.join(whole.names)}; name one of several spellings to split it off."
        )
    for left in apart:
        for right in rest:
            companies.declare(session, left, right, False, who)
    _settle(session, apart | rest)
    return _of_identity(session, min(rest)), _of_identity(session, min(apart))


def _identities(session: Session, company: str) -> set[str]:
    return set(session.scalars(sa.select(IdentityRow.id).where(IdentityRow.counterparty_id == company)))


def _settle(session: Session, identities: set[str]) -> None:
    moved = companies.settle(session, identities)
    links.settle(session, projection.contracts_of(session, moved))


def _of_identity(session: Session, identity: str) -> Counterparty:
    company = session.scalars(sa.select(IdentityRow.counterparty_id).where(IdentityRow.id == identity)).one()
    return counterparties(session, [company] if company else [])[0]


def sites(session: Session) -> tuple[SiteView, ...]:
    contracts: dict[str, list[str]] = defaultdict(list)
    for site, contract in session.execute(
        sa.select(ContractSiteRow.site_id, ContractSiteRow.contract_id)
        .distinct()
        .order_by(ContractSiteRow.site_id, ContractSiteRow.contract_id)
    ):
        contracts[site].append(contract)
    rows = session.scalars(sa.select(SiteRow)).all()
    ordered = sorted(rows, key=lambda r: (r.department or "~", fold(r.city or ""), fold(r.name or ""), r.id))
    return tuple(places.view(row, tuple(contracts[row.id])) for row in ordered)
