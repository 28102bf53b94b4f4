"""Which of a contract's amounts is the price that is revised."""

from __future__ import annotations

from decimal import Decimal

from portfolio.amendments import Term, TermsInForce
from portfolio.folding import fold
from portfolio.schema import Amount

_PERIODS = ("year", "quarter", "month", "unit", "hour", "day", "order", "total")
_NOT_A_PRICE = ("depot", "garantie", "plafond", "penalite", "franchise", "caution", "deposit", "liability", "penalty")
"""Beginnings of words in the labels of amounts that follow no index."""


def price_terms(terms: TermsInForce) -> list[Term]:
    """The prices in force that the contract's formula may be applied to, the likeliest first: without tax before with,
    the longest period first, as written first. Amounts with a bound, deposits and the like are none."""
    candidates = [term for term in terms.terms if term.fact.field == "amounts" and _is_price(term.fact.value)]
    return sorted(
        candidates,
        key=lambda term: (term.fact.value.tax == "incl", _PERIODS.index(term.fact.value.period or "total")),
    )


def _is_price(amount: Amount) -> bool:
    label = fold(amount.label).split()
    return amount.value > 0 and not amount.bound and not any(word.startswith(_NOT_A_PRICE) for word in label)


def exact(amount: Amount) -> Decimal:
    """Its value with the digits that were written."""
    return Decimal(repr(amount.value))
