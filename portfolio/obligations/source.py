"""The obligations of a portfolio as a source of deadlines: what is known beside the terms is loaded once, in a few
queries; then each contract gives its events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from portfolio.amendments import Version
from portfolio.calendar.facts import Life
from portfolio.calendar.given import Given
from portfolio.calendar.standing import Standing
from portfolio.calendar.terms import TERM_FIELDS
from portfolio.events import Event, Undated
from portfolio.folding import fold
from portfolio.obligations import documents, log, rulepack
from portfolio.obligations.moments import Day, Milestones, Moment, moment_of
from portfolio.obligations.occurrences import Occurrences, Window, occurrences
from portfolio.obligations.owed import Owed, owed
from portfolio.obligations.sides import debtor_sides
from portfolio.register.records import Side
from portfolio.revision.schedule import Schedule, schedule
from portfolio.values import Duration, Every, FromEvent
from portfolio.words.phrases import Phrase, phrase

if TYPE_CHECKING:
    from portfolio.deadlines import Subject

_AROUND = timedelta(days=800)
"""How far from the window the revisions lie from which offsets of obligations lead into it."""


@dataclass(frozen=True)
class Obligations:
    """What a portfolio's obligations follow from beside its terms: who is on which side, what became of them, which
    rules of law are switched on. Called with a contract's subject it gives its events."""

    sides: Mapping[str, Mapping[str, Side]] = field(default_factory=dict)
    settled: log.Settled = field(default_factory=log.Settled)
    rules: tuple[rulepack.Rule, ...] = ()

    @classmethod
    def load(cls, session: Session, chains: Iterable[tuple[Version, Sequence[Version]]]) -> Obligations:
        """For base contracts with their amendments."""
        names: dict[str, set[str]] = defaultdict(set)
        bases: dict[str, str] = {}
        for base, amendments in chains:
            for version in (base, *amendments):
                bases[version.contract] = base.contract
                names[base.contract] |= set(_names(version))
        return cls(debtor_sides(session, names, bases), log.settled(session), rulepack.enabled(session))

    def __call__(self, subject: Subject) -> Iterator[Event | Undated]:
        """What is still due from the subject's day on, and the documents handed over that expire."""
        found = self.occurrences(subject)
        yield from (event for event in found.events if event.key not in self.settled.by_event)
        yield from found.undated
        yield from documents.expiries(self.settled.handed_over(subject.terms.base), subject)

    def occurrences(self, subject: Subject) -> Occurrences:
        """All that falls due in the subject's days, settled or not; once a contract is over, what its end sets off."""
        items = self.owed(subject)
        if subject.over:
            ended = subject.last_day is not None
            items = tuple(i for i in items if ended or not isinstance(i.obligation.due, Every))
        found = occurrences(items, milestones(subject), Window(subject.as_of, subject.until))
        return Occurrences(found.events, ()) if subject.over else found

    def owed(self, subject: Subject) -> tuple[Owed, ...]:
        """What the contract and its amendments say, then what the law asks where they are silent."""
        sides = self.sides.get(subject.terms.base, {})
        signatories = {
            a.contract: [f.value for f in a.facts if f.field == "parties"] for a in subject.loaded.amendments
        }
        said = owed(subject.terms, sides, signatories)
        return (*said, *rulepack.proposals(self.rules, subject.terms, sides, subject.as_of))


def milestones(subject: Subject) -> Milestones:
    """The days of a contract that its calendar, its amendments and its prices give."""
    terms, standing = subject.terms, subject.standing
    days: dict[Moment, tuple[Day, ...]] = {}
    unknown: dict[Moment, Phrase] = {}
    signed = terms.term("signature_date")
    if signed is not None:
        days["signature"] = (Day(signed.fact.value, rests_on=((signed.contract, "signature_date"),)),)
    wanted = {moment_of(o.due.event) for o in terms.values("obligations") if isinstance(o.due, FromEvent)}
    if standing is not None:
        days |= dict(_of_the_term(standing))
        unknown |= dict(_unknown(standing))
        if "anniversary" in wanted and "start" in days:
            days["anniversary"] = tuple(_anniversaries(days["start"][0], subject))
    if "revision" in wanted:
        days["revision"] = tuple(_revisions(subject))
    amendments = {a.contract: dict(_own(a)) for a in subject.loaded.amendments}
    return Milestones(terms.base, days, unknown, _given(subject.given), amendments)


def _names(version: Version) -> Iterator[str]:
    for fact in version.facts:
        if fact.field == "parties":
            yield fact.value.name
        elif fact.field == "obligations" and fact.value.debtor:
            yield fact.value.debtor


def _of_the_term(standing: Standing) -> Iterator[tuple[Moment, tuple[Day, ...]]]:
    calendar, life = standing.calendar, Life(standing.terms)
    rests_on, unsure = life.rests_on(TERM_FIELDS), life.unsure(TERM_FIELDS)

    def day(on: date, label: str = "") -> Day:
        return Day(on, label, rests_on=rests_on, unsure=unsure)

    if calendar.start is not None:
        yield "start", (day(calendar.start),)
    if calendar.last_day is not None:
        yield "end", (day(calendar.last_day),)
    periods = (*calendar.begun, *calendar.to_come)
    yield "period_start", tuple(day(p.start, f"p{p.number}") for p in periods if p.start and p.number)
    yield "period_end", tuple(day(p.end, f"p{p.number}") for p in periods if p.end)
    yield "notice", tuple(day(c.last_day, f"p{c.period.number}") for c in standing.notice.chances)


def _unknown(standing: Standing) -> Iterator[tuple[Moment, Phrase]]:
    calendar = standing.calendar
    missing = next(iter(calendar.missing), None)
    if calendar.start is None and missing is not None:
        yield "start", missing
    if calendar.last_day is None:
        yield "end", missing or phrase("obligation.no_end")


def _anniversaries(start: Day, subject: Subject) -> Iterator[Day]:
    first = max(1, subject.as_of.year - start.on.year - 2)
    for n in range(first, subject.until.year - start.on.year + 3):
        on = Duration(years=n).after(start.on)
        if subject.last_day is None or on <= subject.last_day + timedelta(days=1):
            yield Day(on, f"n{n}", rests_on=start.rests_on, unsure=start.unsure)


def _revisions(subject: Subject) -> Iterator[Day]:
    found = schedule(subject.terms, start=subject.start)
    if not isinstance(found, Schedule):
        return
    last = subject.until + _AROUND
    for event in found.events(subject.as_of - _AROUND, min(last, subject.last_day) if subject.last_day else last):
        yield Day(event.on, event.key.rpartition(":")[2], event.steps, event.rests_on, event.unsure)


def _given(given: Given) -> dict[str, tuple[date, ...]]:
    told: dict[str, list[date]] = defaultdict(list)
    for event in given.events:
        told[fold(event.event)].append(event.on)
    return {event: tuple(sorted(days)) for event, days in told.items()}


_OWN: tuple[tuple[Moment, str], ...] = (("signature", "signature_date"), ("start", "start_date"))


def _own(amendment: Version) -> Iterator[tuple[Moment, Day]]:
    for moment, name in _OWN:
        on = amendment.value(name)
        if on is not None:
            yield moment, Day(on, rests_on=((amendment.contract, name),))
