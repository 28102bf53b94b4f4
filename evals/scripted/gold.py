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

from agent.reading.sameness import letters, word_overlap
from agent.reading.support import contradiction, due_is_said
from evals import loaders
from evals.opened import Opener
from evals.run import dossier
from evals.scripted.server import Reply
from portfolio.schema import Amount, ContractRecord, Obligation, Party, Site, flatten


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
    said = schema.get("$defs", {}).get("Said")
    return said["properties"]["field"]["enum"] if said else ()


class _Voice:
    """One contract's labels, told about the ``lines`` that were sent."""

    def __init__(self, record: ContractRecord, lines: Sequence[str]) -> None:
        self._record = record
        self._lines = [line for line in lines if line.strip()]
        self._text = letters("\n".join(lines))

    def answer(self, fields: Sequence[str]) -> dict[str, Any]:
        """All parts of an answer, with the values of ``fields`` that the labels hold."""
        record = self._record
        amounts = [(amount, self._line("amounts", amount)) for amount in record.amounts]
        duties = [duty for duty in record.obligations if letters(duty.quote)[:40] in self._text]
        return {
            "facts": [fact for field in fields for fact in self._facts(field)],
            "parties": [self._party(party) for party in record.parties if letters(party.name)[:12] in self._text],
            "sites": [
                site.model_dump() | {"quote": self._line("sites", site)} for site in record.sites if self._has(site)
            ],
            "amounts": [amount.model_dump() | {"quote": line} for amount, line in amounts if line],
            "obligations": [self._duty(duty) for duty in duties],
            "more": False,
        }

    def _facts(self, field: str) -> Iterator[dict[str, Any]]:
        for name, value in flatten(self._record):
            if name == field and (told := self._told(name, value)):
                shown, quotes = told
                yield {"field": name, "value": shown, "quotes": quotes}

    def _told(self, field: str, value: Any) -> tuple[str, list[str]] | None:
        """The value as text with the words that say it; None where these were not sent."""
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

    def _duty(self, duty: Obligation) -> dict[str, Any]:
        """An obligation, with the words of its due date where its own do not say it: of its line, else of another."""
        due_quote = None
        if duty.due is not None and not due_is_said(duty.due, duty.quote):
            own = [line for line in self._lines if letters(duty.quote)[:40] in letters(line)]
            due_quote = next((line for line in (*own, *self._lines) if due_is_said(duty.due, line)), None)
        return duty.model_dump(mode="json") | {"due_quote": due_quote}

    def _summary(self, field: str, value: str) -> list[str]:
        """The quote of a summary, and the lines nearest to it until they say it."""
        quotes = [quote for quote in [self._quote(field)] if quote]
        nearest = sorted(self._lines, key=lambda line: -word_overlap(value, line, of_first=True))
        for line in nearest[:6]:
            if quotes and contradiction(field, value, "\n".join(quotes)) is None:
                break
            quotes.append(line)
        return quotes

    def _party(self, party: Party) -> dict[str, Any]:
        quotes = [self._line("parties", party.model_copy(update={"registration": None}))]
        if party.registration:
            number = party.registration[:9].lower()
            quotes += [line for line in self._lines if number in letters(line)][:1]
        return party.model_dump() | {"quotes": [quote for quote in quotes if quote]}

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
