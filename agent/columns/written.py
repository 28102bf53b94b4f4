"""A value as a person writes it (« 350 000 € par an », « 31/12/2026 », « 3 mois », « 5 % », « oui »)."""

from __future__ import annotations

from typing import Any

from agent.columns.typed import GRAMMARS, as_value
from agent.reading.grammar.numbers import digits
from agent.reading.text import fold
from portfolio.columns.records import Column, Kind
from portfolio.errors import InvalidValue

_TRUE = frozenset(("oui", "yes", "true", "vrai", "1", "o", "y"))
_FALSE = frozenset(("non", "no", "false", "faux", "0", "n"))
_FORMS: dict[Kind, str] = {
    "yes_no": "oui, non",
    "date": "31/12/2026, 2026-12-31",
    "amount": "350 000 €, 350 000 € HT par an",
    "percent": "5 %",
    "duration": "3 mois, 2 ans, P3M",
}


def parse(column: Column, text: str) -> Any:
    """``text`` as a value of ``column``. Raises InvalidValue with examples of what may be written."""
    plain = text.strip()
    try:
        return column.validate(_read(column, plain))
    except InvalidValue:
        if column.kind not in _FORMS:
            raise
    raise InvalidValue(f"« {plain[:60]} » does not fit « {column.words} »; write it like: {_FORMS[column.kind]}.")


def _read(column: Column, text: str) -> Any:
    folded = fold(text)
    if column.kind == "yes_no":
        if folded not in _TRUE | _FALSE:
            raise InvalidValue(text)
        return folded in _TRUE
    grammar = GRAMMARS.get(column.kind)
    if grammar is None:
        return text
    found = grammar(folded)
    if len(found) == 1:
        return as_value(column, found[0].value)
    number = digits(folded) if not found else None
    if number is None:
        return text  # ISO forms; several values are refused by the column
    return {"label": column.words, "value": float(number)} if column.kind == "amount" else float(number)
