"""Working days and public holidays of France, and the three ways in which clauses count days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

import holidays

from portfolio.folding import fold

Counting = Literal["calendar", "ouvrés", "ouvrables", "francs"]
Territory = Literal["57", "67", "68", "971", "972", "973", "974", "976", "BL", "MF", "NC", "PF", "PM", "TF", "WF"]
"""Where more days are holidays than in the rest of France: the départements of Alsace and Moselle, and overseas."""

_DAY = timedelta(days=1)
_WORDS: tuple[tuple[Counting, re.Pattern[str]], ...] = (
    ("ouvrés", re.compile(r"\bjours? ouvres?\b|\b(?:business|working) days?\b")),
    ("ouvrables", re.compile(r"\bjours? ouvrables?\b")),
    ("francs", re.compile(r"\bjours? francs?\b|\bclear days?\b")),
)
_SUBDIVISION = {"67": "6AE", "68": "6AE"}
"""Where the library names a place otherwise."""


@dataclass(frozen=True)
class WorkCalendar:
    """Public holidays of mainland France, or of ``territory``."""

    territory: Territory | None = None

    def holiday(self, day: date) -> bool:
        """Whether a day is a public holiday (C. trav. art. L3133-1; L3134-13 in Alsace-Moselle)."""
        return day in _holidays(self.territory, day.year)

    def works(self, day: date, counting: Counting) -> bool:
        """Whether a day counts: `ouvrés` from Monday to Friday, `ouvrables` from Monday to Saturday, neither on public
        holidays; otherwise every day."""
        last = {"ouvrés": 4, "ouvrables": 5}.get(counting)
        return last is None or (day.weekday() <= last and not self.holiday(day))

    def before(self, day: date, count: int, counting: Counting) -> date:
        """The last day on which ``count`` days still lie before ``day``.

        Clear days (`francs`) leave out both ends: ten clear days before a 31st leave the 20th, ten plain ones the 21st.
        """
        if counting == "calendar":
            return day - count * _DAY
        if counting == "francs":
            return day - (count + 1) * _DAY
        return self._steps(day, count, counting, -_DAY)

    def after(self, day: date, count: int, counting: Counting) -> date:
        """The ``count``-th day after ``day``; clear days end a day later, and where that is no working day, on the next
        one."""
        if counting == "calendar":
            return day + count * _DAY
        if counting == "francs":
            return self.next(day + (count + 1) * _DAY, "ouvrables")
        return self._steps(day, count, counting, _DAY)

    def next(self, day: date, counting: Counting) -> date:
        """``day`` where it counts, else the first one after it that does."""
        while not self.works(day, counting):
            day += _DAY
        return day

    def _steps(self, day: date, count: int, counting: Counting, step: timedelta) -> date:
        left = count
        while left:
            day += step
            left -= self.works(day, counting)
        return day


MAINLAND = WorkCalendar()


def counting(texts: Iterable[str]) -> Counting:
    """How the words of a clause count days: « dix jours ouvrés » by working days, plain « jours » by all."""
    folded = [fold(text) for text in texts]
    return next((way for way, words in _WORDS if any(words.search(text) for text in folded)), "calendar")


@cache
def _holidays(territory: Territory | None, year: int) -> frozenset[date]:
    subdivision = _SUBDIVISION.get(territory, territory) if territory else None
    return frozenset(holidays.country_holidays("FR", subdiv=subdivision, years=year))
