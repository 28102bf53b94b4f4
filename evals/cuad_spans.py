"""CUAD's span metric: do the words that prove facts meet the words that lawyers marked.

As the set's official script counts: a guess matches a marked span when the Jaccard index of their word sets is at least
0.5, of parties also when it contains the span; a marked span that any guess matches is found, a guess that matches none
is wrong; the precision-recall curve follows the confidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from agent.reading.grammar import dates
from agent.reading.text import fold
from evals.loaders import CuadContract
from portfolio.facts import Fact
from portfolio.schema import Amount, Obligation

SPAN_OVERLAP = 0.5

Guesses = Mapping[str, float]
"""Words given for a category, to the confidence of the surest fact that gave them."""


def _first(fact: Fact) -> Iterator[str]:
    """The sentence that states the value, without those that its arithmetic starts from."""
    yield from (evidence.quote for evidence in fact.evidence[:1])


def _day(fact: Fact) -> Iterator[str]:
    """Lawyers mark the date alone: its words in the sentence, else the sentence."""
    for quote in _first(fact):
        stated = (quote[f.start : f.end] for f in dates.find(fold(quote), month_first=True) if f.value == fact.value)
        yield next(stated, quote)


def _all(fact: Fact) -> Iterator[str]:
    yield from (evidence.quote for evidence in fact.evidence)


def _speaks_of(words: str) -> Callable[[Any], bool]:
    pattern = re.compile(words, re.IGNORECASE)
    return lambda value: isinstance(value, Obligation) and bool(pattern.search(f"{value.action} {value.document}"))


def _bounded(bound: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, Amount) and value.bound == bound


def _any(value: Any) -> bool:
    return True


@dataclass(frozen=True)
class _Source:
    """Facts that answer a category: those of ``field`` whose value is ``fit``; ``words`` gives their words."""

    field: str
    words: Callable[[Fact], Iterator[str]] = _first
    fit: Callable[[Any], bool] = _any


_SOURCES: Mapping[str, Sequence[_Source]] = {
    "Document Name": (_Source("title"),),
    "Parties": (_Source("parties", _all),),
    "Agreement Date": (_Source("signature_date", _day),),
    "Effective Date": (_Source("start_date", _day),),
    "Expiration Date": (_Source("end_date"), _Source("duration")),
    "Renewal Term": (_Source("renewal.period"),),
    "Notice Period To Terminate Renewal": (_Source("notice_period"),),
    "Governing Law": (_Source("governing_law"),),
    "Cap On Liability": (_Source("amounts", fit=_bounded("max")),),
    "Minimum Commitment": (_Source("amounts", fit=_bounded("min")),),
    "Insurance": (_Source("obligations", fit=_speaks_of(r"insur|\bcoverage")),),
    "Audit Rights": (_Source("obligations", fit=_speaks_of(r"\baudit|\binspect|books and records")),),
}
"""What of the record answers each category that it has something for."""

CATEGORIES = tuple(_SOURCES)


@dataclass(frozen=True)
class SpanScore:
    """Over many contracts: the confidences at which marked spans are found, those of guesses that match nothing."""

    found: tuple[float, ...] = ()
    wrong: tuple[float, ...] = ()
    marked: int = 0

    def __add__(self, other: SpanScore) -> SpanScore:
        return SpanScore(self.found + other.found, self.wrong + other.wrong, self.marked + other.marked)

    @property
    def precision(self) -> float | None:
        """None where nothing was given."""
        given = len(self.found) + len(self.wrong)
        return len(self.found) / given if given else None

    @property
    def recall(self) -> float | None:
        """None where nothing is marked."""
        return len(self.found) / self.marked if self.marked else None

    def curve(self) -> list[tuple[float, float]]:
        """(recall, precision) as the least confidence goes down; a precision is the best that is reached from there."""
        if not self.marked:
            return []
        points = []
        for least in sorted({*self.found, *self.wrong}, reverse=True):
            right = sum(confidence >= least for confidence in self.found)
            wrong = sum(confidence >= least for confidence in self.wrong)
            points.append((right / self.marked, right / (right + wrong)))
        best, eased = 0.0, []
        for recall, precision in reversed(points):
            best = max(best, precision)
            eased.append((recall, best))
        return eased[::-1]

    @property
    def area(self) -> float:
        """Area under the curve, up to the recall that was reached."""
        curve = self.curve()
        start = [(0.0, curve[0][1])] if curve else []
        return sum((r - recall) * (p + precision) / 2 for (recall, precision), (r, p) in pairwise([*start, *curve]))

    def precision_at(self, recall: float) -> float:
        """The best precision at a recall of at least ``recall``; 0 where it is not reached."""
        return next((precision for reached, precision in self.curve() if reached >= recall), 0.0)


def spans(contract: CuadContract, facts: Iterable[Fact]) -> dict[str, SpanScore]:
    """By category: the words that facts give, judged against the marked spans."""
    by_field: dict[str, list[Fact]] = {}
    for fact in facts:
        by_field.setdefault(fact.field, []).append(fact)
    return {category: _judge(category, contract, _guesses(sources, by_field)) for category, sources in _SOURCES.items()}


def _guesses(sources: Iterable[_Source], facts: Mapping[str, Sequence[Fact]]) -> Guesses:
    given: dict[str, float] = {}
    for source in sources:
        for fact in facts.get(source.field, ()):
            if source.fit(fact.value):
                for words in source.words(fact):
                    given[words] = max(given.get(words, 0.0), fact.confidence)
    return given


def _judge(category: str, contract: CuadContract, guesses: Guesses) -> SpanScore:
    label = contract.labels.get(category)
    marked = [span.text for span in label.spans] if label else []
    matches = {guess: [_match(category, span, guess) for span in marked] for guess in guesses}
    found = [max((guesses[guess] for guess in guesses if matches[guess][i]), default=None) for i in range(len(marked))]
    return SpanScore(
        found=tuple(confidence for confidence in found if confidence is not None),
        wrong=tuple(guesses[guess] for guess in guesses if not any(matches[guess])),
        marked=len(marked),
    )


def _match(category: str, span: str, guess: str) -> bool:
    one, other = _words(span), _words(guess)
    near = len(one & other) >= SPAN_OVERLAP * len(one | other)
    return near or (category == "Parties" and span in guess)


def _words(text: str) -> set[str]:
    """As the official script cuts words: case and the four stops dropped, a slash parts."""
    return set(re.sub(r"[.,;:]", "", text.lower()).replace("/", " ").split())
