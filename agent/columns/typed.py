"""Values of each kind in a sentence that speaks of a column, by the grammars of reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from agent.columns.lexicon import Subject
from agent.columns.spoken import Spoken
from agent.reading.grammar import dates, durations, money
from agent.reading.grammar.found import Found
from agent.reading.grammar.numbers import DIGITS, INTEGER, digits, value_of
from agent.reading.structure import Sentence
from agent.reading.text import fold
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


_PLACE = re.compile(r"\b(?:à|en|au|aux|dans|in|at|near)\s+(?:la |le |l['’]|les |the )?[A-ZÀ-Þ][\w'’-]+")
WANTED: Mapping[str, Callable[[Sentence], bool]] = {
    "place": lambda sentence: _PLACE.search(sentence.text) is not None,
    "amount": lambda sentence: bool(amounts(sentence.folded)),
    "percent": lambda sentence: bool(percents(sentence.folded)),
    "duration": lambda sentence: bool(lengths(sentence.folded)),
    "date": lambda sentence: bool(days(sentence.folded)),
}
"""Whether a sentence holds what a question's words want, by the kinds of the lexicon."""

_FAR = 90
"""Characters from the words hit from which on a value may belong to something else."""
_OF_ITS_OWN = re.compile(
    r"\W{0,3}(?:ht|ttc|hors taxes?)?\W{0,3}(?:de|d'|pour|au titre d[eu]s?|of|for|as)\s(?:les?\s|la\s|l')?"
    r"(?P<name>frais|indemnite\w*|penalite\w*|caution\w*|franchise\w*|loyers?|capital|recouvrement|honoraires|depot|"
    r"garantie|retenue|dommages|costs?|fees?|rent|deposit|penalt\w+)"
)
_CAPITAL = re.compile(r"\b(?:au )?capital (?:social )?(?:de|porte a|of)\s?$")


@dataclass(frozen=True)
class Chosen:
    """The value of a sentence that belongs to the column; ``near``: close behind the words that speak of it."""

    value: Any
    near: bool
    others: frozenset[str]
    """Other values of the sentence that could be meant, as text."""


def choose(kind: Kind, said: Spoken, subject: Subject) -> Chosen | None:
    """The first value after the words hit, else the one nearest before them; of a row, the one in the cell under the
    column's head that speaks of the subject. None where the sentence holds none."""
    folded = said.sentence.folded
    start, end = _cell(said, subject) or (0, len(folded))
    values = [
        found
        for found in GRAMMARS[kind](folded)
        if start <= found.start and found.end <= end and not _named_otherwise(folded, found, subject)
    ]
    if not values:
        return None
    last = max((stop for _, stop in said.hits), default=start)
    after = [found for found in values if found.start >= last]
    best = after[0] if after else min(values, key=lambda found: abs(found.end - last))
    others = frozenset(str(found.value) for found in values) - {str(best.value)}
    inside = any(begin <= best.start < stop for begin, stop in said.hits)
    near = inside or (bool(after) and best.start - last <= _FAR) or (start, end) != (0, len(folded))
    return Chosen(best.value, near, others)


def _cell(said: Spoken, subject: Subject) -> tuple[int, int] | None:
    """Offsets of the cell under the head that speaks of a key facet which the row itself does not speak of."""
    sentence = said.sentence
    heads, cells = sentence.block.heads, sentence.block.cells
    if sentence.block.kind != "table_row" or len(heads) != len(cells):
        return None
    missing = [facet for facet in subject.keys if not facet.cues.search(sentence.folded)]
    at = 0
    for head, cell in zip(heads, cells, strict=True):
        if any(facet.cues.search(fold(head)) for facet in missing):
            return at, at + len(cell)
        at += len(cell) + 1
    return None


def _named_otherwise(folded: str, found: Found[Any], subject: Subject) -> bool:
    """The sum is called something else: `40 € de frais de recouvrement`, `au capital de 9 000 €`."""
    if not isinstance(found.value, money.Money):
        return False
    if _CAPITAL.search(folded[max(0, found.start - 40) : found.start]):
        return True
    named = _OF_ITS_OWN.match(folded, found.end)
    return named is not None and not any(facet.cues.search(named[0]) for facet in subject.facets)


def as_value(column: Column, found: Any) -> Any:
    """What a grammar found, as the column holds it."""
    if isinstance(found, money.Money):
        return Amount(
            label=column.words, value=float(found.value), currency=found.currency, tax=found.tax, period=found.period,
            bound=found.bound,
        )  # fmt: skip
    return found
