"""CUAD: do the quotes find the lawyers' spans, and do the values equal their normalised answers.

Spans: a quote matches a marked span of the same category when the Jaccard index of their word sets is at least 0.5 (the
set's official metric); the area under the precision-recall curve and the precision at 80 % recall come from the facts'
confidence. Answers: accuracy where the lawyers gave one that a record can hold (blank dates, `perpetual` and the like
are passed over), and how often a value was given where they found none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from evals import normalise
from evals.jurisdictions import code_of
from evals.loaders import CuadContract
from evals.metrics import Outcome
from portfolio.facts import Fact
from portfolio.schema import ContractRecord, flatten
from portfolio.values import Duration

SPAN_OVERLAP = 0.5

FIELD_CATEGORIES: Mapping[str, str] = {
    "title": "Document Name",
    "parties": "Parties",
    "signature_date": "Agreement Date",
    "start_date": "Effective Date",
    "end_date": "Expiration Date",
    "renewal.period": "Renewal Term",
    "notice_period": "Notice Period To Terminate Renewal",
    "governing_law": "Governing Law",
}
"""Fields whose evidence answers a category of CUAD."""


@dataclass(frozen=True, slots=True)
class SpanGuess:
    """A quote given for a category: how sure the reader was, and whether it matches a marked span."""

    category: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class SpanScore:
    """Over many contracts: guesses, and how many marked spans they found of how many there are."""

    guesses: tuple[SpanGuess, ...] = ()
    found: int = 0
    marked: int = 0

    def __add__(self, other: SpanScore) -> SpanScore:
        return SpanScore(self.guesses + other.guesses, self.found + other.found, self.marked + other.marked)

    @property
    def precision(self) -> float | None:
        return sum(g.right for g in self.guesses) / len(self.guesses) if self.guesses else None

    @property
    def recall(self) -> float | None:
        return self.found / self.marked if self.marked else None

    def curve(self) -> list[tuple[float, float]]:
        """(recall, precision) as the least confidence goes down; guesses of one confidence enter together."""
        if not self.marked:
            return []
        points, right = [], 0
        ranked = sorted(self.guesses, key=lambda guess: -guess.confidence)
        for count, guess in enumerate(ranked, 1):
            right += guess.right
            if count == len(ranked) or ranked[count].confidence < guess.confidence:
                points.append((min(1.0, right / self.marked), right / count))
        return points

    @property
    def area(self) -> float:
        """Area under the curve, up to the recall that was reached."""
        area, reached = 0.0, 0.0
        for recall, precision in self.curve():
            area += (recall - reached) * precision
            reached = recall
        return area

    def precision_at(self, recall: float) -> float:
        """The best precision at a recall of at least ``recall``; 0 where it is not reached."""
        return max((precision for reached, precision in self.curve() if reached >= recall), default=0.0)


def spans(contract: CuadContract, facts: Iterable[Fact]) -> dict[str, SpanScore]:
    """By category: every distinct quote judged against the marked spans."""
    quotes: dict[str, dict[str, float]] = {category: {} for category in FIELD_CATEGORIES.values()}
    for fact in facts:
        if category := FIELD_CATEGORIES.get(fact.field):
            for evidence in fact.evidence:
                known = quotes[category].get(evidence.quote, 0.0)
                quotes[category][evidence.quote] = max(known, fact.confidence)
    return {category: _judge(category, contract, given) for category, given in quotes.items()}


def _judge(category: str, contract: CuadContract, quotes: Mapping[str, float]) -> SpanScore:
    label = contract.labels.get(category)
    marked = [set(normalise.words(span.text)) for span in label.spans] if label else []
    given = {quote: set(normalise.words(quote)) for quote in quotes}

    def match(a: set[str], b: set[str]) -> bool:
        return normalise.jaccard(a, b) >= SPAN_OVERLAP

    return SpanScore(
        guesses=tuple(
            SpanGuess(category, quotes[quote], any(match(words, span) for span in marked))
            for quote, words in given.items()
        ),
        found=sum(any(match(span, words) for words in given.values()) for span in marked),
        marked=len(marked),
    )


def dates(answer: str) -> list[date]:
    """The dates of an answer like `7/11/06`; two digits of a year mean 1969 to 2068."""
    found = []
    for part in re.findall(r"\b\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})\b", answer):
        try:
            found.append(datetime.strptime(part, "%m/%d/%Y" if re.search(r"/\d{4}$", part) else "%m/%d/%y").date())
        except ValueError:
            continue
    return found


def durations(answer: str) -> list[Duration]:
    """The durations of an answer like `successive 1 year` or `180 days / 6 months`."""
    found = re.findall(r"(?<![\d.])(\d{1,4})\)?[ -]*(year|month|week|day)", answer.lower())
    return [Duration.parse(f"P{number}{unit[0].upper()}") for number, unit in found]


def laws(answer: str) -> list[str]:
    return [code for part in answer.split(";") if (code := code_of(part))]


def _same_law(gold: str, read: str) -> bool:
    """Codes equal; a province or state outside the United States is its country."""
    return gold == read or (not gold.startswith("US") and gold[:2] == read[:2])


def _same_length(gold: Duration, read: Duration) -> bool:
    return gold.equals(read)


def _same_day(gold: date, read: date) -> bool:
    return gold == read


def _same_end(gold: date, read: date) -> bool:
    """The record has a term's last day, where the lawyers often gave the anniversary that follows it."""
    return gold - read in (timedelta(0), timedelta(days=1))


_ANSWERS: Mapping[str, tuple[Callable[[str], Sequence[Any]], Callable[[Any, Any], bool]]] = {
    "signature_date": (dates, _same_day),
    "start_date": (dates, _same_day),
    "end_date": (dates, _same_end),
    "renewal.period": (durations, _same_length),
    "notice_period": (durations, _same_length),
    "governing_law": (laws, _same_law),
}
"""How each field's answer is understood, and compared. Of several alternatives, any is right."""


def compare(contract: CuadContract, read: ContractRecord) -> tuple[Outcome, ...]:
    """The answer of each category that a record can hold; one that neither side has is an outcome without values."""
    values = {name: value for name, value in flatten(read) if name in _ANSWERS}
    return tuple(o for field in _ANSWERS if (o := _answer(contract, field, values.get(field))))


def _answer(contract: CuadContract, field: str, value: Any) -> Outcome | None:
    understand, same = _ANSWERS[field]
    category = FIELD_CATEGORIES[field]
    label = contract.labels.get(category)
    if label is None or not (label.answer or label.spans):
        return Outcome(category, None, value, false_fill=value is not None)
    accepted = understand(label.answer or "")
    if not accepted:
        return None
    right = value is not None and any(same(gold, value) for gold in accepted)
    return Outcome(category, label.answer, value, right=right)
