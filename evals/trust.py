"""Whether confidences can be trusted: each fact read with the judgement of it, counted by how sure the reader was.

A fact is right here when nothing that it states is wrong: of a party, its name, its role and its number. Of the public
sets only those facts count that their labels answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from agent.reading.confidence import Signs
from evals.cuad import FIELD_CATEGORIES
from evals.run import Result
from evals.splits import Split
from portfolio.facts import CERTAIN, Fact

PRECISION = 0.98
"""What is promised of certain values."""

BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, CERTAIN, 1.0)
"""Edges of the reliability table; the last bin holds its upper edge."""

_PUBLIC_FIELDS = {"jurisdiction": "governing_law", "term": "duration"} | {
    category: field for field, category in FIELD_CATEGORIES.items()
}
"""Kleister-NDA's keys that one field answers, and CUAD's categories. Not Kleister's parties, which are judged letter by
letter, nor its date, which is that of effect or of signature."""


@dataclass(frozen=True, slots=True)
class JudgedFact:
    """A fact that the labels judge, and how it was read. ``public``: of Kleister-NDA or CUAD."""

    fact: Fact
    signs: Signs
    right: bool
    contract: str
    split: Split
    public: bool


def judged(result: Result) -> Iterator[JudgedFact]:
    """The facts of ``result`` that its labels have a say on."""
    right = _by_item(result) if result.labels else _by_field(result)
    for fact, signs in zip(result.reading.facts, result.reading.signs, strict=True):
        verdict = right.get((fact.field, repr(fact.value) if result.labels else ""))
        if verdict is not None:
            contract = result.contract
            yield JudgedFact(fact, signs, verdict, contract.name, contract.split, public=result.labels is None)


def _by_item(result: Result) -> dict[tuple[str, str], bool]:
    """(field, value as written in Python) to whether it and all that it states are right."""
    verdicts: dict[tuple[str, str], bool] = {}
    read = [outcome for outcome in result.outcomes if outcome.read is not None]
    for outcome in sorted(read, key=lambda outcome: outcome.item is not None):
        if outcome.item is None:
            verdicts[outcome.field, repr(outcome.read)] = outcome.right
        elif not outcome.right:
            verdicts[outcome.field.rpartition(".")[0], repr(outcome.item)] = False
    return verdicts


def _by_field(result: Result) -> dict[tuple[str, str], bool]:
    return {
        (_PUBLIC_FIELDS[outcome.field], ""): outcome.right
        for outcome in result.outcomes
        if outcome.read is not None and outcome.field in _PUBLIC_FIELDS
    }


@dataclass(frozen=True, slots=True)
class Bin:
    """Facts whose confidence lies in ``[low, high)``: the mean of it, and how many were right."""

    low: float
    high: float
    count: int
    right: int
    expected: float

    @property
    def share(self) -> float:
        return self.right / self.count


def reliability(facts: Iterable[JudgedFact]) -> list[Bin]:
    """The bins that hold any fact, the least sure first."""

    def at(fact: JudgedFact) -> int:
        return max(i for i, low in enumerate(BINS[:-1]) if fact.fact.confidence >= low)

    bins = []
    for i, found in groupby(sorted(facts, key=at), key=at):
        held = list(found)
        mean = sum(fact.fact.confidence for fact in held) / len(held)
        bins.append(Bin(BINS[i], BINS[i + 1], len(held), sum(fact.right for fact in held), mean))
    return bins


@dataclass(frozen=True, slots=True)
class Accepted:
    """Of ``count`` facts, ``certain`` reach ``threshold``; ``right`` of these are right."""

    count: int
    certain: int
    right: int
    threshold: float

    @property
    def share(self) -> float | None:
        """What a person need not look at; None where nothing was read."""
        return self.certain / self.count if self.count else None

    @property
    def precision(self) -> float | None:
        """None where nothing is certain."""
        return self.right / self.certain if self.certain else None


def accepted(facts: Iterable[JudgedFact], threshold: float = CERTAIN) -> Accepted:
    """What the threshold lets through."""
    held = list(facts)
    sure = [fact for fact in held if fact.fact.confidence >= threshold]
    return Accepted(len(held), len(sure), sum(fact.right for fact in sure), threshold)


def acceptable(facts: Sequence[JudgedFact], precision: float = PRECISION) -> Accepted:
    """The most that could be accepted at ``precision`` with the best threshold, known only afterwards."""
    thresholds = sorted({fact.fact.confidence for fact in facts})
    scored = (accepted(facts, threshold) for threshold in thresholds)
    return next((a for a in scored if a.right >= precision * a.certain), Accepted(len(facts), 0, 0, 1.0))
