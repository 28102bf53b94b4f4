"""The book of alerts: what is to be looked at, and what a person says about it. The way in for all that delivers them.

A daily `run` proposes alerts from the portfolio's events and raises them at their lead times. Whoever delivers them (by
mail, webhook, calendar feed) asks for `raised` with the number of the last one that was delivered, and gets every raise
once, in order, with its alert as it stands now: one that a person has dealt with in the meantime says so by its state.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from sqlalchemy.orm import Session

from portfolio.alerts import history, leads, reading, running, settling
from portfolio.alerts.leads import LeadTimes
from portfolio.alerts.models import AlertRow
from portfolio.alerts.records import OPEN, Alert, AlertAction, AlertEntry, AlertFilters, Raise, RunReport
from portfolio.errors import InvalidValue, NotFound
from portfolio.events import EventKind
from portfolio.obligations import documents
from portfolio.obligations.book import ObligationBook
from portfolio.obligations.log import HandedOver, person
from portfolio.register.store import Register
from portfolio.schema import ContractType

OPEN_ONES = AlertFilters()


class AlertBook:
    """Alerts of the whole register. Every writing method is one transaction and one line of history."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def run(self, day: date) -> RunReport:
        """The daily run for ``day``: proposes, moves and raises. Safe to run twice, and after days without."""
        return running.run(self._register, day)

    def alerts(self, filters: AlertFilters = OPEN_ONES) -> tuple[Alert, ...]:
        """Alerts by day: those that are open unless told otherwise."""
        with self._register.database.reading() as session:
            return reading.alerts(session, filters)

    def alert(self, id_: int) -> Alert:
        """One alert. Raises NotFound."""
        with self._register.database.reading() as session:
            return reading.seen(session, [_row(session, id_)])[0]

    def raised(self, since: date | None = None, after: int = 0) -> tuple[Raise, ...]:
        """What was told from a day on, with numbers above ``after``, oldest first."""
        with self._register.database.reading() as session:
            return reading.raises(session, since, after)

    def history(self, id_: int) -> tuple[AlertEntry, ...]:
        """What happened to an alert, oldest first."""
        with self._register.database.reading() as session:
            return history.of(session, _row(session, id_).id)

    # --- what a person says

    def confirm(self, id_: int, who: str, today: date) -> Alert:
        """The event and its day are right."""
        with self._acting(id_, "confirmed", who, today) as (_, row):
            row.state, row.snoozed_until = "confirmed", None
        return self.alert(id_)

    def snooze(self, id_: int, until: date, who: str, today: date) -> Alert:
        """Not before ``until``, which is at the latest the alert's day. Raises InvalidValue for any other day."""
        with self._acting(id_, "snoozed", who, today) as (_, row):
            if until <= today:
                raise InvalidValue.of("snooze_past", id=id_, today=today, until=until)
            if row.due_on >= today and until > row.due_on:
                raise InvalidValue.of("snooze_late", id=id_, due=row.due_on)
            row.snoozed_until = until
        return self.alert(id_)

    def assign(self, id_: int, to: str | None, who: str, today: date) -> Alert:
        """``to`` looks after it; None: nobody any more."""
        with self._acting(id_, "assigned", who, today) as (_, row):
            row.assignee = person(to) if to is not None else None
        return self.alert(id_)

    def done(self, id_: int, who: str, today: date, note: str | None = None, handed: HandedOver | None = None) -> Alert:
        """What it asked for is done; of an obligation or an expired document, with the one that was handed over."""
        handed = self._completed(id_, handed, today) if handed else None
        with self._acting(id_, "done", who, today) as (session, row):
            row.state, row.reason, row.snoozed_until = "done", note, None
            settling.done(session, row, who, note, handed)
        return self.alert(id_)

    def dismiss(self, id_: int, reason: str, who: str, today: date) -> Alert:
        """It is of no use, for a reason; an alert whose day moves comes back. Raises InvalidValue without a reason."""
        if not reason.strip():
            raise InvalidValue.of("dismiss_reason")
        with self._acting(id_, "dismissed", who, today) as (_, row):
            row.state, row.reason, row.snoozed_until = "dismissed", reason, None
        return self.alert(id_)

    def undo(self, action: int, who: str, today: date) -> Alert:
        """Takes a person's action back, by its line of history."""
        with self._register.database.writing() as session:
            row, line = history.undo(session, action, who, today)
            settling.taken_back(session, row, line, who)
            id_ = row.id
        return self.alert(id_)

    # --- lead times

    def lead_times(self) -> LeadTimes:
        """The lead times as they are set."""
        with self._register.database.reading() as session:
            return LeadTimes.load(session)

    def set_lead_times(
        self,
        kind: EventKind,
        days: Sequence[int] | None,
        who: str,
        contract: str | None = None,
        contract_type: ContractType | None = None,
    ) -> None:
        """Lead times of a kind of event in days: of a contract (REF), else of a contract type, else of the register.

        None goes back to what holds otherwise; an empty list silences.
        """
        id_ = None
        if contract is not None:
            found = self._register.contract(contract)
            id_ = found.link.base or found.id
        with self._register.database.writing() as session:
            leads.put(session, leads.scope_of(id_, contract_type), kind, days, who)

    def _completed(self, id_: int, handed: HandedOver, today: date) -> HandedOver:
        """``handed`` with the last day of its validity, by the kind of document that the obligation asks for."""
        with self._register.database.reading() as session:
            event = settling.obligation_of(session, _row(session, id_))
        if event is None:
            return handed
        return documents.completed(handed, ObligationBook(self._register).find(event, today).document)

    @contextmanager
    def _acting(self, id_: int, action: AlertAction, who: str, today: date) -> Iterator[tuple[Session, AlertRow]]:
        with self._register.database.writing() as session:
            row = _row(session, id_)
            if row.state not in OPEN:
                raise InvalidValue.of("alert_closed", id=id_)
            before = history.decided(row)
            yield session, row
            history.add(session, row, action, who, today, before)


def _row(session: Session, id_: int) -> AlertRow:
    row = session.get(AlertRow, id_)
    if row is None:
        raise NotFound.of("no_alert", id=id_)
    return row
