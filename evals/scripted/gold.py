"""A model that answers from the labels: what a reading by it still gets wrong, the road from answer to record lost.

It answers as a faithful model would: in the schema asked for, about the words that it was sent, with words of them as
quotes. Labels hold one quote a key; where that does not say a value, it quotes the first line that does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from agent.dossiers import open_file
from agent.reading.llm import words
from agent.reading.llm.forms import FORMS
from agent.reading.llm.schemas import SHORT
from agent.reading.llm.themes import THEMES, Theme, cues_of
from agent.reading.reader import Dossier
from agent.reading.sameness import letters, same, word_overlap
from agent.reading.structure import fold
from agent.reading.support import contradiction
from evals import loaders
from evals.opened import Opener
from evals.run import dossier
from evals.scripted.server import Reply
from portfolio.errors import InvalidValue
from portfolio.schema import Amount, ContractRecord, Obligation, Party, Site, flatten, spec
from portfolio.values import DueRule, Every, FromEvent, OnDate
from prompts.loader import load

MOST, FEW = 8, 4
"""Words that it copies for one value at most, and for a judgement."""
_SIGNS = " ,.;:()«»"
_TELLING = 20
"""Characters from which on a line tells one contract from others."""
_SHORT, _STEM = 3, 5
"""Letters of words that no run begins or ends with, and of those by which two words are one."""


@dataclass(frozen=True)
class Known:
    """The labels of a contract, and its documents."""

    record: ContractRecord
    dossier: Dossier

    @cached_property
    def lines(self) -> frozenset[str]:
        """By which it is told from others."""
        return frozenset(line for d in self.dossier.documents for line in d.text.splitlines() if len(line) > _TELLING)


class GoldModel:
    """Answers about the labelled contracts of ``folders``; `reply` is the script of a `ScriptedServer`."""

    def __init__(self, folders: Iterable[Path], opener: Opener) -> None:
        self._known = [
            Known(contract.record, dossier(contract.files, (), opener))
            for folder in folders
            for contract in loaders.labelled(folder)
        ]

    @classmethod
    def of(cls, known: Iterable[Known]) -> Self:
        """The model that answers about ``known`` contracts."""
        model = cls((), open_file)
        model._known = list(known)
        return model

    def reply(self, request: dict[str, Any]) -> Reply:
        user = request["messages"][-1]["content"]
        lines = user.split("\n")[1:-1]
        known = max(self._known, key=lambda known: sum(line in known.lines for line in lines))
        told = list(_Voice(known.record, lines).lines(asked_fields(request)))
        return Reply(json.dumps({"lines": told}, ensure_ascii=False, separators=(",", ":")))


def asked_fields(request: dict[str, Any]) -> Sequence[str]:
    """The fields whose values the instructions of ``request`` ask for, in their order."""
    system = request["messages"][0]["content"]
    return [field for theme in THEMES if any(start in system for start in _starts(theme)) for field in theme.fields]


def _starts(theme: Theme) -> Iterator[str]:
    """How the instructions of ``theme`` begin, in both languages."""
    for language in ("fr", "en"):
        yield load(f"read_{theme.name}", language).text.partition("$")[0]


def said(field: str, value: Any, quote: str) -> str:
    """``value`` as the model writes it: by the fewest words of ``quote`` that say it, else by words and the value."""
    runs = list(_runs(quote))
    if own := next((run for run in runs if _says(field, value, run)), None):
        return own
    proof = next((run for run in runs if contradiction(field, value, run) is None), " ".join(quote.split()[:MOST]))
    return f"{proof} = {value}"


def _says(field: str, value: Any, run: str) -> bool:
    try:
        return same(field, spec(field).validate(words.value(field, run)), value)
    except InvalidValue:
        return False


def _runs(quote: str) -> Iterator[str]:
    """Runs of up to `MOST` words, the shortest first."""
    told = quote.split()
    for size in range(1, min(MOST, len(told)) + 1):
        yield from (" ".join(told[at : at + size]).strip(_SIGNS) for at in range(len(told) - size + 1))


def judged(field: str, value: str, quote: str) -> str:
    """A value that is a judgement, with the words of ``quote`` from the first that speaks of its field on."""
    told = quote.split()
    own, theme = cues_of(field)
    at = next((n for cues in (own, theme) for n, word in enumerate(told) if cues.search(fold(word))), 0)
    return f"{' '.join(told[at : at + FEW]).strip(_SIGNS)} = {value}"


def line(*parts: Any) -> str:
    """The parts of a value in one line, as `agent.reading.llm.forms` reads it."""
    return " | ".join(str(part) for part in parts if part is not None)


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

    def lines(self, fields: Sequence[str]) -> Iterator[str]:
        """The lines of an answer, with the values of ``fields`` that the labels hold."""
        for field in fields:
            for name, value in flatten(self._record):
                if name == field and (told := self._told(name, value)):
                    yield f"{SHORT.get(field, field)}: {told}"

    def _told(self, field: str, value: Any) -> str | None:
        """The value as a line says it; None where its words were not sent."""
        match value:
            case Party():
                told = line(value.name, value.role, value.registration)
                return told if letters(value.name)[:12] in self._text else None
            case Site():
                return self._place(value) if letters(value.city or value.name or "") in self._text else None
            case Amount():
                return self._sum(value)
            case Obligation():
                return self._duty(value) if letters(value.quote)[:40] in self._text else None
            case date():
                return self._day(field, value)
        if not self._sent(field):
            return None
        if field in ("contract_type", "legal_nature.sector"):
            return str(value)
        if field in _JUDGED:
            return judged(field, value, self._quote(field.partition(".")[0]) or self._quote(field))
        if spec(field).type is spec("title").type:
            return str(value)
        quote = self._saying(field, value)
        return said(field, value, quote) if quote else None

    # --- words

    def _place(self, site: Site) -> str:
        return " | ".join(part or "" for part in (site.name, site.city, site.postal_code)).rstrip(" |")

    def _sum(self, amount: Amount) -> str | None:
        quote = self._line("amounts", amount)
        own = next((run for run in _runs(quote) if _is_sum(run, amount)), None)
        if own is None and not quote:
            return None
        shown = own or f"{' '.join(quote.split()[:MOST])} = {amount.value:g}"
        currency = amount.currency if FORMS["amounts"](f"| {shown}")["currency"] != amount.currency else None
        return line(amount.label, shown, currency, amount.tax, amount.period, amount.bound)

    def _duty(self, duty: Obligation) -> str:
        """The debtor by its role where it alone has it."""
        cast = [party for party in self._record.parties if party.name == duty.debtor]
        alone = cast and sum(party.role == cast[0].role for party in self._record.parties) == 1
        debtor = cast[0].role if alone else duty.debtor
        return line(debtor or "", _copied(duty, self._text), due_line(duty.due))

    def _day(self, field: str, value: date) -> str | None:
        """The date where some words say it; else the day that it follows from, where labels say so."""
        quote = self._saying(field, value)
        if contradiction(field, value, quote) is None:
            return said(field, value, quote)
        if field == "start_date" and value == self._record.signature_date:
            return f"{' '.join(quote.split()[:FEW])} = signature P0D"
        return None

    def _saying(self, field: str, value: Any) -> str:
        """The labels' quote where it says ``value``, else a line that does, else the quote."""
        quote = self._quote(field) or self._quote(field.partition(".")[0])
        if quote and contradiction(field, value, quote) is None:
            return quote
        return self._line(field, value, near=quote) or quote

    def _sent(self, field: str) -> bool:
        """Whether the words were sent that the labels quote for ``field``; so too where they quote none."""
        keys = {field, field.partition(".")[0]} & set(self._record.quotes)
        return not keys or any(self._quote(key) for key in keys)

    def _quote(self, key: str) -> str:
        """The labels' quote of ``key``, where it was sent."""
        quote = self._record.quotes.get(key, "")
        return quote if letters(quote)[:60] in self._text else ""

    def _line(self, field: str, value: Any, near: str = "") -> str:
        """The line that says ``value``, of several the one that speaks most of its label or of its field, of equals the
        one that stands nearest to ``near``."""
        own, _ = cues_of(field)
        start = letters(near)[:40]
        place = next((at for at, line in enumerate(self._lines) if start in letters(line)), 0)

        def rank(at: int) -> tuple[float, ...]:
            line = self._lines[at]
            if isinstance(value, Amount):
                return (word_overlap(value.label, line, of_first=True),)
            return len(set(own.findall(fold(line)))), -abs(at - place)

        saying = [at for at, line in enumerate(self._lines) if contradiction(field, value, line) is None]
        return self._lines[max(saying, key=rank)] if saying else ""


