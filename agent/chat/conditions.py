"""Whether a contract meets a condition of a plan, and the terms that say so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from agent.chat.execute_facts import TERM
from agent.chat.holdings import Held
from agent.chat.matching import coverage
from agent.chat.plan import Condition, QueryPlan, Topic
from portfolio.amendments import Term
from portfolio.folding import compact, fold
from portfolio.values import Duration

_FIELDS: dict[Topic, str] = {
    "payment_days": "payment_days",
    "jurisdiction": "jurisdiction",
    "governing_law": "governing_law",
    "renewal": "renewal.kind",
    "revision": "price_revision.kind",
    "indices": "price_revision.indices",
    "dispute": "status",
    "form": "legal_nature.form",
    "notice_period": "notice_period",
    "cap_percent": "price_revision.cap_percent",
}


@dataclass(frozen=True)
class Kept:
    """A contract that met the conditions so far, the terms that prove it, and the day that a window was about."""

    held: Held
    terms: tuple[Term, ...] = ()
    on: date | None = None

    def because(self, *terms: Term) -> Kept:
        return replace(self, terms=(*self.terms, *terms))


def keeps(kept: Kept, condition: Condition, plan: QueryPlan) -> Kept | None:
    """``kept`` with what proves the condition; None where it does not hold."""
    if condition.negated:
        met = keeps(kept, condition.model_copy(update={"negated": False}), plan)
        return kept if met is None else None
    held = kept.held
    match condition.topic:
        case "end":
            ends = held.calendar is not None and held.calendar.current_end is not None
            return kept.because(*held.terms_of(*TERM)) if ends == (condition.is_ == "known") else None
        case "running":
            active = held.calendar is not None and held.calendar.status == condition.value
            return kept.because(*held.terms_of(*TERM)) if active else None
        case "duration":
            months = _length(held)
            return kept.because(*held.terms_of(*TERM)) if months is not None and _meets(months, condition) else None
        case topic if condition.is_ == "not" and topic in _FIELDS:
            equal = condition.model_copy(update={"is_": "equals"})
            return None if any(_meets(t.fact.value, equal) for t in held.terms_of(_FIELDS[topic])) else kept
        case topic if condition.is_ == "unknown" and topic in _FIELDS:
            return None if held.terms_of(_FIELDS[topic]) else kept
        case "notice_missed":
            chances = held.notice.chances
            missed = bool(chances) and chances[0].last_day < held.as_of
            return kept.because(*held.terms_of(*TERM, "notice_period")) if missed else None
        case "renewals_max":
            endless = held.calendar is not None and held.calendar.renewal.endless
            return kept.because(*held.terms_of("renewal.kind", "renewal.period")) if endless else None
        case "amendments":
            return kept if bool(held.amendments) == (condition.is_ == "known") else None
        case "final_end":
            calendar = held.calendar
            final = calendar is not None and calendar.final_end is not None
            return kept.because(*held.terms_of(*TERM)) if final else None
        case topic if topic in _FIELDS:
            terms = [t for t in held.terms_of(_FIELDS[topic]) if _meets(t.fact.value, condition)]
            return kept.because(*terms) if terms else None
        case _:
            return kept


def _length(held: Held) -> float | None:
    """The months that a contract is made for: as stated, else from its first day to the end of its first period."""
    stated: Duration | None = held.terms.value("duration")
    start: date | None = held.terms.value("start_date")
    end: date | None = held.terms.value("end_date")
    if start and end:
        return round((end.toordinal() + 1 - start.toordinal()) / 30.4375, 1)
    if stated is None:
        return None
    months = stated.in_months
    return float(months) if months is not None else stated.days / 30


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
        months = value.in_months
        number = float(months) if months is not None else value.days / 30
    elif isinstance(value, (int, float)):
        number = float(value)
    else:
        return str(value) == str(wanted)
    limit = float(wanted or 0)
    return {
        "equals": number == limit,
        "over": number > limit,
        "at_least": number >= limit,
        "under": number < limit,
        "at_most": number <= limit,
        "not": number != limit,
    }.get(condition.is_, False)


def windowed(kept: Kept, plan: QueryPlan) -> Kept | None:
    """``kept`` where the day that the plan asks about falls in its window."""
    held, window = kept.held, plan.window
    assert window is not None
    for on, terms in _days(held, plan):
        opened = window.start or (held.as_of if plan.topic in _AHEAD else None)
        if on is not None and window.model_copy(update={"start": opened}).holds(on):
            return replace(kept.because(*terms), on=on)
    return None


_AHEAD = ("notice_deadline", "notice_period", "revision_date", "obligation", "end", "renewal", "next_end", "final_end")
"""Topics of days to come: an open window begins on the day asked for."""


def _days(held: Held, plan: QueryPlan) -> list[tuple[date | None, list[Term]]]:
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
