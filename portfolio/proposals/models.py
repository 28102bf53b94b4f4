"""The table of proposals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.register.models import Json, Moment, Table


class ProposalRow(Table):
    """One act on one contract. ``given`` is all that doing it takes, ``seen`` what it would change as it stood when it
    was proposed, both in JSON's own types; ``state`` as in `portfolio.proposals.book.State`."""

    __tablename__ = "proposal"
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    contract_id: Mapped[str] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    given: Mapped[Any] = mapped_column(Json)
    seen: Mapped[Any] = mapped_column(Json)
    asked_by: Mapped[str] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(10))
    decided_by: Mapped[str | None] = mapped_column(String(200))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (Index("ix_proposal_state", "state", "at"),)
