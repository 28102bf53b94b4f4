"""From the model's lines to candidates: each value with its quotes; dates that follow from others are computed here.

How sure a candidate is, is a prior by field alone: what a model thinks of itself is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from agent.reading.llm import words
from agent.reading.llm.forms import FORMS, amount_words, parted
from agent.reading.llm.passages import Passages
from agent.reading.llm.schemas import Reading, Said
from agent.reading.llm.words import DATES
from agent.reading.reader import Candidate, Quote
from agent.reading.sameness import same_name
from agent.reading.support import contradiction
from portfolio.errors import InvalidValue
from portfolio.schema import FIELDS, spec
from portfolio.values import Duration

PRIOR = 0.9
"""How sure a value of a model is that was never measured: `agent.reading.hybrid` learns better from the contract."""
_JUDGED = 0.85
"""Of a value that is a judgement about the words (a kind, a type)."""


class Answers:
    """The answers to one dossier, of several requests where it was long, each with the prompt it was asked by.

    ``language`` tells how dates in digits may be meant.
    """

    def __init__(self, given: Iterable[tuple[Reading, str]], passages: Passages, language: str = "fr") -> None:
        self._said = [(said, prompt) for answer, prompt in given for said in answer.facts]
        self._passages = passages
        self._month_first = language != "fr"
        self._parties = [FORMS["parties"](said.text) for said, _ in self._said if said.field == "parties"]

    def candidates(self) -> Iterator[Candidate]:
        for said, prompt in self._said:
            if said.field not in DATES:
                yield self._candidate(said, prompt)
        yield from self._dates()

    def _candidate(self, said: Said, prompt: str) -> Candidate:
        value = value_of(said, month_first=self._month_first)
        if said.field == "obligations":
            value["debtor"] = self._name(value["debtor"])
        sure = _JUDGED if said.field in _KINDS else PRIOR
        return Candidate(said.field, value, self._quotes(said, value), sure, prompt)

    def _name(self, debtor: str | None) -> str | None:
        """The party that is told by its role, where it alone has it, or by a term that the contract defines."""
        meant = self._passages.described(debtor or "")
        named = {party["name"] for party in self._parties if party["name"] and same_name(party["name"], meant)}
        cast = {party["name"] for party in self._parties if party["role"] == debtor}
        return next((str(*found) for found in (cast, named) if len(found) == 1), debtor)

    def _quotes(self, said: Said, value: Any) -> tuple[Quote, ...]:
        return self._passages.quotes(said.field, value, words_of(said) or self._lent(said.field))

    def _lent(self, field: str) -> list[str]:
        """The words that a value without any goes by: the title those of the type, the first party those of the
        sector."""
        lender = _LENDERS.get(field)
        return next((words_of(said) for said, _ in self._said if said.field == lender), [])

    def _dates(self) -> Iterator[Candidate]:
        """Each date as it is written, or computed from another; what is neither is given as it is, refused and
        counted."""
        said = {name: one for name in (*DATES, "duration") if (one := self._surest(name))}
        known: dict[str, _Known] = {}
        rules: dict[str, re.Match[str]] = {}
        for name in DATES:
            if name not in said:
                continue
            spoken, prompt = said[name]
            value = value_of(spoken, month_first=self._month_first)
            if written := _date(value):
                known[name] = _Known(written, self._passages.quotes(name, written, words_of(spoken)))
            elif rule := _RULE.search(value):
                rules[name] = rule
            else:
                yield self._candidate(spoken, prompt)
        for name, rule in rules.items():
            followed = _after(rule, self._placed(said[name][0]), known)
            known |= {name: followed} if followed else {}
        if "end_date" not in known and "duration" in said and "start_date" in known:
            length = said["duration"][0]
            last = _last_day(known["start_date"], value_of(length), self._placed(length))
            known |= {"end_date": last} if last else {}
        for name, found in known.items():
            sure = PRIOR if found.basis is None else _COMPUTED
            prompt = (said.get(name) or said["duration"])[1]
            yield Candidate(name, found.day, found.quotes, sure, prompt, found.basis)

    def _surest(self, field: str) -> tuple[Said, str] | None:
        """Of what was said of ``field``, in several parts of a long contract it may be, the first that its words prove,
        else the first."""
        found = [(said, prompt) for said, prompt in self._said if said.field == field]
        return next((one for one in found if self._proven(one[0])), found[0] if found else None)

    def _proven(self, said: Said) -> bool:
        value = value_of(said, month_first=self._month_first)
        quotes = self._quotes(said, value)
        if not all(quote.start is not None for quote in quotes):
            return False
        try:
            words = "\n".join(quote.text for quote in quotes)
            return contradiction(said.field, spec(said.field).validate(value), words) is None
        except InvalidValue:
            return _RULE.search(value) is not None

    def _placed(self, said: Said) -> tuple[Quote, ...]:
        """The words of a date's rule, which need not say the date."""
        return self._passages.quotes(said.field, value_of(said), words_of(said))


def value_of(said: Said, *, month_first: bool = False) -> Any:
    """What ``said`` says, before `portfolio.schema` gives it its type."""
    if form := FORMS.get(said.field):
        return form(said.text)
    if _is_text(said):
        return said.text
    _, _, last = said.text.rpartition("=")
    return words.value(said.field, last.strip(), month_first=month_first)


def words_of(said: Said) -> list[str]:
    """The contract's words in ``said``, each run of them; none where it gives a value alone or the code finds them."""
    if said.field == "obligations":
        return []
    if said.field == "amounts":
        return _runs(amount_words(said.text))
    if said.field in FORMS:
        parts = parted(said.text)
        return [part for part in (parts[1:2] if said.field == "sites" else []) + parts[:1] if part][:1]
    if _is_text(said):
        return [said.text]
    first, equals, last = said.text.rpartition("=")
    if equals:
        return _runs(first)
    return [] if said.field in _LENDERS or (said.field in DATES and _RULE.fullmatch(last)) else _runs(last)


def _is_text(said: Said) -> bool:
    """The whole line is the value: a text, whose equals sign, where a formula has one, parts nothing."""
    return said.field == "price_revision.formula" or (said.field in _TEXTS and " = " not in said.text)


def _runs(text: str) -> list[str]:
    return [run for part in _GAP.split(text) if (run := part.strip(' "«»“”'))]


_GAP = re.compile(r"\[?(?:…|\.\.\.)\]?")
_LENDERS = {"contract_type": "title", "legal_nature.sector": "parties"}
_TEXTS = frozenset(name for name, field in FIELDS.items() if field.type is FIELDS["title"].type)
"""Fields whose value is the contract's words themselves."""


# --- dates: the model gives what is written, or the rule; the arithmetic is done here --------------------------------

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
