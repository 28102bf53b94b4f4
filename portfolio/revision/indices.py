"""Index series: their names, their values by month or quarter, and how a rebased series continues an old one."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise

from portfolio.folding import compact, fold
from portfolio.revision.periods import Period
from portfolio.values import Duration

PUBLISHED_AFTER = Duration(months=3)
"""How long after its period an index counts as published where its day of publication is not known: the quarterly
indices of rents appear within three months, the monthly ones of labour and building earlier or as late."""

_SAY_NOTHING = frozenset((
    "indice", "index", "l", "d", "le", "la", "les", "de", "du", "des", "par", "publie", "publiee", "insee",
    "publication", "trimestriel", "mensuel", "national", "officiel", "serie", "identifiant", "base", "valeur",
    "the", "of", "by", "published", "quarterly", "monthly",
))  # fmt: skip
"""Words around an index's name in a contract that do not tell it from another."""


@dataclass(frozen=True)
class Series:
    """An index. ``code`` is its short name; ``idbank`` its number at INSEE's open service; ``base`` what is 100."""

    code: str
    name: str
    per_year: int
    aliases: tuple[str, ...] = ()
    idbank: str | None = None
    base: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (self.code, self.name, *self.aliases, *([self.idbank] if self.idbank else []))


@dataclass(frozen=True)
class IndexValue:
    """``published``: the day it appeared, where that is known; ``provisional``: its publisher may still change it."""

    period: Period
    value: Decimal
    published: date | None = None
    provisional: bool = False

    @property
    def known_from(self) -> date:
        """The day from which it counts as published."""
        return self.published or PUBLISHED_AFTER.after(self.period.last_day)


@dataclass(frozen=True)
class Link:
    """The series ``new`` continues ``old``: a value of ``new`` times ``coefficient`` is a value of ``old``."""

    old: str
    new: str
    coefficient: Decimal


@dataclass(frozen=True)
class Chained:
    """A value in the terms of one series: read from ``source``, times ``coefficient`` where that continues it."""

    value: Decimal
    source: str
    read: IndexValue
    coefficient: Decimal | None = None


class Book:
    """Series with their values, in memory."""

    def __init__(
        self, series: Iterable[Series], values: Mapping[str, Iterable[IndexValue]], links: Iterable[Link] = ()
    ) -> None:
        self.series = {one.code: one for one in series}
        self._values = {code: {value.period: value for value in given} for code, given in values.items()}
        self._continued = {link.old: link for link in links}

    def find(self, name: str) -> Series | None:
        """The series that a contract calls ``name``: by code, name or alias, else by one of them among its words;
        None where none is meant, or several could be."""
        return _find(name, self.series.values())

    def at(self, code: str, period: Period) -> Chained | None:
        """The value for a period, in the terms of the series ``code``, through the series that continue it."""
        coefficient: Decimal | None = None
        seen: set[str] = set()
        while code not in seen:
            seen.add(code)
            value = self._values.get(code, {}).get(period)
            if value is not None:
                factor = coefficient if coefficient is not None else Decimal(1)
                return Chained(value.value * factor, code, value, coefficient)
            link = self._continued.get(code)
            if link is None:
                return None
            coefficient = link.coefficient * (coefficient if coefficient is not None else 1)
            code = link.new
        return None

    def last_known(self, code: str, day: date) -> Chained | None:
        """The latest value that was published on ``day`` or before, in the terms of the series ``code``."""
        periods = {
            value.period for one in self.chain(code) for value in self._values.get(one, {}).values()
            if value.known_from <= day
        }  # fmt: skip
        return self.at(code, max(periods)) if periods else None

    def chain(self, code: str) -> tuple[str, ...]:
        """The series and those that continue it."""
        found = [code]
        while (link := self._continued.get(found[-1])) is not None and link.new not in found:
            found.append(link.new)
        return tuple(found)

    def covers(self, code: str) -> tuple[Period, Period] | None:
        """First and last period of a series' own values."""
        periods = self._values.get(code)
        return (min(periods), max(periods)) if periods else None

    def count(self, code: str) -> int:
        return len(self._values.get(code, {}))

    def gaps(self, code: str) -> tuple[Period, ...]:
        """Periods between the first and the last without a value."""
        periods = sorted(self._values.get(code, {}))
        return tuple(a.shifted(n) for a, b in pairwise(periods) for n in range(1, b.number - a.number))


@cache
def catalogue() -> tuple[Series, ...]:
    """The series that French contracts use most, without values (data/indices.csv)."""
    text = files("portfolio.data").joinpath("indices.csv").read_text(encoding="utf-8")
    return tuple(
        Series(
            code=row["code"],
            name=row["name"],
            per_year=int(row["per_year"]),
            aliases=tuple(filter(None, row["aliases"].split("|"))),
            idbank=row["idbank"] or None,
        )
        for row in csv.DictReader(text.splitlines())
    )


def _find(name: str, series: Iterable[Series]) -> Series | None:
    key = compact(name)
    candidates = tuple(series)
    exact = [one for one in candidates if key in {compact(called) for called in one.names}]
    if exact:
        return exact[0] if len(exact) == 1 else None
    words = f" {fold(name)} "
    inside = [
        (f" {fold(called)} ", one)
        for one in candidates
        for called in one.names
        if len(compact(called)) >= 3 and f" {fold(called)} " in words and _nothing_else(words, one)
    ]
    # of « ICHTrev-TS » and « ICHTrev-TS IME » the one that says more
    told = [one for called, one in inside if not any(called != other and called in other for other, _ in inside)]
    return told[0] if len({one.code for one in told}) == 1 else None


def _nothing_else(words: str, series: Series) -> bool:
    """Whether a name's words are all the series' own or say nothing: « IPC Alim » is not the IPC."""
    own = {word for called in series.names for word in fold(called).split()}
    return own | _SAY_NOTHING >= set(words.split())
