"""The events that a daily run looks at, for the whole register, a few hundred contracts in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.calendar.loading import load
from portfolio.deadlines import sources, subject_of
from portfolio.events import Event
from portfolio.register.models import ContractRow
from portfolio.register.records import Filters

_BATCH = 500
_FAR = timedelta(days=3653)
"""How far ahead an event is looked for that is no longer where it was."""
_DAY = timedelta(days=1)


@dataclass
class Computed:
    """``events``: from the run's day on, by key; ``passed``: those of the days without a run before it. ``contracts``:
    the contract type of every base contract, by id."""

    events: dict[str, Event] = field(default_factory=dict)
    passed: dict[str, Event] = field(default_factory=dict)
    contracts: dict[str, str | None] = field(default_factory=dict)


def compute(session: Session, day: date, horizon: int, last_run: date | None) -> Computed:
    """The events of the next ``horizon`` days, and those that fell between the last run and ``day``."""
    found = Computed()
    query = sa.select(ContractRow.id, ContractRow.contract_type).where(ContractRow.base_id.is_(None))
    found.contracts = dict(session.execute(query.order_by(ContractRow.id)).tuples().all())
    since = last_run + _DAY if last_run is not None and last_run < day else day
    ids = list(found.contracts)
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        for event in _events(session, batch, day, day + timedelta(days=horizon)):
            found.events[event.key] = event
        if since < day:
            for event in _events(session, batch, since, day - _DAY):
                found.passed[event.key] = event
    return found


def far_events(session: Session, contracts: Sequence[str], day: date) -> dict[str, Event]:
    """All events of some contracts in the years after ``day``, by key."""
    return {event.key: event for event in _events(session, contracts, day, day + _FAR)} if contracts else {}


def _events(session: Session, contracts: Sequence[str], since: date, until: date) -> Iterator[Event]:
    loaded = load(session, Filters(ids=tuple(contracts)), lean=True)
    giving = sources(session, loaded)
    for contract in loaded:
        subject = subject_of(contract, since, until)
        for source in giving:
            yield from (event for event in source(subject) if isinstance(event, Event))
