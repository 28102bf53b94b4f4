"""Working days and public holidays of France."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.calendar.workdays import MAINLAND, WorkCalendar, counting


@pytest.mark.parametrize(
    "day",
    ["2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25", "2026-07-14", "2026-08-15",
     "2026-11-01", "2026-11-11", "2026-12-25"],
)  # fmt: skip
def test_the_eleven_holidays_of_the_labour_code(day: str) -> None:
    assert MAINLAND.holiday(date.fromisoformat(day))


def test_some_places_have_more_holidays() -> None:
    good_friday, boxing_day, abolition = date(2026, 4, 3), date(2026, 12, 26), date(2026, 5, 22)
    assert WorkCalendar("57").holiday(good_friday) and WorkCalendar("67").holiday(boxing_day)
    assert WorkCalendar("972").holiday(abolition)
    assert not any(MAINLAND.holiday(day) for day in (good_friday, boxing_day, abolition))


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("dix jours ouvrés au moins", "ouvrés"),
        ("sous huit (8) jours ouvrables", "ouvrables"),
        ("quinze jours francs", "francs"),
        ("twenty Business Days", "ouvrés"),
        ("ten clear days", "francs"),
        ("trente jours", "calendar"),
        ("le jour ouvert au public", "calendar"),
    ],
)
def test_how_a_clause_counts_its_days(words: str, way: str) -> None:
    assert counting([words]) == way


@pytest.mark.parametrize(
    ("given", "count", "way", "ends"),
    [
        ("2026-12-23", 3, "calendar", "2026-12-26"),
        ("2026-12-23", 3, "ouvrés", "2026-12-29"),  # Thursday 24, Monday 28, Tuesday 29
        ("2026-12-23", 3, "ouvrables", "2026-12-28"),  # Thursday 24, Saturday 26, Monday 28
        ("2026-12-23", 3, "francs", "2026-12-28"),  # the 27th is a Sunday: the next working day
        ("2026-04-30", 1, "ouvrés", "2026-05-04"),  # 1 May, then a week-end
    ],
)
def test_days_after_a_day(given: str, count: int, way: str, ends: str) -> None:
    assert MAINLAND.after(date.fromisoformat(given), count, way) == date.fromisoformat(ends)  # type: ignore[arg-type]
