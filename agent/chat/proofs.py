"""The words that prove a value which the register holds without words: found in the contract's own text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from agent.chat.clauses import Line, lines_of
from agent.chat.findings import Citation, Finding, anything, of_passage, of_term
from agent.chat.holdings import Held
from agent.chat.matching import coverage
from agent.reading.grammar import dates, durations, money
from agent.reading.text import fold
from portfolio.amendments import Term
from portfolio.folding import compact
from portfolio.schema import Amount, Obligation, Party, Site
from portfolio.values import Duration
from portfolio.words.phrases import Phrase, phrase


def prove(held: Held, terms: Sequence[Term]) -> tuple[Citation, ...]:
    """Words for each of some terms, in the document that set it."""
    found: dict[Citation, None] = {}
    for term in terms:
        found.update(dict.fromkeys(of_term(held, term) or _searched(held, term)))
    return tuple(found)


def yes_no(
    held: Held, value: bool, why: Phrase, fields: Sequence[str], steps: Sequence[Phrase] = (), *, sure: bool = True
) -> Finding:
    """Yes or no from the register or the calendar: ``why``, the words that prove ``fields``, the arithmetic."""
    said = phrase("chat.yes" if value else "chat.no", why=why)
    citations = anything(held, prove(held, held.terms_of(*fields)))
    return Finding(
        "boolean",
        value,
        said,
        citations=citations,
        steps=tuple(steps),
        route="calendar" if steps else "register",
        sure=sure,
    )


def _searched(held: Held, term: Term) -> list[Citation]:
    lines = [line for line in lines_of(held.passages) if line.passage.contract == term.contract]
    holding = [line for line in lines if _holds(line, term.fact.value)]
    if not holding:
        return [of_passage(held, line.passage, line.text) for line in lines[:1]]
    label = term.fact.value.label if isinstance(term.fact.value, Amount) else ""
    best = max(holding, key=lambda line: coverage(tuple(compact_words(label)), line.text)) if label else holding[0]
    return [of_passage(held, best.passage, best.text)]


def compact_words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", fold(text)) if len(word) > 2]


def _holds(line: Line, value: object) -> bool:
    text = fold(line.text)
    match value:
        case Amount():
            number = f"{value.value:.2f}".removesuffix(".00").replace(".", "")
            return any(abs(float(m.value.value) - value.value) < 0.005 for m in money.find(text)) or number in compact(
                line.text
            )
        case date():
            return any(found.value == value for found in dates.find(text))
        case Duration():
            return any(found.value.equals(value) for found in durations.find(text))
        case Party():
            return compact(value.name) in compact(line.text)
        case Site():
            return bool(value.city) and compact(value.city or "") in compact(line.text)
        case Obligation():
            return compact(value.quote)[:60] in compact(line.passage.text)
        case str() | int() | float():
            return len(str(value)) > 1 and compact(str(value)) in compact(line.text)
        case _:
            return False