def _is_sum(run: str, amount: Amount) -> bool:
    number, currency = words.amount(run)
    return number is not None and abs(float(number) - amount.value) < 0.005 and currency in (None, amount.currency)


def _copied(duty: Obligation, text: str) -> str:
    """The action of ``duty`` with words of its sentence: those of the label where the sentence has them, else, behind
    the verb, a run of a few that has most of them, if it can be one that ``text`` (letters only) has once."""
    thing, marks = (duty.document, "[]") if duty.document else (" ".join(duty.action.split()[1:]) or duty.action, "<>")
    for part in (thing, " ".join(thing.split()[:FEW])):
        at = fold(duty.action).find(fold(part))
        if at >= 0 and fold(part) in fold(duty.quote):
            return f"{duty.action[:at]}{marks[0]}{part}{marks[1]}{duty.action[at + len(part) :]}"
    wanted = _stems(thing)
    told = duty.quote.split()
    runs = (told[at : at + size] for size in (2, 3, FEW) for at in range(max(1, len(told) - size + 1)))
    ends = [run for run in runs if min(len(letters(run[0])), len(letters(run[-1]))) > _SHORT] or [told[:FEW]]
    once = [run for run in ends if text.count(letters(" ".join(run))) == 1] or ends
    run = max(once, key=lambda run: len(wanted & _stems(" ".join(run))))
    words, verb = " ".join(run).strip(_SIGNS), duty.action.split()[0]
    if wanted & _stems(words):
        return f"{verb} {marks[0]}{words}{marks[1]}"
    return f"{verb} [{thing}] <{words}>" if duty.document else f"{duty.action} <{words}>"


def _stems(text: str) -> frozenset[str]:
    return frozenset(letters(word)[:_STEM] for word in re.findall(r"\w+", text) if len(word) > _SHORT)


_JUDGED = ("legal_nature.form", "status", "renewal.kind", "price_revision.kind", "governing_law")
"""Fields whose value is a code that the instructions ask for behind the words."""
