"""The tables of accounts, of their sign-ins and of failed tries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.register.models import Json, Moment, Table


class AccountRow(Table):
    """A person who may sign in; ``name`` is folded. Without ``password`` only by the company's sign-in service."""

    __tablename__ = "account"
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    shown: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(320), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    password: Mapped[str | None] = mapped_column(String(500))
    sites: Mapped[Any] = mapped_column(Json)
    tags: Mapped[Any] = mapped_column(Json)
    active: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(Moment)


class SignInRow(Table):
    """A browser that is signed in: the hash of its token, never the token."""

    __tablename__ = "sign_in"
    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("account.name", ondelete="CASCADE"), index=True)
    until: Mapped[datetime] = mapped_column(Moment)


class FailureRow(Table):
    """Failed tries in a row under a name, whether there is such an account or not: both look the same from outside."""

    __tablename__ = "sign_in_failure"
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    count: Mapped[int]
    last: Mapped[datetime] = mapped_column(Moment)


class ApiKeyRow(Table):
    """A key of a program: the hash of its secret, never the secret. ``id`` is the part of the key that may be shown."""

    __tablename__ = "api_key"
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    secret: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = mapped_column(String(20))
    sites: Mapped[Any] = mapped_column(Json)
    tags: Mapped[Any] = mapped_column(Json)
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class KeptAnswerRow(Table):
    """What was answered to a request that a program may repeat. ``who`` asked under the key ``key``; ``request`` is the
    hash of what was asked. ``status`` is None while the first one is worked on."""

    __tablename__ = "api_answer"
    who: Mapped[str] = mapped_column(String(200), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    request: Mapped[str] = mapped_column(String(64))
    status: Mapped[int | None]
    media_type: Mapped[str | None] = mapped_column(String(200))
    body: Mapped[bytes | None]
    at: Mapped[datetime] = mapped_column(Moment, index=True)
