"""What the executor hands to the answer: a value with the words that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from agent.chat.holdings import Held
from agent.chat.plan import ActionKind, AnswerKind, Reason
from portfolio.amendments import Term
from portfolio.schema import Amount
from portfolio.words.phrases import Phrase
from vectorstore.records import Passage

Route = Literal["register", "calendar", "passages", "none"]


@dataclass(frozen=True)
class Citation:
    """Words of a document: ``contract`` is the file stem of the base contract or amendment that holds them."""

    contract: str
    document: str
    page: int
    quote: str


@dataclass(frozen=True)
class PendingAction:
    """What would be done if a person says yes. ``contract``: a file stem; ``on``: the day it is about; ``event``: the
    key of the event of the calendar, where there is one."""

    kind: ActionKind
    contract: str
    on: date | None = None
    what: Phrase | None = None
    event: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Finding:
    """The answer before its words. ``value``: int, list of file stems, date, Amount, bool or str by ``kind``; None for
    ``none``. ``said`` is the sentence. ``steps`` are the arithmetic. ``sure``: it may be relied on as it stands."""

    kind: AnswerKind
    value: Any
    said: Phrase
    rows: tuple[Mapping[str, Any], ...] = ()
    citations: tuple[Citation, ...] = ()
    steps: tuple[Phrase, ...] = ()
    route: Route = "register"
    sure: bool = True
    reason: Reason | None = None
    action: PendingAction | None = None
    notes: tuple[Phrase, ...] = field(default=())

    def citing(self, *citations: Citation) -> Finding:
        """The same with more citations, none twice."""
        return replace(self, citations=tuple(dict.fromkeys((*self.citations, *citations))))


def of_term(held: Held, term: Term) -> list[Citation]:
    """The words that prove a term, in the document that set it; nothing where it has none."""
    contract = held.contract_of(term.contract)
    return [
        Citation(contract.stem, held.document_name(e), e.page, e.quote.strip())
        for e in term.fact.evidence
        if e.quote.strip()
    ]


def of_fields(held: Held, *fields: str) -> tuple[Citation, ...]:
    """The words that prove the values in force of some fields, and what amendments changed of them."""
    terms = held.terms_of(*fields)
    changed = [c.after for c in held.terms.changes if c.field in fields and c.after and c.after not in terms]
    return tuple(dict.fromkeys(c for term in (*terms, *changed) for c in of_term(held, term)))


def of_contract(held: Held, contract: str, fields: Iterable[str]) -> tuple[Citation, ...]:
    """The words that prove what one document of a contract says of itself."""
    own = held.contract_of(contract)
    wanted = tuple(fields)
    return tuple(
        Citation(own.stem, held.document_name(e), e.page, e.quote.strip())
        for stored in own.facts
        if stored.fact.field in wanted
        for e in stored.fact.evidence
        if e.quote.strip()
    )


def of_passage(held: Held, passage: Passage, quote: str) -> Citation:
    return Citation(held.contract_of(passage.contract).stem, passage.source.name, passage.page, quote.strip())


def first_words(held: Held) -> Citation | None:
    """The contract's own beginning, for what no clause proves: that it is there at all."""
    passage = next(iter(held.passages), None)
    return of_passage(held, passage, passage.text.split("\n")[0][:300]) if passage else None


def anything(held: Held, citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """The citations, or the contract's title where there are none."""
    found = tuple(dict.fromkeys(citations))
    beginning = None if found else first_words(held)
    return found or ((beginning,) if beginning else ())


def amount_json(amount: Amount) -> dict[str, Any]:
    return {"value": amount.value, "currency": amount.currency, "tax": amount.tax, "period": amount.period}
