"""The months, quarters and years for which an index is published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from portfolio.errors import InvalidValue
from portfolio.revision.moments import month_number, plain

_LETTER = {2: "S", 4: "T"}


@dataclass(frozen=True, order=True)
class Period:
    """One of the ``per_year`` equal parts of a year (12: months, 4: quarters, 2: half-years, 1: years).

    ``number`` counts them through: year x ``per_year`` + place in the year from 0.
    """

    per_year: int
    number: int

    @classmethod
    def of(cls, year: int, part: int, per_year: int) -> Period:
        """Part number ``part``, from 1, of ``year``. Raises InvalidValue where the year has no such part."""
        if not 1 <= part <= per_year or not 1900 <= year <= 2200:
            raise InvalidValue(f"{year} has no part {part} of {per_year}.")
        return cls(per_year, year * per_year + part - 1)

    @classmethod
    def containing(cls, day: date, per_year: int) -> Period:
        return cls(per_year, day.year * per_year + (day.month - 1) * per_year // 12)

    @property
    def year(self) -> int:
        return self.number // self.per_year

    @property
    def part(self) -> int:
        """Its place in the year, from 1."""
        return self.number % self.per_year + 1

    @property
    def first_day(self) -> date:
        return date(self.year, (self.part - 1) * 12 // self.per_year + 1, 1)

    @property
    def last_day(self) -> date:
        return self.shifted(1).first_day - timedelta(days=1)

    def shifted(self, parts: int) -> Period:
        return Period(self.per_year, self.number + parts)

    def years_on(self, years: int) -> Period:
        return self.shifted(years * self.per_year)

    def __str__(self) -> str:
        """`2025-03`, `2025-T1`, `2025-S1`, `2025`: as French statistics write them."""
        if self.per_year == 12:
            return f"{self.year}-{self.part:02d}"
        return f"{self.year}-{_LETTER[self.per_year]}{self.part}" if self.per_year in _LETTER else str(self.year)


_FORMS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"(?P<year>\d{4})[ -]?[tq](?P<part>\d)|[tq](?P<part2>\d)[ -]?(?P<year2>\d{4})"), 4),
    (
        re.compile(
            r"(?P<part>\d)(?:er|e|eme|st|nd|rd|th)? ?(?:trimestre|trim\.?|quarter|t|q)(?: of)? ?(?P<year>\d{4})"
        ),
        4,
    ),
    (re.compile(r"(?P<year>\d{4})[ -]?s(?P<part>\d)|s(?P<part2>\d)[ -]?(?P<year2>\d{4})"), 2),
    (re.compile(r"(?P<year>\d{4})[-/]m?(?P<part>\d{1,2})(?:-\d\d)?|(?:\d\d/)?(?P<part2>\d{1,2})/(?P<year2>\d{4})"), 12),
    (re.compile(r"(?P<name>[a-z]+)\.?[ -]*(?P<year>\d{4})"), 12),
    (re.compile(r"(?P<year>\d{4})"), 1),
)


def parse_period(text: str) -> Period:
    """The period in any usual French or English form: `2025-T1`, `1er trimestre 2025`, `2025-03`, `03/2025`,
    `mars 2025`, `01/03/2025` (its month). Raises InvalidValue."""
    given = plain(text.strip())
    for form, per_year in _FORMS:
        match = form.fullmatch(given)
        if match is None:
            continue
        groups = match.groupdict()
        year = int(groups.get("year") or groups.get("year2") or 0)
        name = groups.get("name")
        part = month_number(name) if name else int(groups.get("part") or groups.get("part2") or 1)
        if part is not None:
            return Period.of(year, part, per_year)
    raise InvalidValue(f"« {text[:40]} » is no month or quarter; write it like 2025-03 or 2025-T1.")
