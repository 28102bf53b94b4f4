"""Questions that want a yes or a no of one contract: from its facts and days, else from what a clause forbids or
allows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from pydantic import BaseModel

from agent.chat import execute_amounts, lexicon
from agent.chat.conditions import holds, met
from agent.chat.context import Context
from agent.chat.execute_permission import answering, clause, unsaid
from agent.chat.execute_yes_no_time import ASKS_END, day, length, renewal, running, still
from agent.chat.findings import Citation, Finding, anything, of_passage
from agent.chat.holdings import Held
from agent.chat.matching import likeness
from agent.chat.notions import happened
from agent.chat.obligations import best_owing
from agent.chat.plan import QueryPlan, Topic
from agent.chat.proofs import prove, yes_no
from agent.chat.sides import ANY
from portfolio.folding import fold
from portfolio.words.phrases import phrase

_OWN_RULES = ("notice_deadline", "break", "notice_missed", "amendments", "obligation")
"""Topics that are decided by days, amendments and duties, whatever else is said."""
_OF_DAYS = ("notice_deadline", "notice_missed", "amendments", "running")
"""Topics of which no clause tells more than the calendar."""
_DONE = re.compile(
    r"\b(?:a|ont|avait|avaient) deja (?:ete )?\w+|\b(?:has|have|had) (?:\w+ ){0,4}?(?:already|ever) been\b"
)
"""What asks whether it came to pass, not whether it may: « ont déjà été révisés »."""
_PRICE = (
    r"(?:prix|tarifs?|loyers?|primes?|redevances?|cotisations?|abonnements?|forfaits?|honoraires|"
    r"prices?|rents?|fees?|premiums?|charges|rates?)"
)
_MOVES = (
    r"(?:augment\w*|bouge\w*|evolu\w*|vari\w*|monte\w*|hauss\w*|revis\w*|indexe\w*|"
    r"go up|rise\w*|increase\w*|raise\w*|move|change)"
)
_PRICE_MOVES = re.compile(rf"\b{_PRICE} (?:\w+ ){{0,6}}?{_MOVES}\b|\b{_MOVES} (?:\w+ ){{0,3}}?{_PRICE}\b")
_UNEXPLAINED = 1
"""Words at most that nothing explains where the register answers."""
_EMPTY = lexicon.words("empty", "any")
_SPEAKS = 0.5
_CLEARLY = 0.2
_OFTEN_BESIDE = (None, "end", "final_end", "duration", "renewal", "amounts", "cap_percent")
"""Topics that a question may only touch upon: a line that speaks of all its words is heard first."""
_OWN_WORDS = ("indices", "governing_law", "jurisdiction", "dispute", "running", "break", "notice_deadline")
"""Topics whose question may name what the contract does not have: the answer is no."""


def run(context: Context, held: Held, plan: QueryPlan) -> Finding:
    lacking = unsaid(context, held, plan, plan.rest) if plan.topic not in _OWN_WORDS else []
    if len(lacking) > 1 and len(lacking) == len(plan.rest):
        return context.silent(held, plan)
    if happened(plan.question) or (plan.topic == "revision" and _DONE.search(fold(plan.question))):
        return context.silent(held, plan)
    topic = _topic(plan)
    answer = _BY_TOPIC.get(topic) if topic else None
    measured = any(isinstance(c.value, float) for c in plan.conditions)
    found = None if plan.topic in _OWN_RULES and not measured else _by_conditions(held, plan)
    if found is None or not found.sure:
        found = _in_words(context, held, plan, found) or found
    found = found or (answer(context, held, plan) if answer else None)
    if found is None or (not found.sure and topic not in _OF_DAYS):
        told = clause(context, held, plan)
        better = told.kind == "boolean" and (told.sure or topic == "break")
        found = told if found is None or better else found
    return replace(found, sure=found.sure and not lacking and not _beside(found, plan))


def _beside(found: Finding, plan: QueryPlan) -> bool:
    """Whether a question has words that neither the topic nor the words that prove the answer speak of."""
    quotes = " ".join(c.quote for c in found.citations)
    rest = [w for w in plan.rest if not w.isdigit() and w not in _EMPTY and w not in ANY]
    return found.route != "passages" and any(not likeness(w, quotes) for w in rest)


def _topic(plan: QueryPlan) -> Topic | None:
    """What the question is about: the end where it asks whether there is one, the price where whether that moves."""
    folded = fold(plan.question)
    if ASKS_END.search(folded):
        return "end"
    if plan.topic in (None, "amounts") and _PRICE_MOVES.search(folded) and not re.search(r"\d ?%", plan.question):
        return "revision"
    return plan.topic


def _in_words(context: Context, held: Held, plan: QueryPlan, known: Finding | None) -> Finding | None:
    """What a line says that speaks of all the words which the topic does not explain; None where there are none, where
    the topic decides alone, or where no line speaks of them, or the words that prove what is known do so as well."""
    rest = [w for w in plan.rest if not w.isdigit() and w not in _EMPTY]
    if not rest or plan.topic not in _OFTEN_BESIDE:
        return None
    found = answering(context, held, plan)
    if found is None or found.said.own < _SPEAKS or not found.covers(rest):
        return None
    quotes = " ".join(c.quote for c in known.citations) if known else ""
    if known and found.hears(quotes) + _CLEARLY > found.said.own:
        return None
    return clause(context, held, plan)


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
        r"\b(?:augment\w*|monter|evoluer|bouger|hauss\w*|revaloris\w*|go up|increas\w*|"
        r"rise\w*)\b",
        fold(plan.question),
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
