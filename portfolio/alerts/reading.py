"""Alerts and raises as they come out of the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.agenda.packing import unpack
from portfolio.alerts.models import AlertRaiseRow, AlertRow
from portfolio.alerts.records import OPEN, Alert, AlertFilters, Raise
from portfolio.register.models import ContractRow

CHUNK = 500
"""How many values one query is given."""


@dataclass(frozen=True)
class _Told:
    last: date | None = None
    escalated: bool = False


def alerts(session: Session, filters: AlertFilters) -> tuple[Alert, ...]:
    """The alerts that the filters let through, by day."""
    query = sa.select(AlertRow).order_by(AlertRow.due_on, AlertRow.id)
    plain = [state for state in filters.states if state != "snoozed"]
    if filters.states:
        awake = sa.and_(AlertRow.state.in_(plain), AlertRow.snoozed_until.is_(None))
        asleep = AlertRow.snoozed_until.is_not(None)
        query = query.where(sa.or_(awake, asleep) if "snoozed" in filters.states else awake)
    else:
        query = query.where(AlertRow.state.in_(OPEN))
    if filters.kinds:
        query = query.where(AlertRow.kind.in_(filters.kinds))
    if filters.contracts:
        query = query.where(AlertRow.contract_id.in_(filters.contracts))
    if filters.assignee is not None:
        query = query.where(AlertRow.assignee == filters.assignee)
    if filters.side is not None:
        query = query.where(AlertRow.side == filters.side)
    if filters.until is not None:
        query = query.where(AlertRow.due_on <= filters.until)
    return seen(session, session.scalars(query).all())


def seen(session: Session, rows: Sequence[AlertRow]) -> tuple[Alert, ...]:
    """Rows as alerts, in their order."""
    names = _names(session, {row.contract_id for row in rows})
    told = _told(session, [row.id for row in rows])
    return tuple(_alert(row, *names[row.contract_id], told.get(row.id, _Told())) for row in rows)


def raises(session: Session, since: date | None, after: int) -> tuple[Raise, ...]:
    """What was told from the day ``since`` on and with a number above ``after``, oldest first."""
    query = sa.select(AlertRaiseRow).where(AlertRaiseRow.overtaken.is_(False), AlertRaiseRow.id > after)
    if since is not None:
        query = query.where(AlertRaiseRow.raised_on >= since)
    rows = session.scalars(query.order_by(AlertRaiseRow.id)).all()
    return told(session, rows)


def told(session: Session, rows: Sequence[AlertRaiseRow]) -> tuple[Raise, ...]:
    """Raises with their alerts as they stand now."""
    wanted = sorted({row.alert_id for row in rows})
    found = [row for ids in chunks(wanted) for row in session.scalars(sa.select(AlertRow).where(AlertRow.id.in_(ids)))]
    by_id = {alert.id: alert for alert in seen(session, found)}
    return tuple(
        Raise(row.id, by_id[row.alert_id], row.reason, (row.due_on - row.raised_on).days, row.raised_on)  # type: ignore[arg-type]
        for row in rows
    )


def chunks(values: Iterable[int]) -> Iterable[list[int]]:
    ordered = list(values)
    return (ordered[n : n + CHUNK] for n in range(0, len(ordered), CHUNK))


def _names(session: Session, contracts: set[str]) -> dict[str, tuple[str, str | None]]:
    ordered = sorted(contracts)
    query = sa.select(ContractRow.id, ContractRow.stem, ContractRow.title)
    return {
        id_: (stem, title)
        for n in range(0, len(ordered), CHUNK)
        for id_, stem, title in session.execute(query.where(ContractRow.id.in_(ordered[n : n + CHUNK])))
    }


def _told(session: Session, ids: Sequence[int]) -> dict[int, _Told]:
    """When each alert was last told about its present day, and whether that was an escalation."""
    found: dict[int, list[AlertRaiseRow]] = defaultdict(list)
    query = sa.select(AlertRaiseRow).join(AlertRow, AlertRow.id == AlertRaiseRow.alert_id)
    query = query.where(AlertRaiseRow.overtaken.is_(False), AlertRaiseRow.due_on == AlertRow.due_on)
    for chunk in chunks(ids):
        for row in session.scalars(query.where(AlertRaiseRow.alert_id.in_(chunk)).order_by(AlertRaiseRow.id)):
            found[row.alert_id].append(row)
    return {
        id_: _Told(max(row.raised_on for row in rows), rows[-1].reason == "escalated") for id_, rows in found.items()
    }


def _alert(row: AlertRow, stem: str, title: str | None, told: _Told) -> Alert:
    return Alert(
        id=row.id,
        event=row.event_key,
        kind=row.kind,  # type: ignore[arg-type]
        contract=row.contract_id,
        stem=stem,
        title=title,
        on=row.due_on,
        what=unpack(row.what),
        steps=tuple(map(unpack, row.steps)),
        state="snoozed" if row.snoozed_until is not None else row.state,  # type: ignore[arg-type]
        to_verify=row.unsure and row.state == "proposed",
        snoozed_until=row.snoozed_until,
        assignee=row.assignee,
        reason=row.reason,
        moved=unpack(row.moved) if row.moved else None,
        debtor=row.debtor,
        side=row.side,  # type: ignore[arg-type]
        raised_on=told.last,
        escalated=told.escalated and row.state == "proposed",
    )
