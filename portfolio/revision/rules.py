"""How a contract's price is revised beyond its formula, as a person sets it for a contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portfolio.values import Duration, MonthDay


@dataclass(frozen=True)
class RevisionSetting:
    """What a person said of a contract's revision; None where the contract's own terms count.

    ``first``: the first day of revision; those after it follow by ``frequency``.
    """

    first: date | None = None
    frequency: Duration | None = None
    month_day: MonthDay | None = None


UNSET = RevisionSetting()
