"""Questions that want a yes or a no of one contract: from its facts and days, else from what a clause forbids or
allows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from pydantic import BaseModel

from agent.chat import execute_amounts
from agent.chat.conditions import holds, met
from agent.chat.context import Context
from agent.chat.execute_permission import clause
from agent.chat.execute_yes_no_time import day, length, renewal, running, still
from agent.chat.findings import Citation, Finding, anything, of_passage
from agent.chat.holdings import Held
from agent.chat.notions import happened
from agent.chat.obligations import best_owing
from agent.chat.plan import QueryPlan, Topic
from agent.chat.proofs import prove, yes_no
from portfolio.folding import fold
from portfolio.words.phrases import phrase

_OWN_RULES = ("notice_deadline", "break", "notice_missed", "amendments", "obligation")
"""Topics that are decided by days, amendments and duties, whatever else is said."""
_DONE = re.compile(
    r"\b(?:a|ont|avait|avaient) deja (?:ete )?\w+|\b(?:has|have|had) (?:\w+ ){0,4}?(?:already|ever) been\b"
)
"""What asks whether it came to pass, not whether it may: « ont déjà été révisés »."""
_UNEXPLAINED = 1
"""Words at most that nothing explains where the register answers."""
_OWN_WORDS = ("indices", "governing_law", "jurisdiction", "dispute", "running", "break", "notice_deadline")
"""Topics whose question may name what the contract does not have: the answer is no."""


def run(context: Context, held: Held, plan: QueryPlan) -> Finding:
    unsaid = context.clauses.unsaid(held, plan.rest) if plan.topic not in _OWN_WORDS else []
    if len(unsaid) > 1 and len(unsaid) == len(plan.rest):
        return context.silent(held, plan)
    if happened(plan.question) or (plan.topic == "revision" and _DONE.search(fold(plan.question))):
        return context.silent(held, plan)
    answer = _BY_TOPIC.get(plan.topic) if plan.topic else None
    measured = any(isinstance(c.value, float) for c in plan.conditions)
    found = None if plan.topic in _OWN_RULES and not measured else _by_conditions(held, plan)
    found = found or (answer(context, held, plan) if answer else None)
    found = found or clause(context, held, plan)
    return replace(found, sure=found.sure and not unsaid)


def _by_conditions(held: Held, plan: QueryPlan) -> Finding | None:
    """The answer where the register knows all that the question asks for; None where it does not."""
    if not plan.conditions or len(plan.rest) > _UNEXPLAINED or plan.window is not None:
        return None
    if plan.topic == "renewal" and all(c.topic == "renewal" for c in plan.conditions):
        return None
    states = [holds(held, condition) for condition in plan.conditions]
    if any(state is None for state, _ in states):
        return None
    value = all(state for state, _ in states)
    terms = [t for _, found in states for t in found]
    parts = tuple(
        phrase(
            "chat.why_value",
            contract=held.title,
            field=phrase("chat.field", field=t.fact.field),
            value=phrase("chat.value", field=t.fact.field, value=t.fact.value),
        )
        for t in terms
        if not isinstance(t.fact.value, BaseModel)
    )
    why = phrase("chat.joined", parts=parts) if parts else phrase("chat.why_status", contract=held.title, value="—")
    return Finding(
        "boolean",
        value,
        phrase("chat.yes" if value else "chat.no", why=why),
        citations=anything(held, prove(held, terms)),
        sure=not plan.rest,
    )


def _conditioned(topic: Topic, field: str) -> Callable[[Context, Held, QueryPlan], Finding | None]:
    def answer(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
        conditions = [c for c in plan.conditions if c.topic == topic]
        if not conditions or not held.terms_of(field):
            return None
        value = all(met(held, c, plan) for c in conditions)
        values = held.terms.values(field)
        why = phrase(
            "chat.why_value",
            contract=held.title,
            field=phrase("chat.field", field=field),
            value=phrase(
                "chat.value", field=field, value=values[0] if len(values) == 1 else ", ".join(map(str, values))
            ),
        )
        return yes_no(held, value, why, (field, f"{field.partition('.')[0]}.formula"))

    return answer


def _revision(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
    kind = held.terms.value("price_revision.kind")
    if kind is None:
        return None
    fixed = bool(re.search(r"\b(?:ferme\w*|fixe\w*|bloque\w*|fixed|firm|frozen|constant)\b", fold(plan.question)))
    rises = re.search(
        r"\b(?:augment\w*|monter|evoluer|bouger|hauss\w*|revaloris\w*|go up|increas\w*|rise\w*)\b", fold(plan.question)
    )
    value = (kind == "fixed") if fixed and not rises else kind != "fixed"
    why = phrase(
        "chat.why_revision", contract=held.title, value=phrase("chat.value", field="price_revision.kind", value=kind)
    )
    return yes_no(held, value, why, ("price_revision.kind", "price_revision.formula", "price_revision.frequency"))


def _dispute(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
    conditions = [c for c in plan.conditions if c.topic == "dispute"]
    status = held.terms.value("status")
    if not conditions:
        return None
    value = status == conditions[0].value
    shown = phrase("chat.value", field="status", value=status) if status else "—"
    return yes_no(
        held, value, phrase("chat.why_status", contract=held.title, value=shown), ("status",), sure=status is not None
    )


def _obligation(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
    owing = best_owing(held, plan)
    if owing is None or owing.score < 0.6:
        return None
    why = phrase("chat.why_obligation", text=owing.obligation.quote)
    return Finding(
        "boolean", True, phrase("chat.yes", why=why), citations=(owing.citation(held),), sure=owing.score >= 0.75
    )


def _amendments(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
    if not re.search(r"\bavenant\w*|amend\w*", fold(plan.question)):
        return None
    titles = " ; ".join(str(c.value("title") or c.stem) for c in held.amendments)
    why = (
        phrase("chat.why_amended", titles=titles)
        if held.amendments
        else phrase("chat.no_amendment", contract=held.title)
    )
    first: list[Citation] = []
    for contract in held.all:
        passage = next((p for p in held.passages if p.contract == contract.id), None)
        if passage:
            first.append(of_passage(held, passage, passage.text.split("\n")[0][:300]))
    return Finding(
        "boolean",
        bool(held.amendments),
        phrase("chat.yes" if held.amendments else "chat.no", why=why),
        citations=tuple(first),
    )


def _amount(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
    if plan.money.threshold is None:
        return None
    choice = execute_amounts.choose(held, plan)
    if choice is None:
        return None
    mine, limit = choice.amount.value, plan.money.threshold
    value = abs(mine - limit) < 0.005 if plan.money.over is None else (mine > limit) == plan.money.over
    return yes_no(
        held,
        value,
        phrase("chat.amount", contract=held.title, value=choice.amount),
        ("amounts",),
        sure=choice.score > 0.2,
    )


_BY_TOPIC: Mapping[Topic, Callable[[Context, Held, QueryPlan], Finding | None]] = {
    "running": running,
    "notice_deadline": still,
    "break": still,
    "notice_missed": still,
    "renewal": renewal,
    "revision": _revision,
    "indices": _conditioned("indices", "price_revision.indices"),
    "payment_days": _conditioned("payment_days", "payment_days"),
    "governing_law": _conditioned("governing_law", "governing_law"),
    "jurisdiction": _conditioned("jurisdiction", "jurisdiction"),
    "form": _conditioned("form", "legal_nature.form"),
    "dispute": _dispute,
    "notice_period": length("notice_period", "notice_period"),
    "duration": length("duration", "duration"),
    "end": day("end"),
    "final_end": day("final_end"),
    "start": day("start"),
    "signature": day("signature"),
    "obligation": _obligation,
    "amendments": _amendments,
    "amounts": _amount,
}
