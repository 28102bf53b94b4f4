"""What persons did about obligations: done with what was handed over, waived with a reason, taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.errors import InvalidValue, NotFound
from portfolio.obligations.models import ObligationActionRow

Settlement = Literal["done", "waived"]
LoggedAction = Literal["done", "waived", "undone"]
_LONGEST_NAME = 200


@dataclass(frozen=True)
class HandedOver:
    """A document that was handed over. ``dated``: its own date; ``valid_until``: its last day, None where it does not
    expire; ``sha``: the file, where it is in the register."""

    document: str
    dated: date | None = None
    valid_until: date | None = None
    sha: str | None = None


@dataclass(frozen=True)
class Entry:
    """A line of the log: of the occurrence ``event``, which was due ``on``."""

    id: int
    contract: str
    event: str
    action: LoggedAction
    on: date
    at: datetime
    who: str
    reason: str | None = None
    handed: HandedOver | None = None
    undoes: int | None = None

    @property
    def obligation(self) -> str:
        """The key of the obligation, without the occurrence."""
        return self.event.rpartition(":")[0]


@dataclass(frozen=True)
class Settled:
    """What stands after all that was taken back: the last word about each occurrence."""

    by_event: Mapping[str, Entry] = field(default_factory=dict)

    def handed_over(self, contract: str) -> tuple[Entry, ...]:
        """The newest document of each obligation of a contract."""
        return self._newest.get(contract, ())

    @cached_property
    def _newest(self) -> Mapping[str, tuple[Entry, ...]]:
        newest: dict[str, Entry] = {}
        for entry in self.by_event.values():
            if entry.handed is None:
                continue
            other = newest.get(entry.obligation)
            if other is None or _fresher(entry, other):
                newest[entry.obligation] = entry
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in newest.values():
            found[entry.contract].append(entry)
        return {contract: tuple(entries) for contract, entries in found.items()}


def _fresher(one: Entry, other: Entry) -> bool:
    assert one.handed and other.handed
    return (one.handed.valid_until or date.min, one.id) > (other.handed.valid_until or date.min, other.id)


def settled(session: Session, contracts: Sequence[str] | None = None) -> Settled:
    """The last word about every occurrence (of some contracts)."""
    entries = _entries(session, contracts)
    undone = {entry.undoes for entry in entries}
    return Settled({e.event: e for e in entries if e.action != "undone" and e.id not in undone})


def history(session: Session, contract: str) -> tuple[Entry, ...]:
    """All that was done about a contract's obligations, oldest first."""
    return tuple(_entries(session, [contract]))


def person(name: str) -> str:
    """A person's name as it is kept. Raises InvalidValue for none, or one that is too long."""
    kept = name.strip()
    if not 0 < len(kept) <= _LONGEST_NAME:
        raise InvalidValue.of("person_name", name=name[:40], longest=_LONGEST_NAME)
    return kept


def add(session: Session, entry: Entry) -> Entry:
    """Writes a line; its ``id`` and ``at`` are set here. Raises InvalidValue for a nameless person."""
    handed = entry.handed
    row = ObligationActionRow(
        contract_id=entry.contract,
        event_key=entry.event,
        action=entry.action,
        due_on=entry.on,
        at=datetime.now(UTC),
        who=person(entry.who),
        reason=entry.reason,
        document=handed.document if handed else None,
        dated=handed.dated if handed else None,
        valid_until=handed.valid_until if handed else None,
        sha=handed.sha if handed else None,
        undoes=entry.undoes,
    )
    session.add(row)
    session.flush()
    return _entry(row)


def undo(session: Session, id_: int, who: str) -> Entry:
    """Takes a line back. Raises NotFound for one that is not there, InvalidValue for one taken back already."""
    row = session.get(ObligationActionRow, id_)
    if row is None:
        raise NotFound(f"There is no action {id_} on an obligation; list them with contratheque obligations history.")
    entry = _entry(row)
    taken = session.scalar(sa.select(ObligationActionRow.id).where(ObligationActionRow.undoes == id_))
    if entry.action == "undone" or taken is not None:
        raise InvalidValue.of("obligation_undone", id=id_)
    return add(session, Entry(0, entry.contract, entry.event, "undone", entry.on, entry.at, who, undoes=id_))


def _entries(session: Session, contracts: Sequence[str] | None) -> list[Entry]:
    query = sa.select(ObligationActionRow).order_by(ObligationActionRow.id)
    if contracts is not None:
        query = query.where(ObligationActionRow.contract_id.in_(contracts))
    return [_entry(row) for row in session.scalars(query)]


def _entry(row: ObligationActionRow) -> Entry:
    handed = HandedOver(row.document, row.dated, row.valid_until, row.sha) if row.document else None
    return Entry(
        id=row.id,
        contract=row.contract_id,
        event=row.event_key,
        action=row.action,  # type: ignore[arg-type]
        on=row.due_on,
        at=row.at,
        who=row.who,
        reason=row.reason,
        handed=handed,
        undoes=row.undoes,
    )
