"""The portfolio as questions see it: base contracts with their amendments, their terms and calendar on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from portfolio.amendments import Term, TermsInForce, Version, terms_in_force
from portfolio.calendar.notice import Notice
from portfolio.calendar.terms import TermCalendar
from portfolio.deadlines import ContractDeadlines, deadlines
from portfolio.evidence import Evidence
from portfolio.names import company_key
from portfolio.register.records import Contract, PartyView
from portfolio.register.store import Register
from portfolio.schema import Role
from vectorstore.passages import Passages
from vectorstore.records import Passage

AHEAD = 800
"""Days for which what falls due is looked up."""


@dataclass(frozen=True)
class Held:
    """A base contract with its amendments. ``terms`` are in force on the day asked for."""

    base: Contract
    amendments: tuple[Contract, ...]
    terms: TermsInForce
    as_of: date
    deadlines: ContractDeadlines = field(repr=False)
    agreed: TermsInForce = field(repr=False)
    """The terms with all amendments counted in, those that are still to take effect too."""
    origin: TermsInForce = field(repr=False)
    """The terms of the base contract alone."""
    _passages: Passages = field(repr=False)

    @property
    def id(self) -> str:
        return self.base.id

    @property
    def stem(self) -> str:
        return self.base.stem

    @property
    def all(self) -> tuple[Contract, ...]:
        """The base and its amendments, in their order."""
        return (self.base, *self.amendments)

    @property
    def calendar(self) -> TermCalendar | None:
        """Its periods and ends; None where its dates lead outside the calendar."""
        return self.deadlines.standing.calendar if self.deadlines.standing else None

    @property
    def notice(self) -> Notice:
        return self.deadlines.standing.notice if self.deadlines.standing else Notice()

    @cached_property
    def title(self) -> str:
        return str(self.terms.value("title") or self.stem)

    @cached_property
    def parties(self) -> tuple[PartyView, ...]:
        """The parties of base and amendments, a company once."""
        seen: dict[str, PartyView] = {}
        for contract in reversed(self.all):
            for party in contract.parties:
                seen.setdefault(party.counterparty, party)
        return tuple(seen.values())

    @cached_property
    def others(self) -> tuple[str, ...]:
        """Present names of the parties that are not ours, as the terms in force write them."""
        ours = {company_key(p.name) for c in self.all for p in c.parties if p.side == "us"}
        return tuple(p.name for p in self.terms.values("parties") if company_key(p.name) not in ours)

    @cached_property
    def our_role(self) -> Role | None:
        return next((p.role for p in self.base.parties if p.side == "us"), None)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage of base and amendments, those of later documents last."""
        return tuple(passage for contract in self.all for passage in self._passages.of(contract.id))

    def contract_of(self, id: str) -> Contract:
        """The base or the amendment with this id."""
        return next(contract for contract in self.all if contract.id == id)

    def document_name(self, evidence: Evidence) -> str:
        return next((d.name for c in self.all for d in c.documents if d.sha256 == evidence.document), "")

    def terms_of(self, *fields: str) -> list[Term]:
        return [term for term in self.terms.terms if term.fact.field in fields]


class Holdings:
    """All contracts that may be seen (``allowed``: ids of base contracts; None: all) as of a day."""

    def __init__(
        self, register: Register, passages: Passages, as_of: date, allowed: frozenset[str] | None = None
    ) -> None:
        self.register = register
        self.text = passages
        self.as_of = as_of
        self._allowed = allowed

    @cached_property
    def contracts(self) -> tuple[Held, ...]:
        """Every base contract, and amendments whose base is not there, by file stem."""
        read = {contract.id: contract for contract in self.register.all_contracts()}
        dated = {d.id: d for d in deadlines(self.register, self.as_of, AHEAD).contracts}
        heads = [c for c in read.values() if c.link.base is None or c.link.base not in read]
        return tuple(
            self._held(head, tuple(read[id] for id in head.amendments if id in read), dated[head.id])
            for head in heads
            if head.id in dated and (self._allowed is None or head.id in self._allowed)
        )

    def _held(self, base: Contract, amendments: tuple[Contract, ...], dated: ContractDeadlines) -> Held:
        """A base contract as of the day, from facts that are read already: a query for each of ten thousand contracts
        takes half a minute."""
        first, later = _version(base), tuple(map(_version, amendments))
        terms = terms_in_force(first, later, self.as_of)
        agreed = terms_in_force(first, later, date.max) if later else terms
        origin = terms_in_force(first, later, date.min) if later else terms
        return Held(base, amendments, terms, self.as_of, dated, agreed, origin, self.text)

    def by_stem(self, stems: Sequence[str]) -> list[Held]:
        return [held for held in self.contracts if held.stem in stems]

    @cached_property
    def our_names(self) -> frozenset[str]:
        """Every way in which our own company is written."""
        named = {company.name for company in self.register.companies()}
        return frozenset(
            named | {p.name for held in self.contracts for c in held.all for p in c.parties if p.side == "us"}
        )

    def owners(self, passages: Sequence[Passage]) -> Iterator[Held]:
        """The contract of each passage."""
        by_id = {contract.id: held for held in self.contracts for contract in held.all}
        yield from (by_id[passage.contract] for passage in passages if passage.contract in by_id)


def _version(contract: Contract) -> Version:
    return Version(contract.id, tuple(stored.fact for stored in contract.facts))
