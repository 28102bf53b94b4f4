"""What happened to a contract: lines are added, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from portfolio.register.models import HISTORY, HistoryRow
from portfolio.register.records import Action, HistoryEntry


@dataclass(frozen=True)
class Line:
    """A line to add. ``states``, of a person's action: the touched facts before and after, `[id, before, after]`."""

    action: Action
    field: str | None = None
    before: Any = None
    after: Any = None
    reason: str | None = None
    states: Sequence[Any] | None = None
    undoes: int | None = None


def add(session: Session, contract: str, who: str, lines: Iterable[Line]) -> None:
    """Adds lines of one moment, by one person or reader."""
    at = datetime.now(UTC)
    rows = [
        {
            "contract_id": contract,
            "at": at,
            "who": who,
            "action": line.action,
            "field": line.field,
            "before": line.before,
            "after": line.after,
            "reason": line.reason,
            "states": list(line.states) if line.states is not None else None,
            "undoes": line.undoes,
        }
        for line in lines
    ]
    if rows:
        session.execute(sa.insert(HISTORY), rows)


def of(session: Session, contract: str, field: str | None = None) -> tuple[HistoryEntry, ...]:
    """The lines of a contract (of one field), oldest first."""
    undoing = aliased(HistoryRow)
    undone = sa.exists().where(undoing.contract_id == contract, undoing.undoes == HistoryRow.id)
    query = sa.select(HistoryRow, undone).where(HistoryRow.contract_id == contract).order_by(HistoryRow.id)
    if field is not None:
        query = query.where(HistoryRow.field == field)
    return tuple(
        HistoryEntry(
            id=row.id,
            contract=row.contract_id,
            at=row.at,
            who=row.who,
            action=row.action,  # type: ignore[arg-type]
            field=row.field,
            before=row.before,
            after=row.after,
            reason=row.reason,
            undoable=row.states is not None and not undone,
            undoes=row.undoes,
        )
        for row, undone in session.execute(query)
    )
