"""Keys of programs: each has a role and a scope as an account has them, may end by itself, and can be revoked."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from portfolio.accounts.models import ApiKeyRow
from portfolio.accounts.records import ROLES, Account, AccountRole
from portfolio.errors import InvalidValue, NotFound
from portfolio.register.records import WHOLE, Scope
from portfolio.register.store import Register

PREFIX = "ctq"
"""By which secret scanners and people know a key of this program."""
LONGEST_NAME = 80
_WHOLE_KEY = re.compile(rf"{PREFIX}_([0-9a-f]{{12}})_([A-Za-z0-9_-]{{43}})")


@dataclass(frozen=True)
class ApiKey:
    """A key as it may be shown: without its secret. ``name`` says which program holds it."""

    id: str
    name: str
    role: AccountRole
    scope: Scope
    created_by: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    def valid(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)

    @property
    def account(self) -> Account:
        """Who acts by this key: what it changes is written under its name."""
        return Account(f"api:{self.name}", self.name, self.role, scope=self.scope, has_password=False)


class ApiKeys:
    """The keys of a register; every writing method is one transaction."""

    def __init__(self, register: Register) -> None:
        self._db = register.database

    def create(
        self,
        name: str,
        role: AccountRole,
        who: str,
        *,
        scope: Scope = WHOLE,
        expires_at: datetime | None = None,
        now: datetime | None = None,
    ) -> tuple[ApiKey, str]:
        """A new key, and the whole of it, which is never shown again. Raises InvalidValue."""
        said = " ".join(name.split())
        moment = now or datetime.now(UTC)
        if not 1 <= len(said) <= LONGEST_NAME:
            raise InvalidValue(f"A key is named after the program that holds it, in 1 to {LONGEST_NAME} characters.")
        if role not in ROLES:
            raise InvalidValue(f"« {role} » is no role; the roles are: {', '.join(ROLES)}.")
        if expires_at is not None and expires_at <= moment:
            raise InvalidValue(f"The key would have expired already on {expires_at:%Y-%m-%d}; give a later day.")
        id_, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
        row = ApiKeyRow(
            id=id_, name=said, secret=_hash(secret), role=role, sites=list(scope.sites), tags=list(scope.tags),
            created_by=who, created_at=moment, expires_at=expires_at, revoked_at=None,
        )  # fmt: skip
        with self._db.writing() as session:
            session.add(row)
            session.flush()
            return _key(row), f"{PREFIX}_{id_}_{secret}"

    def all(self) -> tuple[ApiKey, ...]:
        """Every key, the newest first."""
        with self._db.reading() as session:
            rows = session.scalars(sa.select(ApiKeyRow).order_by(ApiKeyRow.created_at.desc(), ApiKeyRow.id))
            return tuple(map(_key, rows))

    def any_valid(self, now: datetime | None = None) -> bool:
        """Whether some program could come in by a key."""
        moment = now or datetime.now(UTC)
        return any(key.valid(moment) for key in self.all())

    def revoke(self, id_: str) -> ApiKey:
        """From now on nobody comes in by it. Raises NotFound."""
        with self._db.writing() as session:
            row = session.get(ApiKeyRow, id_)
            if row is None:
                raise NotFound(f"There is no key « {id_[:40]} »; see contratheque api-key list.")
            row.revoked_at = row.revoked_at or datetime.now(UTC)
            return _key(row)

    def account(self, whole: str, now: datetime | None = None) -> Account | None:
        """Who acts by a key as a program sends it; None where it is unknown, expired or revoked."""
        told = _WHOLE_KEY.fullmatch(whole)
        if told is None:
            return None
        with self._db.reading() as session:
            row = session.get(ApiKeyRow, told[1])
            # the secret has 256 random bits: a plain hash cannot be guessed back, and costs nothing at each request
            if row is None or not hmac.compare_digest(row.secret, _hash(told[2])):
                return None
            key = _key(row)
        return key.account if key.valid(now or datetime.now(UTC)) else None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _key(row: ApiKeyRow) -> ApiKey:
    return ApiKey(
        row.id,
        row.name,
        row.role,  # type: ignore[arg-type]
        Scope(tuple(row.sites), tuple(row.tags)),
        row.created_by,
        row.created_at,
        row.expires_at,
        row.revoked_at,
    )
