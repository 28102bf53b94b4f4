"""The moments of a contract's life, and which of them an event in the contract's words is (« terme du contrat »)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from portfolio.folding import fold
from portfolio.words.phrases import Phrase

Moment = Literal[
    "signature", "notification", "start", "end", "period_start", "period_end", "anniversary", "revision", "notice",
    "amendment_signature", "amendment_start", "month_end", "quarter_end", "semester_end", "year_end",
]  # fmt: skip
"""``end``: the day on which the contract stops as things stand; ``period_end``: the end of each of its periods;
``notice``: the last day to give notice, which no clause names as an event but rules of law do."""


@dataclass(frozen=True)
class Day:
    """A known day, with the arithmetic that gave it and the facts that it rests on (see `portfolio.events.Event`).

    ``label`` tells it from the other days of the same moment whatever its date: the number of a period; it is a part
    of the keys of the events that follow from it.
    """

    on: date
    label: str = ""
    steps: tuple[Phrase, ...] = ()
    rests_on: tuple[tuple[str, str], ...] = ()
    unsure: bool = False


@dataclass(frozen=True)
class Milestones:
    """The days of one contract that its calendar knows.

    ``days`` holds each moment's days in order; of ``signature``, ``start`` and ``end`` one at most. ``unknown`` says
    why a moment has no day, in the words of an `Undated`'s ``missing``. ``given`` holds the days that a person told for
    an event in the contract's words, by the folded words. ``amendments`` holds, by an amendment's id, its own signature
    and start. Month, quarter, semester and year ends need not be there: they are the civil calendar's.
    """

    contract: str
    days: Mapping[Moment, tuple[Day, ...]] = field(default_factory=dict)
    unknown: Mapping[Moment, Phrase] = field(default_factory=dict)
    given: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    amendments: Mapping[str, Mapping[Moment, Day]] = field(default_factory=dict)

    def one(self, moment: Moment) -> Day | None:
        """The first day of ``moment``, or None where it is not known."""
        return next(iter(self.days.get(moment, ())), None)


def _patterns() -> Iterator[tuple[Moment, re.Pattern[str]]]:
    data = tomllib.loads(files("portfolio.obligations").joinpath("moments.toml").read_text(encoding="utf-8"))
    of_contract = data["of_contract"].replace("\n", "")
    for event in data["event"]:
        yield event["is"], re.compile(event["words"].replace("\n", "").replace("{of_contract}", of_contract))


_PATTERNS = tuple(_patterns())


@lru_cache(maxsize=4096)
def moment_of(event: str) -> Moment | None:
    """Which moment of the contract's life ``event`` is; None for all that only a person can know (« réclamation »)."""
    said = fold(event)
    return next((moment for moment, pattern in _PATTERNS if pattern.search(said)), None)
