"""The facts that a computation uses, as it uses them: values in force, and on earlier days of the contract's life."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from portfolio.amendments import Term, TermChange, TermsInForce
from portfolio.facts import Fact

Rests = tuple[tuple[str, str], ...]
"""(contract or amendment id, field) of facts."""


def sure(fact: Fact) -> bool:
    """Whether a fact can be relied on unseen: a person decided, or it was read so surely that nobody need look."""
    return fact.certain or fact.review in ("confirmed", "corrected")


class Life:
    """The terms of a contract over its life: what amendments changed is undone for the days before they took effect."""

    def __init__(self, terms: TermsInForce) -> None:
        self.terms = terms
        self._in_force = {term.fact.field: term for term in reversed(terms.terms)}

    def value(self, field: str, day: date | None = None) -> Any:
        """The value of a field, on ``day`` or as of the terms' own day; None where there was none."""
        term = self.term(field, day)
        return term.fact.value if term else None

    def term(self, field: str, day: date | None = None) -> Term | None:
        term = self._in_force.get(field)
        if day is not None and self.terms.changes:
            for change in reversed(self.terms.changes):
                if change.field == field and change.on is not None and change.on > day:
                    term = change.before
        return term

    def changes(self, field: str) -> tuple[TermChange, ...]:
        """What amendments did to a field on known days, in their order."""
        return tuple(c for c in self.terms.changes if c.field == field and c.on is not None)

    def rests_on(self, fields: Iterable[str]) -> Rests:
        return tuple((term.contract, term.fact.field) for term in self._terms(fields))

    def unsure(self, fields: Iterable[str]) -> bool:
        """Whether one of the fields' values in force is to be verified."""
        return not all(sure(term.fact) for term in self._terms(fields))

    def _terms(self, fields: Iterable[str]) -> list[Term]:
        return [term for term in map(self._in_force.get, fields) if term is not None]
