"""On which of its days a contract was signed and starts: a second opinion, learned from labelled contracts.

A linear ranker for each role over all days that are mentioned, and over « none of them ». It shares no phrase with the
rules, so that the two seldom make the same mistake: what both say is surer than what either says
(docs/decisions/0015-days-ranked.md). The weights in `day_roles.json` are fitted by `evals.day_roles`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from agent.reading.rules.day_mentions import Features, Mention
from agent.reading.rules.finding import Finding, said

Role = Literal["signature_date", "start_date"]
ROLES: tuple[Role, ...] = ("signature_date", "start_date")
Weights = Mapping[str, float]

SURE = 0.7
"""The share from which on a day is taken though the rules took another, or none."""
FILLS = 0.5
"""The same where the rules found none."""
SECONDED = "_seconded"
"""Ends the name of a rule whose day the ranker ranks first too."""
RANKED = "dates.ranked"
"""The rule of a day that only the ranker proposes."""
_LEAST_WEIGHT, _MOST_WEIGHT = 0.5, 0.95
_BEFORE = 70
"""Characters before a day that speak of it."""


@dataclass(frozen=True)
class Likely:
    """``share`` is the day's part of what speaks for any of the days, or none; ``mention`` speaks for it most."""

    day: date
    share: float
    mention: Mention

    def follows(self, words: re.Pattern[str]) -> bool:
        """Whether ``words`` stand before the day."""
        text = said(self.mention.sentence)
        return words.search(text[max(0, self.mention.start - _BEFORE) : self.mention.start]) is not None


@cache
def bundled() -> Mapping[Role, Weights]:
    """The weights that come with the package."""
    content: Mapping[Role, Weights] = json.loads(
        files("agent.reading.rules").joinpath("day_roles.json").read_text(encoding="utf-8")
    )
    return content


_weights: ContextVar[Mapping[Role, Weights] | None] = ContextVar("day_roles", default=None)


@contextmanager
def weighed_by(weights: Mapping[Role, Weights]) -> Iterator[None]:
    """Ranks by other weights than the bundled ones (by none, not at all), to measure what they are worth."""
    token = _weights.set(weights)
    try:
        yield
    finally:
        _weights.reset(token)


def by_day(found: Sequence[Mention], described: Sequence[Features]) -> dict[date, Features]:
    """The features of each day: all that its mentions have."""
    days: dict[date, Features] = {}
    for mention, features in zip(found, described, strict=True):
        days[mention.day] = days.get(mention.day, frozenset()) | features
    return days


def of_none(count: int, *, english: bool) -> Features:
    """What speaks for none of ``count`` days; English agreements often tell only when they were made."""
    return frozenset({"none", f"none of {min(6, count)}"} | ({"none, english"} if english else set()))


def likeliest(
    role: Role, found: Sequence[Mention], described: Sequence[Features], *, english: bool = False
) -> Likely | None:
    """The day that most speaks for; None where there is no day, or no day is likelier than any."""
    chosen = _weights.get()
    weights = (bundled() if chosen is None else chosen).get(role)
    if not weights or not found:
        return None
    days = by_day(found, described)
    scores = {day: _score(weights, features) for day, features in days.items()}
    none = _score(weights, of_none(len(days), english=english))
    if max(scores.values()) < none:
        return None
    top = max(scores, key=lambda day: scores[day])
    total = sum(math.exp(score - scores[top]) for score in (*scores.values(), none))
    mention = max(
        ((m, f) for m, f in zip(found, described, strict=True) if m.day == top), key=lambda mf: _score(weights, mf[1])
    )[0]
    return Likely(top, 1 / total, mention)


def decided(told: Finding[date] | None, likely: Likely | None, other: re.Pattern[str]) -> Finding[date] | None:
    """What the rules found, unless the ranker is surer of a day before which no words stand of something ``other``."""
    if told is not None and likely is not None and told.value == likely.day:
        return replace(told, rule=told.rule + SECONDED)
    if likely is None or likely.share < (SURE if told else FILLS) or likely.follows(other):
        return told
    where = likely.mention
    return Finding(likely.day, where.sentence, where.start, where.end, weight_of(likely), RANKED)


def weight_of(likely: Likely) -> float:
    """How surely a day is proposed that no rule proposes."""
    return _LEAST_WEIGHT + (_MOST_WEIGHT - _LEAST_WEIGHT) * likely.share


def _score(weights: Weights, features: Features) -> float:
    return sum(weights.get(feature, 0.0) for feature in features)
