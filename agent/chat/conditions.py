"""Whether a contract meets a condition of a plan, and the terms that say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from agent.chat.execute_amounts import yearly
from agent.chat.execute_facts import TERM
from agent.chat.findings import Citation
from agent.chat.holdings import Held
from agent.chat.kinds import of_kind
from agent.chat.matching import coverage
from agent.chat.plan import Condition, Money, QueryPlan, Topic
from portfolio.amendments import Term
from portfolio.folding import compact, fold
from portfolio.values import Duration

FIELDS: Mapping[str, str] = {
    "payment_days": "payment_days",
    "jurisdiction": "jurisdiction",
    "governing_law": "governing_law",
    "renewal": "renewal.kind",
    "renewal_period": "renewal.period",
    "revision": "price_revision.kind",
    "frequency": "price_revision.frequency",
    "month_day": "price_revision.month_day",
    "indices": "price_revision.indices",
    "dispute": "status",
    "form": "legal_nature.form",
    "sector": "legal_nature.sector",
    "type": "contract_type",
    "language": "language",
    "notice_period": "notice_period",
    "cap_percent": "price_revision.cap_percent",
    "late_interest": "late_interest",
    "reference": "reference",
    "termination": "termination",
}
_SILENT_NO: tuple[Topic, ...] = (
    "revision",
    "cap_percent",
    "indices",
    "frequency",
    "month_day",
    "amendments",
    "renewal",
    "renewals_max",
    "sites",
    "dispute",
    "late_interest",
    "clause",
    "obligation",
    "notice_missed",
)
"""Facts of which a contract that says nothing of them has none."""
_EITHER_WAY: tuple[Topic, ...] = ("revision", "cap_percent")
"""Facts that are not so where the contract says nothing of them."""
_CLOSE = 0.3
"""Months by which two lengths may differ that are taken for one: a term counted from its days."""


@dataclass(frozen=True)
class Kept:
    """A contract that met the conditions so far, the terms that prove it, and the day that a window was about."""

    held: Held
    terms: tuple[Term, ...] = ()
    on: date | None = None
    quotes: tuple[Citation, ...] = ()
    """Words beyond the terms that prove them."""

    def because(self, *terms: Term) -> Kept:
        return replace(self, terms=(*self.terms, *terms))


def keeps(kept: Kept, condition: Condition, plan: QueryPlan) -> tuple[bool | None, Kept]:
    """Whether a condition holds of a contract, None where it does not say, and the contract with what tells."""
    if condition.either:
        any_of = (condition.model_copy(update={"either": ()}), *condition.either)
        found = [keeps(kept, one, plan) for one in any_of]
        met = next((item for state, item in found if state), None)
        return (True, met) if met else (None if any(state is None for state, _ in found) else False, kept)
    if condition.window is not None:
        topics = {"topics": (condition.topic,), "window": condition.window}
        dated = windowed(kept, plan.model_copy(update=topics))
        return (dated is not None) != condition.negated, dated or kept
    said = condition.model_copy(update={"negated": False}) if condition.negated else condition
    state, terms = holds(kept.held, said)
    if state is None and condition.topic in _SILENT_NO:
        state = condition.is_ == "equals" and condition.value == "none"
    return (None if state is None else state != condition.negated), kept.because(*terms)


def met(held: Held, condition: Condition, plan: QueryPlan) -> bool:
    """Whether a condition holds of a contract, or may: what is denied holds of one that does not say."""
    state, _ = keeps(Kept(held), condition, plan)
    return condition.negated if state is None else state


def holds(held: Held, condition: Condition) -> tuple[bool | None, list[Term]]:
    """Whether a condition holds of a contract, None where the register does not know, and the terms that tell."""
    if condition.negated:
        state, terms = holds(held, condition.model_copy(update={"negated": False}))
        return (None if state is None else not state), terms
    calendar, term = held.calendar, held.terms_of(*TERM)
    match condition.topic:
        case "end":
            ends = calendar is not None and calendar.current_end is not None
            return ends == (condition.is_ == "known"), term
        case "running":
            same = calendar is not None and calendar.status == condition.value
            return same == (condition.is_ != "not"), term
        case "duration":
            return compares(length(held), condition), term
        case "role":
            return held.our_role == condition.value, held.terms_of("parties")
        case "notice_missed":
            chances = held.notice.chances
            missed = bool(chances) and chances[0].last_day < held.as_of
            return missed, held.terms_of(*TERM, "notice_period")
        case "renewals_max":
            return _renewals(held, condition), held.terms_of("renewal.kind", "renewal.period", "renewal.max_count")
        case "amendments":
            return bool(held.amendments) == (condition.is_ == "known"), []
        case "final_end":
            return calendar is not None and calendar.final_end is not None, term
        case "sites" if isinstance(condition.value, float):
            return compares(float(len(held.terms.values("sites"))), condition), held.terms_of("sites")
        case "sites":
            terms = [
                t
                for t in held.terms_of("sites")
                if coverage(fold(str(condition.value)).split(), f"{t.fact.value.name} {t.fact.value.city}") >= 0.99
            ]
            return bool(terms), terms or held.terms_of("sites")
        case "indices" if isinstance(condition.value, float):
            terms = held.terms_of("price_revision.indices")
            return compares(float(len(terms)), condition), terms
        case "amounts" if condition.kinds or condition.is_ == "known":
            return _amounts(held, condition)
        case "amounts" if isinstance(condition.value, float):
            priced = yearly(held, Money())
            if priced and condition.currency not in (None, priced[1].fact.value.currency):
                return False, [priced[1]]
            return compares(priced[0] if priced else None, condition), [priced[1]] if priced else []
        case "amounts":
            terms = [
                t
                for t in held.terms_of("amounts")
                if any(
                    coverage(fold(text).split(), t.fact.value.label) >= 0.8 for text in str(condition.value).split("|")
                )
            ]
            return bool(terms), terms[:1]
        case topic if topic in FIELDS:
            return _of_field(held, condition)
        case _:
            return True, []


def _amounts(held: Held, condition: Condition) -> tuple[bool | None, list[Term]]:
    """Whether an amount of the kind, the currency and the height that the condition says is stated."""
    stated = held.terms_of("amounts")
    found = [
        t
        for t in stated
        if condition.currency in (None, t.fact.value.currency)
        and (not condition.kinds or of_kind(t.fact.value.label, condition.kinds))
        and (condition.value is None or compares(float(t.fact.value.value), condition))
    ]
    if not found and not condition.kinds and not stated:
        return None, []
    return bool(found), found[:1]


def _of_field(held: Held, condition: Condition) -> tuple[bool | None, list[Term]]:
    terms = held.terms_of(FIELDS[condition.topic])
    if condition.is_ in ("known", "unknown"):
        return bool(terms) == (condition.is_ == "known"), terms
    if condition.is_ == "not":
        equal = condition.model_copy(update={"is_": "equals"})
        if not terms:
            return (True if condition.topic in _EITHER_WAY else None), []
        return not any(_meets(t.fact.value, equal) for t in terms), terms
    met = [t for t in terms if _meets(t.fact.value, condition)]
    if met:
        return True, met
    if not terms and condition.topic == "indices":
        kind = held.terms_of("price_revision.kind")
        return (False if kind else None), kind
    return (False if terms else None), terms


def _renewals(held: Held, condition: Condition) -> bool | None:
    calendar, kind = held.calendar, held.terms.value("renewal.kind")
    most = held.terms.value("renewal.max_count")
    if condition.value is None:
        return calendar is not None and calendar.renewal.endless
    if kind is None:
        return None
    if kind == "none":
        return compares(0.0, condition)
    if most is None:
        return compares(1000.0, condition) if kind == "tacit" else None
    return compares(float(most), condition)


def compares(number: float | None, condition: Condition) -> bool | None:
    """How a number compares with the condition's; lengths that differ by days are taken for one."""
    if number is None:
        return None
    limit = float(condition.value or 0)
    near = _CLOSE if condition.topic in ("duration", "notice_period", "frequency", "renewal_period") else 0.004
    return {
        "equals": abs(number - limit) <= near,
        "over": number > limit + near,
        "at_least": number >= limit - near,
        "under": number < limit - near,
        "at_most": number <= limit + near,
        "not": abs(number - limit) > near,
    }.get(condition.is_, False)


