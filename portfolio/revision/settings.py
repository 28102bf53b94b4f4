"""What a person set for the revision of contracts' prices, kept with who set it when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from portfolio.register.models import Json, Moment, Table
from portfolio.revision.rules import UNSET, RevisionSetting


class RevisionSettingRow(Table):
    __tablename__ = "revision_setting"
    contract_id: Mapped[str] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True)
    setting: Mapped[Any] = mapped_column(Json)
    who: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Moment)


def setting(session: Session, contract: str) -> RevisionSetting:
    """The setting of a base contract, by its id."""
    row = session.get(RevisionSettingRow, contract)
    return RevisionSetting.model_validate(row.setting) if row else UNSET


def all_settings(session: Session) -> dict[str, RevisionSetting]:
    """The settings of all contracts that have one, by id of the base contract."""
    rows = session.scalars(sa.select(RevisionSettingRow))
    return {row.contract_id: RevisionSetting.model_validate(row.setting) for row in rows}
