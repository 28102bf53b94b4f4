"""From the model's answers to candidates: each value with its quotes; dates that follow from others are computed here.

How sure a candidate is, is a prior by field alone: what a model thinks of itself is not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import BaseModel

from agent.reading.llm import schemas
from agent.reading.reader import Candidate, Quote
from portfolio.errors import InvalidValue
from portfolio.values import Duration

PRIOR = 0.9
"""How sure a value of a model is that was never measured: `agent.reading.hybrid` learns better from the contract."""
_JUDGED = 0.85
"""Of a value that is a judgement about the words (a kind, a type)."""


@dataclass
class Answers:
    """The answers to one dossier, of several requests where it was long, with the prompt of each theme."""

    by_theme: dict[str, list[tuple[BaseModel, str]]] = field(default_factory=dict)

    def add(self, theme: str, answer: BaseModel, prompt: str) -> None:
        self.by_theme.setdefault(theme, []).append((answer, prompt))

    def candidates(self) -> Iterator[Candidate]:
        for theme, answers in self.by_theme.items():
            for answer, prompt in answers:
                yield from _READ[theme](answer, prompt)
        yield from _dates([(answer, prompt) for answer, prompt in self.by_theme.get("identity", ())])


def _one(name: str, value: Any, quotes: Iterable[str], prompt: str, sure: float = PRIOR) -> Iterator[Candidate]:
    if value is not None:
        yield Candidate(name, value, tuple(Quote(quote) for quote in quotes if quote.strip()), sure, prompt)


def _said(name: str, said: schemas.Text | schemas.Type | schemas.Standing | None, prompt: str) -> Iterator[Candidate]:
    if said is not None:
        yield from _one(name, said.value, [said.quote], prompt, PRIOR if isinstance(said, schemas.Text) else _JUDGED)


def _identity(answer: schemas.Identity, prompt: str) -> Iterator[Candidate]:
    for name in ("title", "reference", "amends", "contract_type", "status", "duration"):
        yield from _said(name, getattr(answer, name), prompt)
    if answer.nature is not None:
        for leaf in ("sector", "form"):
            value = getattr(answer.nature, leaf)
            yield from _one(f"legal_nature.{leaf}", value, [answer.nature.quote], prompt, _JUDGED)
    for party in answer.parties:
        value = party.model_dump(exclude={"quotes"}) | {"registration": _code(party.registration)}
        yield from _one("parties", value, party.quotes, prompt)
    for site in answer.sites:
        yield from _one("sites", site.model_dump(exclude={"quote"}), [site.quote], prompt)


def _code(text: str | None) -> str | None:
    """Letters and digits of a company's number, in capitals."""
    return "".join(sign for sign in text or "" if sign.isalnum()).upper() or None


def _ending(answer: schemas.Ending, prompt: str) -> Iterator[Candidate]:
    if answer.renewal is not None:
        yield from _one("renewal.kind", answer.renewal.kind, answer.renewal.quotes, prompt, _JUDGED)
        yield from _one("renewal.period", answer.renewal.period, answer.renewal.quotes, prompt)
        yield from _one("renewal.max_count", answer.renewal.max_count, answer.renewal.quotes, prompt)
    if answer.termination is not None:
        yield from _one("termination", answer.termination.value, answer.termination.quotes, prompt)
    for name, said in (
        ("notice_period", answer.notice),
        ("governing_law", answer.law),
        ("jurisdiction", answer.jurisdiction),
    ):
        yield from _said(name, said, prompt)


def _money(answer: schemas.Money, prompt: str) -> Iterator[Candidate]:
    for amount in answer.amounts:
        yield from _one("amounts", amount.model_dump(exclude={"quote"}), [amount.quote], prompt)
    revision = answer.revision
    if revision is not None:
        yield from _one("price_revision.kind", revision.kind, revision.quotes, prompt, _JUDGED)
        for leaf in ("formula", "frequency", "month_day", "cap_percent"):
            yield from _one(f"price_revision.{leaf}", getattr(revision, leaf), revision.quotes, prompt)
        for index in revision.indices:
            yield from _one("price_revision.indices", index, revision.quotes, prompt)
    if answer.payment_days is not None:
        days = answer.payment_days.value
        yield from _one("payment_days", round(days), [answer.payment_days.quote], prompt)
    yield from _said("late_interest", answer.late_interest, prompt)


def _obligations(answer: schemas.Obligations, prompt: str) -> Iterator[Candidate]:
    for duty in answer.items:
        quotes = [duty.quote, duty.due_quote or ""]
        yield from _one("obligations", duty.model_dump(exclude={"due_quote"}), quotes, prompt)


_READ: Mapping[str, Callable[[Any, str], Iterator[Candidate]]] = {
    "identity": _identity,
    "ending": _ending,
    "money": _money,
    "obligations": _obligations,
}


# --- dates: the model gives what is written, or the rule; the arithmetic is done here --------------------------------

_FIELDS = {"signature": "signature_date", "start": "start_date", "end": "end_date"}
_COMPUTED = 0.85


@dataclass(frozen=True)
class _Known:
    """A date, the quotes that prove it, and the arithmetic where it was computed."""

    day: date
    quotes: tuple[str, ...]
    basis: str | None = None


def _dates(answers: list[tuple[BaseModel, str]]) -> Iterator[Candidate]:
    identities = [(answer, prompt) for answer, prompt in answers if isinstance(answer, schemas.Identity)]
    if not identities:
        return
    days = {name: next((day for a, _ in identities if (day := getattr(a, name))), None) for name in _FIELDS}
    length = next((a.duration for a, _ in identities if a.duration), None)
    prompt = identities[0][1]
    known: dict[str, _Known] = {}
    for name, day in days.items():
        if day is not None and day.date and (written := _date(day.date)):
            known[name] = _Known(written, tuple(day.quotes))
        elif day is not None and day.date:
            yield from _one(_FIELDS[name], day.date, day.quotes, prompt)  # refused as invalid, and counted
    for name in ("start", "end"):
        day = days[name]
        if name not in known and day is not None and day.rule is not None:
            followed = _after(day.rule, tuple(day.quotes), known)
            known |= {name: followed} if followed else {}
    if "end" not in known and length is not None and "start" in known:
        last = _last_day(known["start"], length)
        known |= {"end": last} if last else {}
    for name, found in known.items():
        quotes = tuple(Quote(quote) for quote in found.quotes if quote.strip())
        sure = PRIOR if found.basis is None else _COMPUTED
        yield Candidate(_FIELDS[name], found.day, quotes, sure, prompt, found.basis)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _after(rule: schemas.After, quotes: tuple[str, ...], known: Mapping[str, _Known]) -> _Known | None:
    """The date that follows from another: on the same day, or some time after (before) it."""
    anchor = known.get(rule.of)
    if anchor is None:
        return None
    try:
        offset = Duration.parse(rule.offset)
        day = offset.after(anchor.day)
    except (InvalidValue, ValueError):
        return None
    return _Known(day, (*quotes, *anchor.quotes), f"{anchor.day} + {offset}")


def _last_day(start: _Known, length: schemas.Text) -> _Known | None:
    try:
        duration = Duration.parse(length.value)
        day = duration.last_day_from(start.day)
    except (InvalidValue, ValueError):
        return None
    return _Known(day, (length.quote, *start.quotes), f"{start.day} + {duration} - 1 day")
