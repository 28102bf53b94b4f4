"""The portfolio as one person may see and change it: the facade that interfaces use, where rights are enforced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from portfolio.accounts.records import Account, AccountRole
from portfolio.accounts.store import Accounts
from portfolio.amendments import TermsInForce
from portfolio.errors import NotAllowed, NotFound
from portfolio.intake import book
from portfolio.listing import facets, lines, names, views
from portfolio.register.records import (
    Company,
    Contract,
    ContractSummary,
    Counterparty,
    Filters,
    HistoryEntry,
    LedgerLine,
    Outcome,
    SiteView,
)
from portfolio.register.store import EVERYTHING, Register
from portfolio.review import queue, readings


class Desk:
    """Every method heeds the account's role and scope: what is out of scope is not there (NotFound), what the role does
    not cover is refused (NotAllowed). What is changed is written in the account's name."""

    def __init__(self, register: Register, account: Account) -> None:
        self._register = register
        self.account = account

    # --- rights

    def require(self, role: AccountRole) -> None:
        """Raises NotAllowed unless the account may do what ``role`` may."""
        if not self.account.may(role):
            raise NotAllowed(role)

    def register_for(self, role: AccountRole) -> Register:
        """The register itself, for work over the whole portfolio (bringing files in, settings). Raises NotAllowed."""
        self.require(role)
        return self._register

    def seen(self, filters: Filters = EVERYTHING) -> Filters:
        """``filters`` and, with them, what this account may see: for every query that takes filters."""
        return replace(filters, scope=self.account.scope)

    def visible(self) -> frozenset[str]:
        """Ids of all contracts in scope."""
        return self._register.ids(self.seen())

    def may_see(self, contracts: Iterable[str]) -> frozenset[str]:
        """Those of the contracts (ids) that are in scope."""
        ids = tuple(dict.fromkeys(contracts))
        if self.account.scope.whole or not ids:
            return frozenset(ids)
        return self._register.ids(self.seen(Filters(ids=ids)))

    @property
    def accounts(self) -> Accounts:
        """Raises NotAllowed unless the account is an administrator's."""
        self.require("administrator")
        return Accounts(self._register)

    # --- looking

    def page(self, filters: Filters, sort: lines.Sort, as_of: date, *, limit: int = 50, offset: int = 0) -> lines.Page:
        return lines.page(self._register, self.seen(filters), sort, as_of, limit=limit, offset=offset)

    def totals(self, filters: Filters = EVERYTHING) -> lines.Totals:
        return lines.totals(self._register, self.seen(filters))

    def facets(self, filters: Filters = EVERYTHING) -> facets.Facets:
        return facets.facets(self._register, self.seen(filters))

    def queue(self, filters: Filters = EVERYTHING) -> tuple[queue.Waiting, ...]:
        return queue.queue(self._register, self.seen(filters))

    def contract(self, ref: str) -> Contract:
        """One contract. Raises NotFound; where the account does not see everything, without naming others."""
        if self.account.scope.whole:
            return self._register.contract(ref)
        try:
            contract = self._register.contract(ref)
        except NotFound:
            contract = None
        if contract is None or contract.id not in self.may_see([contract.id]):
            raise NotFound.of("contract_unseen", ref=ref)
        seen = self.may_see(candidate.contract for candidate in contract.link.candidates)
        candidates = tuple(candidate for candidate in contract.link.candidates if candidate.contract in seen)
        return replace(contract, link=replace(contract.link, candidates=candidates))

    def contracts(self, ids: Iterable[str], as_of: date) -> tuple[ContractSummary, ...]:
        """The portfolio's lines of some contracts (ids), as far as they are in scope."""
        wanted = tuple(ids)
        return tuple(self._register.contracts(self.seen(Filters(ids=wanted)), as_of)) if wanted else ()

    def named(self, ids: Iterable[str]) -> Mapping[str, names.Named]:
        """What some contracts (ids) are called and where they are, as far as they are in scope."""
        wanted = tuple(ids)
        return names.named(self._register, self.seen(Filters(ids=wanted))) if wanted else {}

    def terms(self, ref: str, as_of: date) -> TermsInForce:
        return self._register.terms(self.contract(ref).id, as_of)

    def history(self, ref: str) -> tuple[HistoryEntry, ...]:
        return self._register.history(self.contract(ref).id)

    def other_readings(self, contract: Contract) -> tuple[readings.OtherReading, ...]:
        return readings.other_readings(contract, self.history(contract.id))

    def file(self, sha: str) -> bytes:
        """The bytes of a document of a contract in scope. Raises NotFound."""
        document = self._register.document(sha)
        if document is None or not self.may_see(document.contracts):
            raise NotFound.of("document_unseen", sha=sha[:12])
        return self._register.files.get(sha)

    def related(self, contract: Contract, as_of: date) -> tuple[ContractSummary, ...]:
        """Other contracts with the same counterparties, those that end last first; without the contract's own chain."""
        chain = {contract.id, contract.link.base, *contract.amendments}
        others = [p.counterparty for p in contract.parties if p.side == "them" or (p.side is None and p.counterparty)]
        found: dict[str, ContractSummary] = {}
        for counterparty in dict.fromkeys(others):
            lines_ = self.page(Filters(counterparty=counterparty), lines.Sort("end", True), as_of, limit=20).lines
            found |= {line.id: line for line in lines_ if line.id not in chain and line.base not in chain}
        return tuple(found.values())

    def counterparties(self) -> tuple[Counterparty, ...]:
        everyone = self._register.counterparties()
        if self.account.scope.whole:
            return everyone
        seen = self.may_see(id_ for company in everyone for id_ in company.contracts)
        return tuple(
            replace(company, contracts=tuple(id_ for id_ in company.contracts if id_ in seen))
            for company in everyone
            if company.ours or seen.intersection(company.contracts)
        )

    def sites(self) -> tuple[SiteView, ...]:
        sites = self._register.sites()
        if self.account.scope.whole:
            return sites
        seen = self.may_see(id_ for site in sites for id_ in site.contracts)
        return tuple(
            replace(site, contracts=tuple(id_ for id_ in site.contracts if id_ in seen))
            for site in sites
            if seen.intersection(site.contracts)
        )

    def companies(self) -> tuple[Company, ...]:
        return self._register.companies()

    def ledger(self, outcome: Outcome | None = None) -> tuple[LedgerLine, ...]:
        """What became of the files that were given; those of contracts out of scope left out, and those of none where
        the account does not see everything."""
        given = self._register.ledger(outcome)
        if self.account.scope.whole:
            return given
        seen = self.may_see(line.contract for line in given if line.contract)
        return tuple(line for line in given if line.contract in seen)

    def watched(self) -> tuple[book.Place, ...]:
        """Watched folders and mailboxes; none for an account that does not see everything. Raises NotAllowed."""
        self.require("editor")
        return book.Intake(self._register).places() if self.account.scope.whole else ()

    def came_in(self, outcome: str | None, most: int) -> tuple[book.Item, ...]:
        """What came in by them (None: with any outcome), the newest first; nothing for an account that does not see
        everything. Raises NotAllowed."""
        self.require("editor")
        return book.Intake(self._register).items(outcome=outcome, most=most) if self.account.scope.whole else ()

    # --- deciding

    def confirm(self, ref: str, field: str, position: int = 0) -> None:
        self._register.confirm(self._own(ref), field, self.account.name, position)

    def confirm_all(self, ref: str) -> int:
        return self._register.confirm_all(self._own(ref), self.account.name)

    def correct(self, ref: str, field: str, value: Any, position: int = 0, reason: str | None = None) -> None:
        self._register.correct(self._own(ref), field, value, self.account.name, position, reason)

    def reject(self, ref: str, field: str, position: int = 0, reason: str | None = None) -> None:
        self._register.reject(self._own(ref), field, self.account.name, position, reason)

    def add(self, ref: str, field: str, value: Any, reason: str | None = None) -> None:
        self._register.add(self._own(ref), field, value, self.account.name, reason)

    def undo(self, ref: str, entry: int) -> None:
        """Takes back an action (its line of history) on a contract in scope."""
        own = self._own(ref)
        if entry not in {line.id for line in self._register.history(own)}:
            raise NotFound.of("no_history", entry=entry)
        self._register.undo(entry, self.account.name)

    def link(self, amendment: str, base: str) -> None:
        self._register.link(self._own(amendment), self._own(base), self.account.name)

    def unlink(self, amendment: str) -> None:
        self._register.unlink(self._own(amendment), self.account.name)

    def label(self, refs: Iterable[str], value: str, dimension: str = "") -> int:
        """Gives contracts a tag, or a category under ``dimension``; how many they are."""
        own = [self._own(ref) for ref in refs]
        for ref in own:
            self._register.label(ref, value, dimension)
        return len(own)

    def unlabel(self, refs: Iterable[str], value: str, dimension: str = "") -> int:
        own = [self._own(ref) for ref in refs]
        for ref in own:
            self._register.unlabel(ref, value, dimension)
        return len(own)

    def _own(self, ref: str) -> str:
        """The id of a contract in scope that this account may change."""
        self.require("editor")
        return self.contract(ref).id

    # --- views

    def views(self) -> tuple[views.SavedView, ...]:
        return views.views(self._register, self.account.name)

    def save_view(self, name: str, state: str, *, shared: bool = False) -> None:
        """Keeps a view of one's own; to share it takes an editor."""
        if shared:
            self.require("editor")
        views.save_view(self._register, views.SavedView(self.account.name, name, state, shared))

    def forget_view(self, name: str) -> None:
        views.forget_view(self._register, self.account.name, name)
