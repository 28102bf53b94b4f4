"""What several contracts cost together, or on average."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from agent.chat import execute_amounts, lexicon
from agent.chat.conditions import in_months, length
from agent.chat.context import Context
from agent.chat.execute_facts import TERM
from agent.chat.execute_groups import wording
from agent.chat.findings import Finding
from agent.chat.holdings import Held
from agent.chat.kinds import kinds_in, of_kind
from agent.chat.matching import coverage, likeness
from agent.chat.plan import QueryPlan
from agent.chat.proofs import prove
from portfolio.amendments import Term
from portfolio.folding import fold
from portfolio.schema import Amount
from portfolio.words.phrases import phrase

_EMPTY = lexicon.words("empty", "any")


def run(context: Context, held: Sequence[Held], plan: QueryPlan) -> Finding:
    """The yearly cost of several contracts together, those without one named apart."""
    if plan.operation == "average" and (mean := measured(held, plan)) is not None:
        return mean
    if plan.subject.everything and not plan.conditions and plan.window is None:
        held = [h for h in held if h.calendar and h.calendar.status == "active"]
    labelled = _labelled_sum(held, plan)
    if labelled is not None:
        return labelled
    priced = [(h, found) for h in held if (found := execute_amounts.yearly(h, plan.money)) is not None]
    known = {h.id for h, _ in priced}
    left = tuple(h.title for h in held if h.id not in known)
    if not priced:
        return context.unnamed(plan) if not held else context.silent(held[0], plan)
    total = round(sum(value for _, (value, _) in priced), 2)
    if plan.operation == "average":
        total = round(total / len(priced), 2)
    tax = plan.money.tax or "excl"
    period, share = execute_amounts.shared(plan.money, [term.fact.value for _, (_, term) in priced])
    total = round(total / share, 2)
    value = Amount(label="total", value=total, currency=priced[0][1][1].fact.value.currency, tax=tax, period=period)
    rows = tuple(
        {"contract": h.stem, "title": h.title, "fact": term.fact.value.label, "value": yearly}
        for h, (yearly, term) in priced
    )
    citations = tuple(c for h, (_, term) in priced for c in prove(h, [term]))
    said = phrase(f"chat.{plan.operation}", value=value, count=len(priced))
    notes = (phrase("chat.note_unpriced", titles=" ; ".join(left)),) if left else ()
    sure = not plan.rest and not (left and plan.subject.contracts)
    return Finding("amount", value, said, rows=rows, citations=citations, notes=notes, sure=sure)


def measured(held: Sequence[Held], plan: QueryPlan) -> Finding | None:
    """The average length, notice or time to pay of contracts, those that say none left out; None where none says one,
    or another fact is asked for."""
    measure, unit, fields = _MEASURES.get(str(plan.topic), (None, "", ()))
    if measure is None:
        return None
    found = [(h, value) for h in held if (value := measure(h)) is not None]
    if not found:
        return None
    mean = round(sum(value for _, value in found) / len(found), 1)
    say = wording(plan.language)
    text = f"{say.number(mean, 0 if mean.is_integer() else 1)} {say.texts(f'duration.{unit}')}"
    rows = tuple({"contract": h.stem, "title": h.title, "value": round(value, 1)} for h, value in found)
    citations = tuple(c for h, _ in found for c in prove(h, h.terms_of(*fields)[:1]))
    said = phrase("chat.average", value=text, count=len(found))
    return Finding("text", text, said, rows=rows, citations=citations, sure=not plan.rest)


def _notice(held: Held) -> float | None:
    stated = held.terms.value("notice_period")
    return in_months(stated) if stated else None


def _payment(held: Held) -> float | None:
    stated = held.terms.value("payment_days")
    return float(stated) if stated is not None else None


_Measure = tuple[Callable[[Held], float | None] | None, str, tuple[str, ...]]
_MEASURES: Mapping[str, _Measure] = {
    "duration": (length, "months", TERM),
    "notice_period": (_notice, "months", ("notice_period",)),
    "payment_days": (_payment, "days", ("payment_days",)),
}
"""How a fact is measured, in which unit, and the fields that prove it."""


def _labelled_sum(held: Sequence[Held], plan: QueryPlan) -> Finding | None:
    """The sum over contracts of the amounts that have the label asked for (« des dépôts de garantie »); None where
    fewer than two contracts have one or their periods differ."""
    labels = " ".join(t.fact.value.label for one in held for t in one.terms_of("amounts"))
    wanted = [w for w in execute_amounts.telling(plan.about) if w not in _EMPTY and likeness(w, labels)]
    kinds = kinds_in(fold(plan.question))
    if not (wanted or kinds) or plan.operation != "sum":
        return None
    tax = plan.money.tax or "excl"
    found: dict[str, tuple[Held, Term]] = {}
    for one in held:
        for term in one.terms_of("amounts"):
            if one.id not in found and term.fact.value.tax in (tax, None) and _meant(term.fact.value, wanted, kinds):
                found[one.id] = (one, term)
    footings = {(t.fact.value.period or "total", t.fact.value.currency) for _, t in found.values()}
    if len(found) < 2 or len(footings) != 1:
        return None
    first = next(iter(found.values()))[1].fact.value
    value = first.model_copy(update={"value": round(sum(t.fact.value.value for _, t in found.values()), 2)})
    rows = tuple(
        {"contract": h.stem, "title": h.title, "fact": t.fact.value.label, "value": t.fact.value.value}
        for h, t in found.values()
    )
    citations = tuple(c for h, t in found.values() for c in prove(h, [t]))
    said = phrase("chat.sum", value=value, count=len(found))
    left = [one.title for one in held if one.id not in found] if plan.subject.contracts else []
    notes = (phrase("chat.note_unpriced", titles=" ; ".join(left)),) if left else ()
    sure = not plan.subject.missing and not left
    return Finding("amount", value, said, rows=rows, citations=citations, notes=notes, sure=sure)


def _meant(amount: Amount, wanted: Sequence[str], kinds: Sequence[str]) -> bool:
    """Whether an amount is of the kind that the question names, else has the words that it asks for."""
    return of_kind(amount.label, kinds) if kinds else coverage(wanted, amount.label) >= 0.7
