"""Facts that cannot be true together: which of them to drop, or to trust less.

One rule a function; `RULES` lists them. A rule sees the facts chosen so far by field and says what must go and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portfolio.facts import Fact
from portfolio.schema import FIELDS
from portfolio.values import Duration

Facts = Mapping[str, Sequence[Fact]]


@dataclass(frozen=True, slots=True)
class Doubt:
    """``fact`` does not fit the others: to drop, or, where ``factor`` is above 0, to trust that much less."""

    fact: Fact
    reason: str
    factor: float = 0.0


Rule = Callable[[Facts], Iterator[Doubt]]


def _one(facts: Facts, field: str) -> Fact | None:
    return next(iter(facts.get(field, ())), None)


def _less_sure(one: Fact, other: Fact) -> Fact:
    return one if one.confidence < other.confidence else other


def end_after_start(facts: Facts) -> Iterator[Doubt]:
    start, end = _one(facts, "start_date"), _one(facts, "end_date")
    if start and end and end.value <= start.value:
        yield Doubt(_less_sure(start, end), f"the term would end on {end.value}, not after its start on {start.value}")


def signed_before_the_end(facts: Facts) -> Iterator[Doubt]:
    signed, end = _one(facts, "signature_date"), _one(facts, "end_date")
    if signed and end and end.value < signed.value:
        yield Doubt(_less_sure(signed, end), f"signed on {signed.value}, after the end on {end.value}", 0.5)


def term_adds_up(facts: Facts) -> Iterator[Doubt]:
    """Start, length and end of the initial term agree within a day (some contracts name the day after the last)."""
    start, end, length = (_one(facts, name) for name in ("start_date", "end_date", "duration"))
    if not (start and end and length) or end.value <= start.value:
        return
    computed = _last_day(length.value, start.value)
    if computed is not None and abs((computed - end.value).days) > 1:
        weakest = min((end, length, start), key=lambda fact: fact.confidence)
        yield Doubt(weakest, f"{start.value} and {length.value} lead to {computed}, not to {end.value}", 0.6)


def _last_day(length: Duration, start: date) -> date | None:
    try:
        return length.last_day_from(start)
    except ValueError:
        return None


_SHORT = 27
"""Days: a renewed contract lasts longer."""


def terms_outlast_their_notice(facts: Facts) -> Iterator[Doubt]:
    """A term or a renewal period is longer than the notice that stops it, and a renewed one is no matter of days."""
    notice, kind = _one(facts, "notice_period"), _one(facts, "renewal.kind")
    renews = kind is not None and kind.value != "none"
    for field in ("duration", "renewal.period"):
        term = _one(facts, field)
        if term is None:
            continue
        days = _about_days(term.value)
        if notice and days <= _about_days(notice.value):
            yield Doubt(_less_sure(term, notice), f"{term.value} would not outlast the notice of {notice.value}", 0.6)
        elif renews and days <= _SHORT:
            yield Doubt(term, f"a contract that is renewed lasts longer than {term.value}")


def _about_days(length: Duration) -> int:
    return 365 * length.years + 30 * length.months + length.days + length.hours // 24


def no_renewal_no_terms_of_it(facts: Facts) -> Iterator[Doubt]:
    """No period, count or notice where renewal is ruled out; no notice where it must be asked for."""
    kind = _one(facts, "renewal.kind")
    if kind is None or kind.value == "tacit":
        return
    leaves = ("renewal.period", "renewal.max_count", "notice_period") if kind.value == "none" else ("notice_period",)
    for leaf in leaves:
        for fact in facts.get(leaf, ()):
            yield Doubt(fact, f"the renewal is « {kind.value} »")


def leaves_need_their_kind(facts: Facts) -> Iterator[Doubt]:
    """A renewal period without renewal, a formula without revision: nothing to hang it on."""
    for stem in ("renewal", "price_revision"):
        if _one(facts, f"{stem}.kind") is None:
            for name in FIELDS:
                if name.startswith(f"{stem}."):
                    yield from (Doubt(fact, f"there is no {stem}.kind") for fact in facts.get(name, ()))


def only_indexed_prices_have_indices(facts: Facts) -> Iterator[Doubt]:
    kind = _one(facts, "price_revision.kind")
    if kind is None or kind.value == "indexed":
        return
    for leaf in ("formula", "indices"):
        for fact in facts.get(f"price_revision.{leaf}", ()):
            yield Doubt(fact, f"the prices are « {kind.value} »")


RULES: tuple[Rule, ...] = (
    end_after_start,
    signed_before_the_end,
    term_adds_up,
    terms_outlast_their_notice,
    no_renewal_no_terms_of_it,
    leaves_need_their_kind,
    only_indexed_prices_have_indices,
)
