"""The letter that gives notice: drafted from a contract's terms in force, for a person to complete, sign and send."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from portfolio.amendments import Term, TermsInForce
from portfolio.calendar.facts import sure
from portfolio.calendar.notice import Chance
from portfolio.calendar.standing import Standing
from portfolio.deadlines import deadlines
from portfolio.errors import InvalidValue
from portfolio.exports.gather import gather
from portfolio.exports.tables import PartyLine
from portfolio.register.records import Contract, Filters
from portfolio.register.store import Register
from portfolio.words.phrases import Phrase, phrase
from portfolio.words.values import Wording

_ARTICLE = re.compile(r"\b(?:articles?|art\.|clauses?|sections?)\s+(\d{1,3}(?:[.-]\d{1,3})*)", re.IGNORECASE)
_LONGEST_QUOTE = 1_500
_CLAUSES = ("notice_period", "renewal.kind", "renewal.period")
"""Fields whose words a notice relies on, the first that has some."""


@dataclass(frozen=True)
class Correspondent:
    """``name`` None: not known. ``address``: as told; the register keeps none."""

    name: str | None
    registration: str | None = None
    address: str | None = None


@dataclass(frozen=True)
class Clause:
    """The contract's words that a notice relies on; ``article``: its number, where the words or the caller tell it."""

    quote: str
    document: str
    page: int
    article: str | None = None


@dataclass(frozen=True)
class NoticeLetter:
    """A notice in parts, before it has a language. ``end``: the day on which the contract will end by it; ``last_day``:
    by when it has to be received, None where it may be given at any time. ``paragraphs`` in their order; the clause is
    quoted after them. ``unsure``: the dates rest on values that nobody confirmed."""

    contract: str
    title: str
    reference: str | None
    written_on: date
    sender: Correspondent
    recipient: Correspondent
    end: date
    last_day: date | None
    paragraphs: tuple[Phrase, ...]
    clause: Clause | None
    unsure: bool

    @property
    def warnings(self) -> tuple[Phrase, ...]:
        """What a person has to see to before the letter is sent."""
        late = (phrase("letter.late", day=self.last_day),) if self.last_day else ()
        unsure = (phrase("letter.unsure"),) if self.unsure else ()
        return (phrase("letter.missing"), *unsure, *late)

    def addressed(self, sender: str | None = None, recipient: str | None = None) -> NoticeLetter:
        """The same with postal addresses."""
        return replace(
            self,
            sender=replace(self.sender, address=sender or self.sender.address),
            recipient=replace(self.recipient, address=recipient or self.recipient.address),
        )


def notice_letter(
    register: Register, ref: str, as_of: date, say: Wording, *, article: str | None = None
) -> NoticeLetter:
    """The notice that stops the next renewal of a contract (or ends one without a set end) that can still be stopped on
    ``as_of``. ``article``: the clause's number, where the caller knows it.

    Raises InvalidValue, saying why in the language of ``say``, where no notice is called for.
    """
    contract = register.contract(ref)
    base = register.contract(contract.link.base) if contract.link.base else contract
    found = next(iter(deadlines(register, as_of, 0, Filters(ids=(base.id,))).contracts))
    title = base.value("title") or base.stem
    if found.standing is None:
        missing = phrase("calendar.missing_outside")
        raise InvalidValue(phrase("letter.unknown", title=title, missing=missing).say(say))
    standing = found.standing
    refused = _refused(standing, title)
    if refused is not None:
        raise InvalidValue(refused.say(say))
    terms = register.terms(base.id, as_of)
    chance = next((c for c in standing.notice.chances if c.last_day >= as_of), None)
    end = chance.period.end if chance else standing.notice.earliest_end or standing.calendar.current_end
    assert end is not None
    sender, recipient = _correspondents(register, base.id, as_of, say)
    return NoticeLetter(
        contract=base.id,
        title=title,
        reference=base.value("reference"),
        written_on=as_of,
        sender=sender,
        recipient=recipient,
        end=end,
        last_day=chance.last_day if chance else None,
        paragraphs=tuple(_paragraphs(register, base, title, standing, chance, terms, end)),
        clause=_clause(register, terms, article),
        unsure=not all(sure(term.fact) for term in terms.terms if term.fact.field in _RESTS_ON),
    )


