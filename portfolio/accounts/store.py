"""Accounts in the register: making and changing them, signing in with lock-out, and the browsers that are signed in."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.accounts import passwords
from portfolio.accounts.models import AccountRow, FailureRow, SignInRow
from portfolio.accounts.records import ROLES, Account, AccountRole, SignInRefused
from portfolio.errors import InvalidValue, NotFound
from portfolio.folding import fold
from portfolio.register.records import WHOLE, Scope
from portfolio.register.store import Register

TRIES = 5
"""Failed tries in a row before a name is locked."""
LOCK = timedelta(minutes=15)
"""How long, and after how long a series of failed tries is forgotten."""
SIGNED_IN = timedelta(hours=12)
"""How long a browser stays signed in."""


class Accounts:
    """The accounts of a register; every writing method is one transaction."""

    def __init__(self, register: Register) -> None:
        self._db = register.database

    def configured(self) -> bool:
        """Whether there is an administrator who can sign in with a password."""
        with self._db.reading() as session:
            found = sa.select(AccountRow.name).where(
                AccountRow.role == "administrator", AccountRow.active, AccountRow.password.is_not(None)
            )
            return session.scalar(found.limit(1)) is not None

    def all(self) -> tuple[Account, ...]:
        """Every account, by name."""
        with self._db.reading() as session:
            return tuple(_account(row) for row in session.scalars(sa.select(AccountRow).order_by(AccountRow.name)))

    def get(self, name: str) -> Account:
        """Raises NotFound."""
        with self._db.reading() as session:
            return _account(_row(session, name))

    def by_email(self, email: str) -> Account | None:
        """The active account of the person whom the company's sign-in service knows by ``email``."""
        with self._db.reading() as session:
            found = sa.select(AccountRow).where(AccountRow.email == email.strip().lower(), AccountRow.active)
            row = session.scalar(found)
            return _account(row) if row is not None else None

    def add(
        self,
        name: str,
        role: AccountRole,
        *,
        shown: str | None = None,
        email: str | None = None,
        password: str | None = None,
        scope: Scope = WHOLE,
    ) -> Account:
        """A new account. Raises InvalidValue where the name is taken, the role unknown or the password too weak."""
        key = _key(name)
        if role not in ROLES:
            raise InvalidValue.of("no_role", role=role, roles=", ".join(ROLES))
        if password is None and not email:
            raise InvalidValue.of("account_way")
        if password is not None:
            passwords.check(password, key)
        with self._db.writing() as session:
            if session.get(AccountRow, key) is not None:
                raise InvalidValue.of("account_taken", name=key)
            _free(session, email, key)
            row = AccountRow(
                name=key,
                shown=shown or name.strip(),
                email=_email(email),
                role=role,
                password=passwords.hashed(password) if password is not None else None,
                sites=list(scope.sites),
                tags=list(scope.tags),
                active=True,
                created_at=datetime.now(UTC),
            )
            session.add(row)
            session.flush()
            return _account(row)

    def change(self, account: Account) -> Account:
        """Writes the account's role, scope, e-mail address, shown name and whether it is active. The last administrator
        stays one; who may no longer come in is signed out. Raises InvalidValue, NotFound."""
        with self._db.writing() as session:
            row = _row(session, account.name)
            if not account.may("administrator"):
                _not_the_last(session, row)
            _free(session, account.email, row.name)
            row.role, row.shown, row.active = account.role, account.shown, account.active
            row.email = _email(account.email)
            row.sites, row.tags = list(account.scope.sites), list(account.scope.tags)
            if not account.active:
                _sign_out_everywhere(session, row.name)
            return _account(row)

    def set_password(self, name: str, password: str) -> None:
        """A new password; every browser of the account is signed out."""
        passwords.check(password, _key(name))
        with self._db.writing() as session:
            row = _row(session, name)
            row.password = passwords.hashed(password)
            _sign_out_everywhere(session, row.name)

    def remove(self, name: str) -> None:
        """Deletes an account; what it decided stays in the history. The last administrator stays."""
        with self._db.writing() as session:
            row = _row(session, name)
            _not_the_last(session, row)
            session.delete(row)

    # --- signing in

    def sign_in(self, name: str, password: str, now: datetime | None = None) -> str:
        """The token of a new sign-in. Raises SignInRefused: wrong, or locked after `TRIES` failed ones in a row."""
        moment = now or datetime.now(UTC)
        key = fold(name)[:200]
        with self._db.reading() as session:
            _locked(session.get(FailureRow, key), moment)
            row = session.get(AccountRow, key)
            stored = row.password if row is not None and row.active else None
        right = passwords.fits(stored, password)
        with self._db.writing() as session:
            failed = session.get(FailureRow, key)
            _locked(failed, moment)
            if right:
                if failed is not None:
                    session.delete(failed)
                if stored is not None and passwords.outdated(stored):
                    _row(session, key).password = passwords.hashed(password)
                return _open(session, key, moment)
            session.execute(sa.delete(FailureRow).where(FailureRow.last < moment - LOCK))
            count = failed.count if failed is not None and failed.last >= moment - LOCK else 0
            session.merge(FailureRow(name=key, count=count + 1, last=moment))
        raise SignInRefused("wrong")

    def signed_in(self, token: str, now: datetime | None = None) -> Account | None:
        """The account of a signed-in browser, or None where the token is unknown, too old, or its account closed."""
        with self._db.reading() as session:
            found = (
                sa.select(AccountRow)
                .join(SignInRow, SignInRow.account == AccountRow.name)
                .where(SignInRow.token == _hash(token), SignInRow.until > (now or datetime.now(UTC)), AccountRow.active)
            )
            row = session.scalar(found)
            return _account(row) if row is not None else None

    def sign_out(self, token: str) -> None:
        with self._db.writing() as session:
            session.execute(sa.delete(SignInRow).where(SignInRow.token == _hash(token)))


