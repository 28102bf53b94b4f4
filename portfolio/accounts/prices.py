"""Revised prices as one person may ask for them: the price of a contract in scope on a day, and its next revision."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portfolio.accounts.desk import Desk
from portfolio.amendments import terms_in_force
from portfolio.events import Event
from portfolio.register.store import Register
from portfolio.revision import adjust
from portfolio.revision.contract import agreement, contract_price
from portfolio.revision.price import RevisedPrice
from portfolio.revision.rules import RevisionSetting
from portfolio.revision.schedule import next_revision


class Prices:
    """Every method heeds the account's scope and role, as `Desk` does."""

    def __init__(self, register: Register, desk: Desk) -> None:
        self._register = register
        self._desk = desk

    def on(self, ref: str, day: date, amount: Decimal | None = None, invoiced: Decimal | None = None) -> RevisedPrice:
        """The price of a contract on ``day`` with each step; ``invoiced`` is compared with it. Raises NotFound."""
        return contract_price(self._register, self._desk.contract(ref).id, day, amount, invoiced)

    def coming(self, ref: str, day: date) -> Event | None:
        """The first revision from ``day`` on, where its day is known."""
        made = agreement(self._register, self._desk.contract(ref).id, day)
        found = next_revision(
            terms_in_force(made.base, made.amendments, day),
            day,
            last_day=made.last_day,
            start=made.start,
            setting=made.setting,
        )
        return found if isinstance(found, Event) else None

    def setting(self, ref: str) -> RevisionSetting:
        """What a person said of how the price is revised."""
        return agreement(self._register, self._desk.contract(ref).id, date.today()).setting

    def set(self, ref: str, pairs: dict[str, str]) -> None:
        """Says how the price is revised, in values as people write them (`portfolio.revision.adjust.changed`).

        Raises NotAllowed, NotFound, InvalidValue.
        """
        self._desk.require("editor")
        own = self._desk.contract(ref).id
        adjust.save(self._register, own, adjust.changed(self.setting(own), pairs), self._desk.account.name)
