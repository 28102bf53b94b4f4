"""Contracts as they come out of the register: lines of the portfolio, and whole contracts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.amendments import TermsInForce, Version, terms_in_force
from portfolio.facts import Fact
from portfolio.register import facts as stored_facts
from portfolio.register import lightly, perspective, places
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
from portfolio.register.projection import yearly
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
from portfolio.values import Duration

_BATCH = 500
_KEY_FIELDS = (
    "title", "reference", "signature_date", "start_date", "end_date", "duration", "renewal.kind", "renewal.period",
    "renewal.max_count", "notice_period", "amounts",
)  # fmt: skip
"""What the key terms of an amended contract follow from."""


class Beside:
    """What stands beside a batch of contracts in other tables, fetched in one query a table."""

    def __init__(self, session: Session, ids: Sequence[str], us: frozenset[str]) -> None:
        self.parties: dict[str, list[PartyView]] = defaultdict(list)
        self.sites: dict[str, list[SiteView]] = defaultdict(list)
        self.amendments: dict[str, list[str]] = defaultdict(list)
        self.tags: dict[str, list[str]] = defaultdict(list)
        self.categories: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for base, amendment in session.execute(
            sa.select(ContractRow.base_id, ContractRow.id)
            .where(ContractRow.base_id.in_(ids))
            .order_by(ContractRow.start_date, ContractRow.signature_date, ContractRow.stem)
        ):
            if base is not None:
                self.amendments[base].append(amendment)
        chains = [*ids, *(a for amendments in self.amendments.values() for a in amendments)]
        party = (PartyRow.contract_id, PartyRow.name, PartyRow.role, PartyRow.registration)
        for id_, name, role, registration, counterparty, counterparty_name in session.execute(
            sa.select(*party, CounterpartyRow.id, CounterpartyRow.name)
            .join(IdentityRow, IdentityRow.id == PartyRow.identity_id)
            .join(CounterpartyRow, CounterpartyRow.id == IdentityRow.counterparty_id)
            .where(PartyRow.contract_id.in_(ids))
            .order_by(PartyRow.contract_id, PartyRow.position)
        ):
            side = perspective.side(counterparty, us)
            self.parties[id_].append(
                PartyView(name, role, registration, counterparty, counterparty_name, side)  # type: ignore[arg-type]
            )
        for contract, site in session.execute(
            sa.select(ContractSiteRow.contract_id, SiteRow)
            .join(SiteRow, SiteRow.id == ContractSiteRow.site_id)
            .where(ContractSiteRow.contract_id.in_(chains))
            .order_by(ContractSiteRow.contract_id, ContractSiteRow.position)
        ):
            self.sites[contract].append(places.view(site))
        for label in session.scalars(
            sa.select(LabelRow)
            .where(LabelRow.contract_id.in_(ids))
            .order_by(LabelRow.contract_id, LabelRow.dimension, LabelRow.value)
        ):
            if label.dimension:
                self.categories[label.contract_id].append((label.dimension, label.value))
            else:
                self.tags[label.contract_id].append(label.value)


def facts_of(session: Session, ids: Sequence[str], fields: Sequence[str] = ()) -> dict[str, list[StoredFact]]:
    """The facts of contracts (of some fields), by contract; those set aside too."""
    found: dict[str, list[StoredFact]] = defaultdict(list)
    query = sa.select(FactRow).where(FactRow.contract_id.in_(ids))
    if fields:
        query = query.where(FactRow.field.in_(fields))
    if ids:
        for row in session.scalars(query.order_by(FactRow.contract_id, FactRow.position, FactRow.id)):
            found[row.contract_id].append(stored_facts.stored(row))
    return found


def version(contract: str, facts: Sequence[StoredFact]) -> Version:
    return Version(contract, tuple(s.fact for s in stored_facts.ordered(s for s in facts if s.current)))


def terms(session: Session, base: str, as_of: date) -> TermsInForce:
    """The terms of a base contract (id) in force on a day, its linked amendments counted in."""
    ids = session.scalars(
        sa.select(ContractRow.id).where(sa.or_(ContractRow.id == base, ContractRow.base_id == base))
    ).all()
    facts = facts_of(session, ids)
    versions = {id_: version(id_, facts[id_]) for id_ in ids}
    return terms_in_force(versions.pop(base), tuple(versions.values()), as_of)


def summaries(session: Session, query: sa.Select[Any], as_of: date) -> Iterator[ContractSummary]:
    """The portfolio's lines for the contracts of ``query``, in its order."""
    us, _ = perspective.ours(session)
    rows: Sequence[ContractRow] = session.scalars(query).all()
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        beside = Beside(session, [row.id for row in batch], us)
        amended = {base: amendments for base, amendments in beside.amendments.items() if amendments}
        chains = [*amended, *(a for amendments in amended.values() for a in amendments)]
        facts = facts_of(session, chains, _KEY_FIELDS)
        for row in batch:
            in_force = _stated(row)
            if row.id in amended:
                changes = [version(a, facts[a]) for a in amended[row.id]]
                in_force = _changed(terms_in_force(version(row.id, facts[row.id]), changes, as_of))
            yield _summary(row, in_force, beside)


@dataclass(frozen=True, slots=True)
class _KeyTerms:
    """The terms that a line of the portfolio shows."""

    start_date: date | None
    end_date: date | None
    renewal: str | None
    notice_period: Duration | None
    yearly_amount: float | None
    applied: tuple[str, ...] = ()
    """The amendments in force."""


def _stated(row: ContractRow) -> _KeyTerms:
    notice = Duration.parse(row.notice_period) if row.notice_period else None
    return _KeyTerms(row.start_date, row.end_date, row.renewal, notice, row.yearly_amount)


def _changed(in_force: TermsInForce) -> _KeyTerms:
    return _KeyTerms(
        in_force.value("start_date"),
        in_force.value("end_date"),
        in_force.value("renewal.kind"),
        in_force.value("notice_period"),
        yearly(in_force.values("amounts")),
        in_force.applied,
    )


def _summary(row: ContractRow, in_force: _KeyTerms, beside: Beside) -> ContractSummary:
    parties = tuple(beside.parties[row.id])
    others = [p for p in parties if p.side != "us"]
    sites = {site.id: site for id_ in (row.id, *in_force.applied) for site in beside.sites[id_]}
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
        start_date=in_force.start_date,
        end_date=in_force.end_date,
        renewal=in_force.renewal,
        notice_period=in_force.notice_period,
        yearly_amount=in_force.yearly_amount,
        parties=parties,
        counterparties=tuple(dict.fromkeys(p.counterparty_name for p in others)),
        sites=tuple(sites.values()),
        tags=tuple(beside.tags[row.id]),
        categories=tuple(beside.categories[row.id]),
        confidence=row.confidence,
        to_review=row.to_review,
        reviewed=row.reviewed,
        updated_at=row.updated_at,
    )


def contracts(session: Session, ids: Sequence[str], *, light: bool = False) -> Iterator[Contract]:
    """Whole contracts by id, in the order given. ``light``: without the values that were set aside, and with facts
    whose proof is only parsed when it is looked at, several times as fast."""
    us, _ = perspective.ours(session)
    said = perspective.said(session)
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        rows = {row.id: row for row in session.scalars(sa.select(ContractRow).where(ContractRow.id.in_(batch)))}
        beside = Beside(session, batch, us)
        facts = lightly.facts_of(session, batch) if light else facts_of(session, batch)
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
