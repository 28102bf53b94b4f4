"""On which days a rhythm falls: « le 8 de chaque mois », « chaque vendredi », « tous les six mois », « par trimestre ».

The due rule of an obligation holds the rhythm and, of a yearly one, its day; the other days stand in the contract's
sentence only, where `sentence.cadence_of` finds them. Where the sentence gives none, convention does: a civil period
(« chaque trimestre ») ends on its last day, an interval (« tous les six mois ») is counted from the contract's start.
"""

from __future__ import annotations

import calendar
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from portfolio.calendar.workdays import MAINLAND
from portfolio.values import Duration
from portfolio.words.phrases import Phrase, phrase

_MONDAY_OF_WEEK_ONE = date(2001, 1, 1)
LAST = -1
"""The last day of a month, the last working day or weekday of a period."""


Anchor = Literal["start", "signature"]
"""What an interval is counted from."""


class Cadence(ABC):
    """A rule that gives days; ``stated`` where the contract's words determine them."""

    stated: bool

    @abstractmethod
    def days(self, first: date, last: date) -> Iterator[tuple[str, date]]:
        """The days from ``first`` to ``last``, each with a label that names it while the rule's day changes."""

    @abstractmethod
    def said(self) -> Phrase:
        """The rule in words."""

    def told(self, label: str, day: date) -> Phrase:
        """How the rule gave ``day``."""
        return phrase("cadence.falls", date=day)


@dataclass(frozen=True)
class InMonth(Cadence):
    """A day of every month, or of the first month of every civil quarter or semester (``months`` apart); `LAST`: of the
    last month of that period, its last day."""

    months: int
    day: int
    stated: bool = True

    def days(self, first: date, last: date) -> Iterator[tuple[str, date]]:
        shift = self.months - 1 if self.day == LAST else 0
        for year, month in _periods(first, last, self.months):
            day = _in_month(year, month + shift, self.day)
            if first <= day <= last:
                yield _label(day, self.months), day

    def said(self) -> Phrase:
        if self.day == LAST:
            return phrase("cadence.period_end" if self.stated else "cadence.period_end_by_convention")
        return phrase("cadence.day_of_month" if self.months == 1 else "cadence.day_of_period", day=self.day)


@dataclass(frozen=True)
class WorkingDay(Cadence):
    """The ``number``-th working day of every civil period of ``months``; `LAST`: its last one."""

    months: int
    number: int
    stated: bool = True

    def days(self, first: date, last: date) -> Iterator[tuple[str, date]]:
        for year, month in _periods(first, last, self.months):
            start, end = date(year, month, 1), _in_month(year, month + self.months - 1, LAST)
            day, step, left = (end, -1, 1) if self.number == LAST else (start, 1, self.number)
            while True:
                left -= MAINLAND.works(day, "ouvrés")
                if left == 0:
                    break
                day += timedelta(days=step)
            if first <= day <= last:
                yield _label(start, self.months), day

    def said(self) -> Phrase:
        key = "cadence.last_working_day" if self.number == LAST else "cadence.working_day"
        return phrase(key, number=self.number)


@dataclass(frozen=True)
class NthWeekday(Cadence):
    """The ``number``-th ``weekday`` (Monday is 0) of every civil period of ``months``; `LAST`: the last one."""

    months: int
    number: int
    weekday: int
    stated: bool = True

    def days(self, first: date, last: date) -> Iterator[tuple[str, date]]:
        for year, month in _periods(first, last, self.months):
            start, end = date(year, month, 1), _in_month(year, month + self.months - 1, LAST)
            if self.number == LAST:
                day = end - timedelta(days=(end.weekday() - self.weekday) % 7)
            else:
                day = start + timedelta(days=(self.weekday - start.weekday()) % 7 + 7 * (self.number - 1))
            if first <= day <= last:
                yield _label(start, self.months), day

    def said(self) -> Phrase:
        day = phrase(f"weekday.{self.weekday}")
        if self.number == LAST:
            return phrase("cadence.last_weekday", day=day)
        return phrase("cadence.nth_weekday", number=self.number, day=day)


