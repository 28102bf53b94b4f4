"""Alerts as they come out of the book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from portfolio.events import EventKind
from portfolio.register.records import Side
from portfolio.words.phrases import Phrase

AlertState = Literal["proposed", "confirmed", "snoozed", "done", "dismissed", "past", "gone"]
"""``proposed`` until somebody reacts; ``snoozed`` until a day, then again what it was; ``past``: its day has gone by
and nothing is left to do; ``gone``: the facts say no longer that anything falls due. The others are a person's word."""
RaiseReason = Literal["lead", "moved", "overdue", "escalated", "woken"]
"""Why an alert is told: a lead time is reached; its day moved; its day has gone by and it is not done; nobody reacted;
it was snoozed until now."""
AlertAction = Literal[
    "confirmed", "snoozed", "assigned", "done", "dismissed", "undone", "moved", "gone", "past", "back", "woken"
]
OPEN: tuple[str, ...] = ("proposed", "confirmed")


@dataclass(frozen=True)
class Alert:
    """``contract``: id of the base contract, ``stem`` its file stem. ``on``: the day the event falls on. ``to_verify``:
    it rests on a value that nobody decided on, and nobody confirmed the alert either. ``moved``: why its day is another
    than it was, or why it is gone. ``raised_on``: the last day on which it was told, None before the first.
    ``escalated``: nobody reacted in time."""

    id: int
    event: str
    kind: EventKind
    contract: str
    stem: str
    title: str | None
    on: date
    what: Phrase
    steps: tuple[Phrase, ...]
    state: AlertState
    to_verify: bool
    snoozed_until: date | None = None
    assignee: str | None = None
    reason: str | None = None
    moved: Phrase | None = None
    debtor: str | None = None
    side: Side | None = None
    raised_on: date | None = None
    escalated: bool = False


@dataclass(frozen=True)
class Raise:
    """An alert was told on ``on``: ``days`` are those that were left until its event, negative after it. Numbers grow:
    who delivers them keeps the last one delivered."""

    id: int
    alert: Alert
    reason: RaiseReason
    days: int
    on: date


@dataclass(frozen=True)
class AlertEntry:
    """A line of an alert's history. ``before`` and ``after``: what was decided, in JSON's own types. ``undoable``: a
    person's action that was not taken back yet."""

    id: int
    alert: int
    at: datetime
    who: str
    action: AlertAction
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str | None
    undoable: bool


@dataclass(frozen=True)
class AlertFilters:
    """Which alerts: all conditions hold at once. ``states`` empty: the open ones and those snoozed."""

    states: tuple[AlertState, ...] = ()
    kinds: tuple[EventKind, ...] = ()
    contracts: tuple[str, ...] = ()
    """Ids of base contracts."""
    assignee: str | None = None
    side: Side | None = None
    until: date | None = None


@dataclass(frozen=True)
class RunReport:
    """What a daily run did. ``raised``: by this run; ``skipped_days``: days without one that it caught up with."""

    day: date
    contracts: int
    raised: tuple[Raise, ...]
    moved: int
    gone: int
    past: int
    skipped_days: int
