"""Who is told, what waits to be sent and what was sent, webhooks, and requests to suppliers, as tables."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.register.models import Json, Moment, Table


class PersonRow(Table):
    """Somebody who is told by mail; ``key`` is the folded name, which alerts are assigned to. ``kinds``: the kinds of
    events that they want, all where empty. ``general``: on the list of those who are told what is nobody's.

    Numbers of persons and of webhooks are never given again: they are part of keys in the outbox."""

    __tablename__ = "delivery_person"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320))
    language: Mapped[str] = mapped_column(String(2))
    kinds: Mapped[Any] = mapped_column(Json)
    general: Mapped[bool]
    away: Mapped[bool]
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("delivery_person.id", ondelete="SET NULL"))
    """Who is told when this person does not react, or is away."""
    __table_args__ = ({"sqlite_autoincrement": True},)


class ChargeRow(Table):
    """A person answers for the contracts of a ``scope`` with a ``value``, as `portfolio.delivery.charges` has them."""

    __tablename__ = "delivery_charge"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("delivery_person.id", ondelete="CASCADE"), index=True)
    scope: Mapped[str] = mapped_column(String(220))
    value: Mapped[str] = mapped_column(String(500))
    shown: Mapped[str] = mapped_column(String(500))
    __table_args__ = (UniqueConstraint("person_id", "scope", "value", name="uq_delivery_charge_once"),)


class OutboxRow(Table):
    """Something that leaves. ``key`` names it once and for all: what is there under it is never made again. ``lane``:
    `mail`, or `hook:<id>`. ``claimed_until``: a process is at it. ``for_day``: the day that it was made for."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    lane: Mapped[str] = mapped_column(String(40))
    recipient: Mapped[str] = mapped_column(String(400))
    subject: Mapped[str] = mapped_column(String(400))
    body: Mapped[Any] = mapped_column(Json)
    state: Mapped[str] = mapped_column(String(10))
    tries: Mapped[int]
    for_day: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(Moment)
    next_at: Mapped[datetime] = mapped_column(Moment)
    claimed_until: Mapped[datetime | None] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    error: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (Index("ix_outbox_due", "state", "next_at"),)


class TellingRow(Table):
    """A person is to be told of a raise. ``person_id`` None: nobody was found yet; ``outbox_id`` None: not told yet."""

    __tablename__ = "delivery_telling"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    raise_id: Mapped[int] = mapped_column(ForeignKey("alert_raise.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("delivery_person.id", ondelete="SET NULL"))
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"), index=True)
    __table_args__ = (UniqueConstraint("raise_id", "person_id", name="uq_delivery_telling_once"),)


class CursorRow(Table):
    """The number of the last raise that was taken over for ``name``: `people`, or a webhook's lane."""

    __tablename__ = "delivery_cursor"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    last: Mapped[int]


class HookRow(Table):
    """An address that is told of every raise. ``secret`` signs what is sent to it; shown once, when it is made."""

    __tablename__ = "webhook"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    url: Mapped[str] = mapped_column(String(2000))
    secret: Mapped[str] = mapped_column(String(100))
    language: Mapped[str] = mapped_column(String(2))
    kinds: Mapped[Any] = mapped_column(Json)
    topics: Mapped[Any] = mapped_column(Json)
    """What it is told of: `portfolio.delivery.happenings.TOPICS`."""
    active: Mapped[bool]
    who: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = ({"sqlite_autoincrement": True},)


class CalendarFeedRow(Table):
    """A private address of a calendar. ``token``: SHA-256 of the secret in the address, which is kept nowhere.
    ``person`` None: everybody's. ``kinds`` empty: all kinds of events."""

    __tablename__ = "calendar_feed"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(String(200))
    token: Mapped[str] = mapped_column(String(64), unique=True)
    person: Mapped[str | None] = mapped_column(String(200))
    kinds: Mapped[Any] = mapped_column(Json)
    contract_types: Mapped[Any] = mapped_column(Json)
    tag: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2))
    who: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class ContactRow(Table):
    """Where a supplier is written to; ``supplier`` as `portfolio.delivery.relances.missing` names it."""

    __tablename__ = "supplier_contact"
    supplier: Mapped[str] = mapped_column(String(200), primary_key=True)
    name: Mapped[str] = mapped_column(String(400))
    email: Mapped[str] = mapped_column(String(320))
    language: Mapped[str] = mapped_column(String(2))
    who: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Moment)


class RelanceRow(Table):
    """A request to a supplier for documents. ``lines`` are what is asked for still; ``sent`` how often it went out,
    ``next_on`` when it goes out next, once it is approved. ``reason`` is why it was refused or stopped."""

    __tablename__ = "relance"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    supplier: Mapped[str] = mapped_column(String(200), index=True)
    name: Mapped[str] = mapped_column(String(400))
    state: Mapped[str] = mapped_column(String(10), index=True)
    lines: Mapped[Any] = mapped_column(Json)
    note: Mapped[str | None] = mapped_column(Text)
    reply_to: Mapped[str | None] = mapped_column(String(320))
    sent: Mapped[int]
    next_on: Mapped[date | None]
    decided_by: Mapped[str | None] = mapped_column(String(200))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    reason: Mapped[str | None] = mapped_column(Text)
    created_on: Mapped[date]
    updated_at: Mapped[datetime] = mapped_column(Moment)
