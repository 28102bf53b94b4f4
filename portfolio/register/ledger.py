"""The account of every file that was given: registered, duplicate, attached, refused or ignored."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.register.models import LedgerRow
from portfolio.register.records import ContractDraft, LedgerLine, Outcome


def put(
    session: Session,
    path: str,
    sha: str | None,
    outcome: Outcome,
    *,
    reason: str | None = None,
    message: str | None = None,
    contract: str | None = None,
) -> None:
    """Writes the line of ``path``, over the one that it had."""
    session.merge(
        LedgerRow(
            path=path[-2000:],
            sha=sha,
            outcome=outcome,
            reason=reason,
            message=message,
            contract_id=contract,
            at=datetime.now(UTC),
        )
    )


def registered(session: Session, draft: ContractDraft, contract: str) -> None:
    """Lines for the documents of a contract: the given ones are registered, those inside them attached.

    Where the contract came from another path before, this one is a duplicate; what was refused with the same content is
    refused no longer.
    """
    own = {document.sha256 for document in draft.documents}
    for document in draft.documents:
        before = sa.select(LedgerRow).where(LedgerRow.sha == document.sha256)
        lines = {line.path: line for line in session.scalars(before)}
        outcome: Outcome = "attached" if document.parent in own else "registered"
        elsewhere = any(line.outcome == "registered" and path != document.path for path, line in lines.items())
        if outcome == "registered" and elsewhere:
            outcome = "duplicate"
        for line in lines.values():
            if line.outcome == "refused":
                line.outcome = "duplicate" if outcome == "registered" else outcome
                line.reason, line.message, line.contract_id = None, None, contract
        put(session, document.path, document.sha256, outcome, contract=contract)


def owe(session: Session, contract: str, reason: str, message: str) -> None:
    """Notes on the lines of a contract's files that one of its readings is owed; the next writing takes it back."""
    rows = sa.select(LedgerRow).where(LedgerRow.contract_id == contract, LedgerRow.outcome != "attached")
    for line in session.scalars(rows):
        line.reason, line.message = reason, message


def lines(session: Session, outcome: Outcome | None = None) -> tuple[LedgerLine, ...]:
    """All lines (with one outcome), by path."""
    query = sa.select(LedgerRow).order_by(LedgerRow.path)
    if outcome is not None:
        query = query.where(LedgerRow.outcome == outcome)
    return tuple(
        LedgerLine(
            path=line.path,
            sha256=line.sha,
            outcome=line.outcome,  # type: ignore[arg-type]
            reason=line.reason,
            message=line.message,
            contract=line.contract_id,
            at=line.at,
        )
        for line in session.scalars(query)
    )
