"""Which obligation of a contract a question means, and the day on which it falls due."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from agent.chat import lexicon
from agent.chat.findings import Citation
from agent.chat.holdings import Held
from agent.chat.matching import Rarity, coverage
from agent.chat.plan import QueryPlan, Window
from agent.chat.proofs import prove
from agent.chat.sides import ANY
from portfolio.amendments import Term
from portfolio.events import Event
from portfolio.folding import fold
from portfolio.obligations.owed import identity
from portfolio.schema import Obligation
from portfolio.values import FromEvent, OnDate
from portfolio.words.phrases import Phrase

_ANY = ("obligation", "obligations", "engagements", "livrables", "documents", "deliverables")
_UNHEARD = 0.4
"""What a word weighs that none of a contract's obligations has."""
_EMPTY = lexicon.words("empty", "any")
_ASKING = lexicon.words("empty", "asking_for_things")
"""Words that say that an obligation is asked for, not which."""


@dataclass(frozen=True)
class Owing:
    """An obligation and how well a question's words fit it, between 0 and 1."""

    held: Held
    term: Term
    score: float
    events: tuple[Event, ...]
    telling: bool = True
    """Whether the question has words that say which obligation is meant."""

    @property
    def side(self) -> str | None:
        """Whose obligation it is, where that is known."""
        return _side(self.held, self.obligation)

    @property
    def obligation(self) -> Obligation:
        value: Obligation = self.term.fact.value
        return value

    @property
    def debtor(self) -> str | None:
        return next((e.debtor for e in self.events), None) or self.obligation.debtor

    @property
    def text(self) -> str:
        return _text(self.obligation)

    def day(self, window: Window | None) -> tuple[date | None, tuple[Phrase, ...]]:
        """The next day it falls due, with the arithmetic: of a closed window (a period reported on), the first
        after it."""
        due = self.obligation.due
        if isinstance(due, OnDate):
            return due.date, ()
        ahead = self.events
        if window and window.end and window.start:
            ahead = tuple(e for e in self.events if e.on > window.end) or tuple(
                e for e in self.events if window.holds(e.on)
            )
        first = ahead[0] if ahead else None
        if first is None and isinstance(due, FromEvent) and (day := self._moment(due.event)):
            return due.offset.after(day), ()
        if first is None and isinstance(due, FromEvent) and window and window.start and window.start == window.end:
            return due.offset.after(window.start), ()
        return (first.on, first.steps) if first else (None, ())

    def _moment(self, event: str) -> date | None:
        """The contract's day that an event means, gone by or to come: its signature, its start, its end."""
        words, held = fold(event), self.held
        calendar = held.calendar
        if re.search(r"\b(?:avenant|amendment)\b", words):
            amendment = held.contract_of(self.term.contract)
            day: date | None = amendment.value("start_date") or amendment.value("signature_date")
            return day if amendment.id != held.id else None
        if re.search(r"\b(?:signature|signing)\b", words):
            signed: date | None = held.contract_of(self.term.contract).value("signature_date")
            return signed
        if calendar and re.search(
            r"\b(?:prise d effet|debut|demarrage|commencement|start|entree en vigueur|effective)\b", words
        ):
            return calendar.start
        if calendar and re.search(
            r"\b(?:fin|terme|echeance definitive|derniere livraison|end|expiry|expiration)\b", words
        ):
            return calendar.final_end or calendar.current_end
        return None

    def citation(self, held: Held) -> Citation:
        return prove(held, [self.term])[0]


def _text(obligation: Obligation) -> str:
    return f"{obligation.action} {obligation.document or ''} {obligation.quote}"


def owings(held: Held, plan: QueryPlan) -> list[Owing]:
    """The obligations of a contract in force, the best fitting first; of one side where the question says which."""
    terms = held.terms_of("obligations")
    weight = Rarity(tuple(_text(t.fact.value) for t in terms))

    @cache
    def heard(word: str) -> float:
        """A word that no obligation has tells less than one that some have, what a side is called least of all."""
        if word in ANY:
            return _UNHEARD / 2
        return weight(word) if weight.holds(word) else _UNHEARD

    asked = plan.about or plan.words
    telling = [w for w in asked if w not in _ASKING and w not in _EMPTY and w not in _ANY and not w.isdigit()]
    wanted = telling or [w for w in asked if not w.isdigit()]
    found = []
    for term in terms:
        obligation: Obligation = term.fact.value
        key = identity(obligation)
        events = tuple(e for e in held.deadlines.events if e.kind == "obligation" and f":{key}" in e.key)
        score = coverage(wanted, _text(obligation), heard)
        score += 0.15 * coverage(wanted, f"{obligation.document or ''} {obligation.action}", heard)
        if plan.side and _side(held, obligation) not in (None, plan.side):
            score -= 0.3
        found.append(Owing(held, term, score, events, bool(telling)))
    return sorted(found, key=lambda o: -o.score)


def _side(held: Held, obligation: Obligation) -> str | None:
    return (
        next((c.debtors.get(obligation.debtor) for c in held.all if obligation.debtor in c.debtors), None)
        if obligation.debtor
        else None
    )


def best_owing(held: Held, plan: QueryPlan) -> Owing | None:
    return next(iter(owings(held, plan)), None)
