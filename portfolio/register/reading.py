"""Contracts as they come out of the register: lines of the portfolio, and whole contracts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.amendments import TermsInForce, Version, terms_in_force
from portfolio.facts import Fact
from portfolio.register import facts as stored_facts
from portfolio.register import perspective, places
from portfolio.register.models import (
    ContractDocumentRow,
    ContractRow,
    ContractSiteRow,
    CounterpartyRow,
    DocumentRow,
    FactRow,
    IdentityRow,
    LabelRow,
    PartyRow,
    SiteRow,
)
from portfolio.register.records import (
    Contract,
    ContractDocument,
    ContractLink,
    ContractSummary,
    LinkCandidate,
    PartyView,
    Perspective,
    SiteView,
    StoredFact,
)

_BATCH = 500
_SUMMED = ("start_date", "end_date", "renewal.kind", "notice_period", "amounts", "duration", "title", "reference")
_PER_YEAR = {"year": 1, "quarter": 4, "month": 12}


class Beside:
    """What stands beside a batch of contracts in other tables, fetched in one query a table."""

    def __init__(self, session: Session, ids: Sequence[str], us: frozenset[str]) -> None:
        self.parties: dict[str, list[PartyView]] = defaultdict(list)
        self.sites: dict[str, list[SiteView]] = defaultdict(list)
        self.amendments: dict[str, list[str]] = defaultdict(list)
        self.tags: dict[str, list[str]] = defaultdict(list)
        self.categories: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for party, counterparty in session.execute(
            sa.select(PartyRow, CounterpartyRow)
            .join(IdentityRow, IdentityRow.id == PartyRow.identity_id)
            .join(CounterpartyRow, CounterpartyRow.id == IdentityRow.counterparty_id)
            .where(PartyRow.contract_id.in_(ids))
            .order_by(PartyRow.contract_id, PartyRow.position)
        ):
            self.parties[party.contract_id].append(
                PartyView(
                    name=party.name,
                    role=party.role,  # type: ignore[arg-type]
                    registration=party.registration,
                    counterparty=counterparty.id,
                    counterparty_name=counterparty.name,
                    side=perspective.side(counterparty.id, us),
                )
            )
        for contract, site in session.execute(
            sa.select(ContractSiteRow.contract_id, SiteRow)
            .join(SiteRow, SiteRow.id == ContractSiteRow.site_id)
            .where(ContractSiteRow.contract_id.in_(ids))
            .order_by(ContractSiteRow.contract_id, ContractSiteRow.position)
        ):
            self.sites[contract].append(places.view(site))
        for base, amendment in session.execute(
            sa.select(ContractRow.base_id, ContractRow.id)
            .where(ContractRow.base_id.in_(ids))
            .order_by(ContractRow.start_date, ContractRow.signature_date, ContractRow.stem)
        ):
            if base is not None:
                self.amendments[base].append(amendment)
        for label in session.scalars(
            sa.select(LabelRow)
            .where(LabelRow.contract_id.in_(ids))
            .order_by(LabelRow.contract_id, LabelRow.dimension, LabelRow.value)
        ):
            if label.dimension:
                self.categories[label.contract_id].append((label.dimension, label.value))
            else:
                self.tags[label.contract_id].append(label.value)


def facts_of(
    session: Session, ids: Sequence[str], names: Sequence[str] = (), with_evidence: bool = True
) -> dict[str, list[StoredFact]]:
    """The facts of contracts (of some fields), by contract; those set aside too."""
    found: dict[str, list[StoredFact]] = defaultdict(list)
    query = sa.select(FactRow).where(FactRow.contract_id.in_(ids))
    if names:
        query = query.where(FactRow.field.in_(names))
    for row in session.scalars(query.order_by(FactRow.contract_id, FactRow.position, FactRow.id)):
        found[row.contract_id].append(stored_facts.stored(row))
    return found


def version(row: ContractRow, facts: Sequence[StoredFact]) -> Version:
    current = stored_facts.ordered(s for s in facts if s.current)
    return Version(row.id, tuple(s.fact for s in current))


def terms(session: Session, base: str, as_of: date) -> TermsInForce:
    """The terms of a base contract (id) in force on a day, its linked amendments counted in."""
    rows = session.scalars(
        sa.select(ContractRow).where(sa.or_(ContractRow.id == base, ContractRow.base_id == base))
    ).all()
    facts = facts_of(session, [row.id for row in rows])
    versions = {row.id: version(row, facts[row.id]) for row in rows}
    return terms_in_force(versions.pop(base), tuple(versions.values()), as_of)


def summaries(session: Session, query: sa.Select[Any], as_of: date) -> Iterator[ContractSummary]:
    """The portfolio's lines for the contracts of ``query``, in its order."""
    us, _ = perspective.ours(session)
    rows: Sequence[ContractRow] = session.scalars(query).all()
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        ids = [row.id for row in batch]
        beside = Beside(session, ids, us)
        amended = [a for amendments in beside.amendments.values() for a in amendments]
        facts = facts_of(session, ids, _SUMMED)
        facts |= facts_of(session, amended)
        changing = {row.id: row for row in session.scalars(sa.select(ContractRow).where(ContractRow.id.in_(amended)))}
        for row in batch:
            mine = version(row, facts[row.id])
            changes = tuple(version(changing[a], facts[a]) for a in beside.amendments[row.id])
            yield _summary(row, terms_in_force(mine, changes, as_of), beside, changing)


