"""How a contract goes on after a term: by itself, by a decision or not at all; for how long, how often, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portfolio.calendar import law
from portfolio.calendar.facts import Life
from portfolio.schema import RenewalKind
from portfolio.values import Duration
from portfolio.words.phrases import Phrase, phrase


@dataclass(frozen=True)
class Renewal:
    """``period`` is None where no length is known: a tacit renewal then has no set end. ``max_count`` None: no limit
    by number; ``limit``: a last day that no renewal goes past. ``steps``: what was taken from facts, what from law."""

    kind: RenewalKind | None
    period: Duration | None = None
    max_count: int | None = None
    limit: date | None = None
    steps: tuple[Phrase, ...] = ()

    @property
    def endless(self) -> bool:
        """Nothing stops it from going on but a notice."""
        return self.kind == "tacit" and self.max_count is None and self.limit is None


def renewal(life: Life, day: date | None, start: date | None, initial: Duration | None) -> Renewal:
    """The renewal as it stood on ``day`` (None: as of the terms' own day) of a term that began on ``start`` and lasted
    ``initial`` (either None where unknown).

    A period that the contract leaves unsaid: of a counted renewal it is the initial term's; else the law's for the
    contract's kind; else a tacit renewal runs without a set end (C. civ. art. 1214, 1215).
    """

    def value(field: str) -> object:
        return life.value(field, day)

    kind: RenewalKind | None = life.value("renewal.kind", day)
    period: Duration | None = life.value("renewal.period", day)
    count: int | None = life.value("renewal.max_count", day)
    steps: list[Phrase] = []
    for rule in law.applying(value):
        if kind is None and rule.renewal is not None:
            kind = rule.renewal
            steps.append(phrase(f"calendar.law_{rule.id}", reference=rule.reference))
    if kind in (None, "none"):
        return Renewal(kind, steps=(*steps, phrase("calendar.ruled_out" if kind else "calendar.no_renewal")))
    rules = law.applying(lambda field: kind if field == "renewal.kind" else value(field))
    said = period is not None
    if period is None and count is not None and initial is not None:
        period = initial
        steps.append(phrase("calendar.period_as_initial", period=period))
    for rule in rules:
        given = initial if rule.period == "initial" else rule.period
        if period is None and given is not None:
            period = given
            steps.append(phrase("calendar.period_by_law", period=period, reference=rule.reference))
    total = next((rule for rule in rules if rule.total), None)
    limit = None
    if count is None and total and total.total and start is not None:
        limit = total.total.last_day_from(start)
        steps.append(phrase("calendar.limit_by_law", total=total.total, limit=limit, reference=total.reference))
    if kind == "tacit" and period is None:
        steps.append(phrase("calendar.period_unset"))
    steps.insert(0, _told(kind, period if said else None, count))
    return Renewal(kind, period, count, limit, tuple(steps))


def _told(kind: RenewalKind, period: Duration | None, count: int | None) -> Phrase:
    times = phrase("calendar.times_unlimited") if count is None else phrase("calendar.times_most", count=count)
    if period is None:
        return phrase(f"calendar.renewal_{kind}", times=times)
    return phrase(f"calendar.renewal_{kind}_period", period=period, times=times)
