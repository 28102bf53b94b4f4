"""The amount that a question means: from the register, a sum of several, or a sum that a clause states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.chat import execute_amounts, execute_differences, execute_quantities
from agent.chat.clauses import Line, Spoken
from agent.chat.context import Context
from agent.chat.execute_footing import on_footing
from agent.chat.findings import Citation, Finding, anything, of_passage
from agent.chat.holdings import Held
from agent.chat.matching import coverage
from agent.chat.notions import happened, named
from agent.chat.origins import at_first, before_amendment, difference
from agent.chat.plan import QueryPlan
from agent.chat.proofs import prove
from agent.reading.grammar import money
from agent.reading.text import fold
from portfolio.schema import Amount
from portfolio.words.phrases import phrase

_STRICT, _LOOSE = 0.6, 0.3
"""Share of the telling words that a sentence has whose sum is the answer: surely, or to be verified."""
_ALL_PARTS = (
    r"\b(?:les deux|both|toutes? (?:les )?(?:tranches|phases|periodes|annees)|all (?:the )?(?:phases|tranches|years|"
    r"periods)|over the (?:\w+ ){1,2}years|(?:sur|pendant) les (?:\w+ ){1,2}(?:annees|ans)|"
    r"(?:tranches|annees|periodes|phases|years) (?:confondu\w*|cumul\w*|combined|together|"
    r"reunies))\b"
)
_YEARS = re.compile(r"\b(?:annees|years|ans)\b")
_MEETS = 0.35
"""A score from which an amount is taken though one word of the question is said nowhere in the contract."""


def amount(context: Context, held: Held, plan: QueryPlan) -> Finding:
    """The amount that the words mean, on the footing asked for."""
    return on_footing(_amount(context, held, plan), plan)


def _amount(context: Context, held: Held, plan: QueryPlan) -> Finding:
    """The amount that the words mean, from the register; a sum that a clause states; or that there is none."""
    if happened(plan.question):
        return context.silent(held, plan)
    if difference(plan) and held.amendments:
        found = execute_differences.changed(held, plan)
        if found is not None:
            return found
    if before_amendment(plan) and held.amendments:
        return _amount(context, at_first(held), plan)
    if plan.window and plan.window.start and plan.window.start > held.as_of and held.amendments:
        held = held.amended
    together = execute_differences.parts(held, plan) or execute_quantities.multiplied(held, plan)
    if together is not None:
        return together
    choice = execute_amounts.choose(held, plan)
    wanted = execute_amounts.wanted(held, plan)
    if choice is not None and re.search(_ALL_PARTS, fold(plan.question)) and execute_amounts.of_all(choice.amount):
        return of_amount(held, choice.amount, prove(held, [choice.term]), plan, sure=len(choice.unmet) <= 1)
    if plan.operation == "sum" or re.search(_ALL_PARTS, fold(plan.question)):
        added = _added(held, plan)
        if added is not None:
            return added
    unmet = choice.unmet if choice else wanted
    lost: list[str] = []
    poor = choice is None or (bool(unmet) and (choice.score < 0.55 or len(unmet) > len(wanted) / 2))
    if (
        poor
        and choice is not None
        and _stands(choice.amount, plan, all_of=True)
        and not {*context.clauses.unsaid(held, unmet)} & named(plan.question, plan.language)
    ):
        return of_amount(held, choice.amount, prove(held, [choice.term]), plan, sure=False)
    if poor:
        spoken = context.clauses.best(held, plan.about or plan.words, plan.question, 10)
        stated = _stated(held, spoken, wanted, plan)
        if stated is not None:
            return stated
        lost = context.clauses.unsaid(held, unmet)
        if choice is None or len(unmet) >= 2:
            loose = _stated(held, spoken, wanted, plan, _LOOSE) if context.speaks(held, plan, wanted) else None
            if loose is not None:
                return replace(loose, sure=False)
        things = tuple(w for w in lost if w in named(plan.question, plan.language))
        stands = choice is not None and not things and _stands(choice.amount, plan)
        if choice is None or ((len(unmet) >= 2 or (lost and choice.score < _MEETS)) and not stands):
            return context.silent(held, plan, spoken)
    assert choice is not None
    return of_amount(
        held, choice.amount, prove(held, [choice.term]), plan, sure=not poor or (choice.score >= 0.2 and not lost)
    )


def _stands(amount: Amount, plan: QueryPlan, *, all_of: bool = False) -> bool:
    """Whether an amount is of the tax, the period and the bound that the question asks for; ``all_of``: tax and period
    both asked for."""
    money = plan.money
    asked = [(money.tax, amount.tax), (money.period, amount.period), (money.bound, amount.bound)]
    told = [(want, has) for want, has in asked if want]
    return len(told) > all_of and all(want == has for want, has in told)


def of_amount(
    held: Held,
    value: Amount,
    citations: Sequence[Citation],
    plan: QueryPlan,
    *,
    sure: bool = True,
    key: str = "chat.amount",
) -> Finding:
    said = phrase(key, contract=held.title, value=value)
    shown = {
        "contract": held.stem,
        "title": held.title,
        "fact": value.label,
        "value": value.value,
        "currency": value.currency,
        "tax": value.tax,
        "period": value.period,
        "bound": value.bound,
    }
    return Finding("amount", value, said, rows=(shown,), citations=anything(held, citations), sure=sure)


def _added(held: Held, plan: QueryPlan) -> Finding | None:
    """The sum of the amounts of one contract whose labels all have the words asked for."""
    wanted = execute_amounts.wanted(held, plan)
    tax = plan.money.tax or "excl"
    terms = [
        t
        for t in held.terms_of("amounts")
        if t.fact.value.tax in (tax, None) and t.fact.value.bound == plan.money.bound
    ]
    fitting = [(coverage(wanted, t.fact.value.label), t) for t in terms]
    best = max((score for score, _ in fitting), default=0.0)
    chosen = [t for score, t in fitting if score >= max(0.3, 0.95 * best)]
    kinds = {(t.fact.value.period, t.fact.value.currency, t.fact.value.tax) for t in chosen}
    if len(chosen) < 2 or len(kinds) != 1:
        return None
    total = round(sum(t.fact.value.value for t in chosen), 2)
    of_years = chosen[0].fact.value.period == "year" and _YEARS.search(fold(plan.question))
    period = "total" if of_years else chosen[0].fact.value.period
    value = chosen[0].fact.value.model_copy(
        update={"value": total, "period": period, "label": " + ".join(t.fact.value.label for t in chosen)}
    )
    found = of_amount(held, value, prove(held, chosen), plan, key="chat.amount_sum")
    rows = tuple({"contract": held.stem, "fact": t.fact.value.label, "value": t.fact.value.value} for t in chosen)
    return replace(found, rows=rows)


def _stated(
    held: Held, spoken: Sequence[Spoken], wanted: Sequence[str], plan: QueryPlan, least: float = _STRICT
) -> Finding | None:
    """A sum of money in a sentence that speaks of a share ``least`` of the telling words."""
    for item in spoken[:3] if least == _STRICT else spoken:
        told = f"{item.line.text} {' '.join(item.line.heads)}"
        if not wanted or coverage(wanted, told) < least:
            continue
        cell = _cell(item.line, wanted)
        text = fold(cell or item.line.text)
        sums = money.find(text)
        if not sums:
            continue
        agreed = [
            s for s in sums if _agrees(s.value.tax, plan.money.tax) and _agrees(s.value.period, plan.money.period)
        ]
        if not agreed:
            continue
        found = min(agreed, key=lambda s: _distance(text, wanted, s.start))
        stated = found.value
        value = Amount(
            label=item.line.text[:200],
            value=float(stated.value),
            currency=stated.currency,
            tax=stated.tax,
            period=stated.period,
            bound=stated.bound,
        )
        quote = of_passage(held, item.line.passage, item.line.text)
        finding = of_amount(held, value, [quote], plan, sure=item.own >= 0.75)
        return replace(finding, route="passages")
    return None


def _agrees(told: str | None, asked: str | None) -> bool:
    return told is None or asked is None or told == asked


def _cell(line: Line, wanted: Sequence[str]) -> str | None:
    """The cell of a table's row whose head has one of the words and which states a sum."""
    if len(line.heads) != len(line.cells):
        return None
    stated = [
        (coverage(wanted, head), cell)
        for head, cell in zip(line.heads, line.cells, strict=True)
        if money.find(fold(cell))
    ]
    best = max(stated, default=(0.0, ""))
    return best[1] if best[0] > 0 else None


def _distance(text: str, wanted: Sequence[str], at: int) -> int:
    places = [text.find(word[:5]) for word in wanted if word[:5] in text]
    return min((abs(place - at) for place in places), default=10_000)
