"""The deadlines of the portfolio on a day: where each contract stands, and all that falls due in the days ahead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from portfolio.amendments import TermsInForce, Version, terms_in_force
from portfolio.calendar.events import term_events
from portfolio.calendar.given import Given
from portfolio.calendar.loading import Loaded, load
from portfolio.calendar.standing import Standing, agreed_terms, standing
from portfolio.errors import InvalidValue
from portfolio.events import Event, EventKind, Undated
from portfolio.obligations.owed import by_law
from portfolio.obligations.source import Obligations
from portfolio.register.records import Filters, Side
from portfolio.register.store import EVERYTHING, Register
from portfolio.revision.schedule import next_revision, revision_events
from portfolio.words.phrases import Phrase, phrase

DAYS = 90
"""How far ahead deadlines are looked for unless told otherwise."""


@dataclass(frozen=True)
class Subject:
    """One contract as the sources of events are given it. ``terms`` are those in force on ``as_of``, ``standing`` is
    None where its dates lead outside the calendar; events are wanted from ``as_of`` to ``until``, both counted in."""

    loaded: Loaded
    terms: TermsInForce
    standing: Standing | None
    as_of: date
    until: date

    @property
    def given(self) -> Given:
        return self.loaded.given

    @property
    def amendments(self) -> tuple[Version, ...]:
        return self.loaded.amendments

    @property
    def start(self) -> date | None:
        return self.standing.calendar.start if self.standing else None

    @property
    def last_day(self) -> date | None:
        """The last day that the contract reaches if nobody acts; None: no end is known."""
        return self.standing.calendar.last_day if self.standing else None

    @property
    def over(self) -> bool:
        return self.standing is not None and self.standing.calendar.status == "expired"


def _of_the_term(subject: Subject) -> Iterable[Event | Undated]:
    if subject.standing is None:
        contract = subject.terms.base
        yield Undated(
            f"{contract}:outside", "end", contract, phrase("deadline.term"), phrase("calendar.missing_outside")
        )
    else:
        yield from term_events(subject.standing, subject.as_of, subject.until)


def _of_prices(subject: Subject) -> Iterable[Event | Undated]:
    if subject.over:
        return ()
    return revision_events(
        subject.terms,
        subject.as_of,
        subject.until,
        last_day=subject.last_day,
        start=subject.start,
        setting=subject.loaded.revision,
    )


Source = Callable[[Subject], Iterable[Event | Undated]]


def sources(session: Session, loaded: Sequence[Loaded]) -> tuple[Source, ...]:
    """What gives events: a new kind of deadline is one more of these. Each is prepared once for all contracts."""
    owed = Obligations.load(session, [(contract.base, contract.amendments) for contract in loaded])
    return _of_the_term, _of_prices, owed


@dataclass(frozen=True)
class ContractDeadlines:
    """Where one contract stands and what of it falls due. ``next_revision``: however far ahead."""

    id: str
    stem: str
    title: str | None
    amendments: tuple[str, ...]
    standing: Standing | None
    next_revision: date | None
    events: tuple[Event, ...]
    undated: tuple[Undated, ...]

    @property
    def next_obligations(self) -> tuple[Event, ...]:
        """The first occurrence of each obligation of the contract that falls due; not what the law alone asks for."""
        first: dict[str, Event] = {}
        for event in self.events:
            if event.kind == "obligation" and not by_law(event):
                first.setdefault(event.key.rpartition(":")[0], event)
        return tuple(first.values())

    @property
    def steps(self) -> tuple[Phrase, ...]:
        """How the term and the notices of the current and the following period were reckoned."""
        if self.standing is None:
            return ()
        notice = self.standing.notice
        return (*self.standing.steps, *notice.steps, *(chance.step for chance in notice.chances[:2]))


@dataclass(frozen=True)
class Deadlines:
    """``contracts`` by file stem; ``events`` in the order of their days, of one day by contract."""

    as_of: date
    until: date
    contracts: tuple[ContractDeadlines, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        found = [event for contract in self.contracts for event in contract.events]
        return tuple(sorted(found, key=lambda event: event.on))

    @property
    def undated(self) -> tuple[Undated, ...]:
        """What has no date yet, by contract."""
        return tuple(undated for contract in self.contracts for undated in contract.undated)

    def only(self, kinds: Collection[EventKind] = (), side: Side | None = None) -> Deadlines:
        """The same, of the kinds given (none: of all) and on one side (None: on both)."""

        def wanted(item: Event | Undated) -> bool:
            return (not kinds or item.kind in kinds) and side in (None, item.side)

        contracts = (
            replace(c, events=tuple(filter(wanted, c.events)), undated=tuple(filter(wanted, c.undated)))
            for c in self.contracts
        )
        return replace(self, contracts=tuple(contracts)) if kinds or side else self


def deadlines(register: Register, as_of: date, days: int = DAYS, filters: Filters = EVERYTHING) -> Deadlines:
    """The deadlines of the contracts that ``filters`` let through, from ``as_of`` for ``days`` days.

    An amendment counts in its base contract; one whose base is not in the register stands by itself.
    """
    until = as_of + timedelta(days=days)
    with register.database.reading() as session:
        loaded = load(session, filters, lean=True)
        giving = sources(session, loaded)
    return Deadlines(as_of, until, tuple(of_contract(contract, as_of, until, giving) for contract in loaded))


def of_contract(loaded: Loaded, as_of: date, until: date, giving: Sequence[Source]) -> ContractDeadlines:
    """The deadlines of one contract from ``as_of`` to ``until``, from the `sources` prepared for it."""
    return of_subject(subject_of(loaded, as_of, until), giving)


def of_subject(subject: Subject, giving: Sequence[Source]) -> ContractDeadlines:
    """The same of a contract that stands ready."""
    loaded = subject.loaded
    found = [event for source in giving for event in source(subject)]
    events = sorted((e for e in found if isinstance(e, Event)), key=lambda event: (event.on, event.key))
    return ContractDeadlines(
        id=loaded.id,
        stem=loaded.stem,
        title=subject.terms.value("title"),
        amendments=loaded.amendment_stems,
        standing=subject.standing,
        next_revision=_next_revision(subject, events),
        events=tuple(events),
        undated=tuple(e for e in found if isinstance(e, Undated)),
    )


def subject_of(loaded: Loaded, as_of: date, until: date, terms: TermsInForce | None = None) -> Subject:
    """A contract as the sources of events are given it; ``terms``: those in force on ``as_of`` where they are known."""
    terms = terms or terms_in_force(loaded.base, loaded.amendments, as_of)
    try:
        agreed = agreed_terms(loaded.base, loaded.amendments, as_of) if loaded.amendments else terms
        stands = standing(agreed, as_of, loaded.given, until, loaded.our_role)
    except InvalidValue:
        stands = None
    return Subject(loaded, terms, stands, as_of, until)


def _next_revision(subject: Subject, events: Sequence[Event]) -> date | None:
    """The first of ``events`` that is a revision; where there is none so soon, the first further ahead."""
    if subject.over:
        return None
    soon = next((event.on for event in events if event.kind == "revision"), None)
    if soon is not None:
        return soon
    found = next_revision(
        subject.terms,
        subject.as_of,
        last_day=subject.last_day,
        start=subject.start,
        setting=subject.loaded.revision,
    )
    return found.on if isinstance(found, Event) else None
