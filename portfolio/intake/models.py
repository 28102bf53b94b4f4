"""Watched folders and mailboxes, and each thing that was seen in them, as tables."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.register.models import Moment, Table


class IntakeSourceRow(Table):
    """A watched place by its ``name``. ``shown`` is where it is, without secrets. ``uid_validity`` and ``last_uid``, of
    a mailbox: the last message that was dealt with (RFC 3501, 2.3.1.1). ``error``: why it could not be looked at."""

    __tablename__ = "intake_source"
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    shown: Mapped[str] = mapped_column(String(1000))
    uid_validity: Mapped[int | None] = mapped_column(BigInteger)
    last_uid: Mapped[int] = mapped_column(BigInteger)
    looked_at: Mapped[datetime | None] = mapped_column(Moment)
    error: Mapped[str | None] = mapped_column(Text)


class IntakeItemRow(Table):
    """A file or a message of a place. ``key`` names it there, ``stamp`` tells a changed file from the same one."""

    __tablename__ = "intake_item"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    source: Mapped[str] = mapped_column(ForeignKey("intake_source.name", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(64))
    stamp: Mapped[str] = mapped_column(String(100))
    shown: Mapped[str] = mapped_column(String(1000))
    outcome: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(50))
    message: Mapped[str | None] = mapped_column(Text)
    contract_id: Mapped[str | None] = mapped_column(String(40))
    tries: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (
        UniqueConstraint("source", "key", name="uq_intake_item_once"),
        Index("ix_intake_item_at", "at"),
    )
