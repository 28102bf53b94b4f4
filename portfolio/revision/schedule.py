"""The days on which a contract's prices are revised, as dated events with their arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from portfolio.amendments import TermsInForce
from portfolio.errors import InvalidValue
from portfolio.events import Event, Undated
from portfolio.revision.rhythm import Rhythm, first_after, on_calendar, steps
from portfolio.revision.rules import UNSET, RevisionSetting
from portfolio.values import Duration, Every
from portfolio.words.phrases import Phrase, phrase

_T = TypeVar("_T")
_YEARLY = Duration(years=1)
_HORIZON = Duration(years=30)
"""How far ahead a next revision is looked for."""


@dataclass(frozen=True)
class Schedule:
    """A contract's rhythm of revision, the facts and rules that gave it, and what it rests on."""

    contract: str
    what: Phrase
    rhythm: Rhythm
    steps: tuple[Phrase, ...]
    rests_on: tuple[tuple[str, str], ...]
    unsure: bool

    def events(self, since: date, until: date) -> tuple[Event, ...]:
        """The revisions from ``since`` to ``until``, both counted in."""
        return tuple(self._event(n, day) for n, day in self.rhythm.days(since, until))

    def _event(self, n: int, day: date) -> Event:
        counted = phrase(
            "revision_schedule.counted", first=self.rhythm.first, count=n, every=self.rhythm.every, day=day
        )
        return Event(
            key=f"{self.contract}:revision:{self._name(n, day)}",
            kind="revision",
            contract=self.contract,
            on=day,
            what=self.what,
            steps=(*self.steps, counted) if n else self.steps,
            rests_on=self.rests_on,
            unsure=self.unsure,
        )

    def _name(self, n: int, day: date) -> str:
        """The year, and where several fall into it the place among them: what stays when the day moves."""
        months = self.rhythm.every.in_months
        if months is not None and months >= 12:
            return str(day.year)
        place = 1
        while n - place >= 0 and self.rhythm.day(n - place).year == day.year:
            place += 1
        return f"{day.year}-{place}"


def schedule(
    terms: TermsInForce, *, start: date | None = None, setting: RevisionSetting = UNSET
) -> Schedule | Undated | None:
    """The schedule of the terms in force; None where prices are fixed, or where nothing says that they are revised.

    ``start`` is the day on which the contract began where a person or an event told it, ``setting`` what a person set
    for this contract. `Undated` says what is missing.
    """
    revision = [term for term in terms.terms if term.fact.field.startswith("price_revision.")]
    kind = terms.value("price_revision.kind")
    if kind == "fixed" or not (revision or setting.frequency or setting.first):
        return None
    used = _Used(terms)
    every = setting.frequency or used.value("price_revision.frequency", Duration)
    month_day = setting.month_day or used.value("price_revision.month_day", str)
    if every is None and month_day is None and kind == "free" and setting.first is None:
        return None
    what = _what(terms, kind)
    if every is None and month_day is not None:
        every = _YEARLY
        used.said.append(phrase("revision_schedule.yearly"))
    if every is None or not steps(every):
        return _undated(terms, what, used, "revision_schedule.missing_rhythm")
    try:
        rhythm = _rhythm(used, every, month_day, start, setting)
    except InvalidValue:
        rhythm = None
    if rhythm is None:
        return _undated(terms, what, used, "revision_schedule.missing_start")
    return Schedule(terms.base, what, rhythm, tuple(used.said), tuple(used.rests_on), used.unsure)


def revision_events(
    terms: TermsInForce,
    since: date,
    until: date,
    *,
    last_day: date | None = None,
    start: date | None = None,
    setting: RevisionSetting = UNSET,
) -> tuple[Event | Undated, ...]:
    """The revisions from ``since`` to ``until``, both counted in, none after ``last_day`` (the last day on which the
    contract is known to run; None where it has no end). One `Undated` where the days cannot be known."""
    found = schedule(terms, start=start, setting=setting)
    if found is None:
        return ()
    if isinstance(found, Undated):
        return (found,) if last_day is None or last_day >= since else ()
    return found.events(since, min(until, last_day) if last_day else until)


def next_revision(
    terms: TermsInForce,
    as_of: date,
    *,
    last_day: date | None = None,
    start: date | None = None,
    setting: RevisionSetting = UNSET,
) -> Event | Undated | None:
    """The first revision from ``as_of`` on that falls no later than ``last_day``."""
    found = revision_events(terms, as_of, _HORIZON.after(as_of), last_day=last_day, start=start, setting=setting)
    return next(iter(found), None)


class _Used:
    """The facts that a schedule is made of, as they are used, and what was said about them."""

    def __init__(self, terms: TermsInForce) -> None:
        self._terms = terms
        self.said: list[Phrase] = []
        self.rests_on: list[tuple[str, str]] = []
        self.unsure = False

    def value(self, name: str, type_: type[_T]) -> _T | None:
        """The value in force of a field, noted as used; None where there is none."""
        term = self._terms.term(name)
        value: object = term.fact.value if term else None
        if term is None or not isinstance(value, type_):
            return None
        fact = term.fact
        self.rests_on.append((term.contract, fact.field))
        self.unsure = self.unsure or not (fact.certain or fact.review in ("confirmed", "corrected"))
        return value


def _rhythm(
    used: _Used, every: Duration, month_day: str | None, start: date | None, setting: RevisionSetting
) -> Rhythm | None:
    """The days of revision; None where the contract's start is not known. Raises InvalidValue outside the calendar."""
    if setting.first is not None:
        used.said.append(phrase("revision_schedule.first_set", day=setting.first, every=every))
        return Rhythm(setting.first, every)
    begun = start or used.value("start_date", date)
    if begun is None:
        begun = used.value("signature_date", date) if month_day else None
        if begun is None:
            return None
        used.said.append(phrase("revision_schedule.from_signature", day=begun))
    else:
        used.said.append(phrase("revision_schedule.start", day=begun))
    if month_day is not None and every.in_months is not None:
        first = first_after(begun, every.in_months, month_day)
        used.said.append(phrase("revision_schedule.on_day", rule=Every(every=every, month_day=month_day), first=first))
    elif on_calendar(every):
        first = first_after(begun, every.in_months or 1, "01-01")
        used.said.append(phrase("revision_schedule.calendar", rule=Every(every=every), first=first))
    else:
        first = every.after(begun)
        used.said.append(phrase("revision_schedule.anniversary", rule=Every(every=every), first=first))
    return Rhythm(first, every)


def _what(terms: TermsInForce, kind: str | None) -> Phrase:
    if kind == "free":
        return phrase("revision_schedule.free")
    indices = ", ".join(terms.values("price_revision.indices"))
    return phrase("revision_schedule.indexed", indices=indices) if indices else phrase("revision_schedule.any")


def _undated(terms: TermsInForce, what: Phrase, used: _Used, missing: str) -> Undated:
    return Undated(
        key=f"{terms.base}:revision", kind="revision", contract=terms.base, what=what, missing=phrase(missing),
        unsure=used.unsure,
    )  # fmt: skip
