"""What a person told of a contract that its documents cannot say: the day of an event, a notice, an end, a renewal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portfolio.register.records import Side


@dataclass(frozen=True)
class NoticeGiven:
    """Notice was received on ``on``; ``by``: who gave it, where told."""

    on: date
    by: Side | None = None


@dataclass(frozen=True)
class EventDay:
    """An event in the contract's words (`notification`, `réception des travaux`) happened on a day."""

    event: str
    on: date


@dataclass(frozen=True)
class Given:
    """``start``: the day on which the term began to run; ``ended``: the last day of a contract that was ended;
    ``renewals``: days of decisions to renew; ``notices`` and ``events`` in their order."""

    start: date | None = None
    ended: date | None = None
    notices: tuple[NoticeGiven, ...] = ()
    renewals: tuple[date, ...] = ()
    events: tuple[EventDay, ...] = ()


NOTHING = Given()
