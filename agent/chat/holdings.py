"""The portfolio as questions see it: base contracts with their amendments, their terms and calendar on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from portfolio.amendments import Term, TermsInForce, terms_in_force
from portfolio.calendar.notice import Notice
from portfolio.calendar.standing import Standing
from portfolio.calendar.terms import TermCalendar
from portfolio.columns.book import Columns
from portfolio.current import Chain
from portfolio.deadlines import ContractDeadlines, Subject, of_subject, subject_of
from portfolio.evidence import Evidence
from portfolio.names import company_key
from portfolio.register.records import Contract, PartyView
from portfolio.schema import Role
from vectorstore.passages import Passages
from vectorstore.records import Passage

AHEAD = timedelta(days=800)
"""For how long what falls due is looked up."""


@dataclass(frozen=True, eq=False)
class Held:
    """A base contract with its amendments, as of a day. What follows from them is reckoned when it is asked for."""

    chain: Chain = field(repr=False)
    as_of: date
    _passages: Passages = field(repr=False)
    _counted: Literal["now", "all", "none"] = "now"
    """The amendments that its terms count in: those in force, those to come too, or none."""

    @property
    def base(self) -> Contract:
        return self.chain.base

    @property
    def amendments(self) -> tuple[Contract, ...]:
        return () if self._counted == "none" else self.chain.amendments

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

    @cached_property
    def terms(self) -> TermsInForce:
        """The terms in force on the day asked for."""
        match self._counted:
            case "now":
                return self._terms(self.as_of)
            case "all":
                return self.agreed
            case "none":
                return self.origin

    @cached_property
    def agreed(self) -> TermsInForce:
        """The terms with all amendments counted in, those that are still to take effect too."""
        if self._counted == "none":
            return self.origin
        return self._terms(date.max) if self.amendments or self._counted != "now" else self.terms

    @cached_property
    def origin(self) -> TermsInForce:
        """The terms of the base contract alone."""
        return self._terms(date.min) if self.amendments or self._counted != "now" else self.terms

    def _terms(self, on: date) -> TermsInForce:
        loaded = self.chain.loaded
        return terms_in_force(loaded.base, loaded.amendments, on)

    @property
    def amended(self) -> Held:
        """The same with the terms as agreed in the place of those in force."""
        return replace(self, _counted="all")

    @property
    def at_first(self) -> Held:
        """The same as it was before its amendments, but for its calendar."""
        return replace(self, _counted="none")

    @cached_property
    def _subject(self) -> Subject:
        terms = self.terms if self._counted == "now" else None
        return subject_of(self.chain.loaded, self.as_of, self.as_of + AHEAD, terms)

    @cached_property
    def deadlines(self) -> ContractDeadlines:
        return of_subject(self._subject, self.chain.giving)

    @property
    def standing(self) -> Standing | None:
        """None where its dates lead outside the calendar."""
        return self._subject.standing

    @property
    def calendar(self) -> TermCalendar | None:
        """Its periods and ends; None where its dates lead outside the calendar."""
        return self.standing.calendar if self.standing else None

    @property
    def notice(self) -> Notice:
        return self.standing.notice if self.standing else Notice()

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

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage of base and amendments, those of later documents last."""
        return tuple(passage for contract in self.all for passage in self._passages.of(contract.id))

    def contract_of(self, id: str) -> Contract:
        """The base or the amendment with this id."""
        return next(contract for contract in self.all if contract.id == id)

    def document_name(self, evidence: Evidence) -> str:
        return next((d.name for c in self.all for d in c.documents if d.sha256 == evidence.document), "")

    def terms_of(self, *fields: str) -> list[Term]:
        return list(self.terms.of(*fields))


class Holdings:
    """The contracts that may be seen, by file stem, as of a day. ``companies``: our names as said; ``columns``: the
    user's own, with what the contracts say to them."""

    def __init__(
        self,
        contracts: Sequence[Held],
        text: Passages,
        as_of: date,
        companies: Sequence[str] = (),
        columns: Columns | None = None,
    ) -> None:
        self.contracts = tuple(sorted(contracts, key=lambda held: (held.stem, held.id)))
        self.text = text
        self.as_of = as_of
        self.columns = columns
        self._companies = companies

    @cached_property
    def _by_stem(self) -> Mapping[str, Sequence[Held]]:
        found: dict[str, list[Held]] = {}
        for held in self.contracts:
            found.setdefault(held.stem, []).append(held)
        return found

    def by_stem(self, stems: Sequence[str]) -> list[Held]:
        """The contracts with these file stems, in the order of the portfolio."""
        return [held for stem in sorted(set(stems)) for held in self._by_stem.get(stem, ())]

    @cached_property
    def our_names(self) -> frozenset[str]:
        """Every way in which our own company is written."""
        written = {p.name for held in self.contracts for c in held.all for p in c.parties if p.side == "us"}
        return frozenset(written.union(self._companies))

    @cached_property
    def _owners(self) -> Mapping[str, Held]:
        return {contract.id: held for held in self.contracts for contract in held.all}

    def owner(self, contract: str) -> Held | None:
        """The base contract that a contract or amendment (id) belongs to; None where it may not be seen."""
        return self._owners.get(contract)

    def owners(self, passages: Sequence[Passage]) -> Iterator[Held]:
        """The contract of each passage."""
        yield from (held for passage in passages if (held := self.owner(passage.contract)) is not None)
