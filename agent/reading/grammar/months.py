"""Months by name, the days told through them, and months told without a day.

`le premier lundi de septembre 2024` and `le dernier jour de février 2024` are days; `avril 2024` is a whole month.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from agent.reading.grammar.found import Found, leftmost_longest
from agent.reading.grammar.numbers import ORDINAL, value_of

MONTHS = {
    "janvier": 1, "janv": 1, "january": 1, "jan": 1, "fevrier": 2, "fevr": 2, "fev": 2, "february": 2, "feb": 2,
    "mars": 3, "march": 3, "mar": 3, "avril": 4, "avr": 4, "april": 4, "apr": 4, "mai": 5, "may": 5, "juin": 6,
    "june": 6, "jun": 6, "juillet": 7, "juil": 7, "july": 7, "jul": 7, "aout": 8, "august": 8, "aug": 8, "septembre": 9,
    "september": 9, "sept": 9, "sep": 9, "octobre": 10, "october": 10, "oct": 10, "novembre": 11, "november": 11,
    "nov": 11, "decembre": 12, "december": 12, "dec": 12,
}  # fmt: skip
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?(?![a-z])"
HAS_MONTH = re.compile("|".join(sorted({name[:3] for name in MONTHS})))
WEEKDAYS = {
    "lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4, "samedi": 5, "dimanche": 6, "monday": 0,
    "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
_OF = r"(?:du mois (?:de\s|d')|of\s|de\s|d')"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_NTH = re.compile(
    rf"\b(?P<nth>{ORDINAL}|\d\s?(?:er?|eme|st|nd|rd|th)|dernier|last)\s(?P<day>jour|day|{'|'.join(WEEKDAYS)})\s"
    rf"{_OF}(?P<month>{MONTH})\s(?:de\s|of\s)?{_YEAR}"
)
_ALONE = re.compile(rf"(?<![\w./-])(?<!\d )(?<!\d\s)(?P<month>{MONTH}),?\s(?:de\s|of\s)?{_YEAR}")
_DAY_BEFORE = re.compile(r"(?:\d\s?(?:er|°|st|nd|rd|th)?|\bpremier|ieme)\s(?:day of |jour (?:de |d'))?(?:d'|de |of )?$")


def month_number(word: str) -> int:
    """The month that `MONTH` matched, 1 to 12."""
    return MONTHS[word.strip(". ")]


def named_days(text: str) -> Iterator[Found[date]]:
    """Days told by their place in a month: `premier lundi de septembre 2024`, `last day of March 2026`."""
    for match in _NTH.finditer(text):
        year, month = int(match["year"]), month_number(match["month"])
        length = monthrange(year, month)[1]
        weekday = WEEKDAYS.get(match["day"])
        days = [d for d in range(1, length + 1) if weekday is None or date(year, month, d).weekday() == weekday]
        last = match["nth"] in ("dernier", "last")
        digits = re.match(r"\d+", match["nth"])
        nth = len(days) if last else int(digits[0]) if digits else value_of(match["nth"]) or 0
        if 0 < nth <= len(days):
            yield Found(date(year, month, days[nth - 1]), match.start(), match.end())


_PART = re.compile(
    rf"\b(?P<edge>premier|1\s?er|dernier|first|last) (?:jour|day) (?:du|of the) "
    rf"(?P<nth>{ORDINAL}|\d\s?(?:er?|eme|nd|st|rd|th)) (?P<part>semestre|trimestre|half|quarter) "
    rf"(?:de (?:l'annee )?|of )?{_YEAR}"
)


_YEAR_END = re.compile(
    rf"\b(?:la )?(?:fin|end) (?:de |of )(?:l'annee|l'exercice|the year|"
    rf"calendar year)(?: civile)? {_YEAR}"
)


def part_days(text: str) -> Iterator[Found[date]]:
    """First and last days of halves, quarters, years: `premier jour du second semestre 2025`, `fin de l'année 2027`."""
    for match in _YEAR_END.finditer(text):
        yield Found(date(int(match["year"]), 12, 31), match.start(), match.end())
    for match in _PART.finditer(text) if "mestre" in text or "quarter" in text or "half" in text else ():
        length = 6 if match["part"] in ("semestre", "half") else 3
        digits = re.match(r"\d", match["nth"])
        nth = int(digits[0]) if digits else value_of(match["nth"]) or 0
        if 0 < nth * length <= 12:
            year, last = int(match["year"]), nth * length
            of_last = match["edge"] in ("dernier", "last")
            day = date(year, last, monthrange(year, last)[1]) if of_last else date(year, last - length + 1, 1)
            yield Found(day, match.start(), match.end())


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year, told without a day."""

    year: int
    month: int

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])


@lru_cache(maxsize=4096)
def alone(text: str) -> tuple[Found[Month], ...]:
    """The months with a year and without a day in folded ``text``: `en avril 2024`, `fin mars 2027`."""
    if not HAS_MONTH.search(text):
        return ()
    return leftmost_longest(
        Found(Month(int(match["year"]), month_number(match["month"])), match.start(), match.end())
        for match in _ALONE.finditer(text)
        if not _DAY_BEFORE.search(text[max(0, match.start() - 24) : match.start()])
    )
