"""Keeps what a person tells of a contract, with who told it when; nothing is erased, only taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from portfolio.calendar.given import ONCE, Entry, Given, GivenKind, given
from portfolio.errors import InvalidValue, NotFound
from portfolio.folding import fold
from portfolio.register import finding
from portfolio.register.models import ContractRow, Moment, Table
from portfolio.register.records import Side
from portfolio.register.store import Register

_LONGEST = 200


class ToldRow(Table):
    """One thing told. ``event_key`` is the event's folded words."""

    __tablename__ = "told"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    contract_id: Mapped[str] = mapped_column(sa.ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    on: Mapped[date] = mapped_column("on_day")
    event: Mapped[str | None] = mapped_column(sa.String(_LONGEST))
    event_key: Mapped[str | None] = mapped_column(sa.String(_LONGEST))
    by: Mapped[str | None] = mapped_column("by_side", sa.String(10))
    note: Mapped[str | None] = mapped_column(sa.Text)
    who: Mapped[str] = mapped_column(sa.String(200))
    at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_by: Mapped[str | None] = mapped_column(sa.String(200))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


def tell(
    register: Register,
    ref: str,
    kind: GivenKind,
    on: date,
    who: str,
    *,
    event: str | None = None,
    by: Side | None = None,
    note: str | None = None,
) -> Entry:
    """Notes what happened to a contract (to the base of an amendment) on a day. A start, an end and the day of the same
    event replace what was told before. Raises InvalidValue for an event without words or a word without an event."""
    words = " ".join((event or "").split())
    if (kind == "event") != bool(fold(words)) or len(words) > _LONGEST:
        raise InvalidValue(f"An event needs its name, in at most {_LONGEST} characters; nothing else has one.")
    if by is not None and kind != "notice":
        raise InvalidValue("Only a notice is given by one side.")
    with register.database.writing() as session:
        row = session.get_one(ContractRow, finding.contract_id(session, ref))
        contract = row.base_id or row.id
        key = fold(words)[:_LONGEST] or None
        same = [r for r in _held(session, contract) if r.kind == kind and r.event_key == key]
        again = next((r for r in same if r.on == on and r.by == by), None)
        if again is not None:
            return _entry(again)
        if kind in ONCE or kind == "event":
            for old in same:
                old.withdrawn_by, old.withdrawn_at = who, datetime.now(UTC)
        new = ToldRow(
            contract_id=contract, kind=kind, on=on, event=words or None, event_key=key, by=by, note=note, who=who,
            at=datetime.now(UTC),
        )  # fmt: skip
        session.add(new)
        session.flush()
        return _entry(new)


def withdraw(register: Register, entry: int, who: str) -> Entry:
    """Takes back one thing told, by its number. Raises NotFound where it is not there, or was taken back already."""
    with register.database.writing() as session:
        row = session.get(ToldRow, entry)
        if row is None or row.withdrawn_at is not None:
            raise NotFound(f"Nothing told has the number {entry} and still holds; list what was told of the contract.")
        row.withdrawn_by, row.withdrawn_at = who, datetime.now(UTC)
        return _entry(row)


def told(register: Register, ref: str) -> tuple[Entry, ...]:
    """All that was ever told of a contract (of the base of an amendment), what was taken back too, oldest first."""
    with register.database.reading() as session:
        row = session.get_one(ContractRow, finding.contract_id(session, ref))
        query = sa.select(ToldRow).where(ToldRow.contract_id == (row.base_id or row.id)).order_by(ToldRow.id)
        return tuple(_entry(row) for row in session.scalars(query))


def all_given(session: Session) -> Mapping[str, Given]:
    """What holds of every contract of which something was told, by its id."""
    entries: dict[str, list[Entry]] = defaultdict(list)
    for row in session.scalars(sa.select(ToldRow).where(ToldRow.withdrawn_at.is_(None)).order_by(ToldRow.id)):
        entries[row.contract_id].append(_entry(row))
    return {contract: given(found) for contract, found in entries.items()}


def _held(session: Session, contract: str) -> list[ToldRow]:
    query = sa.select(ToldRow).where(ToldRow.contract_id == contract, ToldRow.withdrawn_at.is_(None))
    return list(session.scalars(query.order_by(ToldRow.id)))


def _entry(row: ToldRow) -> Entry:
    return Entry(
        id=row.id,
        contract=row.contract_id,
        kind=row.kind,  # type: ignore[arg-type]
        on=row.on,
        event=row.event,
        by=row.by,  # type: ignore[arg-type]
        note=row.note,
        who=row.who,
        at=row.at,
        withdrawn_by=row.withdrawn_by,
        withdrawn_at=row.withdrawn_at,
    )
