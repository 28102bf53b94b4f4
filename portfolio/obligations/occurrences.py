"""When obligations fall due: the occurrences of their due rules, as events with their arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portfolio.calendar.workdays import MAINLAND, counting
from portfolio.errors import InvalidValue
from portfolio.events import Event, Undated
from portfolio.folding import fold
from portfolio.obligations.cadence import Cadence, Interval
from portfolio.obligations.moments import Day, Milestones, Moment, moment_of
from portfolio.obligations.owed import Owed
from portfolio.obligations.sentence import Anchors, cadence_of, on_elapsed
from portfolio.values import Duration, Every, FromEvent, OnDate
from portfolio.words.phrases import Phrase, phrase

_CIVIL: Mapping[Moment, int] = {"month_end": 1, "quarter_end": 3, "semester_end": 6, "year_end": 12}
"""Ends of civil periods, with their length in months."""
_SHORTEST_DAYS = 7
"""What is owed more often than once a week is watched by whoever does the work, not by a calendar of deadlines."""
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """Days from ``first`` to ``last``, both counted."""

    first: date
    last: date


@dataclass(frozen=True)
class Occurrences:
    events: tuple[Event, ...]
    undated: tuple[Undated, ...]


def occurrences(obligations: Sequence[Owed], milestones: Milestones, window: Window) -> Occurrences:
    """The events of ``obligations`` that fall in ``window``, by day, and what cannot be dated yet, whatever the window.

    A rhythm runs from the contract's start (an amendment's from the day it takes effect) to the day the contract stops;
    a report on a period gone by falls due once more after it.
    """
    events: list[Event] = []
    undated: list[Undated] = []
    for item in obligations:
        try:
            for found in _of(item, milestones, window):
                if isinstance(found, Undated):
                    undated.append(found)
                elif window.first <= found.on <= window.last:
                    events.append(found)
        except InvalidValue as error:
            undated.append(_undated(item, milestones, phrase("obligation.outside_calendar", error=str(error))))
    return Occurrences(tuple(sorted(events, key=lambda e: (e.on, e.key))), tuple(undated))


def _of(item: Owed, milestones: Milestones, window: Window) -> Iterator[Event | Undated]:
    match item.obligation.due:
        case None:
            yield _undated(item, milestones, phrase("obligation.no_due"))
        case OnDate() as due:
            yield _event(item, milestones, "once", due.date, (phrase("obligation.on_date", date=due.date),))
        case FromEvent() as due:
            yield from _from_event(item, due, milestones, window)
        case Every() as due:
            yield from _rhythm(item, due, milestones, window)


def _rhythm(item: Owed, due: Every, milestones: Milestones, window: Window) -> Iterator[Event | Undated]:
    if due.every.in_months is None and due.every.days < _SHORTEST_DAYS:
        yield _undated(item, milestones, phrase("obligation.continuous"))
        return
    start, signature = milestones.one("start"), milestones.one("signature")
    begins = start or signature
    cadence = _cadence(item, due, Anchors(begins.on, signature.on if signature else None)) if begins else None
    if begins is None or cadence is None or not (start or due.month_day or _from_signature(cadence)):
        yield _undated(item, milestones, milestones.unknown.get("start", phrase("obligation.no_start")))
        return
    stop = milestones.one("end")
    run = _Run(
        item.since or _first_day(cadence, begins.on), stop.on if stop else None, due.every, on_elapsed(item.words)
    )
    unsure = item.unsure or begins.unsure or start is None or not cadence.stated
    rests_on = (*begins.rests_on, *(stop.rests_on if stop else ()))
    key = "obligation.rule_of_law" if item.law else "obligation.rule"
    steps = (phrase(key, rule=due), cadence.said())
    for label, day in cadence.days(max(window.first, run.first), min(window.last, run.last)):
        if run.holds(day):
            yield _event(item, milestones, label, day, (*steps, cadence.told(label, day)), unsure, rests_on)


def _cadence(item: Owed, due: Every, anchors: Anchors) -> Cadence:
    if item.law is None:
        return cadence_of(due, item.words, anchors)
    if item.law.anchor == "signature" and anchors.signature is not None:
        return Interval(due.every, anchors.signature, "signature")
    return Interval(due.every, anchors.start)


def _from_signature(cadence: Cadence) -> bool:
    return isinstance(cadence, Interval) and cadence.anchor == "signature"


def _first_day(cadence: Cadence, start: date) -> date:
    """A rhythm counted from the signature begins with it, any other with the contract."""
    return cadence.origin if isinstance(cadence, Interval) and cadence.anchor == "signature" else start


@dataclass(frozen=True)
class _Run:
    """The days on which a rhythm is owed: from ``first`` until the contract stops, where it does. ``elapsed``: each
    time about the civil period that has gone by."""

    first: date
    stop: date | None
    every: Duration
    elapsed: bool

    @property
    def last(self) -> date:
        if self.stop is None:
            return date.max
        return self.every.after(self.stop) if self.elapsed else self.stop

    def holds(self, day: date) -> bool:
        """Whether the period that ``day`` reports on has a day of the contract in it."""
        months = self.every.in_months
        if not self.elapsed or months is None or 12 % months:
            return self.stop is None or day <= self.stop or self.elapsed
        month = 12 * day.year + day.month - 1
        begins = month // months * months
        if day == _last_of(month):
            return self.stop is None or day <= self.stop
        return _last_of(begins - 1) >= self.first and (self.stop is None or _first_of(begins - months) <= self.stop)


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _last_of(month: int) -> date:
    return _first_of(month + 1) - _DAY


def _from_event(item: Owed, due: FromEvent, milestones: Milestones, window: Window) -> Iterator[Event | Undated]:
    told = milestones.given.get(fold(due.event), ())
    moment = moment_of(due.event)
    days: Sequence[Day] = tuple(Day(day, day.isoformat()) for day in told)
    if not days and moment is not None:
        days = _days(item, moment, milestones, window, due.offset)
    if not days and moment not in _CIVIL:
        missing = milestones.unknown.get(moment) if moment else None
        yield _undated(item, milestones, missing or phrase("obligation.event_unknown", event=due.event))
    event = phrase(f"moment.{moment}") if item.law else due.event
    for day in days:
        on = _offset(day.on, due.offset, item.words)
        key = "obligation.before" if due.offset.negative else "obligation.after"
        said = phrase(key, event=event, day=day.on, offset=due.offset, result=on)
        label = day.label or "once"
        yield _event(item, milestones, label, on, (*day.steps, said), item.unsure or day.unsure, day.rests_on)


def _days(item: Owed, moment: Moment, milestones: Milestones, window: Window, offset: Duration) -> Sequence[Day]:
    """The days of ``moment``. What an amendment says of « la signature » is its own; civil periods end anyway."""
    own = milestones.amendments.get(item.source, {})
    if moment in ("signature", "amendment_signature"):
        return [own["signature"]] if "signature" in own else milestones.days.get("signature", ())
    if moment == "amendment_start":
        return [own["start"]] if "start" in own else ()
    if moment in _CIVIL:
        return tuple(_civil_ends(_CIVIL[moment], milestones, window, offset))
    return milestones.days.get(moment, ())


def _civil_ends(months: int, milestones: Milestones, window: Window, offset: Duration) -> Iterator[Day]:
    """The ends of civil periods of the contract's life from which ``offset`` leads into ``window``."""
    start, stop = milestones.one("start"), milestones.one("end")
    if start is None:
        return
    first = max(start.on, _shifted(window.first, offset.reversed()) - _WEEK)
    last = _shifted(window.last, offset.reversed()) + _WEEK
    last = min(last, stop.on) if stop else last
    end = (12 * first.year + first.month - 1) // months * months + months - 1
    while (day := _last_of(end)) <= last:
        if day >= first:
            yield Day(day, day.isoformat()[:7], rests_on=start.rests_on, unsure=start.unsure)
        end += months


