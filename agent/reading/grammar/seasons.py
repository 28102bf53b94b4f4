"""Years that have a name: `l'année scolaire 2026-2027`, `l'exercice 2025`, `les années civiles 2025 à 2027`.

A school or university year runs from 1 September to 31 August, a civil year or an exercice told by one number from 1
January to 31 December. Other seasons (`campagne`, `saison`) run as the contract itself says.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from agent.reading.grammar import dates
from agent.reading.grammar.found import Found

Span = tuple[date, date]
"""First and last day."""

_DOUBLE = r"(?P<first>20\d\d)\s?[-/]\s?(?:20)?(?P<second>\d\d)(?!\d)"
_MORE = r"(?:\s?,\s20\d\d(?:\s?[-/]\s?(?:20)?\d\d)?(?!\d)){0,8}"
"""Years of a list between the first and the last: `2024, 2025 et 2026`."""
_LAST = rf"{_MORE}(?:\s?(?:,|et|a|and|to)\s(?:20\d\d\s?[-/]\s?)?(?P<last>20\d\d)(?!\d|\s?[-/]\s?\d))?"
_SCHOOL = re.compile(rf"\b(?:annees? (?:scolaires?|universitaires?)|(?:school|academic) years?) {_DOUBLE}{_LAST}")
_CIVIL = re.compile(
    r"\b(?:annees? civiles?|exercices?(?: budgetaires?)?|calendar years?) (?P<first>20\d\d)(?!\d|\s?[-/]\s?\d)"
    rf"{_MORE}(?:\s?(?:,|et|a|and|to)\s(?P<last>20\d\d)(?!\d))?"
)
_SEASON = (
    r"(?:campagne|saison|exercice|annee (?:culturale|laitiere|viticole|agricole|sportive|gaziere)|season|contract year)"
)
_DEFINED = re.compile(
    rf"\b(?P<name>{_SEASON})s? (?:va|court|courant|allant|debutant|s'etend|commence|debute|s'entend|est comprise|"
    rf"runs?|means)[^.;]{{0,50}}?"
    r"\b(?:du|from|le) $"
)
_TOLD_CIVIL = re.compile(r"\b(?P<first>20\d\d) \((?:annee civile|calendar year)\)")


@lru_cache(maxsize=1024)
def find(text: str) -> tuple[Found[Span], ...]:
    """The named years of folded ``text`` that say by their name alone when they begin and end."""
    return tuple(_find(text)) if "ann" in text or "exercice" in text or "year" in text else ()


def _find(text: str) -> Iterator[Found[Span]]:
    for match in _SCHOOL.finditer(text):
        first, last = int(match["first"]), int(match["last"] or 2000 + int(match["second"]))
        if last > first:
            yield Found((date(first, 9, 1), date(last, 8, 31)), match.start(), match.end())
    for match in _TOLD_CIVIL.finditer(text):
        year = int(match["first"])
        yield Found((date(year, 1, 1), date(year, 12, 31)), match.start(), match.end())
    for match in _CIVIL.finditer(text):
        first, last = int(match["first"]), int(match["last"] or match["first"])
        if last >= first:
            yield Found((date(first, 1, 1), date(last, 12, 31)), match.start(), match.end())


def defined(text: str) -> tuple[str, str, str] | None:
    """What `une campagne va du 1er août au 31 juillet` says: the season's name, first and last day (`MM-DD`)."""
    days = dates.month_days(text)
    for first, last in itertools.pairwise(days):
        told = _DEFINED.search(text[: first.start])
        if told and last.start - first.end < 20:
            return told["name"], first.value, last.value
    return None


def used(text: str, name: str, first_day: str, last_day: str) -> Iterator[Found[Span]]:
    """The spans of a defined season: `deux campagnes, 2025-2026 et 2026-2027`."""
    for match in re.finditer(rf"\b{name}s?\b[^.;]{{0,12}}?{_DOUBLE}{_LAST}", text):
        first = _day(int(match["first"]), first_day)
        last = _day(int(match["last"] or 2000 + int(match["second"])), last_day)
        if first and last and first < last:
            yield Found((first, last), match.start(), match.end())


def _day(year: int, month_day: str) -> date | None:
    month, day = map(int, month_day.split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 1) + timedelta(days=27)
