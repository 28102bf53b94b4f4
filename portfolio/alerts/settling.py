"""What an alert that is closed says to the book of obligations, and takes back from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from portfolio.alerts.models import AlertActionRow, AlertRow
from portfolio.obligations import log
from portfolio.obligations.log import Entry, HandedOver

_SAME = timedelta(seconds=5)
"""Two lines of one transaction are written that closely together."""


def done(session: Session, row: AlertRow, who: str, note: str | None, handed: HandedOver | None) -> None:
    """An obligation whose alert is done is done, with the document handed over; a document that takes the place of an
    expired one counts for the same obligation."""
    event = obligation_of(session, row)
    if event is None or (row.kind == "document_expiry" and handed is None):
        return
    log.add(session, Entry(0, row.contract_id, event, "done", row.due_on, datetime.now(UTC), who, note, handed))


def taken_back(session: Session, row: AlertRow, line: AlertActionRow, who: str) -> None:
    """The action ``line`` on an alert was undone: what it said of the obligation is undone with it."""
    event = obligation_of(session, row)
    entry = log.settled(session, [row.contract_id]).by_event.get(event or "")
    if line.action == "done" and entry is not None and entry.who == line.who and abs(entry.at - line.at) < _SAME:
        log.undo(session, entry.id, who)


def obligation_of(session: Session, row: AlertRow) -> str | None:
    """The key of the occurrence that an alert is about; None where it is about none."""
    if row.kind == "obligation":
        return row.event_key
    if row.kind != "document_expiry":
        return None
    number = int(row.event_key.rpartition(":")[2])
    return next((e.event for e in log.history(session, row.contract_id) if e.id == number), None)
