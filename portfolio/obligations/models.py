"""What became of obligations, and which rules of law are switched off, as tables."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.register.models import Moment, Sha, Table


class ObligationActionRow(Table):
    """What a person did about one occurrence: rows are added, never changed. ``due_on`` is the day it was due then.

    ``document`` to ``sha``: what was handed over, its own date, the last day on which it is valid, the file where it is
    in the register. ``undoes``: the row that this one takes back.
    """

    __tablename__ = "obligation_action"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    contract_id: Mapped[str] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"))
    event_key: Mapped[str] = mapped_column(String(200), index=True)
    action: Mapped[str] = mapped_column(String(10))
    due_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str | None] = mapped_column(Text)
    document: Mapped[str | None] = mapped_column(Text)
    dated: Mapped[date | None]
    valid_until: Mapped[date | None]
    sha: Mapped[str | None] = mapped_column(Sha)
    undoes: Mapped[int | None] = mapped_column(ForeignKey("obligation_action.id"))
    __table_args__ = (Index("ix_obligation_action_contract", "contract_id", "id"),)


class LegalRuleRow(Table):
    """A rule of the legal pack that an administrator switched away from what the pack says."""

    __tablename__ = "legal_rule"
    rule: Mapped[str] = mapped_column(String(50), primary_key=True)
    enabled: Mapped[bool]
    who: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Moment)