@dataclass(frozen=True)
class EachWeek(Cadence):
    """A weekday every ``weeks`` weeks, counted from ``origin`` where it is not every week."""

    weekday: int
    weeks: int = 1
    origin: date = _MONDAY_OF_WEEK_ONE
    stated: bool = True

    def days(self, first: date, last: date) -> Iterator[tuple[str, date]]:
        origin = self.origin + timedelta(days=(self.weekday - self.origin.weekday()) % 7)
        step = 7 * self.weeks
        day = first + timedelta(days=(origin - first).days % step)
        while day <= last:
            year, week, _ = day.isocalendar()
            yield f"{year}-W{week:02}", day
            day += timedelta(days=step)

    def said(self) -> Phrase:
        return phrase("cadence.weekday", day=phrase(f"weekday.{self.weekday}"))


@dataclass(frozen=True)
class InYear(Cadence):
    """Days of the year, each a month and a day (`LAST`: its last), every ``years`` years counted from ``origin``."""

    dates: tuple[tuple[int, int], ...]
    years: int = 1
    origin: int = 0
    stated: bool = True

    def days(self, first: date, last: date) -> Iterator[tuple[str, date]]:
        for year in range(first.year, last.year + 1):
            if (year - self.origin) % self.years:
                continue
            for month, number in sorted(self.dates):
                day = _in_month(year, month, number)
                if first <= day <= last:
                    yield (f"{year}" if len(self.dates) == 1 else f"{year}-{month:02}"), day

    def said(self) -> Phrase:
        return phrase("cadence.days_of_year")


@dataclass(frozen=True)
class Interval(Cadence):
    """``every`` after ``origin``, again and again, always counted from it: no 31st is lost on the way.

    ``anchor`` is what the origin is. A signature is the first day itself (« à la conclusion, puis tous les six mois »);
    after a start one interval passes.
    """

    every: Duration
    origin: date
    anchor: Anchor = "start"
    stated: bool = True

    def days(self, first: date, last: date) -> Iterator[tuple[str, date]]:
        months = 12 * self.every.years + self.every.months
        length = months * 30.436875 + self.every.days
        count = max(int(self.anchor == "start"), int((first - self.origin).days / length) - 1)
        while (day := _times(self.every, count).after(self.origin)) <= last:
            if day >= first:
                yield f"n{count}", day
            count += 1

    def said(self) -> Phrase:
        return phrase(f"cadence.from_{self.anchor}", every=self.every, origin=self.origin)

    def told(self, label: str, day: date) -> Phrase:
        return phrase("cadence.counted", origin=self.origin, count=label[1:], every=self.every, date=day)


def _times(every: Duration, count: int) -> Duration:
    return Duration(0, (12 * every.years + every.months) * count, every.days * count)


def _periods(first: date, last: date, months: int) -> Iterator[tuple[int, int]]:
    """Year and first month of the civil periods of ``months`` months that touch the days from ``first`` to ``last``."""
    number = (12 * first.year + first.month - 1) // months * months
    while number <= 12 * last.year + last.month - 1:
        yield number // 12, number % 12 + 1
        number += months


def _in_month(year: int, month: int, day: int) -> date:
    """``day`` of a month, its last one where there is no such day; ``month`` may run over the year's end."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    length = calendar.monthrange(year, month)[1]
    return date(year, month, length if day == LAST else min(day, length))


def _label(day: date, months: int) -> str:
    match months:
        case 1:
            return f"{day.year}-{day.month:02}"
        case 12:
            return f"{day.year}"
        case _:
            letter = {2: "B", 3: "Q", 4: "T", 6: "S"}[months]
            return f"{day.year}-{letter}{(day.month - 1) // months + 1}"
