"""Why an event moved or is gone: the fact that changed since it was last computed, or the amendment that came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.alerts.models import AlertRow
from portfolio.errors import InvalidValue
from portfolio.events import Event
from portfolio.register.models import ContractRow, HistoryRow
from portfolio.schema import FIELDS, spec
from portfolio.words.phrases import Phrase, phrase


def why(session: Session, row: AlertRow, event: Event | None, since: datetime) -> Phrase:
    """The reason in words, among what happened after ``since``; ``event`` as it is now, None where there is none."""
    old = {(contract, name) for contract, name in row.rests_on}
    new = set(event.rests_on) if event is not None else set()
    amendments = {contract for contract, _ in new} - {contract for contract, _ in old} - {row.contract_id}
    if amendments:
        stem = session.scalar(sa.select(ContractRow.stem).where(ContractRow.id.in_(amendments)).limit(1))
        return phrase("alert.because_amendment", document=stem)
    changed = _changed(session, old | new, since)
    return changed or _amended(session, row, since) or phrase("alert.because_other")


def _changed(session: Session, facts: Iterable[tuple[str, str]], since: datetime) -> Phrase | None:
    """The newest change of a fact that the event rests on."""
    wanted = set(facts)
    rows = session.scalars(
        sa.select(HistoryRow)
        .where(HistoryRow.contract_id.in_({contract for contract, _ in wanted}), HistoryRow.at > since)
        .order_by(HistoryRow.id.desc())
    )
    for line in rows:
        if line.field in FIELDS and (line.contract_id, line.field) in wanted and line.before != line.after:
            return _said(line)
    return None


def _amended(session: Session, row: AlertRow, since: datetime) -> Phrase | None:
    """The newest amendment that came into the register."""
    stem = session.scalar(
        sa.select(ContractRow.stem)
        .where(ContractRow.base_id == row.contract_id, ContractRow.created_at > since)
        .order_by(ContractRow.created_at.desc())
        .limit(1)
    )
    return phrase("alert.because_amendment", document=stem) if stem else None


def _said(line: HistoryRow) -> Phrase:
    name = line.field or ""
    field = phrase(f"field.{name.replace('.', '_')}")
    before, after = _value(name, line.before), _value(name, line.after)
    if before is None:
        return phrase("alert.because_fact_added", field=field, after=after, who=line.who)
    if after is None:
        return phrase("alert.because_fact_lifted", field=field, before=before, who=line.who)
    return phrase("alert.because_fact", field=field, before=before, after=after, who=line.who)


def _value(name: str, stored: Any) -> Any:
    """The value as its field's type; of an obligation, what has to be done."""
    if stored is None:
        return None
    try:
        value = spec(name).validate(stored)
    except InvalidValue:
        return str(stored)
    return value.due or value.action if name == "obligations" else value