def length(held: Held) -> float | None:
    """The months that a contract is made for: as stated, else from its first day to the end of its first period."""
    stated: Duration | None = held.terms.value("duration")
    start: date | None = held.terms.value("start_date")
    end: date | None = held.terms.value("end_date")
    if start and end:
        return round((end.toordinal() + 1 - start.toordinal()) / 30.4375, 1)
    if stated is None:
        return None
    return in_months(stated)


def in_months(value: Duration) -> float:
    """A length in months; thirty days are one."""
    months = value.in_months
    return float(months) if months is not None else value.days / 30


def _meets(value: Any, condition: Condition) -> bool:
    wanted = condition.value
    if condition.is_ == "known":
        return value is not None
    if condition.is_ == "contains":
        return any(
            coverage(fold(text).split(), str(value)) >= 0.9 or compact(text) in compact(str(value))
            for text in str(wanted).split("|")
        )
    if isinstance(value, Duration):
        number = in_months(value)
    elif isinstance(value, (int, float)):
        number = float(value)
    else:
        return str(value) == str(wanted)
    return bool(compares(number, condition))


def windowed(kept: Kept, plan: QueryPlan) -> Kept | None:
    """``kept`` where the day that the plan asks about falls in its window."""
    held, window = kept.held, plan.window
    assert window is not None
    for on, terms in days(held, plan):
        if window.start is None and plan.topic in _AHEAD and on is not None and on < held.as_of:
            continue
        if on is not None and window.holds(on):
            return replace(kept.because(*terms), on=on)
    return None


