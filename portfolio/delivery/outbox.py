"""The outbox: all that leaves is written here first, under a key of its own; then it is sent, once, or tried again.

A row is written in the transaction that decides on it. Whoever sends claims rows for a few minutes, so that two
processes never send the same one; a process that died leaves its rows to the next. Only where it died between the
other side's yes and its own note does a delivery leave twice, with the same Message-ID or webhook-id, by which the
other side knows it: losing it would be worse.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.delivery.addresses import one_line
from portfolio.delivery.models import OutboxRow
from portfolio.errors import InvalidValue, NotFound

State = Literal["waiting", "sent", "dead", "withdrawn"]
"""``dead``: given up, a person has to look; ``withdrawn``: no longer wanted before it was sent."""
TRIES = 15
"""Tries before a delivery is given up: about two days."""
_LONGEST = timedelta(hours=6)
_KEPT = timedelta(days=180)
"""How long the content of what was sent can be looked at."""
_LEASE = timedelta(minutes=10)
"""How long claimed rows are one process's own: longer than it takes to try them all."""


@dataclass(frozen=True)
class Delivery:
    """Something that leaves, or left. ``error``: what the last try met."""

    id: int
    key: str
    lane: str
    recipient: str
    subject: str
    body: dict[str, Any]
    state: State
    tries: int
    day: date
    next_at: datetime
    sent_at: datetime | None
    error: str | None


def back_off(tries: int) -> timedelta:
    """How long to wait after so many tries: 1, 2, 4 … minutes, six hours at most."""
    return min(timedelta(minutes=1 << min(tries - 1, 20)), _LONGEST)


@dataclass(frozen=True)
class Draft:
    """What is to be written into the outbox."""

    key: str
    lane: str
    recipient: str
    subject: str
    body: dict[str, Any]


def put(session: Session, draft: Draft, day: date, now: datetime) -> int | None:
    """Writes a delivery; None where there is one of this key already."""
    if known(session, draft.key):
        return None
    row = OutboxRow(**_columns(draft, day, now))
    session.add(row)
    session.flush()
    return row.id


def put_new(session: Session, drafts: Sequence[Draft], day: date, now: datetime) -> None:
    """Writes deliveries whose keys are new for certain, all at once."""
    if drafts:
        session.execute(sa.insert(OutboxRow), [_columns(draft, day, now) for draft in drafts])


def forget(session: Session, now: datetime) -> None:
    """Empties what was sent or withdrawn long ago; that it was stays known."""
    old = sa.update(OutboxRow).where(OutboxRow.state.in_(("sent", "withdrawn")), OutboxRow.created_at < now - _KEPT)
    session.execute(old.where(OutboxRow.subject != "").values(body={}, subject=""))


def claim(session: Session, lanes: Collection[str], now: datetime, most: int) -> tuple[Delivery, ...]:
    """Up to ``most`` deliveries of some lanes that are due, oldest first, for this process alone."""
    query = sa.select(OutboxRow).where(
        OutboxRow.state == "waiting",
        OutboxRow.next_at <= now,
        sa.or_(OutboxRow.claimed_until.is_(None), OutboxRow.claimed_until <= now),
        OutboxRow.lane.in_(lanes),
    )
    rows = session.scalars(query.order_by(OutboxRow.id).limit(most)).all()
    for row in rows:
        row.claimed_until = now + _LEASE
    return tuple(map(delivery, rows))


def sent(session: Session, id_: int, now: datetime) -> None:
    row = session.get_one(OutboxRow, id_)
    row.state, row.sent_at, row.tries, row.error, row.claimed_until = "sent", now, row.tries + 1, None, None


def failed(session: Session, id_: int, error: str, now: datetime, *, for_good: bool) -> State:
    """A try met an error: it waits for its next try, or is given up (``for_good``, or after the last try)."""
    row = session.get_one(OutboxRow, id_)
    row.tries, row.error, row.claimed_until = row.tries + 1, one_line(error, 500), None
    row.state = "dead" if for_good or row.tries >= TRIES else "waiting"
    row.next_at = now + back_off(row.tries)
    return "dead" if row.state == "dead" else "waiting"


def release(session: Session, ids: Sequence[int]) -> None:
    """Claimed rows that were not tried after all."""
    if ids:
        session.execute(sa.update(OutboxRow).where(OutboxRow.id.in_(ids)).values(claimed_until=None))


def replay(session: Session, id_: int, now: datetime) -> Delivery:
    """A delivery that was given up is tried again from the start. Raises NotFound, and InvalidValue for any other."""
    row = session.get(OutboxRow, id_)
    if row is None:
        raise NotFound(f"There is no delivery {id_}; see contratheque remind outbox.")
    if row.state != "dead":
        raise InvalidValue(f"Delivery {id_} is {row.state}; only one that was given up is sent again.")
    row.state, row.tries, row.next_at, row.claimed_until = "waiting", 0, now, None
    return delivery(row)


def withdraw(session: Session, prefix: str) -> int:
    """What waits under keys that begin with ``prefix``, or was given up, is not sent any more; how many those are."""
    query = sa.update(OutboxRow).where(OutboxRow.key.startswith(prefix, autoescape=True))
    done = session.execute(query.where(OutboxRow.state.in_(("waiting", "dead"))).values(state="withdrawn"))
    return int(done.rowcount)  # type: ignore[attr-defined]


def deliveries(session: Session, state: State | None = None, most: int = 200) -> tuple[Delivery, ...]:
    """The newest deliveries, in a state, newest first."""
    query = sa.select(OutboxRow).order_by(OutboxRow.id.desc()).limit(most)
    return tuple(map(delivery, session.scalars(query.where(OutboxRow.state == state) if state else query)))


def waiting(session: Session) -> tuple[Delivery, ...]:
    """All that is to be sent, oldest first."""
    query = sa.select(OutboxRow).where(OutboxRow.state == "waiting").order_by(OutboxRow.id)
    return tuple(map(delivery, session.scalars(query)))


def known(session: Session, key: str) -> bool:
    """Whether there is a delivery of this key."""
    return session.scalar(sa.select(OutboxRow.id).where(OutboxRow.key == key)) is not None


def count(session: Session, state: State) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(OutboxRow).where(OutboxRow.state == state)) or 0


def _columns(draft: Draft, day: date, now: datetime) -> dict[str, Any]:
    return {
        "key": draft.key,
        "lane": draft.lane,
        "recipient": one_line(draft.recipient, 400),
        "subject": one_line(draft.subject, 400),
        "body": draft.body,
        "state": "waiting",
        "tries": 0,
        "for_day": day,
        "created_at": now,
        "next_at": now,
    }


def delivery(row: OutboxRow) -> Delivery:
    """A row as it comes out."""
    return Delivery(
        row.id, row.key, row.lane, row.recipient, row.subject, row.body, row.state, row.tries, row.for_day,  # type: ignore[arg-type]
        row.next_at, row.sent_at, row.error,
    )  # fmt: skip
