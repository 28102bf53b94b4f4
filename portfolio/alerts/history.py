"""What happened to alerts: lines are added, never changed, and a person's can be taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from portfolio.alerts.models import AlertActionRow, AlertRow
from portfolio.alerts.records import AlertAction, AlertEntry
from portfolio.errors import InvalidValue, NotFound
from portfolio.obligations.log import person

SYSTEM = "contratheque"
"""Who acts in a daily run."""


def decided(row: AlertRow) -> dict[str, Any]:
    """What of an alert is decided, in JSON's own types."""
    return {
        "state": row.state,
        "on": row.due_on.isoformat(),
        "snoozed_until": row.snoozed_until.isoformat() if row.snoozed_until else None,
        "assignee": row.assignee,
        "reason": row.reason,
    }


def add(
    session: Session,
    row: AlertRow,
    action: AlertAction,
    who: str,
    day: date,
    before: dict[str, Any],
    undoes: int | None = None,
) -> AlertActionRow:
    """Adds the line of a change that was made to ``row``, which was ``before``."""
    row.updated_at = datetime.now(UTC)
    line = AlertActionRow(
        alert_id=row.id,
        at=row.updated_at,
        on_day=day,
        who=person(who),
        action=action,
        before=before,
        after=decided(row),
        reason=row.reason,
        undoes=undoes,
    )
    session.add(line)
    return line


def of(session: Session, alert: int) -> tuple[AlertEntry, ...]:
    """The lines of an alert, oldest first."""
    undoing = aliased(AlertActionRow)
    query = sa.select(AlertActionRow, sa.exists().where(undoing.undoes == AlertActionRow.id))
    rows = session.execute(query.where(AlertActionRow.alert_id == alert).order_by(AlertActionRow.id))
    return tuple(_entry(row, undone) for row, undone in rows)


def undo(session: Session, id_: int, who: str, day: date) -> tuple[AlertRow, AlertActionRow]:
    """Takes a person's action back; gives the alert and the line taken back. Raises NotFound, and InvalidValue where
    the alert has moved on since."""
    line = session.get(AlertActionRow, id_)
    if line is None:
        raise NotFound(f"There is no action {id_} on an alert; see contratheque alerts history.")
    row = session.get_one(AlertRow, line.alert_id)
    taken = session.scalar(sa.select(AlertActionRow.id).where(AlertActionRow.undoes == id_))
    if line.who == SYSTEM or line.action == "undone" or taken is not None or decided(row) != line.after:
        raise InvalidValue.of("alert_moved_on", id=id_)
    before = decided(row)
    was = line.before
    row.state, row.assignee, row.reason = was["state"], was["assignee"], was["reason"]
    row.snoozed_until = date.fromisoformat(was["snoozed_until"]) if was["snoozed_until"] else None
    add(session, row, "undone", who, day, before, undoes=id_)
    return row, line


def _entry(row: AlertActionRow, undone: bool) -> AlertEntry:
    return AlertEntry(
        id=row.id,
        alert=row.alert_id,
        at=row.at,
        who=row.who,
        action=row.action,  # type: ignore[arg-type]
        before=row.before,
        after=row.after,
        reason=row.reason,
        undoable=row.who != SYSTEM and row.action != "undone" and not undone,
    )
