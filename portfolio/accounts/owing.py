"""Obligations as one person may see and settle them: what each party owes, done or waived in the account's name."""

from __future__ import annotations

from datetime import date, timedelta

from portfolio.accounts.desk import Desk
from portfolio.errors import NotFound
from portfolio.obligations.book import Listed, ObligationBook, Occurrence
from portfolio.obligations.log import Entry, HandedOver
from portfolio.register.records import Filters
from portfolio.register.store import EVERYTHING, Register
from portfolio.words.phrases import Phrase


class Owing:
    """Every method heeds the account's scope and role, as `Desk` does."""

    def __init__(self, register: Register, desk: Desk) -> None:
        self._desk = desk
        self._book = ObligationBook(register)

    def list(self, as_of: date, back: int, ahead: int, filters: Filters = EVERYTHING) -> Listed:
        """What falls due from ``back`` days before ``as_of`` to ``ahead`` days after it, in its state on that day."""
        since, until = as_of - timedelta(days=back), as_of + timedelta(days=ahead)
        return self._book.list(as_of, since, until, self._desk.seen(filters))

    def of(self, ref: str, as_of: date, back: int, ahead: int) -> Listed:
        """What falls due of one contract in scope (of an amendment: of its base)."""
        contract = self._desk.contract(ref)
        return self.list(as_of, back, ahead, Filters(ids=(contract.link.base or contract.id,)))

    def history(self, ref: str) -> tuple[Entry, ...]:
        """What was done about the obligations of a contract in scope, oldest first."""
        return self._book.history(self._desk.contract(ref).id)

    def done(
        self, handle: str, today: date, handed: HandedOver | None = None, note: str | None = None
    ) -> tuple[Entry, Phrase | None]:
        """It was done, with the document that was handed over where there is one; gives what is wrong with it."""
        own = self._own(handle, today)
        return self._book.done(own.event.key, self._desk.account.name, today, handed, note)

    def waive(self, handle: str, reason: str, today: date) -> Entry:
        """It need not be done this time. Raises InvalidValue without a reason."""
        return self._book.waive(self._own(handle, today).event.key, self._desk.account.name, reason, today)

    def undo(self, ref: str, entry: int) -> Entry:
        """Takes a line of a contract's history back."""
        self._desk.require("editor")
        if entry not in {line.id for line in self.history(ref)}:
            raise NotFound.of("no_obligation_history", entry=entry)
        return self._book.undo(entry, self._desk.account.name)

    def _own(self, handle: str, today: date) -> Occurrence:
        """An occurrence of a contract in scope that this account may settle. Raises NotAllowed, NotFound."""
        self._desk.require("editor")
        found = self._book.find(handle, today)
        self._desk.contract(found.event.contract)
        return found
