"""Which values a person should look at first: what a mistake would cost, times how likely it is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from portfolio.facts import Fact

STAKES: Mapping[str, float] = {
    "notice_period": 10, "end_date": 10, "renewal.kind": 10,
    "renewal.period": 8, "start_date": 8, "duration": 8, "amounts": 8,
    "parties": 6, "renewal.max_count": 6, "price_revision.kind": 6, "obligations": 5, "amends": 5,
    "price_revision.formula": 4, "price_revision.indices": 4, "price_revision.cap_percent": 4,
    "price_revision.frequency": 3, "price_revision.month_day": 3, "payment_days": 3, "status": 3, "signature_date": 3,
    "contract_type": 2, "reference": 2, "sites": 2, "termination": 2, "governing_law": 2, "jurisdiction": 2,
    "late_interest": 1, "title": 1, "legal_nature.sector": 1, "legal_nature.form": 1, "language": 1,
}  # fmt: skip
"""What a mistake in a field costs beside one in another: a missed notice prolongs a contract, a title does not."""

UNKNOWN_YEAR = 10_000.0
"""Euros a year that a contract without a yearly amount is held to be worth."""


def urgency(fact: Fact, yearly_amount: float | None = None) -> float:
    """Stake times doubt, in no unit: what it grows by is what looking at ``fact`` spares on average.

    The stake grows with the order of magnitude of the contract's ``yearly_amount`` (euros), so that small contracts are
    not left for ever.
    """
    worth = math.log10(10.0 + (UNKNOWN_YEAR if yearly_amount is None else abs(yearly_amount)))
    return (1.0 - fact.confidence) * STAKES[fact.field] * worth


def to_review(facts: Iterable[Fact], yearly_amount: float | None = None) -> list[Fact]:
    """The facts that nobody decided on and that are not certain, the most useful to look at first."""
    waiting = [fact for fact in facts if fact.review == "to_review" and not fact.certain]
    return sorted(waiting, key=lambda fact: -urgency(fact, yearly_amount))
