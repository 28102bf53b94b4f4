"""What falls due, and what is told of it, as one person may see and answer it: alerts, deadlines, days told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from portfolio.accounts.desk import Desk
from portfolio.agenda.keeping import Agenda, Part, part, upcoming
from portfolio.alerts.book import AlertBook
from portfolio.alerts.records import Alert, AlertEntry, AlertFilters, RunReport
from portfolio.calendar.given import Entry, GivenKind
from portfolio.calendar.told import tell
from portfolio.deadlines import ContractDeadlines, deadlines
from portfolio.delivery.people import People
from portfolio.delivery.recipients import Recipients
from portfolio.errors import NotFound
from portfolio.events import EventKind
from portfolio.register.records import ContractSummary, Filters
from portfolio.register.store import EVERYTHING, Register
from portfolio.review.queue import Waiting

Urgency = Literal["late", "week", "month", "later"]
AWAKE = AlertFilters(states=("proposed", "confirmed"))
ENDINGS: tuple[EventKind, ...] = ("end", "final_end")
TURNS: frozenset[EventKind] = frozenset(("end", "final_end", "renewal", "notice"))
"""What decides on a contract's whole yearly amount."""
SOON = 90
"""Days ahead in which a contract's end is near."""


def urgency(on: date, today: date) -> Urgency:
    """How near a day is: gone by, within a week, within thirty days, later."""
    left = (on - today).days
    return "late" if left < 0 else "week" if left <= 7 else "month" if left <= 30 else "later"


@dataclass(frozen=True)
class Today:
    """What needs somebody now. ``alerts``: those open and awake, the nearest day first; ``contracts``: the lines of the
    portfolio that the first of them name, by id."""

    alerts: tuple[Alert, ...]
    waiting: tuple[Waiting, ...]
    contracts: Mapping[str, ContractSummary]

    @property
    def first(self) -> Alert | None:
        """What to do first: the alert that is late the longest, else the nearest."""
        return next(iter(self.alerts), None)


@dataclass(frozen=True)
class Stakes:
    """``ending``: contracts that end within `SOON` days; ``contracts``: their lines of the portfolio, by id;
    ``at_stake``: the yearly amounts, in euros without tax, of the ``priced`` contracts whose term an alert or an end
    decides on."""

    ending: Agenda
    contracts: Mapping[str, ContractSummary]
    at_stake: float
    priced: int