def _summary(
    row: ContractRow, in_force: TermsInForce, beside: Beside, changing: dict[str, ContractRow]
) -> ContractSummary:
    parties = tuple(beside.parties[row.id])
    others = [p for p in parties if p.side != "us"]
    return ContractSummary(
        id=row.id,
        stem=row.stem,
        kind=row.kind,  # type: ignore[arg-type]
        link=row.link_state,  # type: ignore[arg-type]
        base=row.base_id,
        amendments=tuple(beside.amendments[row.id]),
        title=row.title,
        reference=row.reference,
        contract_type=row.contract_type,  # type: ignore[arg-type]
        sector=row.sector,  # type: ignore[arg-type]
        form=row.form,  # type: ignore[arg-type]
        status=row.status,  # type: ignore[arg-type]
        language=row.language,
        signature_date=row.signature_date,
        start_date=in_force.value("start_date"),
        end_date=in_force.value("end_date"),
        renewal=in_force.value("renewal.kind"),
        notice_period=in_force.value("notice_period"),
        yearly_amount=_yearly(in_force.values("amounts")),
        parties=parties,
        counterparties=tuple(dict.fromkeys(p.counterparty_name for p in others)),
        sites=tuple(beside.sites[row.id]),
        tags=tuple(beside.tags[row.id]),
        categories=tuple(beside.categories[row.id]),
        confidence=row.confidence,
        to_review=row.to_review,
        reviewed=row.reviewed,
        updated_at=row.updated_at,
    )


def _yearly(amounts: Sequence[Any]) -> float | None:
    """The largest amount of the longest rhythm: what is named beside a price (an increase, an option) is less."""
    plain = [a for a in amounts if a.currency == "EUR" and a.tax != "incl" and not a.bound]
    for period, times in _PER_YEAR.items():
        values = [float(amount.value) for amount in plain if amount.period == period]
        if values:
            return round(max(values) * times, 2)
    return None


def contracts(session: Session, ids: Sequence[str]) -> Iterator[Contract]:
    """Whole contracts by id, in the order given."""
    us, _ = perspective.ours(session)
    said = perspective.said(session)
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        rows = {row.id: row for row in session.scalars(sa.select(ContractRow).where(ContractRow.id.in_(batch)))}
        beside = Beside(session, batch, us)
        facts = facts_of(session, batch)
        documents = _documents(session, batch)
        titles = _candidate_titles(session, rows.values())
        for id_ in batch:
            yield _contract(session, rows[id_], beside, facts[id_], documents[id_], titles, us, said)


def _documents(session: Session, ids: Sequence[str]) -> dict[str, list[ContractDocument]]:
    found: dict[str, list[ContractDocument]] = defaultdict(list)
    for attached, document in session.execute(
        sa.select(ContractDocumentRow, DocumentRow)
        .join(DocumentRow, DocumentRow.sha == ContractDocumentRow.sha)
        .where(ContractDocumentRow.contract_id.in_(ids))
        .order_by(ContractDocumentRow.contract_id, ContractDocumentRow.position)
    ):
        found[attached.contract_id].append(
            ContractDocument(
                sha256=attached.sha,
                name=attached.name,
                role=attached.role,  # type: ignore[arg-type]
                media_type=document.media_type,
                pages=document.pages,
                parent=document.parent,
            )
        )
    return found


def _candidate_titles(session: Session, rows: Any) -> dict[str, str | None]:
    ids = {candidate["contract"] for row in rows for candidate in row.link_candidates}
    rows = session.execute(sa.select(ContractRow.id, ContractRow.title).where(ContractRow.id.in_(ids)))
    return dict(rows.tuples().all())


def _contract(
    session: Session,
    row: ContractRow,
    beside: Beside,
    facts: Sequence[StoredFact],
    documents: Sequence[ContractDocument],
    titles: dict[str, str | None],
    us: frozenset[str],
    said: Mapping[str, str],
) -> Contract:
    current = stored_facts.ordered(s for s in facts if s.current)
    parties = tuple(beside.parties[row.id])
    mine = next((p for p in parties if p.side == "us"), None)
    return Contract(
        id=row.id,
        stem=row.stem,
        kind=row.kind,  # type: ignore[arg-type]
        link=_link(row, titles),
        amendments=tuple(beside.amendments[row.id]),
        documents=tuple(documents),
        facts=current,
        set_aside=stored_facts.ordered(s for s in facts if not s.current),
        parties=parties,
        sites=tuple(beside.sites[row.id]),
        perspective=Perspective(said.get(mine.counterparty, mine.name), mine.counterparty, not said) if mine else None,
        debtors=dict(perspective.debtors(session, _debtors(s.fact for s in current), parties, us)),
        tags=tuple(beside.tags[row.id]),
        categories=tuple(beside.categories[row.id]),
        reader=row.reader,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _debtors(facts: Iterator[Fact] | Any) -> list[str]:
    return [f.value.debtor for f in facts if f.field == "obligations" and f.value.debtor]


def _link(row: ContractRow, titles: dict[str, str | None]) -> ContractLink:
    return ContractLink(
        state=row.link_state,  # type: ignore[arg-type]
        base=row.base_id,
        amends=row.amends_id,
        by=row.linked_by,
        reasons=tuple(row.link_reasons),
        candidates=tuple(
            LinkCandidate(c["contract"], titles.get(c["contract"]), c["score"], tuple(c["reasons"]))
            for c in row.link_candidates
        ),
    )
