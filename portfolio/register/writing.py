"""Writing one contract: its documents, facts, history and all that follows from them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.errors import InvalidValue
from portfolio.facts import PERSON, Fact
from portfolio.folding import compact
from portfolio.register import history, ledger, projection
from portfolio.register.facts import Change, Merge, by_person, columns, merge, one_each
from portfolio.register.models import (
    FACTS,
    ContractDocumentRow,
    ContractRow,
    DocumentNameRow,
    DocumentRow,
    FactRow,
    HistoryRow,
)
from portfolio.register.records import ContractDraft, DocumentDraft, SaveResult
from portfolio.schema import FIELDS


def contract_id(main: str) -> str:
    """The id of the contract whose main document has this content hash: the same on every machine."""
    return main[:16]


def write(session: Session, draft: ContractDraft, reader: str, who: str) -> SaveResult:
    """Writes a contract that was read (or, by the reader `person`, one that a person hands over whole)."""
    if not draft.documents:
        raise InvalidValue("A contract has at least one document; nothing was given.")
    given = draft.documents[0]
    for document in draft.documents:
        _document(session, document)
    id_ = contract_id(draft.main.sha256)
    row = session.get(ContractRow, id_)
    created = row is None
    if row is None:
        row = _new(id_, draft.stem or _stem(given), reader)
        session.add(row)
    row.reader = reader
    session.flush()
    _attach(session, row, draft.documents, created)
    changed, renewed = _facts(session, row, draft.facts, reader, who, created)
    if created or changed or renewed:
        projection.settle(session, row, created)
    ledger.registered(session, draft, id_)
    session.flush()
    return SaveResult(id_, row.kind, created, changed, row.link_state, row.base_id)  # type: ignore[arg-type]


def _stem(document: DocumentDraft) -> str:
    name = document.name
    return name.rpartition(".")[0] or name


def _new(id_: str, stem: str, reader: str) -> ContractRow:
    now = datetime.now(UTC)
    return ContractRow(
        id=id_,
        kind="base",
        stem=stem,
        stem_key=compact(stem)[:500],
        reader=reader,
        created_at=now,
        updated_at=now,
        link_state="base",
        link_reasons=[],
        link_candidates=[],
        to_review=0,
        reviewed=0,
        search="",
    )


def _document(session: Session, draft: DocumentDraft) -> None:
    if session.get(DocumentRow, draft.sha256) is None:
        session.add(
            DocumentRow(
                sha=draft.sha256,
                media_type=draft.media_type,
                size=draft.size,
                pages=draft.pages,
                origin=draft.origin,
                parent=draft.parent,
                received_at=draft.received_at or datetime.now(UTC),
            )
        )
        session.flush()
    name(session, draft.sha256, draft.name)


def name(session: Session, sha: str, seen_as: str) -> None:
    """Notes a name that a document was seen under."""
    if session.get(DocumentNameRow, (sha, seen_as)) is None:
        count = session.scalar(sa.select(sa.func.count()).where(DocumentNameRow.sha == sha)) or 0
        session.add(DocumentNameRow(sha=sha, name=seen_as, position=count))


def _attach(session: Session, row: ContractRow, documents: Iterable[DocumentDraft], created: bool) -> None:
    mine = sa.select(ContractDocumentRow).where(ContractDocumentRow.contract_id == row.id)
    there = {} if created else {attached.sha: attached for attached in session.scalars(mine)}
    for number, document in enumerate(documents):
        attached = there.pop(document.sha256, None)
        if attached is None:
            session.add(
                ContractDocumentRow(
                    contract_id=row.id, sha=document.sha256, position=number, role=document.role, name=document.name
                )
            )
        else:
            attached.position, attached.role = number, document.role


def _facts(
    session: Session, row: ContractRow, facts: Iterable[Fact], reader: str, who: str, created: bool
) -> tuple[int, bool]:
    """Writes what the facts change; gives the number of changed values, and whether evidence or order was renewed."""
    imported = reader == PERSON
    incoming = one_each(by_person(fact) for fact in facts) if imported else one_each(facts)
    places = {id(fact): number for number, fact in enumerate(incoming)}
    mine = sa.select(FactRow).where(FactRow.contract_id == row.id).order_by(FactRow.position, FactRow.id)
    plan = merge([] if created else session.scalars(mine).all(), incoming, imported)
    lines = [_line(change) for change in plan.changes if change.action != "kept"]
    lines += _kept(session, row.id, plan)
    new = [change.fact for change in plan.changes if change.row is None and change.fact is not None]
    if new:
        session.execute(
            sa.insert(FACTS),
            [{"contract_id": row.id, "position": places[id(f)], "current": True, **columns(f)} for f in new],
        )
    for change in plan.changes:
        if change.row is not None and change.fact is None:
            session.delete(change.row)
    renewed = _renew(plan, places)
    history.add(session, row.id, who, lines)
    session.flush()
    return sum(change.action != "kept" for change in plan.changes), renewed


def _renew(plan: Merge, places: dict[int, int]) -> bool:
    """Brings rows up to date with the facts that renew them; whether anything differed."""
    pairs = [(c.row, c.fact) for c in plan.changes if c.action != "kept" and c.row is not None and c.fact is not None]
    differed = False
    for row, fact in (*plan.refreshed, *pairs):
        for column, value in (*columns(fact).items(), ("position", places[id(fact)])):
            if getattr(row, column) != value:
                setattr(row, column, value)
                differed = True
    return differed


def _line(change: Change) -> history.Line:
    field = change.fact.field if change.fact else change.row.field if change.row else None
    return history.Line(
        change.action,
        field,
        before=change.row.value if change.row else None,
        after=_json(change.fact),
        reason=change.reason or (change.fact.basis if change.fact else None),
    )


def _json(fact: Fact | None) -> object:
    return FIELDS[fact.field].to_json(fact.value) if fact else None


def _kept(session: Session, contract: str, plan: Merge) -> list[history.Line]:
    """Lines for the readings that differ from a person's value, but those noted before."""
    kept = [change for change in plan.changes if change.action == "kept"]
    if not kept:
        return []
    noted = [
        (field, after)
        for field, after in session.execute(
            sa.select(HistoryRow.field, HistoryRow.after).where(
                HistoryRow.contract_id == contract, HistoryRow.action == "kept"
            )
        )
    ]
    return [_line(change) for change in kept if change.fact and (change.fact.field, _json(change.fact)) not in noted]
