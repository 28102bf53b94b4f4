"""The amount that a question means: from the register, a sum of several, or a sum that a clause states."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from agent.chat import execute_amounts, execute_differences, execute_quantities, execute_stated
from agent.chat.context import Context
from agent.chat.execute_amounts import of_amount
from agent.chat.execute_footing import on_footing
from agent.chat.findings import Finding
from agent.chat.holdings import Held
from agent.chat.matching import coverage
from agent.chat.notions import happened, named
from agent.chat.origins import at_first, before_amendment, difference
from agent.chat.plan import QueryPlan
from agent.chat.proofs import prove
from agent.reading.text import fold

_ALL_PARTS = (
    r"\b(?:les deux|both|toutes? (?:les )?(?:tranches|phases|periodes|annees)|all (?:the )?(?:phases|tranches|years|"
    r"periods)|over the (?:\w+ ){1,2}years|(?:sur|pendant) les (?:\w+ ){1,2}(?:annees|ans)|"
    r"(?:tranches|annees|periodes|phases|years) (?:confondu\w*|cumul\w*|combined|together|"
    r"reunies))\b"
)
_FITS = 0.55
"""From which a label of the register that lacks some of the question's words is still the one meant."""
_PERIODS = frozenset(("quarter", "half", "semester", "trimestre", "semestre"))
"""Words for the footing on which a price is told."""
_OF_PERIOD = re.compile(
    r"mensu|mois|trimestr|semestr|annuel|annee|month|quarter|half|year|annual|hebdo|week|jour|daily|day"
)
_YEARS = re.compile(r"\b(?:annees|years|ans)\b")


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
    together = (
        execute_differences.parts(held, plan)
        or execute_quantities.multiplied(held, plan)
        or execute_quantities.rows_added(held, plan)
    )
    if together is not None:
        return together
    choice = execute_amounts.choose(held, plan)
    wanted = execute_amounts.wanted(held, plan)
    if choice is not None and _another(context, held, wanted, choice.unmet):
        choice = None
    if choice is not None and re.search(_ALL_PARTS, fold(plan.question)) and execute_amounts.of_all(choice.amount):
        return of_amount(held, choice.amount, prove(held, [choice.term]), sure=len(choice.unmet) <= 1)
    if plan.operation == "sum" or re.search(_ALL_PARTS, fold(plan.question)):
        added = _added(held, plan)
        if added is not None:
            return added
    stated = execute_stated.choose(held, plan)
    if stated is not None and stated.sure and (choice is None or choice.unmet):
        priced = execute_stated.priced(held, stated)
        return replace(priced, sure=priced.sure and not _strange(wanted, stated.best.met))
    few = choice is not None and (not choice.unmet or (choice.score >= _FITS and 2 * len(choice.unmet) <= len(wanted)))
    if choice is not None and few:
        met = set(wanted) - set(choice.unmet)
        return of_amount(held, choice.amount, prove(held, [choice.term]), sure=not _strange(wanted, met))
    if stated is not None and stated.likely:
        return execute_stated.priced(held, stated)
    lost = set(choice.unmet) - _PERIODS if choice is not None else set()
    if choice is not None and not lost & named(plan.question, plan.language):
        return of_amount(held, choice.amount, prove(held, [choice.term]), sure=False)
    return context.silent(held, plan)


def _strange(wanted: Iterable[str], met: Collection[str]) -> bool:
    """Whether none of the words that say which amount is meant stands with it, but those of its period alone."""
    things = [w for w in wanted if not _OF_PERIOD.match(w)]
    return bool(things) and not any(w in met for w in things)


def _another(context: Context, held: Held, wanted: Sequence[str], unmet: Sequence[str]) -> bool:
    """Whether an amount is of another thing than the one asked for: only its period is told with it, while the contract
    speaks of the thing elsewhere."""
    things = [w for w in unmet if not _OF_PERIOD.match(w)]
    strange = _strange(wanted, set(wanted) - set(unmet)) and len(unmet) < len(wanted)
    return strange and len(context.clauses.unsaid(held, things)) < len(things)


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
    found = of_amount(held, value, prove(held, chosen), key="chat.amount_sum")
    rows = tuple({"contract": held.stem, "fact": t.fact.value.label, "value": t.fact.value.value} for t in chosen)
    return replace(found, rows=rows)
