"""What the watched places remember, and what whoever shows them may ask: where each stopped, what became of what."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.errors import NotFound
from portfolio.exports.cells import clean
from portfolio.intake.models import IntakeItemRow, IntakeSourceRow
from portfolio.register.store import Register

Kind = Literal["folder", "mailbox"]
_SHOWN = 1000


@dataclass(frozen=True)
class Place:
    """A watched place. ``error``: why its last look failed; ``counts``: its items by outcome."""

    name: str
    kind: Kind
    shown: str
    looked_at: datetime | None
    error: str | None
    counts: Counter[str]


@dataclass(frozen=True)
class Item:
    """A file or a message that was dealt with. ``outcome`` as `agent.pipeline.Outcome` has it; ``reason`` and
    ``message`` say why it was refused or left; ``contract`` is the id of the first contract that it is or belongs to.
    """

    source: str
    shown: str
    outcome: str
    reason: str | None
    message: str | None
    contract: str | None
    at: datetime


@dataclass(frozen=True)
class Dealt:
    """What became of one thing, to be remembered under its ``key``; ``stamp`` tells when it is another thing."""

    key: str
    stamp: str
    shown: str
    outcome: str
    reason: str | None = None
    message: str | None = None
    contract: str | None = None


@dataclass(frozen=True)
class Position:
    """Where a mailbox stopped: the validity of its numbers, and the last one dealt with."""

    validity: int | None = None
    last: int = 0


class Intake:
    """The notebook of a register. A register that is restricted for a person should not be given here."""

    def __init__(self, register: Register) -> None:
        self._db = register.database

    def places(self) -> tuple[Place, ...]:
        """All watched places, by name."""
        with self._db.reading() as session:
            counted: dict[str, Counter[str]] = {}
            item = IntakeItemRow
            for source, outcome, count in session.execute(
                sa.select(item.source, item.outcome, sa.func.count()).group_by(item.source, item.outcome)
            ):
                counted.setdefault(source, Counter())[outcome] = count
            rows = session.scalars(sa.select(IntakeSourceRow).order_by(IntakeSourceRow.name))
            return tuple(
                Place(row.name, row.kind, row.shown, row.looked_at, row.error, counted.get(row.name, Counter()))  # type: ignore[arg-type]
                for row in rows
            )

    def items(self, source: str | None = None, outcome: str | None = None, most: int = 200) -> tuple[Item, ...]:
        """What was dealt with, newest first: of one place, with one outcome."""
        item = IntakeItemRow
        query = sa.select(item).order_by(item.at.desc(), item.id.desc()).limit(most)
        if source is not None:
            query = query.where(item.source == source)
        if outcome is not None:
            query = query.where(item.outcome == outcome)
        with self._db.reading() as session:
            return tuple(
                Item(row.source, row.shown, row.outcome, row.reason, row.message, row.contract_id, row.at)
                for row in session.scalars(query)
            )

    def forget(self, name: str) -> None:
        """A place is watched no longer; contracts stay. Watched again, it is gone through again. Raises NotFound."""
        with self._db.writing() as session:
            if session.get(IntakeSourceRow, name) is None:
                raise NotFound(f"No watched place is called « {name} »; see contratheque watch --status.")
            session.execute(sa.delete(IntakeItemRow).where(IntakeItemRow.source == name))
            session.execute(sa.delete(IntakeSourceRow).where(IntakeSourceRow.name == name))

    # --- for who takes things in

    def open(self, name: str, kind: Kind, shown: str) -> Position:
        """Notes that a place is looked at, and gives where it stopped."""
        with self._db.writing() as session:
            row = session.get(IntakeSourceRow, name)
            if row is None:
                row = IntakeSourceRow(name=name, kind=kind, shown=shown, uid_validity=None, last_uid=0)
                session.add(row)
            row.kind, row.shown = kind, _fit(shown)
            return Position(row.uid_validity, row.last_uid)

    def stamps(self, name: str) -> dict[str, str]:
        """The stamps of all items of a place, by key."""
        query = sa.select(IntakeItemRow.key, IntakeItemRow.stamp).where(IntakeItemRow.source == name)
        with self._db.reading() as session:
            return dict(session.execute(query).tuples().all())

    def note(self, name: str, dealt: Sequence[Dealt], position: Position | None = None) -> None:
        """Remembers what became of some things and, of a mailbox, up to where it came: both or nothing."""
        with self._db.writing() as session:
            for one in dealt:
                _put(session, name, one)
            if position is not None:
                row = session.get_one(IntakeSourceRow, name)
                row.uid_validity, row.last_uid = position.validity, position.last

    def looked(self, name: str, error: str | None = None) -> None:
        """The look at a place is over; ``error``: what it failed with."""
        with self._db.writing() as session:
            row = session.get_one(IntakeSourceRow, name)
            row.looked_at, row.error = datetime.now(UTC), _fit(error) if error else None


def key_of(text: str) -> str:
    """A key of fixed length for a path or a message's number."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _put(session: Session, name: str, one: Dealt) -> None:
    row = session.scalar(sa.select(IntakeItemRow).where(IntakeItemRow.source == name, IntakeItemRow.key == one.key))
    if row is None:
        row = IntakeItemRow(source=name, key=one.key, tries=0)
        session.add(row)
    row.stamp, row.shown, row.outcome, row.reason = one.stamp, _fit(one.shown), one.outcome, one.reason
    row.message, row.contract_id = clean(one.message) if one.message else None, one.contract
    row.tries, row.at = row.tries + 1, datetime.now(UTC)


def _fit(text: str) -> str:
    said = clean(text.encode("utf-8", "replace").decode())
    return said if len(said) <= _SHOWN else said[: _SHOWN - 1] + "…"