_RESTS_ON = frozenset((
    "start_date", "end_date", "duration", "renewal.kind", "renewal.period", "renewal.max_count", "notice_period",
))  # fmt: skip


def _refused(standing: Standing, title: str) -> Phrase | None:
    """Why there is nothing to give notice of."""
    calendar, notice = standing.calendar, standing.notice
    if calendar.status == "expired" or calendar.ended is not None:
        return phrase("letter.over", title=title)
    if notice.side == "them":
        return phrase("letter.theirs", title=title)
    if notice.chances or notice.earliest_end is not None:
        return None
    if calendar.renewal.kind == "express":
        return phrase("letter.express", title=title)
    if notice.missing is not None and calendar.current_end is not None:
        return None
    if calendar.current_end is not None:
        return phrase("letter.by_itself", title=title, end=calendar.current_end)
    missing = next(iter(calendar.missing), None) or notice.missing or phrase("calendar.missing_end")
    return phrase("letter.unknown", title=title, missing=missing)


def _correspondents(register: Register, base: str, as_of: date, say: Wording) -> tuple[Correspondent, Correspondent]:
    """Us and the other side, by the parties in force; unnamed where we do not know who we are."""
    parties: list[Any] = list(gather(register, as_of, say, Filters(ids=(base,)), 0).rows["parties"])
    us = next((p for p in parties if p.side == "us"), None)
    them = [p for p in parties if p.side == "them"]
    return _correspondent(us), _correspondent(them[0] if them else None)


def _correspondent(party: PartyLine | None) -> Correspondent:
    return Correspondent(party.name, party.registration) if party else Correspondent(None)


def _paragraphs(
    register: Register,
    base: Contract,
    title: str,
    standing: Standing,
    chance: Chance | None,
    terms: TermsInForce,
    end: date,
) -> Iterator[Phrase]:
    yield _introduction(register, base, title, terms)
    notice = standing.notice
    first = notice.chances[0] if notice.chances else None
    if chance is None and notice.earliest_end is not None:
        yield phrase("letter.decision_open", end=end)
    elif chance is not None and first is not None and chance is not first:
        yield phrase("letter.decision_next", end=end, missed=first.last_day)
    else:
        yield phrase("letter.decision", end=end)
    if notice.length is None:
        return
    if chance is None:
        yield phrase("letter.notice_open", length=notice.length.length)
    elif notice.length.reference:
        length = notice.length
        yield phrase("letter.notice_law", length=length.length, reference=length.reference, day=chance.last_day)
    else:
        yield phrase("letter.notice", length=notice.length.length, day=chance.last_day)


def _introduction(register: Register, base: Contract, title: str, terms: TermsInForce) -> Phrase:
    reference, signed, started = base.value("reference"), base.value("signature_date"), terms.value("start_date")
    amendments = [register.contract(id_) for id_ in terms.applied]
    names = ", ".join(a.value("title") or a.stem for a in amendments)
    return phrase(
        "letter.bound",
        title=title,
        reference=phrase("letter.bound_reference", reference=reference) if reference else "",
        since=phrase("letter.bound_signed", day=signed)
        if signed
        else phrase("letter.bound_started", day=started)
        if started
        else "",
        amended=phrase("letter.bound_amended", names=names) if names else "",
    )


def _clause(register: Register, terms: TermsInForce, article: str | None) -> Clause | None:
    """The words that the notice rests on, of the document that set the term."""
    for field in _CLAUSES:
        term = terms.term(field)
        if term is not None and term.fact.evidence:
            return _quoted(register, term, article)
    return None


def _quoted(register: Register, term: Term, article: str | None) -> Clause:
    evidence = term.fact.evidence[0]
    names = {d.sha256: d.name for d in register.contract(term.contract).documents}
    found = _ARTICLE.search(evidence.quote)
    number = article or (found[1] if found else None)
    return Clause(evidence.quote, names.get(evidence.document, evidence.document), evidence.page, number)


def shortened(quote: str, say: Wording) -> str:
    """A clause of a length that a letter can hold."""
    return quote if len(quote) <= _LONGEST_QUOTE else quote[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + say.texts("letter.cut")
