"""A person's calendar (iCalendar, RFC 5545): the events that they would be told of, with reminders at the lead times.

UIDs follow from the events' keys: an event that moves is moved in the calendar program too. What somebody has closed or
dismissed is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa

from portfolio.alerts.leads import LeadTimes
from portfolio.alerts.models import AlertRow
from portfolio.delivery.models import PersonRow
from portfolio.delivery.recipients import Recipients
from portfolio.errors import NotFound
from portfolio.events import Event, EventKind
from portfolio.exports import ics
from portfolio.exports.gather import DAYS
from portfolio.folding import fold
from portfolio.register.models import ContractRow
from portfolio.register.records import Filters
from portfolio.register.store import EVERYTHING, Register
from portfolio.words.values import Wording

_CLOSED = ("done", "dismissed")


def feed(
    register: Register,
    day: date,
    say: Wording,
    person: str | None = None,
    days: int = DAYS,
    filters: Filters = EVERYTHING,
    kinds: Collection[EventKind] = (),
) -> bytes:
    """The calendar of ``person`` from ``day`` for ``days`` days; everybody's where None. Of the contracts that
    ``filters`` let through, the events of ``kinds`` (none: of all). Raises NotFound."""
    with register.database.reading() as session:
        leads = LeadTimes.load(session)
        types = dict(session.execute(sa.select(ContractRow.id, ContractRow.contract_type)).tuples().all())
        closed = set(session.scalars(sa.select(AlertRow.event_key).where(AlertRow.state.in_(_CLOSED))))
        assigned = sa.select(AlertRow.event_key, AlertRow.assignee).where(AlertRow.assignee.is_not(None))
        assignees = {key: fold(name or "") for key, name in session.execute(assigned)}
        known = set(session.scalars(sa.select(PersonRow.key)))
        recipients = Recipients(session, types)
        key = fold(person) if person is not None else None
        if key is not None and key not in known:
            raise NotFound(f"« {person} » is not among the people who are told; see contratheque remind people.")
        theirs = {id_: {row.key for row in recipients.keepers(id_)} for id_ in types} if key is not None else {}

    def wanted(event: Event) -> bool:
        if event.key in closed or (kinds and event.kind not in kinds):
            return False
        assignee = assignees.get(event.key)
        return key is None or (key == assignee if assignee in known else key in theirs[event.contract])

    def reminders(event: Event) -> Sequence[int]:
        return leads.of(event.kind, event.contract, types.get(event.contract))

    return ics.calendar(register, day, say, filters, days=days, wanted=wanted, reminders=reminders)