_AHEAD = ("notice_deadline", "notice_period", "revision_date", "obligation", "end", "renewal", "next_end", "final_end")
"""Topics of days to come: an open window begins on the day asked for."""


def days(held: Held, plan: QueryPlan) -> list[tuple[date | None, list[Term]]]:
    calendar, terms = held.calendar, held.terms_of(*TERM)
    match plan.topic:
        case "start":
            return [(calendar.start if calendar else None, held.terms_of("start_date"))]
        case "signature":
            return [(held.terms.value("signature_date"), held.terms_of("signature_date"))]
        case "notice_deadline" | "notice_period":
            return [(c.last_day, [*terms, *held.terms_of("notice_period")]) for c in held.notice.chances]
        case "notice_missed":
            chance = next(iter(held.notice.chances), None)
            after = chance.period.end if chance else None
            return [(_next(after), [*terms, *held.terms_of("notice_period")])]
        case "final_end":
            return [(calendar.final_end if calendar else None, terms)]
        case "revision_date" | "revision":
            return [
                (e.on, held.terms_of("price_revision.kind", "price_revision.month_day", "price_revision.frequency"))
                for e in held.deadlines.events
                if e.kind == "revision"
            ]
        case "renewal" | "next_end":
            ends = [p.end for p in (calendar.current, *calendar.to_come)] if calendar and calendar.to_come else []
            return [(_next(end), terms) for end in ends if end] + [(end, terms) for end in ends if end]
        case "obligation":
            return [(e.on, []) for e in held.deadlines.events if e.kind == "obligation"]
        case _:
            if calendar is None or (calendar.status == "expired" and plan.window and plan.window.start is None):
                return (
                    [(calendar.final_end or calendar.current_end if calendar else None, terms)]
                    if plan.subject.running is False
                    else []
                )
            end = calendar.final_end if calendar.status == "expired" else calendar.current_end
            return [(end, terms)]


def _next(day: date | None) -> date | None:
    return date.fromordinal(day.toordinal() + 1) if day else None
