"""Values and shares in one short line, for tables."""

from __future__ import annotations

from typing import Any

from portfolio.schema import Amount, Obligation, Party, Site
from portfolio.values import Every, FromEvent, OnDate


def percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}"


def plain(value: Any) -> str:
    """A value in one short line."""
    match value:
        case None:
            return ""
        case Party():
            return " ".join(filter(None, (value.name, value.role, value.registration)))
        case Site():
            return ", ".join(filter(None, (value.name, value.postal_code, value.city)))
        case Amount():
            terms = filter(None, (value.tax, value.period, value.bound, f"({value.label})"))
            return f"{value.value:.2f} {value.currency} {' '.join(terms)}"
        case Obligation():
            return f"{value.debtor or '?'}: {value.document or value.action} [{plain(value.due)}]"
        case OnDate():
            return str(value.date)
        case Every():
            return f"every {value.every}" + (f" from {value.month_day}" if value.month_day else "")
        case FromEvent():
            return f"{value.offset} {value.event}"
    return str(value)
