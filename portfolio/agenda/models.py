"""The kept events, and for each contract until when they hold."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.events import EventKind
from portfolio.register.models import Table
from portfolio.register.records import Side


class AgendaRow(Table):
    """What was kept of a base contract: computed for the days from ``since`` to ``until``, right as seen from any day
    between ``since`` and ``holds_until`` while all that it follows from has this ``stamp``."""

    __tablename__ = "agenda"
    contract_id: Mapped[str] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True)
    stamp: Mapped[str] = mapped_column(String(64))
    since: Mapped[date]
    until: Mapped[date] = mapped_column("until_day")
    holds_until: Mapped[date]


class AgendaEventRow(Table):
    """An event, or without a day something that cannot be dated yet; sentences as `portfolio.agenda.packing` writes
    them."""

    __tablename__ = "agenda_event"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    contract_id: Mapped[str] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(200))
    kind: Mapped[EventKind] = mapped_column(String(20))
    on: Mapped[date | None] = mapped_column("on_day")
    what: Mapped[str] = mapped_column(Text)
    missing: Mapped[str | None] = mapped_column(Text)
    rests_on: Mapped[str] = mapped_column(Text)
    unsure: Mapped[bool]
    debtor: Mapped[str | None] = mapped_column(Text)
    side: Mapped[Side | None] = mapped_column(String(10))
    __table_args__ = (Index("ix_agenda_event_on_day", "on_day"),)
