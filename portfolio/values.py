"""Values of the trade: durations on the civil calendar, days of the year, due rules."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Any, Self

from dateutil.relativedelta import relativedelta
from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, core_schema

from portfolio.errors import InvalidValue

_ISO = re.compile(
    r"(?P<sign>-)?P(?=.)(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?P<hours>\d{1,5})H)?"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in calendar units, never converted into one another but months and years.

    ``negative`` is for offsets only (`-P15D`: fifteen days before). Written and read as ISO 8601: `P3Y`,
    `P18M`, `PT24H`.
    """

    years: int = 0
    months: int = 0
    days: int = 0
    hours: int = 0
    negative: bool = False

    def __post_init__(self) -> None:
        if min(self.years, self.months, self.days, self.hours) < 0:
            raise InvalidValue("A duration's units cannot be negative; set `negative` for an offset before an event.")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The duration written in ISO 8601; weeks become days. Raises InvalidValue for any other form."""
        match = _ISO.fullmatch(text.strip())
        if match is None or text.strip().endswith("T"):
            raise InvalidValue(f"« {text[:40]} » is not an ISO 8601 duration; write it like P3Y, P18M, P90D or PT24H.")
        unit = {name: int(match[name] or 0) for name in ("years", "months", "weeks", "days", "hours")}
        return cls(
            unit["years"], unit["months"], unit["days"] + 7 * unit["weeks"], unit["hours"], match["sign"] is not None
        )

    def __str__(self) -> str:
        day = "".join(f"{n}{u}" for n, u in ((self.years, "Y"), (self.months, "M"), (self.days, "D")) if n)
        time = f"T{self.hours}H" if self.hours else ""
        return f"{'-' if self.negative else ''}P{day + time or '0D'}"

    @property
    def in_months(self) -> int | None:
        """Signed whole months, or None when days or hours are part of it."""
        if self.days or self.hours:
            return None
        return (12 * self.years + self.months) * (-1 if self.negative else 1)

    def equals(self, other: Duration) -> bool:
        """Same length: in months where both have only years and months, else unit by unit (LABELS.md, Scoring)."""
        mine, theirs = self.in_months, other.in_months
        if mine is not None and theirs is not None:
            return mine == theirs
        return self._units() == other._units()

    def _units(self) -> tuple[bool, int, int]:
        return self.negative, 12 * self.years + self.months, 24 * self.days + self.hours

    def after(self, day: date) -> date:
        """``day`` plus this duration on the civil calendar; the last day of the month where that day does not exist."""
        step = _step(self)
        try:
            return day - step if self.negative else day + step
        except (ValueError, OverflowError) as error:
            raise InvalidValue(f"{day} and {self} lead outside the calendar; check the duration.") from error

    def before(self, day: date) -> date:
        """``day`` minus this duration on the civil calendar."""
        return self.reversed().after(day)

    def reversed(self) -> Duration:
        return Duration(self.years, self.months, self.days, self.hours, not self.negative)

    def last_day_from(self, start: date) -> date:
        """Last day of a term of this length that begins on ``start``: P3Y from 2024-04-01 ends on 2027-03-31."""
        return self.after(start) - timedelta(days=1)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def validate(value: Any) -> Duration:
            if isinstance(value, Duration):
                return value
            if isinstance(value, str):
                return cls.parse(value)
            raise InvalidValue("A duration is ISO 8601 text, like P3Y.")

        return core_schema.no_info_plain_validator_function(
            validate,
            serialization=core_schema.to_string_ser_schema(),
            json_schema_input_schema=core_schema.str_schema(),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^-?P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T\d+H)?$"}


@lru_cache(maxsize=1024)
def _step(length: Duration) -> relativedelta:
    return relativedelta(years=length.years, months=length.months, days=length.days, hours=length.hours)


MonthDay = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
"""A day of every year, `MM-DD`."""


def day_of_year(month_day: str, year: int) -> date:
    """The day ``MM-DD`` of ``year``; 29 February becomes the 28th in a common year."""
    month, day = map(int, month_day.split("-"))
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OnDate(_Rule):
    """Due once, on a date."""

    date: date


class Every(_Rule):
    """Due on a rhythm; ``month_day`` anchors it in the year where the contract says so."""

    every: Duration
    month_day: MonthDay | None = None


class FromEvent(_Rule):
    """Due at an offset from an event, in the contract's words (`-P15D`: fifteen days before it)."""

    event: str
    offset: Duration


DueRule = OnDate | Every | FromEvent
"""The three ways in which an obligation falls due."""
