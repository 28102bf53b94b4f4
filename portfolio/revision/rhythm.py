"""On which days prices are revised: a first day and a step on the civil calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from portfolio.errors import InvalidValue
from portfolio.values import Duration, day_of_year

_YEAR = 12


@dataclass(frozen=True)
class Rhythm:
    """``first`` and every ``every`` after it, each counted from ``first``: a 31st is a 31st again where there is one.

    Raises InvalidValue for a rhythm that does not go forward by whole days, months or years.
    """

    first: date
    every: Duration

    def __post_init__(self) -> None:
        if not steps(self.every):
            raise InvalidValue(f"{self.every} is no rhythm; write it like P3M or P1Y.")

    def day(self, n: int) -> date:
        """The revision number ``n``, from 0."""
        return Duration(self.every.years * n, self.every.months * n, self.every.days * n).after(self.first)

    def days(self, since: date, until: date) -> Iterator[tuple[int, date]]:
        """Numbers and days of the revisions from ``since`` to ``until``, both counted in."""
        n = self._near(since)
        while (day := self.day(n)) <= until:
            if day >= since:
                yield n, day
            n += 1

    def _near(self, since: date) -> int:
        """The number of a revision at or before the first one from ``since`` on."""
        longest = 31 * (_YEAR * self.every.years + self.every.months) + self.every.days
        return max(0, (since - self.first).days // longest)


def steps(every: Duration) -> bool:
    """Whether a rhythm can be counted: it goes forward by whole days, months or years."""
    return not (every.negative or every.hours) and bool(every.years or every.months or every.days)


def first_after(start: date, months: int, month_day: str) -> date:
    """The first revision of a rhythm of ``months`` through the day ``month_day`` of the year, in a term that begins on
    ``start``.

    It is the last such day within the first ``months`` of the term, never its first day: yearly on 1 January from
    2024-03-04 gives 2025-01-01, every three years on 1 January from 2024-04-15 gives 2027-01-01, every quarter through
    1 January from 2023-12-01 gives 2024-01-01.
    """
    latest = Duration(months=months).after(start)
    anchor = day_of_year(month_day, latest.year + 1)
    day, n = anchor, 0
    while day > latest:
        n += 1
        day = anchor - relativedelta(months=n * min(months, _YEAR))
    return day


def on_calendar(every: Duration) -> bool:
    """Whether a rhythm follows the calendar (months, quarters, half-years) where a contract tells no day for it."""
    months = every.in_months
    return months is not None and 0 < months < _YEAR and _YEAR % months == 0
