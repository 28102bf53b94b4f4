"""Alerts, when they were raised, what persons did about them, daily runs and lead times, as tables."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.register.models import Json, Moment, Table


class AlertRow(Table):
    """One alert an event, whatever its date. ``what`` to ``rests_on`` repeat the event as it was last computed, so that
    an alert whose event is gone can still be told, its phrases as `portfolio.agenda.packing` writes them. ``state`` is
    what a person decided, `past` or `gone`."""

    __tablename__ = "alert"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    event_key: Mapped[str] = mapped_column(String(200), unique=True)
    contract_id: Mapped[str] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[date]
    side: Mapped[str | None] = mapped_column(String(10))
    debtor: Mapped[str | None] = mapped_column(Text)
    unsure: Mapped[bool]
    what: Mapped[Any] = mapped_column(Json)
    steps: Mapped[Any] = mapped_column(Json)
    rests_on: Mapped[Any] = mapped_column(Json)
    state: Mapped[str] = mapped_column(String(10))
    snoozed_until: Mapped[date | None]
    assignee: Mapped[str | None] = mapped_column(String(200))
    reason: Mapped[str | None] = mapped_column(Text)
    moved: Mapped[Any] = mapped_column(Json, nullable=True)
    """Why the day is another than it was, or why the alert is gone; None where it never moved."""
    updated_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("ix_alert_state", "state", "due_on"),)


class AlertRaiseRow(Table):
    """The alert was raised: at a lead time before its day, or for another ``reason``. Once each, whatever happens."""

    __tablename__ = "alert_raise"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"))
    due_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(10))
    lead: Mapped[int]
    raised_on: Mapped[date] = mapped_column(index=True)
    overtaken: Mapped[bool]
    """A nearer lead time was reached by the same run: this one is not told."""
    __table_args__ = (UniqueConstraint("alert_id", "due_on", "reason", "lead", name="uq_alert_raise_once"),)


class AlertActionRow(Table):
    """What happened to an alert: rows are added, never changed. ``before`` and ``after`` are its decided columns."""

    __tablename__ = "alert_action"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    on_day: Mapped[date]
    who: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(10))
    before: Mapped[Any] = mapped_column(Json)
    after: Mapped[Any] = mapped_column(Json)
    reason: Mapped[str | None] = mapped_column(Text)
    undoes: Mapped[int | None] = mapped_column(ForeignKey("alert_action.id", ondelete="CASCADE"))


class AlertRunRow(Table):
    """A daily run, by the day that it ran for."""

    __tablename__ = "alert_run"
    day: Mapped[date] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


class LeadTimeRow(Table):
    """Lead times of one kind of event, in days: of the whole register (``scope`` empty), of a contract type
    (`type:lease`) or of a contract (`contract:<id>`)."""

    __tablename__ = "lead_time"
    scope: Mapped[str] = mapped_column(String(60), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    days: Mapped[Any] = mapped_column(Json)
    who: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Moment)
