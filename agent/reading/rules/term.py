"""The initial term: its first day, its length and its last day, chosen together.

What two of them say of the third counts as much as what is told of it: three years from 1 April 2024 end on 31 March
2027, so a contract that tells this last day starts on that first day, whatever else is dated.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from agent.reading.reader import Candidate
from agent.reading.rules.anchors import anchored_starts
from agent.reading.rules.dates import reads_month_first, signature
from agent.reading.rules.day_mentions import counted_mentions, described, mentions
from agent.reading.rules.day_roles import FILLS, RANKED, SECONDED, SURE, Likely, likeliest, weight_of
from agent.reading.rules.events import told_by_event
from agent.reading.rules.finding import FLOOR, Finding, candidate, merged, spoken
from agent.reading.rules.known import Known
from agent.reading.rules.last_days import last_days
from agent.reading.rules.lengths import lengths
from agent.reading.rules.plain_terms import ELSEWHERE, plain_last_days, plain_lengths, plain_starts, starts_without_year
from agent.reading.rules.starts import MADE, NOT_START, start_days
from agent.reading.structure import ContractView
from portfolio.values import Duration

_CHOICES = 5
"""How many of each are weighed together."""
_BY_ITSELF = 0.74
"""Least weight of a last day by itself: under a heading on the term, or said of the contract by name."""
_AGREES = 0.2
"""What a term gains whose three told parts add up; one whose parts do not loses as much."""


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """`start_date`, `duration` and `end_date`, at most one candidate each."""
    american = reads_month_first(view, known)
    told = merged(view, [*lengths(view), *plain_lengths(view)], same=Duration.equals)[:_CHOICES]
    ends = merged(view, [*last_days(view, american), *plain_last_days(view, american)])[:_CHOICES]
    starts = _starts(view, known, american, lasts=bool(told))[:_CHOICES]
    term = _chosen(starts, told, ends)
    if term.start and term.start.rule != MADE:
        yield replace(term.start, rule=f"{term.start.rule}_agrees") if term.adds_up else term.start
    elif term.start is None and not _amends(view, known):
        yield from _backwards(term)
    if term.length:
        yield candidate("duration", replace(term.length, rule="term.length_agrees") if term.adds_up else term.length)
    for end in _end(term):
        yield end
        if term.length is None and not _amends(view, known):
            yield from _between(term.start, end)


def _starts(view: ContractView, known: Known, american: bool, *, lasts: bool) -> list[Candidate]:
    """The days that are told, and those told by an event, the surest first."""
    told = [
        candidate("start_date", found, basis=_basis(found))
        for found in merged(view, [*start_days(view, american, lasts=lasts), *plain_starts(view, american)])
    ]
    signed = signature(view, american)
    by_event = told_by_event(view, signed, american)
    named = tuple(anchored_starts(view, american))
    yearless = () if told or by_event or named else starts_without_year(view, signed)
    by_rules = sorted(
        [*told, *([by_event] if by_event else ()), *named, *yearless], key=lambda c: (-c.confidence, c is not by_event)
    )
    days = [*mentions(view, american), *counted_mentions(view, american, signed)]
    english = known.value("language") == "en"
    likely = likeliest("start_date", days, described(view, days), english=english)
    return ranked_starts(by_rules, likely, fills=not english)


def ranked_starts(by_rules: list[Candidate], likely: Likely | None, *, fills: bool) -> list[Candidate]:
    """The rules' candidates with the ranker's say: seconded where it agrees, led by its day where it is surer.

    Where they have none, its day if it ``fills``: not in English, where most agreements only tell when they were made.
    """
    lead = by_rules[0] if by_rules else None
    told = next((c for c in by_rules if likely and c.value == likely.day), None)
    if likely is None or (told and told.rule == MADE) or (lead is None and (likely.share < FILLS or not fills)):
        return by_rules
    if lead is not None and lead is not told and likely.share < SURE:
        return by_rules
    if (told is None or told is not lead) and likely.follows(_NO_START):
        return by_rules
    confidence = min(0.97, lead.confidence + _AHEAD) if lead and lead is not told else weight_of(likely)
    if told is not None:
        top = replace(told, confidence=max(told.confidence, confidence), rule=told.rule + SECONDED)
    else:
        where = likely.mention
        counted = where.counted or candidate(
            "start_date", Finding(likely.day, where.sentence, where.start, where.end, confidence, RANKED)
        )
        top = replace(counted, confidence=round(confidence, 3), rule=RANKED)
    return [top, *(c for c in by_rules if c is not told)]


_AHEAD = 0.02
_NO_START = re.compile(
    rf"{NOT_START.pattern}|{ELSEWHERE.pattern}|\b\d{{1,2}} (?:et|and|&) $|\b(?:earlier|later|earliest|latest) of\b"
)
"""Words before a day on which no term starts, whatever the ranker says."""


@dataclass(frozen=True)
class _Term:
    start: Candidate | None
    length: Finding[Duration] | None
    end: Finding[date] | None

    @property
    def computed(self) -> date | None:
        return self.length.value.last_day_from(self.start.value) if self.start and self.length else None

    @property
    def adds_up(self) -> bool:
        """All three are told and agree; some contracts name the day after the last."""
        computed = self.computed
        return bool(computed and self.end and timedelta(0) <= self.end.value - computed <= timedelta(days=1))

    @property
    def weight(self) -> float:
        if self.start and self.end and self.end.value <= self.start.value:
            return -1.0
        told = self.start.confidence if self.start else FLOOR
        told += sum(found.weight if found else FLOOR for found in (self.length, self.end))
        if self.adds_up:
            return told + _AGREES
        return told - (_AGREES if self.computed and self.end else 0.0)


def _chosen(starts: Sequence[Candidate], told: Sequence[Finding[Duration]], ends: Sequence[Finding[date]]) -> _Term:
    """The surest of each, unless others make a better term together."""
    terms = itertools.starmap(_Term, itertools.product([*starts, None], [*told, None], [*ends, None]))
    return max(terms, key=lambda term: term.weight)


_AMENDMENT = re.compile(r"\b(?:avenant|acte modificatif|amendment|addendum|deed of variation)\b")


def _amends(view: ContractView, known: Known) -> bool:
    """An amendment moves the end without telling a term of its own."""
    opening = itertools.islice((text for sentence, text, _ in spoken(view) if sentence.part != "mail"), 6)
    return known.value("amends") is not None or any(_AMENDMENT.search(text) for text in opening)


def _between(start: Candidate | None, end: Candidate) -> Iterator[Candidate]:
    """The length of a term of which both days are told, in whole months: `du 1er mars 2024 au 28 février 2027`."""
    if start is None:
        return
    following = Duration(days=1).after(end.value)
    count = (following.year - start.value.year) * 12 + following.month - start.value.month
    if count < 1 or Duration(months=count).last_day_from(start.value) != end.value:
        return
    length = Duration(months=count) if count % 12 else Duration(years=count // 12)
    confidence = round(min(start.confidence, end.confidence) - 0.06, 3)
    quotes = (*end.quotes[:1], *start.quotes[:1])
    yield Candidate("duration", length, quotes, confidence, "term.between", f"{start.value} to {end.value}")


def _backwards(term: _Term) -> Iterator[Candidate]:
    """The first day of a term of which the length and the last day are told."""
    if term.length is None or term.end is None or term.end.weight < _BY_ITSELF:
        return
    following = Duration(days=1).after(term.end.value)
    first = term.length.value.before(following)
    if term.length.value.last_day_from(first) != term.end.value:
        return
    weight = min(term.length.weight, term.end.weight) - 0.1
    found = Finding(first, term.end.sentence, term.end.start, term.end.end, weight, "term.start_computed")
    basis = f"{term.end.value} + 1 day - {term.length.value}"
    yield candidate("start_date", found, quotes=(term.length.quote,), basis=basis)


def _basis(found: Finding[date]) -> str | None:
    words = found.sentence.text[found.start : found.end]
    return f"first or last day of « {words} »" if "season" in found.rule else None


def _end(term: _Term) -> Iterator[Candidate]:
    computed, start, length, stated = term.computed, term.start, term.length, term.end
    if computed is None or start is None or length is None:
        if stated and (start or stated.weight >= _BY_ITSELF):
            yield candidate("end_date", stated, basis=_basis(stated))
        return
    arithmetic = f"{start.value} + {length.value} - 1 day"
    seconded = SECONDED if SECONDED in start.rule else ""
    if stated and term.adds_up:
        agreed = replace(
            stated, value=computed, weight=min(0.97, stated.weight + 0.05), rule=f"term.end{seconded}_agrees"
        )
        if stated.value == computed:
            yield candidate("end_date", agreed)
        else:
            yield candidate("end_date", agreed, quotes=(length.quote, *start.quotes[:1]), basis=arithmetic)
        return
    sure = min(length.weight, start.confidence)
    if stated and stated.weight > sure + 0.03:
        yield candidate("end_date", stated)
        return
    found = Finding(computed, length.sentence, length.start, length.end, sure - 0.02, f"term.end_computed{seconded}")
    yield candidate("end_date", found, quotes=start.quotes[:1], basis=arithmetic)
