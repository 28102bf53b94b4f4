"""The table of saved views."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.register.models import Table


class SavedViewRow(Table):
    """A view of the portfolio that ``owner`` (an account's name) keeps; ``state`` is what its address says."""

    __tablename__ = "saved_view"
    owner: Mapped[str] = mapped_column(String(200), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    state: Mapped[str] = mapped_column(Text)
    shared: Mapped[bool]
