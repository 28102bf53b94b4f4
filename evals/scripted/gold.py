"""A model that answers from the labels: what a reading by it still gets wrong, the road from answer to record lost.

It answers as a faithful model would: in the schema asked for, about the words that it was sent, with words of them as
quotes. Labels hold one quote a key; where that does not say a value, it quotes the first line that does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from agent.reading.llm.schemas import SHORT
from agent.reading.sameness import letters, word_overlap
from agent.reading.support import contradiction, due_is_said
from evals import loaders
from evals.opened import Opener
from evals.run import dossier
from evals.scripted.server import Reply
from portfolio.schema import Amount, ContractRecord, Obligation, Party, Site, flatten
from portfolio.values import DueRule, Every, FromEvent, OnDate

MOST = 6
"""Words that the instructions let it quote."""


@dataclass(frozen=True)
class _Known:
    record: ContractRecord
    lines: frozenset[str]


class GoldModel:
    """Answers about the labelled contracts of ``folders``; `reply` is the script of a `ScriptedServer`."""

    def __init__(self, folders: Iterable[Path], opener: Opener) -> None:
        self._known = [
            _Known(contract.record, frozenset(line for d in dossier(contract.files, (), opener).documents
                                              for line in d.text.splitlines() if len(line) > 20))
            for folder in folders
            for contract in loaders.labelled(folder)
        ]  # fmt: skip

    def reply(self, request: dict[str, Any]) -> Reply:
        user = request["messages"][-1]["content"]
        lines = user.split("\n")[1:-1]
        known = max(self._known, key=lambda known: sum(line in known.lines for line in lines))
        asked = request["response_format"]["json_schema"]["schema"]
        answer = _Voice(known.record, lines).answer(asked_fields(asked))
        return Reply(json.dumps({name: answer[name] for name in asked["properties"]}, ensure_ascii=False))


def asked_fields(schema: dict[str, Any]) -> Sequence[str]:
    """The fields whose values ``schema`` asks for, in its order."""
    field = schema["properties"]["facts"]["items"]["properties"]["field"]
    return [_LONG.get(name, name) for name in field.get("enum") or [field["const"]]]


_LONG = {short: field for field, short in SHORT.items()}


def said(field: str, value: str, quotes: Iterable[str]) -> dict[str, Any]:
    """A value as the model writes it: no quotes where the value is the contract's own words."""
    return {"field": SHORT.get(field, field), "value": value, "quotes": [quote for quote in quotes if quote != value]}


def few(field: str, value: Any, quote: str) -> str:
    """The few words of ``quote`` that prove ``value``, as the instructions ask: the shortest run of up to six that says
    it; where none does, or none can be told, its first six."""
    words = quote.split()
    runs = (" ".join(words[at : at + size]) for size in range(2, MOST + 1) for at in range(len(words) - size + 1))
    if len(words) <= MOST:
        return quote
    if contradiction(field, value, "") is None:
        return " ".join(words[:MOST])
    return next((run for run in runs if contradiction(field, value, run) is None), " ".join(words[:MOST]))


def line(*parts: Any) -> str:
    """The parts of a value in one line, as `agent.reading.llm.forms` reads it."""
    return " | ".join("" if part is None else str(part) for part in parts).rstrip(" |")


def due_line(due: DueRule | None) -> str | None:
    """A due rule as `agent.reading.llm.forms.due` reads it."""
    match due:
        case OnDate():
            return due.date.isoformat()
        case Every():
            return " ".join(filter(None, (str(due.every), due.month_day)))
        case FromEvent():
            return f"{due.offset} {due.event}"
    return None


