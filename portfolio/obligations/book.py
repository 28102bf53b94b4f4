"""The book of obligations: what is owed, by whom, in which state; and what a person does about it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from portfolio.calendar.loading import load
from portfolio.deadlines import subject_of
from portfolio.errors import InvalidValue, NotFound
from portfolio.events import Event, Undated
from portfolio.obligations import documents, log, rulepack
from portfolio.obligations.documents import DocumentKind
from portfolio.obligations.log import Entry, HandedOver, Settlement
from portfolio.obligations.owed import Owed
from portfolio.obligations.source import Obligations
from portfolio.register.models import ContractRow
from portfolio.register.records import Filters
from portfolio.register.store import EVERYTHING, Register
from portfolio.words.phrases import Phrase

State = Literal["to_do", "late", "done", "waived"]
_OF_CONTRACT = 4
"""How many letters of a handle are those of the contract's id."""
_DAY = timedelta(days=1)
_AROUND = timedelta(days=800)
"""How far from today an occurrence is looked for by its handle."""


@dataclass(frozen=True)
class Occurrence:
    """One time that something is owed. ``handle`` names it shortly, for a person to type; ``entry`` is the last word
    about it; ``document`` the kind of document that is asked for; ``law`` the article where only the law asks for it.
    """

    event: Event
    stem: str
    state: State
    handle: str
    entry: Entry | None = None
    document: DocumentKind | None = None
    law: str | None = None


@dataclass(frozen=True)
class Listed:
    """``occurrences`` by day; ``undated``: what waits for an event or a date, with the stem of its contract."""

    occurrences: tuple[Occurrence, ...]
    undated: tuple[tuple[str, Undated], ...]


@dataclass(frozen=True)
class LegalRule:
    """A rule of the legal pack as it stands here."""

    id: str
    name: Phrase
    reference: str
    enabled: bool


class ObligationBook:
    """Obligations of the whole register. Every writing method is one transaction and one line of history."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def list(self, as_of: date, since: date, until: date, filters: Filters = EVERYTHING) -> Listed:
        """What falls due from ``since`` to ``until``, in its state on ``as_of``.

        What was due before its contract came into the register is held against nobody: it is left out unless somebody
        said what became of it.
        """
        with self._register.database.reading() as session:
            came = dict(session.execute(sa.select(ContractRow.id, ContractRow.created_at)).tuples().all())
        listed = self._all(as_of, since, until, filters)
        kept = (o for o in listed.occurrences if o.entry or o.event.on >= min(as_of, came[o.event.contract].date()))
        return Listed(tuple(kept), listed.undated)

    def _all(self, as_of: date, since: date, until: date, filters: Filters) -> Listed:
        """What falls due: before ``as_of`` by the terms of then, from then on by those of ``as_of``."""
        found: list[Occurrence] = []
        undated: list[tuple[str, Undated]] = []
        with self._register.database.reading() as session:
            contracts = load(session, filters, lean=True)
            source = Obligations.load(session, [(c.base, c.amendments) for c in contracts])
        windows = [(max(since, as_of), until)] if until >= as_of else []
        windows += [(since, min(until, as_of - _DAY))] if since < as_of else []
        for contract in contracts:
            for first, last in windows:
                subject = subject_of(contract, first, last)
                items = {item.key: item for item in source.owed(subject)}
                here = source.occurrences(subject)
                for event in here.events:
                    entry = source.settled.by_event.get(event.key)
                    found.append(_occurrence(event, contract.stem, items[_key(event)], entry, as_of))
                if first >= as_of:
                    undated += ((contract.stem, waiting) for waiting in here.undated)
        return Listed(tuple(sorted(found, key=lambda o: (o.event.on, o.event.key))), tuple(undated))

    def find(self, handle: str, today: date) -> Occurrence:
        """The occurrence that a handle names, or an event's key. Raises NotFound."""
        with self._register.database.reading() as session:
            chosen = sa.select(ContractRow.id).where(ContractRow.id.startswith(handle[:_OF_CONTRACT].lower()))
            ids = tuple(session.scalars(chosen))
        found: tuple[Occurrence, ...] = ()
        if ids:
            around = self._all(today, today - _AROUND, today + _AROUND, Filters(ids=ids)).occurrences
            found = tuple(o for o in around if handle == o.event.key or o.handle == handle.lower())
        if len(found) != 1:
            raise NotFound.of("several_obligations" if found else "no_obligation", handle=handle)
        return found[0]

    def done(
        self, handle: str, who: str, today: date, handed: HandedOver | None = None, note: str | None = None
    ) -> tuple[Entry, Phrase | None]:
        """It was done, with the document that was handed over, where there is one. Gives the line of history, and what
        is wrong with the document: too old, or expired already."""
        occurrence = self.find(handle, today)
        kind = occurrence.document
        completed = documents.completed(handed, kind) if handed else None
        entry = self._write(occurrence, "done", who, note, completed)
        return entry, documents.too_old(completed, kind, today) if completed else None

    def waive(self, handle: str, who: str, reason: str, today: date) -> Entry:
        """It need not be done this time, for a reason. Raises InvalidValue without one."""
        if not reason.strip():
            raise InvalidValue.of("waive_reason")
        return self._write(self.find(handle, today), "waived", who, reason)

    def undo(self, entry: int, who: str) -> Entry:
        """Takes a line of history back."""
        with self._register.database.writing() as session:
            return log.undo(session, entry, who)

    def history(self, ref: str) -> tuple[Entry, ...]:
        """What was done about the obligations of a contract, oldest first."""
        contract = self._register.contract(ref)
        with self._register.database.reading() as session:
            return log.history(session, contract.link.base or contract.id)

    def rules(self) -> tuple[LegalRule, ...]:
        """The legal rule pack, with what is switched on."""
        with self._register.database.reading() as session:
            on = {rule.id for rule in rulepack.enabled(session)}
        return tuple(LegalRule(rule.id, rule.name, rule.reference, rule.id in on) for rule in rulepack.rules())

    def switch(self, rule: str, enabled: bool, who: str) -> None:
        """Switches a legal rule on or off for the whole register."""
        with self._register.database.writing() as session:
            rulepack.switch(session, rule, enabled, who)

    def _write(
        self, occurrence: Occurrence, action: Settlement, who: str, reason: str | None, handed: HandedOver | None = None
    ) -> Entry:
        event = occurrence.event
        if occurrence.entry is not None:
            raise InvalidValue.of("settled", handle=occurrence.handle, entry=occurrence.entry.id)
        with self._register.database.writing() as session:
            entry = Entry(0, event.contract, event.key, action, event.on, datetime.now(UTC), who, reason, handed)
            return log.add(session, entry)


def _occurrence(event: Event, stem: str, item: Owed, entry: Entry | None, as_of: date) -> Occurrence:
    state: State = "late" if event.on < as_of else "to_do"
    if entry is not None and entry.action != "undone":
        state = entry.action
    return Occurrence(
        event,
        stem,
        state,
        handle(event.key),
        entry,
        documents.kind_of(item.obligation),
        item.law.reference if item.law else None,
    )


def handle(key: str) -> str:
    """Ten letters and digits that stand for an event's key, the first of them the contract's."""
    return key[:_OF_CONTRACT] + hashlib.sha256(key.encode()).hexdigest()[:6]


def _key(event: Event) -> str:
    return event.key.split(":")[2]
