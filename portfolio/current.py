"""The contracts of a register as they are now, read once and then only where something changed.

Reading ten thousand contracts takes many seconds; to find out which of them changed takes a tenth of one.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.agenda.stamps import stamps
from portfolio.amendments import Version
from portfolio.calendar.loading import Loaded, load
from portfolio.deadlines import Source, sources
from portfolio.register import directory, reading
from portfolio.register.models import ContractRow, CounterpartyRow, IdentityRow, LabelRow, PartyRow
from portfolio.register.records import Contract, Filters
from portfolio.register.store import Register

_BATCH = 500

Progress = Callable[[int, int], None]
"""Is told how many contracts were read, of how many."""


@dataclass(frozen=True)
class Chain:
    """A base contract with its amendments, what deadlines follow from beside its facts, and what gives its events.

    The proofs of its facts are parsed when they are looked at.
    """

    base: Contract
    amendments: tuple[Contract, ...]
    loaded: Loaded
    giving: Sequence[Source]
    spellings: Mapping[str, tuple[str, ...]]
    """All names of the companies that are its parties, but for ourselves, by counterparty."""

    @property
    def all(self) -> tuple[Contract, ...]:
        """The base and its amendments, in their order."""
        return (self.base, *self.amendments)


@dataclass(frozen=True)
class Renewed:
    """``changed``: base contracts that are new or otherwise than before; ``gone``: ids of those that are no more."""

    changed: Mapping[str, Chain] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()


@dataclass
class _Marks:
    """By what a change is seen: stamps by base contract, labels by contract, who each identity is."""

    stamps: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    identities: Mapping[str, tuple[str | None, str]] = field(default_factory=dict)


class Current:
    """The base contracts of ``register``, by id. Not to be renewed by two threads at once."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._marks = _Marks()
        self.chains: dict[str, Chain] = {}

    def renew(self, tell: Progress = lambda done, total: None) -> Renewed:
        """Reads what changed since the last time; everything the first time."""
        with self._register.database.reading() as session, uncollected():
            marks = _Marks(stamps(session), _labels(session), _identities(session))
            wanted = self._changed(session, marks)
            changed: dict[str, Chain] = {}
            for start in range(0, len(wanted), _BATCH):
                tell(start, len(wanted))
                changed.update(_chains(session, wanted[start : start + _BATCH]))
        gone = frozenset(self.chains.keys() - marks.stamps.keys())
        self.chains = {id_: c for id_, c in (self.chains | changed).items() if id_ not in gone}
        self._marks = marks
        return Renewed(changed, gone)

    def _changed(self, session: Session, marks: _Marks) -> list[str]:
        """The base contracts of which something is otherwise than it was."""
        before = self._marks
        found = {id_: None for id_, stamp in marks.stamps.items() if before.stamps.get(id_) != stamp}
        if not self.chains:
            return list(found)
        touched = _differing(before.labels, marks.labels)
        moved = _differing(before.identities, marks.identities)
        if moved:
            them = {known[id_][0] for known in (before.identities, marks.identities) for id_ in moved if id_ in known}
            theirs = {id_ for id_, (counterparty, _) in marks.identities.items() if counterparty in them} | moved
            query = sa.select(PartyRow.contract_id, PartyRow.identity_id)
            touched |= {contract for contract, identity in session.execute(query) if identity in theirs}
        owners = {contract.id: id_ for id_, chain in self.chains.items() for contract in chain.all} if touched else {}
        found |= {owners[id_]: None for id_ in touched if owners.get(id_) in marks.stamps}
        return list(found)


@contextmanager
def uncollected() -> Iterator[None]:
    """Millions of objects are made here that stay: looking for garbage among them takes as long as making them."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _differing(before: Mapping[str, object], now: Mapping[str, object]) -> set[str]:
    return {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}


def _labels(session: Session) -> Mapping[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    query = sa.select(LabelRow.contract_id, LabelRow.dimension, LabelRow.value)
    for contract, dimension, value in session.execute(query):
        found[contract].append((dimension, value))
    return {contract: tuple(sorted(labels)) for contract, labels in found.items()}


def _identities(session: Session) -> Mapping[str, tuple[str | None, str]]:
    query = sa.select(IdentityRow.id, IdentityRow.counterparty_id, CounterpartyRow.name)
    rows = session.execute(query.join(CounterpartyRow, CounterpartyRow.id == IdentityRow.counterparty_id))
    return {id_: (counterparty, name) for id_, counterparty, name in rows}


def _chains(session: Session, bases: Sequence[str]) -> Iterator[tuple[str, Chain]]:
    """The base contracts with these ids that are there."""
    own = sa.or_(ContractRow.id.in_(bases), ContractRow.base_id.in_(bases))
    ids = session.scalars(sa.select(ContractRow.id).where(own)).all()
    read = {contract.id: contract for contract in reading.contracts(session, ids, light=True)}

    def facts(_: Session, wanted: Collection[str]) -> Mapping[str, Version]:
        return {id_: Version(id_, tuple(stored.fact for stored in read[id_].facts)) for id_ in wanted}

    loaded = load(session, Filters(ids=tuple(bases)), facts=facts)
    giving = sources(session, loaded)
    parties = {party.counterparty for contract in read.values() for party in contract.parties}
    spellings = {c.id: c.names for c in directory.counterparties(session, parties) if not c.ours}
    for one in loaded:
        base = read[one.id]
        yield one.id, Chain(base, tuple(read[id_] for id_ in base.amendments), one, giving, spellings)