class _Voice:
    """One contract's labels, told about the ``lines`` that were sent."""

    def __init__(self, record: ContractRecord, lines: Sequence[str]) -> None:
        self._record = record
        self._lines = [line for line in lines if line.strip()]
        self._text = letters("\n".join(lines))

    def answer(self, fields: Sequence[str]) -> dict[str, Any]:
        """All parts of an answer, with the values of ``fields`` that the labels hold."""
        return {"facts": [fact for field in fields for fact in self._facts(field)], "more": False}

    def _facts(self, field: str) -> Iterator[dict[str, Any]]:
        for name, value in flatten(self._record):
            if name == field and (told := self._told(name, value)):
                shown, quotes = told
                yield said(name, shown, [few(name, value, quote) for quote in quotes])

    def _told(self, field: str, value: Any) -> tuple[str, list[str]] | None:
        """The value as text with the words that say it; None where these were not sent."""
        match value:
            case Party():
                return self._party(value) if letters(value.name)[:12] in self._text else None
            case Site():
                return (line(*value.model_dump().values()), [self._line(field, value)]) if self._has(value) else None
            case Amount():
                quote = self._line(field, value)
                return (line(*value.model_dump().values()), [quote]) if quote else None
            case Obligation():
                return self._duty(value) if letters(value.quote)[:40] in self._text else None
        head = field.partition(".")[0]
        if head in ("renewal", "price_revision"):
            return (str(value), self._quotes(head, {field: value})) if self._sent(head) else None
        if head == "legal_nature":
            return str(value), [self._quote(head)]
        if isinstance(value, date):
            return self._day(field, value)
        if field == "termination":
            return value, self._summary(field, value)
        quote = self._quote(field)
        if not quote or contradiction(field, value, quote) is not None:
            quote = self._line(field, value) or quote
        return (str(value), [quote]) if quote else None

    # --- words

    def _duty(self, duty: Obligation) -> tuple[str, list[str]]:
        """An obligation, with the words of its due date where its own do not say it: of its line, else of another."""
        quotes = [duty.quote]
        if duty.due is not None and not due_is_said(duty.due, duty.quote):
            own = [line for line in self._lines if letters(duty.quote)[:40] in letters(line)]
            quotes += [line for line in (*own, *self._lines) if due_is_said(duty.due, line)][:1]
        return line(duty.debtor, duty.action, duty.document, due_line(duty.due)), quotes

    def _summary(self, field: str, value: str) -> list[str]:
        """The quote of a summary, and the lines nearest to it until they say it."""
        quotes = [quote for quote in [self._quote(field)] if quote]
        nearest = sorted(self._lines, key=lambda line: -word_overlap(value, line, of_first=True))
        for line in nearest[:6]:
            if quotes and contradiction(field, value, "\n".join(quotes)) is None:
                break
            quotes.append(line)
        return quotes

    def _party(self, party: Party) -> tuple[str, list[str]]:
        quotes = [self._line("parties", party.model_copy(update={"registration": None}))]
        if party.registration:
            number = party.registration[:9].lower()
            quotes += [line for line in self._lines if number in letters(line)][:1]
        return line(party.name, party.role, party.registration), [quote for quote in quotes if quote]

    def _has(self, site: Site) -> bool:
        return letters(site.city or site.name or "") in self._text

    def _day(self, field: str, value: date) -> tuple[str, list[str]] | None:
        """The date where some words say it; else the day that it follows from, where labels say so."""
        quotes = [quote for quote in [self._quote(field)] if quote]
        if any(contradiction(field, value, quote) is None for quote in quotes):
            return value.isoformat(), quotes
        if line := self._line(field, value):
            return value.isoformat(), [*quotes, line]
        if field == "start_date" and value == self._record.signature_date:
            return "signature P0D", quotes
        return None

    def _quotes(self, key: str, proofs: dict[str, Any]) -> list[str]:
        """The labels' quote of ``key``, and the lines that say what it does not."""
        quotes = [quote for quote in [self._quote(key)] if quote]
        for name, value in proofs.items():
            field = name.partition("/")[0]
            if value is not None and contradiction(field, value, "\n".join(quotes)) is not None:
                quotes += [line for line in [self._line(field, value)] if line]
        return quotes

    def _quote(self, key: str) -> str:
        quote = self._record.quotes.get(key, "")
        return quote if self._says(quote) else ""

    def _sent(self, key: str) -> bool:
        quote = self._record.quotes.get(key)
        return quote is None or self._says(quote)

    def _says(self, quote: str) -> bool:
        return bool(quote) and letters(quote)[:60] in self._text

    def _line(self, field: str, value: Any) -> str:
        """The line that says ``value``, of several the one that speaks most of its label."""
        saying = [line for line in self._lines if contradiction(field, value, line) is None]
        label = value.label if isinstance(value, Amount) else ""
        return max(saying, key=lambda line: word_overlap(label, line, of_first=True), default="") if saying else ""
