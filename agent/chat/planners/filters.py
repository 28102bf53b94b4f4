"""The conditions that the lexicon's phrases set on the contracts of a list, with the number they are compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from agent.chat import lexicon
from agent.chat.lexicon import Match
from agent.chat.plan import Comparison, Condition
from agent.chat.planners.reading import Read
from agent.reading.grammar import durations
from agent.reading.text import fold as fold_keeping

_OVER = re.compile(
    r"\b(?:plus de|plus (?:longs?|longues?|eleves?) (?:que|de)|plus d|superieur\w*|depass\w*|au dela|over|more than|"
    r"longer than|above|exceed\w*)\b"
)
_UNDER = re.compile(
    r"\b(?:moins de|moins (?:longs?|longues?) (?:que|de)|moins d|plus courts? (?:que|de)|inferieur\w*|under|less than|"
    r"shorter than|below)\b"
)
_LEAST = re.compile(r"\b(?:au moins|minimum|at least|no less than)\b")
_MOST = re.compile(r"\b(?:au plus|maximum|at most|no more than|jusqu a|up to)\b")
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:%|pour\s?cent|pourcent|per\s?cent|percent)", re.IGNORECASE)


def filters_of(question: Read) -> Iterator[tuple[Condition, Match]]:
    """The conditions that phrases of the lexicon set, with the words that set them."""
    for name, rule in lexicon.rules("filters").items():
        match = lexicon.table("filters")[name].longest(question.folded)
        if match is None:
            continue
        condition = _condition(rule, question)
        if condition is not None:
            yield condition, match


def _condition(rule: lexicon.Rule, question: Read) -> Condition | None:
    if rule.of is None:
        return Condition(topic=rule.topic, is_=rule.is_, value=rule.value)
    number = _number(rule.of, question)
    return None if number is None else Condition(topic=rule.topic, is_=comparison(question.folded), value=number)


def _number(of: str, question: Read) -> float | None:
    text = question.question.text
    if of == "percent":
        match = _PERCENT.search(text)
        return float(match[1].replace(",", ".")) if match else None
    found = durations.find(fold_keeping(text))
    if not found:
        return None
    length = found[0].value
    months = length.in_months
    return float(months) if months is not None else length.days / 30


@cache
def comparison(folded: str) -> Comparison:
    """How a question compares with its number."""
    if _OVER.search(folded):
        return "over"
    if _UNDER.search(folded):
        return "under"
    if _LEAST.search(folded):
        return "at_least"
    return "at_most" if _MOST.search(folded) else "equals"
