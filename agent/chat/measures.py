"""Values that a question names, held against what a clause states of the same kind: a ceiling, a floor, a value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from agent.reading.grammar import durations, money, numbers
from agent.reading.text import fold as fold_keeping
from portfolio.folding import fold

Kind = Literal["percent", "amount", "months", "days", "hours", "times"]
_PERCENT = re.compile(rf"(?P<n>\d+(?:[.,]\d+)?|{numbers.WORDS})\s?(?:%|pour cent\b|per ?cent\b)")
_HOURS = re.compile(rf"\b(?P<n>\d+|{numbers.WORDS})\s(?:h\b|heures?\b|hours?\b)")
_TIMES = re.compile(rf"\b(?P<n>\d+|{numbers.WORDS})\s(?:fois|times)\b|\b(?P<word>once|twice)\b")
_BEFORE = 60
_AFTER = 25
_MOST = re.compile(
    r"\b(?:depass\w*|exced\w*|exceed\w*|plafon\w*|limit\w*|maxim\w*|au plus|jusqu\w*|up to|not more|no more|"
    r"at most|capp?\w*|"
    r"within|ceiling)\b"
)
_LEAST = re.compile(r"\b(?:au moins|minim\w*|at least|not less|a partir|des|au minimum)\b")
_BEYOND = re.compile(
    r"\b(?:plus d[e']?|au dela|passe|apres|au dessus|superieur\w*|more than|over|above|after|beyond)\b"
)
_EXCEEDS = re.compile(
    r"\b(?:depass\w*|exced\w*|plus d[e']?|au dela|au dessus|superieur\w*|above|more than|over|exceed\w*|beyond)\b"
)
_CLOSE = 0.005


@dataclass(frozen=True)
class Measure:
    """A value and its bound as said: at most, at least, beyond; None: the value itself."""

    kind: Kind
    value: float
    bound: Literal["most", "least", "beyond"] | None


def measures(text: str) -> tuple[Measure, ...]:
    """The values that a text states, in order."""
    folded = fold_keeping(text)
    return tuple(
        Measure(kind, value, _bound(folded[max(0, start - _BEFORE) : start], folded[end : end + _AFTER]))
        for kind, value, start, end in sorted(_found(folded), key=lambda item: item[2])
    )


def _found(folded: str) -> Iterator[tuple[Kind, float, int, int]]:
    for match in _PERCENT.finditer(folded):
        yield "percent", _number(match["n"]), match.start(), match.end()
    for found in money.find(folded):
        yield "amount", float(found.value.value), found.start, found.end
    for length in durations.find(folded):
        months = length.value.in_months
        if months is not None:
            yield "months", float(months), length.start, length.end
        else:
            yield "days", float(length.value.days), length.start, length.end
    for match in _HOURS.finditer(folded):
        yield "hours", _number(match["n"]), match.start(), match.end()
    for match in _TIMES.finditer(folded):
        value = _number(match["n"]) if match["n"] else {"once": 1.0, "twice": 2.0}[match["word"]]
        yield "times", value, match.start(), match.end()


def _number(written: str) -> float:
    plain = written.replace(",", ".")
    return float(plain) if re.fullmatch(r"[\d.]+", plain) else float(numbers.value_of(written) or 0)


def _bound(before: str, after: str) -> Literal["most", "least", "beyond"] | None:
    part = re.split(r"[;:.]\s", before)[-1]
    if _MOST.search(fold(part)) or re.match(r"\W*(?:au plus|maxim\w*|at most)", after):
        return "most"
    if _LEAST.search(fold(part[-30:])) or re.match(r"\W*(?:au moins|minim\w*|at least)", after):
        return "least"
    return "beyond" if _BEYOND.search(fold(part[-20:])) else None


_CONFIRMS = re.compile(r"\b(?:bien|c est|est de|sont de|s eleve\w*|fait|dure|is it|right|correct|really|isn t it)\b")
"""What asks whether a value is the contract's own."""


def held_against(question: str, clause: str) -> tuple[bool, Measure] | None:
    """Whether what a question says of a value agrees with what the clause states of that kind, and what it states; None
    where they state nothing of one kind, or the clause several things, or the question only mentions its own."""
    confirms = bool(_CONFIRMS.search(fold(question)))
    for asked in measures(question):
        stated = [m for m in measures(clause) if m.kind == asked.kind]
        told = confirms or asked.kind == "times" or bool(stated and stated[0].bound)
        if len({(m.value, m.bound) for m in stated}) == 1 and told:
            return _agrees(asked, stated[0], bool(_EXCEEDS.search(fold(question)))), stated[0]
        if any(abs(m.value - asked.value) < _CLOSE for m in stated) and not _EXCEEDS.search(fold(question)):
            return True, next(m for m in stated if abs(m.value - asked.value) < _CLOSE)
    return None


def _agrees(asked: Measure, stated: Measure, exceeds: bool) -> bool:
    match stated.bound:
        case "most":
            return asked.value < stated.value - _CLOSE if exceeds else asked.value <= stated.value + _CLOSE
        case "least":
            return asked.value >= stated.value - _CLOSE
        case "beyond":
            return asked.value > stated.value - _CLOSE
        case _:
            return asked.value < stated.value - _CLOSE if exceeds else abs(asked.value - stated.value) < _CLOSE