class Duties:
    """Every method heeds the account's scope and role, as `Desk` does."""

    def __init__(self, register: Register, desk: Desk) -> None:
        self._register = register
        self._desk = desk
        self._book = AlertBook(register)

    # --- looking

    def today(self, as_of: date, named: int) -> Today:
        """What is known without looking at any calendar; ``named``: of how many alerts the contracts are given."""
        alerts = self.alerts()
        contracts = self._desk.contracts({alert.contract for alert in alerts[:named]}, as_of)
        return Today(alerts, self._desk.queue(), {line.id: line for line in contracts})

    def stakes(self, as_of: date, alerts: Sequence[Alert]) -> Stakes:
        """What ends soon, and what hangs on that and on ``alerts``; slow where calendars are looked at anew."""
        ending, _ = self.part(as_of, SOON, EVERYTHING, Part(ENDINGS, limit=None))
        turning = {a.contract for a in alerts if a.kind in TURNS} | {e.contract for e in ending.events}
        contracts = {line.id: line for line in self._desk.contracts(turning, as_of)}
        priced = [line.yearly_amount for line in contracts.values() if line.yearly_amount is not None]
        return Stakes(ending, contracts, sum(priced), len(priced))

    def upcoming(self, as_of: date, days: int, filters: Filters = EVERYTHING) -> Agenda:
        """What falls due, without steps."""
        return upcoming(self._register, as_of, days, self._desk.seen(filters))

    def part(self, as_of: date, days: int, filters: Filters, wanted: Part) -> tuple[Agenda, int]:
        """One part of the dated events, without steps, and how many there are in all."""
        return part(self._register, as_of, days, self._desk.seen(filters), wanted)

    def standings(self, contracts: Iterable[str], as_of: date, days: int) -> tuple[ContractDeadlines, ...]:
        """Where contracts (ids) stand and what of them falls due, with the arithmetic; those in scope."""
        wanted = Filters(ids=tuple(contracts))
        if not wanted.ids:
            return ()
        return deadlines(self._register, as_of, days, self._desk.seen(wanted)).contracts

    def alerts(self, filters: AlertFilters = AWAKE) -> tuple[Alert, ...]:
        """Alerts of contracts in scope, by day."""
        found = self._book.alerts(filters)
        seen = self._desk.may_see(alert.contract for alert in found)
        return tuple(alert for alert in found if alert.contract in seen)

    def alert(self, id_: int) -> Alert:
        """One alert of a contract in scope, in whatever state. Raises NotFound."""
        return self._in_scope(id_)

    def history(self, alert: int) -> tuple[AlertEntry, ...]:
        return self._book.history(self._in_scope(alert).id)

    def keepers(self, contracts: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """Who answers for contracts (ids), by name; the general list where nobody does."""
        with self._register.database.reading() as session:
            recipients = Recipients(session, contracts)
            return {id_: tuple(row.name for row in recipients.keepers(id_)) for id_ in contracts}

    def people(self) -> tuple[str, ...]:
        """Names that an alert can be assigned to: the account's own first, then the persons who are told by mail."""
        names = (self._desk.account.name, *(person.name for person in People(self._register).all()))
        return tuple(dict.fromkeys(names))

    def reminders(self, alert: Alert, today: date) -> tuple[date, ...]:
        """The days on which it is still to be told, by the lead times of its contract."""
        line = next(iter(self._desk.contracts([alert.contract], today)), None)
        leads = self._book.lead_times().of(alert.kind, alert.contract, line.contract_type if line else None)
        days = (alert.on - timedelta(days=lead) for lead in leads)
        return tuple(day for day in days if day > max(today, alert.snoozed_until or today))

    # --- deciding

    def run(self, today: date) -> RunReport:
        """The daily run over the whole register."""
        self._desk.require("editor")
        return self._book.run(today)

    def confirm(self, alert: int, today: date) -> Alert:
        return self._book.confirm(self._own(alert), self._desk.account.name, today)

    def snooze(self, alert: int, until: date, today: date) -> Alert:
        return self._book.snooze(self._own(alert), until, self._desk.account.name, today)

    def assign(self, alert: int, to: str | None, today: date) -> Alert:
        return self._book.assign(self._own(alert), to, self._desk.account.name, today)

    def done(self, alert: int, today: date, note: str | None = None) -> Alert:
        return self._book.done(self._own(alert), self._desk.account.name, today, note)

    def dismiss(self, alert: int, reason: str, today: date) -> Alert:
        return self._book.dismiss(self._own(alert), reason, self._desk.account.name, today)

    def undo(self, alert: int, action: int, today: date) -> Alert:
        """Takes back an action (its line of the alert's history)."""
        own = self._own(alert)
        if action not in {entry.id for entry in self._book.history(own)}:
            raise NotFound.of("no_alert_history", entry=action)
        return self._book.undo(action, self._desk.account.name, today)

    def tell(self, ref: str, kind: GivenKind, on: date, event: str | None = None, note: str | None = None) -> Entry:
        """Notes a day that the documents of a contract in scope cannot say."""
        self._desk.require("editor")
        contract = self._desk.contract(ref).id
        return tell(self._register, contract, kind, on, self._desk.account.name, event=event, note=note)

    def _in_scope(self, id_: int) -> Alert:
        alert = self._book.alert(id_)
        if not self._desk.may_see([alert.contract]):
            raise NotFound.of("alert_unseen", id=id_)
        return alert

    def _own(self, id_: int) -> int:
        """The number of an alert in scope that this account may answer."""
        self._desk.require("editor")
        return self._in_scope(id_).id
