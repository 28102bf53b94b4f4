"""What a person decides about values and links, and taking it back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.errors import InvalidValue, NotFound
from portfolio.facts import Fact
from portfolio.register import history, projection
from portfolio.register.facts import DECIDED, columns
from portfolio.register.models import ContractRow, FactRow, HistoryRow
from portfolio.register.records import Action
from portfolio.schema import FieldSpec, spec

_STATE = ("field", "position", "value", "evidence", "confidence", "reader", "rule", "basis", "review", "current")


def confirm(session: Session, row: ContractRow, field: str, position: int, who: str) -> None:
    fact = _fact(session, row, spec(field), position)
    _change(session, row, fact, who, "confirmed", review="confirmed")
    projection.settle(session, row)


def confirm_all(session: Session, row: ContractRow, who: str) -> int:
    waiting = [fact for fact in _current(session, row) if fact.review not in DECIDED]
    for fact in waiting:
        _change(session, row, fact, who, "confirmed", review="confirmed")
    projection.settle(session, row)
    return len(waiting)


def correct(
    session: Session, row: ContractRow, field: str, position: int, value: Any, who: str, reason: str | None
) -> None:
    """Puts what was read aside, as rejected, and the person's value in its place, with the evidence of neither."""
    field_spec = spec(field)
    current = [f for f in _current(session, row) if f.field == field]
    if not current and not field_spec.many:
        add(session, row, field, value, who, reason)
        return
    old = _fact(session, row, field_spec, position)
    new = _written(row, field_spec, value, old.position)
    if new.value == old.value:
        _change(session, row, old, who, "confirmed", reason, review="confirmed")
    else:
        before = _state(old)
        old.review, old.current = "rejected", False
        session.add(new)
        session.flush()
        states = [[old.id, before, _state(old)], [new.id, None, _state(new)]]
        line = history.Line("corrected", field, before["value"], new.value, reason, states)
        history.add(session, row.id, who, [line])
    projection.settle(session, row)


def reject(session: Session, row: ContractRow, field: str, position: int, who: str, reason: str | None) -> None:
    fact = _fact(session, row, spec(field), position)
    _change(session, row, fact, who, "rejected", reason, review="rejected", current=False)
    projection.settle(session, row)


def add(session: Session, row: ContractRow, field: str, value: Any, who: str, reason: str | None) -> None:
    field_spec = spec(field)
    current = [f for f in _current(session, row) if f.field == field]
    if current and not field_spec.many:
        raise InvalidValue.of("one_value", field=field)
    new = _written(row, field_spec, value, max((f.position + 1 for f in current), default=0))
    if any(f.value == new.value for f in current):
        raise InvalidValue.of("same_value", field=field)
    session.add(new)
    session.flush()
    line = history.Line("added", field, None, new.value, reason, [[new.id, None, _state(new)]])
    history.add(session, row.id, who, [line])
    projection.settle(session, row)


def undo(session: Session, entry: int, who: str) -> None:
    line = session.get(HistoryRow, entry)
    if line is None:
        raise NotFound(f"There is no line {entry} of history.")
    if line.states is None:
        raise InvalidValue("Only a person's decision about a value can be undone; correct the value instead.")
    if session.scalar(sa.select(HistoryRow.id).where(HistoryRow.undoes == entry)) is not None:
        raise InvalidValue.of("undone")
    row = session.get_one(ContractRow, line.contract_id)
    for id_, before, after in line.states:
        fact = session.get(FactRow, id_)
        if fact is None or _decision(_state(fact)) != _decision(after):
            raise InvalidValue.of("changed_since", field=line.field)
        if before is None:
            session.delete(fact)
        else:
            for name in _STATE:
                setattr(fact, name, before[name])
    session.flush()
    history.add(
        session,
        row.id,
        who,
        [history.Line("undone", line.field, line.after, line.before, f"takes back: {line.action}", None, entry)],
    )
    projection.settle(session, row)


def link(session: Session, row: ContractRow, target: str | None, who: str) -> None:
    """Links an amendment to ``target`` (the base or an earlier amendment) by hand, or, with None, to nothing."""
    if row.kind != "amendment":
        raise InvalidValue(f"{row.stem} is no amendment; write in « amends » what it changes first.")
    if target == row.id:
        raise InvalidValue.of("amends_itself")
    before = row.amends_id
    row.linked_by, row.amends_id = who, target
    row.link_state = "linked" if target else "unlinked"
    row.link_reasons, row.link_candidates = [f"by {who}"], []
    session.flush()
    action: Action = "linked" if target else "unlinked"
    history.add(session, row.id, who, [history.Line(action, None, before, target)])
    projection.settle(session, row)
    if target and row.base_id is None:
        raise InvalidValue(
            "These amendments would amend one another in a circle; link one of them to the base contract."
        )


def release(session: Session, row: ContractRow, who: str) -> None:
    before, row.linked_by = row.amends_id, None
    session.flush()
    projection.settle(session, row)
    history.add(session, row.id, who, [history.Line("undone", None, before, row.amends_id, "linked by what it says")])


def _current(session: Session, row: ContractRow) -> list[FactRow]:
    query = sa.select(FactRow).where(FactRow.contract_id == row.id, FactRow.current)
    return list(session.scalars(query.order_by(FactRow.field, FactRow.position, FactRow.id)))


def _fact(session: Session, row: ContractRow, field: FieldSpec, position: int) -> FactRow:
    values = [f for f in _current(session, row) if f.field == field.name]
    if not 0 <= position < len(values):
        count = f"{len(values)} value{'s' if len(values) > 1 else ''}" if values else "no value"
        raise NotFound(f"{row.stem}: {field.name} has {count}; there is none at position {position}.")
    return values[position]


def _written(row: ContractRow, field: FieldSpec, value: Any, position: int) -> FactRow:
    fact = Fact(field=field.name, value=field.validate(value), review="corrected")
    return FactRow(contract_id=row.id, position=position, current=True, **columns(fact))


def _change(
    session: Session,
    row: ContractRow,
    fact: FactRow,
    who: str,
    action: Action,
    reason: str | None = None,
    **values: Any,
) -> None:
    before = _state(fact)
    for name, value in values.items():
        setattr(fact, name, value)
    after = _state(fact)
    shown = after["value"] if after["current"] else None
    line = history.Line(action, fact.field, before["value"], shown, reason, [[fact.id, before, after]])
    history.add(session, row.id, who, [line])


def _state(fact: FactRow) -> dict[str, Any]:
    return {name: getattr(fact, name) for name in _STATE}


def _decision(state: dict[str, Any]) -> tuple[Any, ...]:
    return state["value"], state["review"], state["current"]
