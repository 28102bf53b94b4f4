"""What language models were asked and what it cost, month by month, for whoever may see the whole portfolio."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from agent.model.settings import load
from agent.model.store import ModelStore, Usage
from portfolio.accounts.desk import Desk
from portfolio.errors import NotAllowed


@dataclass(frozen=True)
class Spending:
    """``months``: by their first day, oldest first. ``limit``: the most that a month may cost, ``spent``: this one."""

    months: tuple[tuple[date, Usage], ...]
    currency: str
    limit: float | None
    spent: float
    configured: bool
    model: str | None
    host: str | None


def spending(desk: Desk, home: Path, url: str | None) -> Spending:
    """Raises NotAllowed for an account that sees only a part of the portfolio: requests are not told apart."""
    if not desk.account.scope.whole:
        raise NotAllowed("administrator")
    settings = load(home)
    store = ModelStore(home, url)
    try:
        months, spent = store.by_month(), store.spent()
    finally:
        store.close()
    return Spending(
        months,
        settings.currency,
        settings.spending_limit,
        spent,
        settings.configured,
        settings.name,
        settings.host if settings.configured else None,
    )
