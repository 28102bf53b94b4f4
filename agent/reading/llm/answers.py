"""From the model's answers to candidates: each value with its quotes; dates that follow from others are computed here.

How sure a candidate is, is a prior by field alone: what a model thinks of itself is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from agent.reading.llm.schemas import Reading, Said
from agent.reading.reader import Candidate, Quote
from portfolio.errors import InvalidValue
from portfolio.values import Duration

PRIOR = 0.9
"""How sure a value of a model is that was never measured: `agent.reading.hybrid` learns better from the contract."""
_JUDGED = 0.85
"""Of a value that is a judgement about the words (a kind, a type)."""


@dataclass
class Answers:
    """The answers to one dossier, of several requests where it was long, each with the prompt it was asked by."""

    given: list[tuple[Reading, str]] = field(default_factory=list)

    def candidates(self) -> Iterator[Candidate]:
        for answer, prompt in self.given:
            yield from _values(answer, prompt)
            yield from _parts(answer, prompt)
        yield from _dates(self.given)


def _one(name: str, value: Any, quotes: Iterable[str], prompt: str, sure: float = PRIOR) -> Iterator[Candidate]:
    if value is not None:
        yield Candidate(name, value, tuple(Quote(quote) for quote in quotes if quote.strip()), sure, prompt)


def _values(answer: Reading, prompt: str) -> Iterator[Candidate]:
    for said in answer.facts:
        value = said.value.strip()
        if value and said.field not in _DATES:
            clean = _CLEANED.get(said.field, str)
            yield from _one(said.field, clean(value), said.quotes, prompt, _JUDGED if said.field in _KINDS else PRIOR)


def _number(text: str) -> str:
    """A number as written with a comma or a unit behind it, as `portfolio.schema` takes it."""
    found = _NUMBER.match(text)
    return found[0].replace(",", ".") if found else text


def _parts(answer: Reading, prompt: str) -> Iterator[Candidate]:
    for party in answer.parties:
        value = party.model_dump(exclude={"quotes"}) | {"registration": _code(party.registration)}
        yield from _one("parties", value, party.quotes, prompt)
    for site in answer.sites:
        yield from _one("sites", site.model_dump(exclude={"quote"}), [site.quote], prompt)
    for amount in answer.amounts:
        yield from _one("amounts", amount.model_dump(exclude={"quote"}), [amount.quote], prompt)
    for duty in answer.obligations:
        quotes = [duty.quote, duty.due_quote or ""]
        yield from _one("obligations", duty.model_dump(exclude={"due_quote"}), quotes, prompt)


def _code(text: str | None) -> str | None:
    """Letters and digits of a company's number, in capitals."""
    return "".join(sign for sign in text or "" if sign.isalnum()).upper() or None


# --- dates: the model gives what is written, or the rule; the arithmetic is done here --------------------------------

_DATES = ("signature_date", "start_date", "end_date")
"""In the order in which they can follow from one another."""
_RULE = re.compile(r"(?P<of>signature|start|end)\w*\s*\+?\s*(?P<offset>-?P[\dYMWDTH]+)", re.I)
_COMPUTED = 0.85


@dataclass(frozen=True)
class _Known:
    """A date, the quotes that prove it, and the arithmetic where it was computed."""

    day: date
    quotes: tuple[str, ...]
    basis: str | None = None


def _dates(answers: Sequence[tuple[Reading, str]]) -> Iterator[Candidate]:
    """Each date as it is written, or computed from another; what is neither is given as it is, refused and counted."""
    said: dict[str, tuple[Said, str]] = {}
    for answer, prompt in answers:
        for one in answer.facts:
            if one.field in (*_DATES, "duration") and one.value.strip():
                said.setdefault(one.field, (one, prompt))
    known: dict[str, _Known] = {}
    rules: dict[str, re.Match[str]] = {}
    for name in _DATES:
        if name not in said:
            continue
        one, prompt = said[name]
        if written := _date(one.value):
            known[name] = _Known(written, tuple(one.quotes))
        elif rule := _RULE.search(one.value):
            rules[name] = rule
        else:
            yield from _one(name, one.value, one.quotes, prompt)
    for name, rule in rules.items():
        followed = _after(rule, said[name][0].quotes, known)
        known |= {name: followed} if followed else {}
    if "end_date" not in known and "duration" in said and "start_date" in known:
        last = _last_day(known["start_date"], said["duration"][0])
        known |= {"end_date": last} if last else {}
    for name, found in known.items():
        quotes = tuple(Quote(quote) for quote in found.quotes if quote.strip())
        sure = PRIOR if found.basis is None else _COMPUTED
        prompt = (said.get(name) or said["duration"])[1]
        yield Candidate(name, found.day, quotes, sure, prompt, found.basis)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _after(rule: re.Match[str], quotes: Iterable[str], known: Mapping[str, _Known]) -> _Known | None:
    """The date that follows from another: on the same day, or some time after (before) it."""
    anchor = known.get(f"{rule['of'].lower()}_date")
    if anchor is None:
        return None
    try:
        offset = Duration.parse(rule["offset"].upper())
        day = offset.after(anchor.day)
    except (InvalidValue, ValueError):
        return None
    return _Known(day, (*quotes, *anchor.quotes), f"{anchor.day} + {offset}")


def _last_day(start: _Known, length: Said) -> _Known | None:
    try:
        duration = Duration.parse(length.value)
        day = duration.last_day_from(start.day)
    except (InvalidValue, ValueError):
        return None
    return _Known(day, (*length.quotes, *start.quotes), f"{start.day} + {duration} - 1 day")


_KINDS = ("contract_type", "legal_nature.sector", "legal_nature.form", "status", "renewal.kind", "price_revision.kind")
"""Fields whose value is a judgement about the words."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_CLEANED: Mapping[str, Callable[[str], str]] = dict.fromkeys(
    ("renewal.max_count", "payment_days", "price_revision.cap_percent"), _number
)
