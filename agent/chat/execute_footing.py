"""An amount on the footing that a question asks for: a year's price from the month's, a half-year's from the year's."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.chat.execute_amounts import of_price
from agent.chat.findings import Finding
from agent.chat.plan import QueryPlan
from portfolio.folding import fold
from portfolio.schema import Amount, Period
from portfolio.words.phrases import phrase

_MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_HALF = re.compile(
    r"\b(?:(?:par|chaque|un|d un|au|le|tous les) semestres?|semestriel\w*|tous les (?:six|6) mois|"
    r"half year\w*|half yearly|per half|every (?:six|6) months|six monthly)\b"
)
_PERIODS: dict[str, Period | None] = {"month": "month", "quarter": "quarter", "half": None, "year": "year"}


def on_footing(found: Finding, plan: QueryPlan) -> Finding:
    """The finding of a price with its amount for the year, half-year, quarter or month asked for, the arithmetic said;
    as it is where it is of that footing already, paid once, or a limit."""
    stated = found.value
    asked = "half" if _HALF.search(fold(plan.question)) else plan.money.period
    if not isinstance(stated, Amount) or asked not in _MONTHS or stated.period not in _MONTHS:
        return found
    if asked == stated.period or stated.bound or not of_price(stated):
        return found
    wanted, own = _MONTHS[asked], _MONTHS[stated.period]
    more = wanted > own
    value = stated.model_copy(update={"value": round(stated.value * wanted / own, 2), "period": _PERIODS[asked]})
    factor = f"× {wanted // own}" if more else f"÷ {own // wanted}"
    row = {**found.rows[0], "value": value.value, "period": value.period} if found.rows else {}
    said = phrase("chat.amount_footing", said=found.said, value=value.model_copy(update={"label": factor}))
    return replace(found, value=value, said=said, rows=(row,) if row else ())
