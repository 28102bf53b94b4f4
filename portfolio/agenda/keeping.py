"""Gives the events of the days ahead from what is kept, and keeps anew what no longer holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.agenda.models import AgendaEventRow, AgendaRow
from portfolio.agenda.packing import pack, unpack
from portfolio.agenda.stamps import stamps
from portfolio.calendar.loading import load
from portfolio.deadlines import DAYS, Subject, deadlines, sources, subject_of
from portfolio.events import Event, EventKind, Undated
from portfolio.register import finding
from portfolio.register.models import ContractRow
from portfolio.register.records import Filters, Side
from portfolio.register.store import EVERYTHING, Register

AHEAD = 190
"""Days ahead of which events are kept at least."""
_HOLDS = timedelta(days=31)
"""How long they hold at most: rules of law come and go with time."""
_BATCH = 500
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Agenda:
    """``events`` in the order of their days, of one day by contract, without steps. ``names``: the file stem of every
    contract that one of them or of ``undated`` belongs to, by its id."""

    as_of: date
    until: date
    events: tuple[Event, ...]
    undated: tuple[Undated, ...]
    names: dict[str, str]

    def only(self, kinds: Collection[EventKind] = (), side: Side | None = None) -> Agenda:
        """The same, of the kinds given (none: of all) and on one side (None: on both)."""

        def wanted(item: Event | Undated) -> bool:
            return (not kinds or item.kind in kinds) and side in (None, item.side)

        return replace(self, events=tuple(filter(wanted, self.events)), undated=tuple(filter(wanted, self.undated)))


def upcoming(
    register: Register, as_of: date, days: int = DAYS, filters: Filters = EVERYTHING, *, today: date | None = None
) -> Agenda:
    """What falls due from ``as_of`` for ``days`` days in the contracts that ``filters`` let through.

    Kept events serve days from ``today`` on; another day is computed by itself, and nothing is kept of it.
    """
    until = as_of + timedelta(days=days)
    today = today or date.today()
    if not today <= as_of <= today + _HOLDS:
        found = deadlines(register, as_of, days, filters)
        names = {contract.id: contract.stem for contract in found.contracts}
        events = tuple(replace(event, steps=()) for event in found.events)
        return Agenda(as_of, until, events, found.undated, names)
    renew(register, as_of, days)
    with register.database.reading() as session:
        return _read(session, as_of, until, filters)


@dataclass(frozen=True)
class Part:
    """Which of the dated events: of some kinds (none: of all), on one side (None: on both), at most ``limit`` of those
    (None: all) that come after ``after``, by day and key."""

    kinds: tuple[EventKind, ...] = ()
    side: Side | None = None
    after: tuple[date, str] | None = None
    limit: int | None = 200


def part(
    register: Register, as_of: date, days: int, filters: Filters, wanted: Part, *, today: date | None = None
) -> tuple[Agenda, int]:
    """One part of what `upcoming` gives, by day and key, without what has no date; and how many events there are in
    all parts together."""
    until = as_of + timedelta(days=days)
    today = today or date.today()
    if today <= as_of <= today + _HOLDS:
        renew(register, as_of, days)
        with register.database.reading() as session:
            return _read_part(session, as_of, until, filters, wanted)
    whole = upcoming(register, as_of, days, filters, today=today).only(wanted.kinds, wanted.side)
    ordered = sorted(whole.events, key=lambda event: (event.on, event.key))
    left = [event for event in ordered if wanted.after is None or (event.on, event.key) > wanted.after]
    return replace(whole, events=tuple(left[: wanted.limit]), undated=()), len(ordered)


def renew(register: Register, as_of: date, days: int = DAYS) -> int:
    """Keeps anew the events of the contracts whose kept ones no longer hold, and tells how many those were."""
    until = as_of + timedelta(days=days)
    with register.database.reading() as session:
        now = stamps(session)
        stale = _stale(session, now, as_of, until)
    until = as_of + timedelta(days=max(days, AHEAD))
    for start in range(0, len(stale), _BATCH):
        batch = stale[start : start + _BATCH]
        with register.database.reading() as session:
            loaded = load(session, Filters(ids=tuple(batch)), lean=True)
            giving = sources(session, loaded)
        subjects = [subject_of(contract, as_of, until) for contract in loaded]
        events = [_columns(item) for s in subjects for source in giving for item in source(s)]
        rows = [
            {
                "contract_id": s.loaded.id, "stamp": now[s.loaded.id], "since": as_of, "until": until,
                "holds_until": _holds_until(s),
            }
            for s in subjects
        ]  # fmt: skip
        with register.database.writing() as session:
            _replace(session, batch, rows, events)
    return len(stale)


def _stale(session: Session, now: dict[str, str], as_of: date, until: date) -> list[str]:
    kept = sa.select(AgendaRow.contract_id, AgendaRow.stamp).where(
        AgendaRow.since <= as_of, AgendaRow.holds_until >= as_of, AgendaRow.until >= until
    )
    holds = dict(session.execute(kept).tuples().all())
    return [id_ for id_, stamp in now.items() if holds.get(id_) != stamp]


def _holds_until(subject: Subject) -> date:
    """The last day as seen from which the same events are right: the day before a period ends or begins, an amendment
    counts, or something told comes true, and a month at most."""
    turns: list[date | None] = [subject.as_of + _HOLDS + _DAY]
    for amendment in subject.amendments:
        turns += [amendment.value("signature_date"), amendment.effective]
    if subject.standing is not None:
        calendar = subject.standing.calendar
        for period in (*calendar.begun, *calendar.to_come[:1]):
            turns += [period.start, period.end + _DAY if period.end else None]
    told = subject.given
    turns += [told.start, told.ended + _DAY if told.ended else None, *told.renewals, *(n.on for n in told.notices)]
    return min(day for day in turns if day is not None and day > subject.as_of) - _DAY


def _replace(session: Session, ids: Sequence[str], rows: list[dict[str, Any]], events: list[dict[str, Any]]) -> None:
    for table in (AgendaRow, AgendaEventRow):
        session.execute(sa.delete(table).where(table.contract_id.in_(ids)))
    if rows:
        session.execute(sa.insert(AgendaRow), rows)
    if events:
        session.execute(sa.insert(AgendaEventRow), events)


def _columns(item: Event | Undated) -> dict[str, Any]:
    common = {
        "contract_id": item.contract,
        "key": item.key,
        "kind": item.kind,
        "what": pack(item.what),
        "unsure": item.unsure,
        "debtor": item.debtor,
        "side": item.side,
    }
    if isinstance(item, Undated):
        return common | {"on": None, "missing": pack(item.missing), "rests_on": ""}
    rests_on = " ".join(f"{contract}:{field}" for contract, field in item.rests_on)
    return common | {"on": item.on, "missing": None, "rests_on": rests_on}


def _read(session: Session, as_of: date, until: date, filters: Filters) -> Agenda:
    row = AgendaEventRow
    query = _query(filters).where(sa.or_(row.on.is_(None), row.on.between(as_of, until)))
    return _agenda(session, query.order_by(row.on, ContractRow.stem, row.contract_id, row.key), as_of, until)


def _read_part(session: Session, as_of: date, until: date, filters: Filters, wanted: Part) -> tuple[Agenda, int]:
    row = AgendaEventRow
    query = _query(filters).where(row.on.between(as_of, until))
    if wanted.kinds:
        query = query.where(row.kind.in_(wanted.kinds))
    if wanted.side:
        query = query.where(row.side == wanted.side)
    total = session.scalar(query.with_only_columns(sa.func.count())) or 0
    if wanted.after is not None:
        on, key = wanted.after
        query = query.where(sa.or_(row.on > on, sa.and_(row.on == on, row.key > key)))
    return _agenda(session, query.order_by(row.on, row.key).limit(wanted.limit), as_of, until), total


def _query(filters: Filters) -> sa.Select[Any]:
    row = AgendaEventRow
    columns: tuple[Any, ...] = (
        row.key, row.kind, row.contract_id, row.on, row.what, row.missing, row.rests_on, row.unsure, row.debtor,
        row.side, ContractRow.stem,
    )  # fmt: skip
    query = (
        sa.select(*columns).join(ContractRow, ContractRow.id == row.contract_id).where(ContractRow.base_id.is_(None))
    )
    if filters != EVERYTHING:
        chosen = finding.selection(filters).with_only_columns(sa.func.coalesce(ContractRow.base_id, ContractRow.id))
        query = query.where(row.contract_id.in_(chosen.order_by(None)))
    return query


def _agenda(session: Session, query: sa.Select[Any], as_of: date, until: date) -> Agenda:
    names: dict[str, str] = {}
    events: list[Event] = []
    undated: list[Undated] = []
    rests: dict[str, tuple[tuple[str, str], ...]] = {}
    for key, kind, contract, on, what, missing, rests_on, unsure, debtor, side, stem in session.execute(query):
        names[contract] = stem
        if on is None:
            undated.append(Undated(key, kind, contract, unpack(what), unpack(missing or what), unsure, debtor, side))
        else:
            if rests_on not in rests:
                rests[rests_on] = tuple(_pair(part) for part in rests_on.split())
            events.append(Event(key, kind, contract, on, unpack(what), (), rests[rests_on], unsure, debtor, side))
    return Agenda(as_of, until, tuple(events), tuple(undated), names)


def _pair(text: str) -> tuple[str, str]:
    contract, _, field = text.partition(":")
    return contract, field
