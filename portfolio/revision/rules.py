"""How a contract's price is revised beyond its formula: reading, rounding, limits; as agreed, or as a person set it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from portfolio.errors import InvalidValue
from portfolio.revision.periods import Period, parse_period
from portfolio.revision.symbols import Basis
from portfolio.schema import Text
from portfolio.values import Duration, MonthDay

Way = Literal["nearest", "up", "down"]
_Percent = Annotated[Decimal, Field(ge=0, le=1000)]
_Positive = Annotated[Decimal, Field(gt=0, le=10**12)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Rounding(_Part):
    """To so many decimal places; ``up``: to the next higher one, as `au millième supérieur` says."""

    places: Annotated[int, Field(ge=0, le=12)]
    way: Way = "nearest"

    def of(self, number: Fraction) -> Decimal:
        """``number`` rounded, exactly: what lies on a step stays there. A half goes up."""
        scaled = number * 10**self.places
        match self.way:
            case "up":
                whole = -((-scaled.numerator) // scaled.denominator)
            case "down":
                whole = scaled.numerator // scaled.denominator
            case "nearest":
                half = scaled + Fraction(1, 2)
                whole = half.numerator // half.denominator
        return Decimal(whole).scaleb(-self.places)


CENT = Rounding(places=2)


class ReadingRule(_Part):
    """Which value of an index counts on a day of revision: that of its month, of a month ``months`` before, or the last
    one published by then."""

    kind: Literal["revision_month", "months_before", "last_published"]
    months: Annotated[int, Field(ge=0, le=36)] = 0


LAST_PUBLISHED = ReadingRule(kind="last_published")

_READINGS = (
    (re.compile(r"(?:m|mois)\s*[-−–]\s*(\d{1,2})"), "months_before"),
    (re.compile(r"m|mois|month|revision|mois de (?:la )?revision"), "revision_month"),
    (re.compile(r"last|dernier|dernier publie|last published"), "last_published"),
)


def reading_rule(text: str) -> ReadingRule:
    """A reading rule as people write it: `M-3`, `mois`, `dernier`. Raises InvalidValue."""
    plain = text.strip().lower().replace("é", "e")
    for pattern, kind in _READINGS:
        match = pattern.fullmatch(plain)
        if match:
            months = int(match[1]) if pattern.groups else 0
            return ReadingRule.model_validate({"kind": kind, "months": months})
    raise InvalidValue(f"« {text[:40]} » is no reading rule; write M-3, mois (month of the revision) or dernier.")


def _period(value: Any) -> Any:
    return parse_period(value) if isinstance(value, str) else value


_Period = Annotated[Period, BeforeValidator(_period), PlainSerializer(str)]


class RevisionSetting(_Part):
    """What a person said of a contract's revision; None or empty where the contract's own terms, or the usual rule,
    count.

    ``first``: the first day of revision, those after it follow by ``frequency``. ``price``: the price before revision;
    ``price_since``: the day from which it holds, when revisions before it are in it already. ``base_period``: the
    month or quarter of the base indices; ``base_values``: their values as the contract states them, by the formula's
    symbols. ``series``: which series each symbol is. ``cap_of``: whether the cap limits each revision against the price
    before it, or all of them against the first price. ``floor_percent``: how far one revision may lower the price (0:
    not at all). ``safeguard_percent``: the rise above which a party may end the contract.
    """

    first: date | None = None
    frequency: Duration | None = None
    month_day: MonthDay | None = None
    formula: Text | None = None
    basis: Basis | None = None
    price: _Positive | None = None
    price_since: date | None = None
    base_period: _Period | None = None
    base_values: dict[str, _Positive] = Field(default_factory=dict)
    series: dict[str, str] = Field(default_factory=dict)
    reading: ReadingRule | None = None
    rounding: Rounding | None = None
    price_rounding: Rounding | None = None
    cap_percent: _Percent | None = None
    cap_of: Literal["revision", "base"] | None = None
    floor_percent: _Percent | None = None
    safeguard_percent: _Percent | None = None


UNSET = RevisionSetting()
