"""The tables of own columns: which there are, what each contract says to them, what happened to each answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.register.models import Json, Moment, Table

KEY = String(80)


class OwnColumnRow(Table):
    """A column that somebody added."""

    __tablename__ = "own_column"
    key: Mapped[str] = mapped_column(KEY, primary_key=True)
    words: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10))
    choices: Mapped[Any] = mapped_column(Json)
    who: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Moment)


class OwnValueRow(Table):
    """What one contract says to one column; ``value`` is null where it does not say it. ``stamp`` names all that the
    reading depended on, so that it is known when it is owed again; null where a person wrote before any reading."""

    __tablename__ = "own_value"
    contract_id: Mapped[str] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True)
    column_key: Mapped[str] = mapped_column(
        ForeignKey("own_column.key", ondelete="CASCADE"), primary_key=True, index=True
    )
    value: Mapped[Any] = mapped_column(Json, nullable=True)
    evidence: Mapped[Any] = mapped_column(Json)
    confidence: Mapped[float]
    reader: Mapped[str] = mapped_column(String(50))
    rule: Mapped[str | None] = mapped_column(Text)
    review: Mapped[str] = mapped_column(String(10))
    stamp: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)


class OwnHistoryRow(Table):
    """What happened to an answer; rows are added, never changed."""

    __tablename__ = "own_history"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    contract_id: Mapped[str] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"))
    column_key: Mapped[str] = mapped_column(ForeignKey("own_column.key", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(20))
    before: Mapped[Any] = mapped_column(Json, nullable=True)
    after: Mapped[Any] = mapped_column(Json, nullable=True)
    reason: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (Index("ix_own_history_answer", "column_key", "contract_id"),)
