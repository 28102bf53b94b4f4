"""What happens in the register as programs are told it: contracts and their values, decisions about alerts.

Told from the lines of history, which are added in one order (writers wait for each other), so that the number of the
last line told is all that has to be remembered. A contract's first reading is one happening, as is all that a later
reading changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal, get_args

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.alerts.models import AlertActionRow, AlertRow
from portfolio.register.models import ContractRow, HistoryRow

Topic = Literal[
    "alert.raised",
    "alert.done",
    "alert.dismissed",
    "contract.registered",
    "contract.changed",
    "contract.linked",
    "contract.unlinked",
    "value.confirmed",
    "value.corrected",
    "value.added",
    "value.rejected",
    "value.undone",
    "price.revised",
]
"""``price.revised``: a person said that the revision which an alert told of was applied."""
TOPICS: tuple[Topic, ...] = get_args(Topic)
_READINGS = frozenset(("read", "reread", "imported"))
_OF_HISTORY: Mapping[str, Topic] = {
    "confirmed": "value.confirmed",
    "corrected": "value.corrected",
    "added": "value.added",
    "rejected": "value.rejected",
    "undone": "value.undone",
    "linked": "contract.linked",
    "unlinked": "contract.unlinked",
}
_OF_ALERTS: Mapping[str, Topic] = {"done": "alert.done", "dismissed": "alert.dismissed"}
_MOST = 5_000
"""Lines that one round tells; what is left waits for the next."""


@dataclass(frozen=True)
class Happening:
    """``key`` names it for ever; ``data`` in JSON's own types."""

    key: str
    topic: Topic
    subject: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Told:
    """Happenings, and the number of the last line that they cover."""

    happenings: tuple[Happening, ...]
    last: int


def newest(session: Session) -> dict[str, int]:
    """The numbers of the newest lines, by the part of a cursor's name: who joins now is told what comes after."""
    return {
        "history": session.scalar(sa.select(sa.func.max(HistoryRow.id))) or 0,
        "actions": session.scalar(sa.select(sa.func.max(AlertActionRow.id))) or 0,
    }


def of_contracts(session: Session, after: int) -> Told:
    """What the history of contracts tells after a line; the lines of one reading are never parted."""
    row = HistoryRow
    query = (
        sa.select(
            row.id, row.contract_id, row.at, row.who, row.action, row.field, row.before, row.after, row.reason,
            ContractRow.stem, ContractRow.title,
        )
        .join(ContractRow, ContractRow.id == row.contract_id)
        .where(row.id > after)
        .order_by(row.id)
        .limit(_MOST)
    )  # fmt: skip
    lines = session.execute(query).all()
    groups = [list(group) for _, group in groupby(lines, key=lambda line: (line.contract_id, line.at))]
    if len(lines) == _MOST and len(groups) > 1:
        groups.pop()  # it may go on beyond the limit
    known = _registered(session, {group[0].contract_id for group in groups}, after)
    happened: list[Happening] = []
    for group in groups:
        happened += _of_group(group, known)
        known.add(group[0].contract_id)
    return Told(tuple(happened), groups[-1][-1].id if groups else after)


def of_alerts(session: Session, after: int) -> Told:
    """What persons did about alerts after a line."""
    row = AlertActionRow
    query = (
        sa.select(row.id, row.at, row.who, row.action, row.after, AlertRow, ContractRow.stem, ContractRow.title)
        .join(AlertRow, AlertRow.id == row.alert_id)
        .join(ContractRow, ContractRow.id == AlertRow.contract_id)
        .where(row.id > after)
        .order_by(row.id)
        .limit(_MOST)
    )
    happened: list[Happening] = []
    last = after
    for id_, at, who, action, decided, alert, stem, title in session.execute(query):
        last = id_
        if action not in _OF_ALERTS:
            continue
        data = {
            "contract": _contract(alert.contract_id, stem, title),
            "alert": {"id": alert.id, "event": alert.event_key, "kind": alert.kind, "date": alert.due_on.isoformat()},
            "who": who,
            "at": at.isoformat(),
            "decided": decided,
        }
        happened.append(Happening(f"action-{id_}", _OF_ALERTS[action], stem, data))
        if action == "done" and alert.kind == "revision":
            happened.append(Happening(f"action-{id_}-price", "price.revised", stem, data))
    return Told(tuple(happened), last)


def _registered(session: Session, contracts: set[str], until: int) -> set[str]:
    """The contracts that have a line of history up to ``until``."""
    query = sa.select(HistoryRow.contract_id).where(HistoryRow.id <= until, HistoryRow.contract_id.in_(contracts))
    return set(session.scalars(query.distinct()))


def _of_group(group: list[Any], known: set[str]) -> Iterator[Happening]:
    first = group[0]
    contract = _contract(first.contract_id, first.stem, first.title)
    said = {"contract": contract, "who": first.who, "at": first.at.isoformat()}
    read = [line for line in group if line.action in _READINGS]
    if read:
        topic: Topic = "contract.changed" if first.contract_id in known else "contract.registered"
        fields = sorted({line.field for line in read if line.field})
        yield Happening(f"history-{first.id}", topic, first.stem, {**said, "fields": fields})
    for line in group:
        if line.action in _OF_HISTORY:
            value = {"field": line.field, "before": line.before, "after": line.after, "reason": line.reason}
            yield Happening(f"history-{line.id}", _OF_HISTORY[line.action], first.stem, {**said, "value": value})


def _contract(id_: str, stem: str, title: str | None) -> dict[str, str | None]:
    return {"id": id_, "stem": stem, "title": title}
