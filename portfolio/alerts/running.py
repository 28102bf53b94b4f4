"""The daily run: alerts follow their events, and are raised at their lead times, once each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.agenda.packing import pack
from portfolio.alerts import history, reading
from portfolio.alerts.computing import Computed, compute, far_events
from portfolio.alerts.leads import LeadTimes, policy
from portfolio.alerts.models import AlertRaiseRow, AlertRow, AlertRunRow
from portfolio.alerts.records import OPEN, AlertAction, RaiseReason, RunReport
from portfolio.alerts.why import why
from portfolio.events import Event
from portfolio.obligations import log
from portfolio.register.store import Register
from portfolio.words.phrases import phrase

_SLACK = 30
"""Days beyond the longest lead time that are computed: an event that moves a little is found at once."""
_ONCE = -1
"""The lead of a raise that no lead time gives."""


def run(register: Register, day: date) -> RunReport:
    """Brings all alerts to the day ``day`` in one transaction. Running it twice changes nothing the second time; after
    days without a run it tells what fell in between."""
    began = datetime.now(UTC)
    with register.database.reading() as session:
        leads = LeadTimes.load(session)
        last = session.scalar(sa.select(sa.func.max(AlertRunRow.day)).where(AlertRunRow.day < day))
        computed = compute(session, day, leads.longest + _SLACK, last)
    with register.database.writing() as session:
        since = session.scalar(sa.select(sa.func.max(AlertRunRow.at)))
        step = _Run(session, day, computed, leads, since or began)
        step.apply()
        session.merge(AlertRunRow(day=day, at=began))
        session.flush()
        raised = reading.told(session, [row for row in step.raised if not row.overtaken])
    skipped = max(0, (day - last).days - 1) if last is not None else 0
    count = len(computed.contracts)
    return RunReport(day, count, raised, step.counts["moved"], step.counts["gone"], step.counts["past"], skipped)


@dataclass(frozen=True)
class _Key:
    due_on: date
    reason: str
    lead: int


class _Run:
    """One day's work inside a transaction."""

    def __init__(self, session: Session, day: date, computed: Computed, leads: LeadTimes, since: datetime) -> None:
        self._session = session
        self._day = day
        self._computed = computed
        self._leads = leads
        self._since = since
        self._due = self._due_events()
        self._rows = self._load()
        self._told = self._load_raises()
        self.raised: list[AlertRaiseRow] = []
        self.counts: defaultdict[str, int] = defaultdict(int)

    def apply(self) -> None:
        self._settle()
        self._follow()
        self._propose()
        for row in self._rows.values():
            if row.state in OPEN:
                self._wake(row)
        for key, due in self._due.items():
            self._raise_leads(self._rows[key], due)
        for row in self._rows.values():
            if row.state in OPEN and row.snoozed_until is None:
                self._overdue(row)
                self._escalate(row)
        self._session.add_all(self.raised)

    # --- what is there

    def _due_events(self) -> dict[str, tuple[int, ...]]:
        """The lead times that events have reached, by key; of those that fell on days without a run, all."""
        found: dict[str, tuple[int, ...]] = {}
        for key, event in (*self._computed.passed.items(), *self._computed.events.items()):
            left = (event.on - self._day).days
            days = self._leads.of(event.kind, event.contract, self._computed.contracts.get(event.contract))
            reached = tuple(lead for lead in days if lead >= left)
            if reached:
                found[key] = reached
        return found

    def _load(self) -> dict[str, AlertRow]:
        """The open alerts and those of events that are due."""
        rows = {
            row.event_key: row for row in self._session.scalars(sa.select(AlertRow).where(AlertRow.state.in_(OPEN)))
        }
        missing = [key for key in self._due if key not in rows]
        for n in range(0, len(missing), reading.CHUNK):
            query = sa.select(AlertRow).where(AlertRow.event_key.in_(missing[n : n + reading.CHUNK]))
            rows |= {row.event_key: row for row in self._session.scalars(query)}
        return rows

    def _load_raises(self) -> dict[int, dict[_Key, AlertRaiseRow]]:
        found: dict[int, dict[_Key, AlertRaiseRow]] = defaultdict(dict)
        for ids in reading.chunks(row.id for row in self._rows.values()):
            for row in self._session.scalars(sa.select(AlertRaiseRow).where(AlertRaiseRow.alert_id.in_(ids))):
                found[row.alert_id][_Key(row.due_on, row.reason, row.lead)] = row
        return found

    def _event(self, key: str) -> Event | None:
        return self._computed.events.get(key) or self._computed.passed.get(key)

    # --- alerts follow their events

    def _settle(self) -> None:
        """Obligations that were said to be done or waived elsewhere."""
        rows = [row for row in self._rows.values() if row.kind == "obligation" and row.state in OPEN]
        if not rows:
            return
        settled = log.settled(self._session, sorted({row.contract_id for row in rows})).by_event
        for row in rows:
            entry = settled.get(row.event_key)
            if entry is not None and entry.action == "done":
                self._change(row, "done", entry.who, state="done", reason=entry.reason, snoozed_until=None)
            elif entry is not None:
                said = phrase("alert.waived", who=entry.who, reason=entry.reason or "")
                self._change(row, "gone", entry.who, state="gone", snoozed_until=None, moved=pack(said))

    def _follow(self) -> None:
        """Open alerts whose event moved, is no more, or has gone by."""
        lost: list[AlertRow] = []
        for row in [row for row in self._rows.values() if row.state in OPEN]:
            event = self._event(row.event_key)
            if event is not None:
                self._refresh(row, event)
            elif row.due_on >= self._day:
                lost.append(row)
            elif row.kind not in policy().overdue:
                self.counts["past"] += 1
                self._change(row, "past", history.SYSTEM, state="past", snoozed_until=None)
        far = far_events(self._session, sorted({row.contract_id for row in lost}), self._day)
        for row in lost:
            event = far.get(row.event_key)
            if event is not None:
                self._refresh(row, event)
                continue
            self.counts["gone"] += 1
            reason = phrase("alert.gone", why=why(self._session, row, None, self._since))
            self._change(row, "gone", history.SYSTEM, state="gone", snoozed_until=None, moved=pack(reason))

    def _refresh(self, row: AlertRow, event: Event) -> None:
        if row.due_on != event.on:
            self._move(row, event)
        facts = _facts(event)
        for name, value in facts.items():
            if getattr(row, name) != value:
                setattr(row, name, value)

    def _move(self, row: AlertRow, event: Event) -> None:
        """The day is another: it is told, and whoever had dealt with the old day is asked again."""
        self.counts["moved"] += 1
        reason = why(self._session, row, event, self._since)
        moved = phrase("alert.moved", before=row.due_on, after=event.on, why=reason)
        self._change(
            row, "moved", history.SYSTEM, state="proposed", due_on=event.on, moved=pack(moved),
            snoozed_until=row.snoozed_until if row.snoozed_until and row.snoozed_until <= event.on else None,
        )  # fmt: skip
        if event.on >= self._day:
            self._raise(row, "moved", (event.on - self._day).days)

    def _propose(self) -> None:
        """Alerts for events that have reached their first lead time, and again for those that are back or moved."""
        new: list[AlertRow] = []
        for key in self._due:
            event = self._event(key)
            assert event is not None
            row = self._rows.get(key)
            if row is None:
                row = AlertRow(event_key=key, due_on=event.on, state="proposed", updated_at=datetime.now(UTC))
                for name, value in _facts(event).items():
                    setattr(row, name, value)
                new.append(row)
                self._rows[key] = row
            elif row.state not in OPEN:
                if row.due_on != event.on:
                    self._refresh(row, event)
                elif _is_back(row, event, self._day):
                    self._change(row, "back", history.SYSTEM, state="proposed", moved=None)
        self._session.add_all(new)
        self._session.flush()

    # --- raising

    def _wake(self, row: AlertRow) -> None:
        if row.snoozed_until is not None and row.snoozed_until <= self._day:
            self._change(row, "woken", history.SYSTEM, snoozed_until=None)
            self._raise(row, "woken", (row.due_on - self._day).days)

    def _raise_leads(self, row: AlertRow, reached: Sequence[int]) -> None:
        """The nearest lead time reached is told, the farther ones with it. An alert that was told today for another
        reason is not told again, one that sleeps or is dealt with stays silent."""
        if row.state not in OPEN or row.snoozed_until is not None or row.due_on < self._day:
            return
        today = any(r.alert_id == row.id and not r.overtaken for r in self._fresh(row))
        for lead in sorted(reached):
            self._raise(row, "lead", lead, overtaken=today or lead != min(reached))

    def _overdue(self, row: AlertRow) -> None:
        if row.due_on < self._day and (row.kind in policy().overdue or row.event_key in self._computed.passed):
            self._raise(row, "overdue", _ONCE)

    def _escalate(self, row: AlertRow) -> None:
        """Nobody reacted: neither confirmed nor assigned since it was last told."""
        if row.state != "proposed" or row.assignee is not None or row.due_on < self._day:
            return
        told = [r for r in self._told[row.id].values() if r.due_on == row.due_on and not r.overtaken]
        last = max(told, key=lambda r: (r.raised_on, r.id or 0), default=None)
        if last is None or last.reason == "escalated":
            return
        waited, left = (self._day - last.raised_on).days, (row.due_on - self._day).days
        if waited >= policy().escalate_after or (waited >= 1 and left <= policy().last_days):
            self._raise(row, "escalated", last.lead)

    def _fresh(self, row: AlertRow) -> Iterable[AlertRaiseRow]:
        return (r for r in self._told[row.id].values() if r.raised_on == self._day and r.due_on == row.due_on)

    def _raise(self, row: AlertRow, reason: RaiseReason, lead: int, overtaken: bool = False) -> None:
        key = _Key(row.due_on, reason, lead)
        if key in self._told[row.id]:
            return
        told = AlertRaiseRow(
            alert_id=row.id, due_on=row.due_on, reason=reason, lead=lead, raised_on=self._day, overtaken=overtaken
        )
        self._told[row.id][key] = told
        self.raised.append(told)

    def _change(self, row: AlertRow, action: AlertAction, who: str, **values: object) -> None:
        before = history.decided(row)
        for name, value in values.items():
            setattr(row, name, value)
        history.add(self._session, row, action, who, self._day, before)


def _is_back(row: AlertRow, event: Event, day: date) -> bool:
    """Whether a closed alert is open again since its event is there: of an obligation that is done there is none."""
    undone = row.state == "done" and row.kind == "obligation"
    return undone or row.state == "gone" or (row.state == "past" and event.on >= day)


def _facts(event: Event) -> dict[str, object]:
    """The columns that repeat the event."""
    return {
        "contract_id": event.contract,
        "kind": event.kind,
        "side": event.side,
        "debtor": event.debtor,
        "unsure": event.unsure,
        "what": pack(event.what),
        "steps": [pack(step) for step in event.steps],
        "rests_on": [list(fact) for fact in event.rests_on],
    }
