"""Values of each kind in a sentence that speaks of a column, by the grammars of reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from agent.columns.spoken import Spoken
from agent.reading.grammar import dates, durations, money
from agent.reading.grammar.found import Found
from agent.reading.grammar.numbers import DIGITS, INTEGER, digits, value_of
from portfolio.columns.records import Column, Kind
from portfolio.schema import Amount
from portfolio.values import Duration

_PERCENT = re.compile(
    rf"(?<![\w.,])(?:(?P<digits>{DIGITS})|(?P<words>{INTEGER}))\s?(?P<unit>%|pour ?cents?\b|per ?cent\b)"
)
_PER_MILLE = re.compile(rf"(?<![\w.,])(?P<digits>{DIGITS})\s?‰|1 ?/ ?(?P<part>\d{{2,5}})\s?(?:e|eme|th)\b")


def percents(folded: str) -> tuple[Found[float], ...]:
    """`5 %`, `dix pour cent`, `0,5 per cent`, `2 ‰`, `1/1000e`, in folded text."""
    found: list[Found[float]] = []
    for match in _PERCENT.finditer(folded):
        number = digits(match["digits"]) if match["digits"] else value_of(match["words"])
        if number is not None:
            found.append(Found(float(number), match.start(), match.end()))
    for match in _PER_MILLE.finditer(folded):
        share = digits(match["digits"]) if match["digits"] else Decimal(1000) / Decimal(match["part"])
        if share is not None:
            found.append(Found(float(share / 10), match.start(), match.end()))
    return tuple(sorted(found, key=lambda item: item.start))


def amounts(folded: str) -> tuple[Found[money.Money], ...]:
    return money.find(folded)


def days(folded: str) -> tuple[Found[date], ...]:
    return dates.find(folded)


def lengths(folded: str) -> tuple[Found[Duration], ...]:
    return durations.find(folded)


GRAMMARS: Mapping[Kind, Callable[[str], Sequence[Found[Any]]]] = {
    "amount": amounts,
    "percent": percents,
    "date": days,
    "duration": lengths,
}
"""The kinds that a grammar reads."""


def nearest(said: Spoken, values: Sequence[Found[Any]]) -> Found[Any]:
    """The value that belongs to the words hit: the first after the last of them, else the nearest before."""
    last = max((end for _, end in said.hits), default=0)
    after = [value for value in values if value.start >= last]
    return after[0] if after else min(values, key=lambda value: abs(value.start - last))


def as_value(column: Column, found: Any) -> Any:
    """What a grammar found, as the column holds it."""
    if isinstance(found, money.Money):
        return Amount(
            label=column.words, value=float(found.value), currency=found.currency, tax=found.tax, period=found.period,
            bound=found.bound,
        )  # fmt: skip
    return found