def _offset(day: date, offset: Duration, words: str) -> date:
    """``day`` moved by ``offset``, its days counted as the words count them (jours ouvrés, ouvrables, francs)."""
    way = counting([words])
    if way == "calendar" or not offset.days or offset.years or offset.months:
        return _shifted(day, offset)
    return (MAINLAND.before if offset.negative else MAINLAND.after)(day, offset.days, way)


def _shifted(day: date, offset: Duration) -> date:
    """``day`` moved by ``offset``; begun days count whole, since an hour of a day is never known."""
    days = offset.days + -(-offset.hours // 24)
    return Duration(offset.years, offset.months, days, 0, offset.negative).after(day)


def _event(
    item: Owed,
    milestones: Milestones,
    label: str,
    on: date,
    steps: tuple[Phrase, ...],
    unsure: bool | None = None,
    rests_on: tuple[tuple[str, str], ...] = (),
) -> Event:
    return Event(
        key=f"{milestones.contract}:obligation:{item.key}:{label}",
        kind="obligation",
        contract=milestones.contract,
        on=on,
        what=item.what,
        steps=steps,
        rests_on=((item.source, "obligations"), *rests_on),
        unsure=item.unsure if unsure is None else unsure,
        debtor=item.debtor,
        side=item.side,
    )


def _undated(item: Owed, milestones: Milestones, missing: Phrase) -> Undated:
    return Undated(
        key=f"{milestones.contract}:obligation:{item.key}",
        kind="obligation",
        contract=milestones.contract,
        what=item.what,
        missing=missing,
        unsure=item.unsure,
        debtor=item.debtor,
        side=item.side,
    )
