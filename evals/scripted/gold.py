"""A model that answers from the labels: what a reading by it still gets wrong, the road from answer to record lost.

It answers as a faithful model would: in the schema asked for, about the words that it was sent, with words of them as
quotes. Labels hold one quote a key; where that does not say a value, it quotes the first line that does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
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
from portfolio.schema import Amount, ContractRecord, Obligation, Party, Site


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
        themes = request["response_format"]["json_schema"]["schema"]["properties"]
        voice = _Voice(known.record, lines)
        return Reply(json.dumps({theme: getattr(voice, theme)() for theme in themes}, ensure_ascii=False))


class _Voice:
    """One contract's labels, told about the ``lines`` that were sent."""

    def __init__(self, record: ContractRecord, lines: Sequence[str]) -> None:
        self._record = record
        self._lines = [line for line in lines if line.strip()]
        self._text = letters("\n".join(lines))

    # --- themes

    def identity(self) -> dict[str, Any]:
        record = self._record
        nature = record.legal_nature
        stated = nature.sector or nature.form
        return {
            "title": self._text_of("title", record.title),
            "reference": self._text_of("reference", record.reference),
            "amends": self._text_of("amends", record.amends),
            "contract_type": self._text_of("contract_type", record.contract_type),
            "nature": {"sector": nature.sector, "form": nature.form, "quote": self._quote("legal_nature")}
            if stated
            else None,
            "status": self._text_of("status", record.status),
            "parties": [self._party(party) for party in record.parties if letters(party.name)[:12] in self._text],
            "sites": [
                site.model_dump() | {"quote": self._line("sites", site)} for site in record.sites if self._has(site)
            ],
            "signature": self._day("signature_date", record.signature_date),
            "start": self._day("start_date", record.start_date),
            "end": self._day("end_date", record.end_date),
            "duration": self._text_of("duration", record.duration and str(record.duration), record.duration),
        }

    def ending(self) -> dict[str, Any]:
        record, renewal = self._record, self._record.renewal
        notice = record.notice_period and str(record.notice_period)
        return {
            "renewal": {
                "kind": renewal.kind,
                "period": renewal.period and str(renewal.period),
                "max_count": renewal.max_count,
                "quotes": self._quotes(
                    "renewal", {f"renewal.{k}": getattr(renewal, k) for k in ("period", "max_count")}
                ),
            }
            if renewal and renewal.kind and self._sent("renewal")
            else None,
            "notice": self._text_of("notice_period", notice, record.notice_period),
            "termination": self._summary("termination", record.termination),
            "law": self._text_of("governing_law", record.governing_law),
            "jurisdiction": self._text_of("jurisdiction", record.jurisdiction),
        }

    def money(self) -> dict[str, Any]:
        record, revision = self._record, self._record.price_revision
        leaves = ("formula", "frequency", "month_day", "cap_percent")
        proofs: dict[str, Any] = {}
        if revision:
            proofs = {f"price_revision.{leaf}": getattr(revision, leaf) for leaf in leaves}
            proofs |= {f"price_revision.indices/{index}": index for index in revision.indices}
        days = record.payment_days
        amounts = [(amount, self._line("amounts", amount)) for amount in record.amounts]
        return {
            "amounts": [amount.model_dump() | {"quote": line} for amount, line in amounts if line],
            "revision": {
                "kind": revision.kind,
                "formula": revision.formula,
                "indices": list(revision.indices),
                "frequency": revision.frequency and str(revision.frequency),
                "month_day": revision.month_day,
                "cap_percent": revision.cap_percent,
                "quotes": self._quotes("price_revision", proofs),
            }
            if revision and revision.kind and self._sent("price_revision")
            else None,
            "payment_days": self._text_of("payment_days", days),
            "late_interest": self._text_of("late_interest", record.late_interest),
        }

    def obligations(self) -> dict[str, Any]:
        told = [duty for duty in self._record.obligations if letters(duty.quote)[:40] in self._text]
        return {"items": [self._duty(duty) for duty in told], "more": False}

    # --- words

    def _duty(self, duty: Obligation) -> dict[str, Any]:
        """An obligation, with the words of its due date where its own do not say it: of its line, else of another."""
        due_quote = None
        if duty.due is not None and not due_is_said(duty.due, duty.quote):
            own = [line for line in self._lines if letters(duty.quote)[:40] in letters(line)]
            due_quote = next((line for line in (*own, *self._lines) if due_is_said(duty.due, line)), None)
        return duty.model_dump(mode="json") | {"due_quote": due_quote}

    def _summary(self, field: str, value: str | None) -> dict[str, Any] | None:
        """A summary with its quote, and the lines nearest to it until they say it."""
        if value is None:
            return None
        quotes = [quote for quote in [self._quote(field)] if quote]
        nearest = sorted(self._lines, key=lambda line: -word_overlap(value, line, of_first=True))
        for line in nearest[:6]:
            if quotes and contradiction(field, value, "\n".join(quotes)) is None:
                break
            quotes.append(line)
        return {"value": value, "quotes": quotes}

    def _party(self, party: Party) -> dict[str, Any]:
        quotes = [self._line("parties", party.model_copy(update={"registration": None}))]
        if party.registration:
            number = party.registration[:9].lower()
            quotes += [line for line in self._lines if number in letters(line)][:1]
        return party.model_dump() | {"quotes": [quote for quote in quotes if quote]}

    def _has(self, site: Site) -> bool:
        return letters(site.city or site.name or "") in self._text

    def _day(self, field: str, value: date | None) -> dict[str, Any] | None:
        """The date where some words say it; else the day that it follows from, where labels say so."""
        if value is None:
            return None
        quotes = [quote for quote in [self._quote(field)] if quote]
        written = any(contradiction(field, value, quote) is None for quote in quotes)
        if not written and (line := self._line(field, value)):
            quotes.append(line)
            written = True
        rule = None
        if not written and field == "start_date" and value == self._record.signature_date:
            rule = {"of": "signature", "offset": "P0D"}
        return {"date": value.isoformat() if written else None, "rule": rule, "quotes": quotes}

    def _text_of(self, field: str, shown: Any, value: Any = None) -> dict[str, Any] | None:
        """A value with one quote; None where the labels hold none, or its words were not sent."""
        if shown is None:
            return None
        value = shown if value is None else value
        quote = self._quote(field)
        if not quote or contradiction(field, value, quote) is not None:
            quote = self._line(field, value) or quote
        return {"value": shown, "quote": quote} if quote else None

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
