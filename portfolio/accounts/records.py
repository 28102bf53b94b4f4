"""An account, its role, and why somebody was not signed in."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from typing import Literal, get_args

from portfolio.errors import ContrathequeError
from portfolio.register.records import WHOLE, Scope

AccountRole = Literal["reader", "editor", "administrator"]
"""Each may do what the ones before it may: look; decide and bring in; manage accounts and settings."""
ROLES: tuple[AccountRole, ...] = get_args(AccountRole)
Refusal = Literal["wrong", "locked"]


@dataclass(frozen=True)
class Account:
    """``name`` is what the person signs in with and what history says; ``scope`` the part of the portfolio that they
    see. ``has_password``: False for those who come by the company's sign-in service only."""

    name: str
    shown: str
    role: AccountRole
    email: str | None = None
    scope: Scope = WHOLE
    active: bool = True
    has_password: bool = True

    def may(self, role: AccountRole) -> bool:
        """Whether this account may do what ``role`` may."""
        return self.active and ROLES.index(self.role) >= ROLES.index(role)


def local_account() -> Account:
    """The one user of a portfolio without accounts, on their own machine: the system's user, who may do everything."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        name = "local"
    return Account(name, name, "administrator", has_password=False)


class SignInRefused(ContrathequeError):
    """``reason``: ``wrong`` name or password, or ``locked`` after too many failed tries, for ``minutes`` more."""

    def __init__(self, reason: Refusal, minutes: int = 0) -> None:
        said = f"too many failed tries; wait {minutes} minutes" if reason == "locked" else "name or password is wrong"
        super().__init__(f"Not signed in: {said}.")
        self.reason: Refusal = reason
        self.minutes = minutes
