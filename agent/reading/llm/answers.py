"""From the model's answers to candidates: each value with its quotes; dates that follow from others are computed here.

How sure a candidate is, is a prior by field alone: what a model thinks of itself is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from agent.reading.llm.forms import FORMS, number, parted
from agent.reading.llm.passages import Passages
from agent.reading.llm.schemas import Reading, Said
from agent.reading.reader import Candidate, Quote
from portfolio.errors import InvalidValue
from portfolio.values import Duration

PRIOR = 0.9
"""How sure a value of a model is that was never measured: `agent.reading.hybrid` learns better from the contract."""
_JUDGED = 0.85
"""Of a value that is a judgement about the words (a kind, a type)."""


class Answers:
    """The answers to one dossier, of several requests where it was long, each with the prompt it was asked by."""

    def __init__(self, given: Iterable[tuple[Reading, str]], passages: Passages) -> None:
        self._said = [(said, prompt) for answer, prompt in given for said in answer.facts if said.value.strip()]
        self._passages = passages

    def candidates(self) -> Iterator[Candidate]:
        for said, prompt in self._said:
            if said.field not in _DATES:
                yield self._candidate(said, prompt)
        yield from self._dates()

    def _candidate(self, said: Said, prompt: str) -> Candidate:
        value = value_of(said)
        sure = _JUDGED if said.field in _KINDS else PRIOR
        return Candidate(said.field, value, self._passages.quotes(said.field, value, _words(said)), sure, prompt)

    def _dates(self) -> Iterator[Candidate]:
        """Each date as it is written, or computed from another; what is neither is given as it is, refused and
        counted."""
        said: dict[str, tuple[Said, str]] = {}
        for one, prompt in self._said:
            if one.field in (*_DATES, "duration"):
                said.setdefault(one.field, (one, prompt))
        known: dict[str, _Known] = {}
        rules: dict[str, re.Match[str]] = {}
        for name in _DATES:
            if name not in said:
                continue
            one, prompt = said[name]
            if written := _date(one.value):
                known[name] = _Known(written, self._passages.quotes(name, written, one.quotes))
            elif rule := _RULE.search(one.value):
                rules[name] = rule
            else:
                yield self._candidate(one, prompt)
        for name, rule in rules.items():
            followed = _after(rule, self._placed(said[name][0]), known)
            known |= {name: followed} if followed else {}
        if "end_date" not in known and "duration" in said and "start_date" in known:
            length = said["duration"][0]
            last = _last_day(known["start_date"], length.value, self._placed(length))
            known |= {"end_date": last} if last else {}
        for name, found in known.items():
            sure = PRIOR if found.basis is None else _COMPUTED
            prompt = (said.get(name) or said["duration"])[1]
            yield Candidate(name, found.day, found.quotes, sure, prompt, found.basis)

    def _placed(self, said: Said) -> tuple[Quote, ...]:
        return self._passages.quotes(said.field, said.value.strip(), said.quotes)


def value_of(said: Said) -> Any:
    """What ``said`` says, before `portfolio.schema` gives it its type."""
    if form := FORMS.get(said.field):
        value = form(said.value)
        return value | {"quote": next(iter(_words(said)), "")} if said.field == "obligations" else value
    return _CLEANED.get(said.field, str)(said.value.strip())


def _words(said: Said) -> list[str]:
    """The words quoted; where there are none, those of the value itself."""
    quoted = [quote for quote in said.quotes if quote.strip()]
    if quoted or said.field not in FORMS:
        return quoted or [said.value.strip()]
    parts = parted(said.value)
    return [part for part in (parts[1:2] if said.field == "sites" else []) + parts[:1] if part][:1]


# --- dates: the model gives what is written, or the rule; the arithmetic is done here --------------------------------

_DATES = ("signature_date", "start_date", "end_date")
"""In the order in which they can follow from one another."""
_RULE = re.compile(r"(?P<of>signature|start|end)\w*\s*\+?\s*(?P<offset>-?P[\dYMWDTH]+)", re.I)
_COMPUTED = 0.85


@dataclass(frozen=True)
class _Known:
    """A date, the quotes that prove it, and the arithmetic where it was computed."""

    day: date
    quotes: tuple[Quote, ...]
    basis: str | None = None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _after(rule: re.Match[str], quotes: Iterable[Quote], known: Mapping[str, _Known]) -> _Known | None:
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


def _last_day(start: _Known, length: str, quotes: Iterable[Quote]) -> _Known | None:
    try:
        duration = Duration.parse(length)
        day = duration.last_day_from(start.day)
    except (InvalidValue, ValueError):
        return None
    return _Known(day, (*quotes, *start.quotes), f"{start.day} + {duration} - 1 day")


_KINDS = ("contract_type", "legal_nature.sector", "legal_nature.form", "status", "renewal.kind", "price_revision.kind")
"""Fields whose value is a judgement about the words."""
_CLEANED: Mapping[str, Callable[[str], str]] = dict.fromkeys(
    ("renewal.max_count", "payment_days", "price_revision.cap_percent"), number
)