def _key(name: str) -> str:
    key = fold(name)
    if not 2 <= len(key) <= 200:
        raise InvalidValue.of("account_name")
    return key


def _row(session: Session, name: str) -> AccountRow:
    row = session.get(AccountRow, fold(name))
    if row is None:
        raise NotFound.of("no_account", name=name)
    return row


def _account(row: AccountRow) -> Account:
    return Account(
        name=row.name,
        shown=row.shown,
        role=row.role,  # type: ignore[arg-type]
        email=row.email,
        scope=Scope(tuple(row.sites), tuple(row.tags)),
        active=row.active,
        has_password=row.password is not None,
    )


def _email(email: str | None) -> str | None:
    return email.strip().lower() or None if email else None


def _free(session: Session, email: str | None, name: str) -> None:
    if not _email(email):
        return
    taken = sa.select(AccountRow.name).where(AccountRow.email == _email(email), AccountRow.name != name)
    if session.scalar(taken) is not None:
        raise InvalidValue.of("email_taken")


def _not_the_last(session: Session, row: AccountRow) -> None:
    others: Sequence[str] = session.scalars(
        sa.select(AccountRow.name).where(
            AccountRow.role == "administrator", AccountRow.active, AccountRow.name != row.name
        )
    ).all()
    if row.role == "administrator" and row.active and not others:
        raise InvalidValue.of("last_administrator", name=row.name)


def _locked(failed: FailureRow | None, moment: datetime) -> None:
    if failed is not None and failed.count >= TRIES and moment < failed.last + LOCK:
        left = failed.last + LOCK - moment
        raise SignInRefused("locked", minutes=max(1, -(-int(left.total_seconds()) // 60)))


def _open(session: Session, name: str, moment: datetime) -> str:
    token = secrets.token_urlsafe(32)
    session.execute(sa.delete(SignInRow).where(SignInRow.until <= moment))
    session.add(SignInRow(token=_hash(token), account=name, until=moment + SIGNED_IN))
    return token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _sign_out_everywhere(session: Session, name: str) -> None:
    session.execute(sa.delete(SignInRow).where(SignInRow.account == name))
