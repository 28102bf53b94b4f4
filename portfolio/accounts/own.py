"""Own columns as one person may see and decide them: what contracts in scope say to a user's own questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from portfolio.accounts.desk import Desk
from portfolio.columns.book import Columns
from portfolio.columns.records import Column, InForce, OwnValue
from portfolio.register.records import Filters
from portfolio.register.store import Register


class Own:
    """Every method heeds the account's scope and role, as `Desk` does."""

    def __init__(self, register: Register, desk: Desk) -> None:
        self._desk = desk
        self._book = Columns(register)

    def columns(self) -> tuple[Column, ...]:
        return self._book.all()

    def held(self, contracts: Iterable[str], as_of: date) -> Mapping[str, Mapping[str, InForce]]:
        """By contract id and column key: what holds on ``as_of`` in those of some contracts (ids) that are in scope."""
        ids = tuple(contracts)
        return self._book.in_force(as_of, self._desk.seen(Filters(ids=ids))) if ids else {}

    def of(self, ref: str) -> tuple[tuple[Column, OwnValue | None], ...]:
        """Every column with what a contract in scope says to it; None where it was not read yet."""
        return self._book.of(self._desk.contract(ref).id)

    def confirm(self, ref: str, key: str) -> None:
        """What was read is right; also that the contract does not say it. Raises NotAllowed, NotFound."""
        self._book.confirm(self._own(ref), key, self._desk.account.name)

    def correct(self, ref: str, key: str, value: object) -> None:
        """Raises NotAllowed, NotFound, InvalidValue."""
        self._book.correct(self._own(ref), key, value, self._desk.account.name)

    def reject(self, ref: str, key: str) -> None:
        """The value is wrong and there is no other. Raises NotAllowed, NotFound."""
        self._book.reject(self._own(ref), key, self._desk.account.name)

    def _own(self, ref: str) -> str:
        self._desk.require("editor")
        return self._desk.contract(ref).id
