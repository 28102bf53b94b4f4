"""Who calls: a program by its key, a person by a token of the company's sign-in service, or whoever sits at the machine
where nobody opened accounts or keys and only the machine itself can reach the API."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Request

from portfolio.accounts.keys import PREFIX, ApiKeys
from portfolio.accounts.records import Account, local_account
from portfolio.accounts.store import Accounts
from portfolio.register.store import Register
from ui.api.oidc import Issuer
from ui.api.problems import ProblemError

_HERE = frozenset(("localhost", "127.0.0.1", "::1"))


@dataclass(frozen=True)
class Caller:
    """``id`` tells keys and persons apart, whatever they are called."""

    id: str
    account: Account


class Door:
    """``local``: only this machine can reach the API."""

    def __init__(self, register: Register, issuer: Issuer | None, *, local: bool) -> None:
        self._keys = ApiKeys(register)
        self._accounts = Accounts(register)
        self._issuer = issuer
        self._local = local

    def caller(self, request: Request) -> Caller:
        """Raises ProblemError where nobody is known by what was sent."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        found = self._bearer(token.strip()) if scheme.lower() == "bearer" else None
        if found is None and not scheme and self._open(request):
            account = local_account()
            found = Caller(f"account:{account.name}", account)
        if found is None:
            raise ProblemError("unauthorised", {"WWW-Authenticate": 'Bearer realm="contratheque"'})
        return found

    def _bearer(self, token: str) -> Caller | None:
        if token.startswith(f"{PREFIX}_"):
            account = self._keys.account(token)
            return Caller(f"key:{token.split('_')[1]}", account) if account is not None else None
        email = self._issuer.email(token) if self._issuer is not None and token else None
        account = self._accounts.by_email(email) if email else None
        return Caller(f"account:{account.name}", account) if account is not None else None

    def _open(self, request: Request) -> bool:
        """Whether whoever sits here may come in. Not a page of a browser that calls from another site, nor one that
        came to this machine under another name (DNS rebinding)."""
        here = (urlsplit(f"//{request.headers.get('host', '')}").hostname or "") in _HERE
        if not self._local or not here or "origin" in request.headers or self._issuer is not None:
            return False
        return not self._accounts.configured() and not self._keys.any_valid()
