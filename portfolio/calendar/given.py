"""What a person told of a contract that its documents cannot say: the day of an event, a notice, an end, a renewal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from portfolio.folding import fold
from portfolio.register.records import Side

GivenKind = Literal["start", "end", "notice", "renewal", "event"]
"""``start``: the term began to run; ``end``: the last day of a contract that was ended; ``notice``: one was received;
``renewal``: one was decided; ``event``: something that the contract's clauses count from happened."""
ONCE: frozenset[GivenKind] = frozenset(("start", "end"))
"""Kinds of which a contract has one at a time: a later word replaces the earlier one."""
_BEGINS = re.compile(
    r"^(?:la |l |le |the )?(?:date d[eu] )?(?:notification|ordre de service|demarrage|debut|prise d effet|commencement|"
    r"entree en vigueur|mise en service|notice to proceed|effective date|start)\b"
)
"""Events from which the term of a contract runs that tells no start."""


@dataclass(frozen=True)
class Entry:
    """One thing told: by whom and when, and who took it back, where somebody did. ``event``: the contract's words for
    an event; ``by``: who gave the notice."""

    id: int
    contract: str
    kind: GivenKind
    on: date
    event: str | None
    by: Side | None
    note: str | None
    who: str
    at: datetime
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None


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

    @property
    def begins(self) -> date | None:
        """The start as told, else the day of an event from which terms run (notification, ordre de service)."""
        return self.start or next((event.on for event in self.events if _BEGINS.match(fold(event.event))), None)

    def known_on(self, day: date) -> Given:
        """What had happened by ``day``; a start and an end are told ahead as well."""
        return replace(
            self,
            notices=tuple(n for n in self.notices if n.on <= day),
            renewals=tuple(on for on in self.renewals if on <= day),
        )


NOTHING = Given()


def given(entries: Sequence[Entry]) -> Given:
    """What holds of the things told of one contract, those taken back left out."""
    held = sorted((e for e in entries if e.withdrawn_at is None), key=lambda e: (e.on, e.id))
    once = {e.kind: e.on for e in held if e.kind in ONCE}
    return Given(
        start=once.get("start"),
        ended=once.get("end"),
        notices=tuple(NoticeGiven(e.on, e.by) for e in held if e.kind == "notice"),
        renewals=tuple(e.on for e in held if e.kind == "renewal"),
        events=tuple(EventDay(e.event, e.on) for e in held if e.kind == "event" and e.event),
    )
