"""Questions that want a yes or a no of one contract: from its facts and days, else from what a clause forbids or
allows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pydantic import BaseModel

from agent.chat import execute_decisions, lexicon
from agent.chat.conditions import Kept, holds, keeps
from agent.chat.context import Context
from agent.chat.execute_facts import TERM
from agent.chat.execute_facts import fact as fact_of
from agent.chat.execute_permission import clause
from agent.chat.findings import Citation, Finding, anything, of_passage
from agent.chat.holdings import Held
from agent.chat.matching import coverage, names_it
from agent.chat.notions import happened
from agent.chat.obligations import best_owing
from agent.chat.plan import QueryPlan, Topic
from agent.chat.proofs import prove
from agent.reading.grammar import durations
from agent.reading.text import fold as fold_keeping
from portfolio.folding import fold
from portfolio.values import Duration
from portfolio.words.phrases import Phrase, phrase

_EMPTY = lexicon.words("empty", "any")
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


def _said(
    held: Held, value: bool, why: Phrase, fields: Sequence[str], steps: Sequence[Phrase] = (), *, sure: bool = True
) -> Finding:
    said = phrase("chat.yes" if value else "chat.no", why=why)
    citations = anything(held, prove(held, held.terms_of(*fields)))
    return Finding(
        "boolean",
        value,
        said,
        citations=citations,
        steps=tuple(steps),
        route="calendar" if steps else "register",
        sure=sure,
    )


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


def _running(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
    calendar = held.calendar
    if calendar is None or calendar.status is None or not _about_contract(held, plan):
        return None
    active = calendar.status == "active"
    asked_over = bool(
        re.search(
            r"\b(?:fini\w*|termine\w*|expire\w*|echu\w*|clos|over|ended|"
            r"expired|finished|a pris fin|run out|out of date|perime)\b",
            fold(plan.question),
        )
    )
    value = (not active) if asked_over else active
    if calendar.status == "future" and asked_over:
        value = False
    end = calendar.final_end if calendar.status == "expired" else calendar.current_end
    key = {"active": "chat.why_active", "expired": "chat.why_expired", "future": "chat.why_future"}[calendar.status]
    if calendar.status != "future" and end is None:
        key = f"{key}_open"
    why = phrase(key, contract=held.title, date=(calendar.start if calendar.status == "future" else end) or "—")
    return _said(held, value, why, (*TERM, "status"), calendar.steps)


def _about_contract(held: Held, plan: QueryPlan) -> bool:
    """Whether the words speak of the contract as a whole."""
    return True


def _still(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
    """Whether notice can still be given, or was missed."""
    chances = held.notice.chances
    missed_asked = bool(
        re.search(
            r"\b(?:loupe|rate|manque|passe|passee|depasse\w*|trop tard|missed|too late|passed|gone)\b",
            fold(plan.question),
        )
    )
    fields = (*TERM, "notice_period")
    if _OTHER_SIDE.search(fold(plan.question)) and re.search(
        r"\b(?:il|elle|bailleur\w*|loueur|proprietaire|prestataire|fournisseur|titulaire|landlord|lessor|supplier|"
        r"insurer|assureur) "
        r"(?:\w+ ){0,4}?(?:peut|pourrait|can|may)\b",
        fold(plan.question),
    ):
        return None
    by_decision = held.calendar is not None and held.calendar.renewal.kind == "express"
    if by_decision and not _AGAINST.search(fold(plan.question)):
        asked = execute_decisions.in_time(held, late=missed_asked)
        if asked is not None:
            return asked
    if not chances:
        breaks = [c for c in held.notice.breaks if c.last_day >= held.as_of]
        if breaks and not missed_asked:
            return _said(held, True, phrase("chat.why_notice_open", date=breaks[0].last_day), fields, [breaks[0].step])
        if held.notice.earliest_end is not None:
            return _said(
                held, not missed_asked, phrase("chat.why_any_time", contract=held.title), fields, held.notice.steps
            )
        if held.calendar and held.calendar.renewal.kind in ("none", "express"):
            return _said(held, False, phrase("chat.why_no_renewal", contract=held.title), fields, sure=False)
        return None
    first = chances[0]
    if plan.window and plan.window.start and plan.window.start == plan.window.end and first.period.end:
        after = [c for c in chances if c.period.end and c.period.end < plan.window.start]
        first = after[-1] if after else first
    open_ = first.last_day >= held.as_of
    key = "chat.why_notice_open" if open_ else "chat.why_notice_missed"
    return _said(
        held, open_ != missed_asked, phrase(key, date=first.last_day), fields, [*held.notice.steps, first.step]
    )


_AGAINST = re.compile(
    r"\b(?:empech\w*|refus\w*|denonc\w*|resili\w*|oppos\w*|stop\w*|arret\w*|sortir|partir|quitter|prevent\w*|cancel\w*|"
    r"object\w*|terminat\w*|get out|leave)\b"
)
"""What ends a contract, which a decision to renew does not."""
_OTHER_SIDE = re.compile(
    r"\b(?:prestataire|fournisseur|titulaire|entreprises?|societe|attributaire|"
    r"restaurateur|exploitant|mainteneur|editeur|assureur|transporteur|"
    r"bailleur|bailleresse|loueur|proprietaire|locataire|landlord|lessor|"
    r"supplier|contractor|provider|insurer|caterer)\b"
)


def _renewal(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
    calendar, folded = held.calendar, fold(plan.question)
    rule = calendar.renewal if calendar else None
    kind = rule.kind if rule else held.terms.value("renewal.kind")
    if (
        held.notice.side == "us"
        and (
            _OTHER_SIDE.search(folded) or any(names_it(w, " ".join(held.others)) for w in folded.split() if len(w) > 3)
        )
        and re.search(r"\b(?:dire non|say no|turn down|refus\w*|oppos\w*|denonc\w*|decline\w*|object\w*)\b", folded)
    ):
        return _said(held, False, phrase("chat.why_buyer_alone"), ("renewal.kind", "notice_period"), held.notice.steps)
    if kind is None or re.search(
        r"\b(?:refuser|s opposer|refus|refuse|object|oppose|opposer|droit de|entitled|le droit)\b", folded
    ):
        return None
    fields = ("renewal.kind", "renewal.period", "renewal.max_count")
    if re.search(r"\b(?:expres\w*|express\w*|decision)\b", folded):
        value = kind == "express"
    elif re.search(
        r"\b(?:tacit\w*|automatiq\w*|automatic\w*|auto|tout seul|"
        r"toute seule|d office|by itself|on its own|rien faire|nothing)\b",
        folded,
    ):
        value = kind == "tacit" and (calendar is None or bool(calendar.to_come) or calendar.renewal.endless)
    else:
        left = calendar is None or bool(calendar.to_come) or kind == "express"
        value = kind != "none" and left and not (calendar and calendar.status == "expired")
    why = phrase("chat.why_renewal", contract=held.title, value=phrase("chat.value", field="renewal.kind", value=kind))
    return _said(held, value, why, fields, calendar.steps if calendar else ())


def _conditioned(topic: Topic, field: str) -> Callable[[Context, Held, QueryPlan], Finding | None]:
    def answer(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
        conditions = [c for c in plan.conditions if c.topic == topic]
        if not conditions or not held.terms_of(field):
            return None
        value = all(keeps(Kept(held), c, plan) is not None for c in conditions)
        values = held.terms.values(field)
        why = phrase(
            "chat.why_value",
            contract=held.title,
            field=phrase("chat.field", field=field),
            value=phrase(
                "chat.value", field=field, value=values[0] if len(values) == 1 else ", ".join(map(str, values))
            ),
        )
        return _said(held, value, why, (field, f"{field.partition('.')[0]}.formula"))

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
    return _said(held, value, why, ("price_revision.kind", "price_revision.formula", "price_revision.frequency"))


def _dispute(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
    conditions = [c for c in plan.conditions if c.topic == "dispute"]
    status = held.terms.value("status")
    if not conditions:
        return None
    value = status == conditions[0].value
    shown = phrase("chat.value", field="status", value=status) if status else "—"
    return _said(
        held, value, phrase("chat.why_status", contract=held.title, value=shown), ("status",), sure=status is not None
    )


def _length(topic: Topic, field: str) -> Callable[[Context, Held, QueryPlan], Finding | None]:
    """A length in the question compared with the contract's."""

    def answer(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
        value: Duration | None = held.terms.value(field)
        found = durations.find(fold_keeping(plan.question))
        if value is None or not found:
            return None
        mine, asked = value.in_months, found[0].value.in_months
        folded = fold(plan.question)
        if re.search(r"\b(?:plus de|more than|superieur\w*|over)\b", folded) and mine is not None and asked is not None:
            right = mine > asked
        elif (
            re.search(r"\b(?:moins de|less than|inferieur\w*|under)\b", folded)
            and mine is not None
            and asked is not None
        ):
            right = mine < asked
        else:
            right = value.equals(found[0].value)
        why = phrase("chat.why_value", contract=held.title, field=phrase("chat.field", field=field), value=value)
        return _said(held, right, why, (field,))

    return answer


def _day(topic: Topic) -> Callable[[Context, Held, QueryPlan], Finding | None]:
    """A day in the question compared with the contract's."""

    def answer(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
        reading = fact_of(held, topic)
        if reading is None:
            return None
        if topic == "end" and _ASKS_END.search(fold(plan.question)):
            return _known_end(held)
        if (
            plan.window is None
            or len([w for w in plan.words if w not in _DAY_WORDS and not w.isdigit() and not coverage([w], held.title)])
            > 3
        ):
            if plan.window is None and topic in ("end", "final_end"):
                return _clause_or_running(context, held, plan)
            return None
        if not isinstance(reading.value, date):
            return None
        value = plan.window.holds(reading.value)
        why = phrase(
            reading.key, contract=held.title, value=phrase("chat.value", field="end_date", value=reading.value)
        )
        return _said(held, value, why, reading.fields, reading.steps)

    return answer


_ASKS_END = re.compile(r"\b(?:date de fin|terme (?:fixe|precis)|duree determinee|end date|fixed term)\b")
_DAY_WORDS = frozenset(
    [
        "termine",
        "termin",
        "finit",
        "fin",
        "expire",
        "echeance",
        "commence",
        "debut",
        "contrat",
        "avant",
        "apres",
        "end",
        "ends",
        "expire",
        "start",
        "before",
        "after",
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "an",
        "annee",
        "year",
        "date",
        "jour",
    ]
)


def _known_end(held: Held) -> Finding:
    """Whether the contract has a set end."""
    end = held.calendar.current_end if held.calendar else None
    if end is None:
        return _said(held, False, phrase("chat.why_active_open", contract=held.title), TERM)
    return _said(held, True, phrase("chat.end", contract=held.title, value=end), TERM)


def _clause_or_running(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
    others = [w for w in plan.words if w not in _DAY_WORDS and not coverage([w], held.title)]
    return _running(context, held, plan) if len(others) <= 1 else None


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
    from agent.chat import execute_amounts

    if plan.money.threshold is None:
        return None
    choice = execute_amounts.choose(held, plan)
    if choice is None:
        return None
    mine, limit = choice.amount.value, plan.money.threshold
    value = abs(mine - limit) < 0.005 if plan.money.over is None else (mine > limit) == plan.money.over
    return _said(
        held,
        value,
        phrase("chat.amount", contract=held.title, value=choice.amount),
        ("amounts",),
        sure=choice.score > 0.2,
    )


_BY_TOPIC: Mapping[Topic, Callable[[Context, Held, QueryPlan], Finding | None]] = {
    "running": _running,
    "notice_deadline": _still,
    "break": _still,
    "notice_missed": _still,
    "renewal": _renewal,
    "revision": _revision,
    "indices": _conditioned("indices", "price_revision.indices"),
    "payment_days": _conditioned("payment_days", "payment_days"),
    "governing_law": _conditioned("governing_law", "governing_law"),
    "jurisdiction": _conditioned("jurisdiction", "jurisdiction"),
    "form": _conditioned("form", "legal_nature.form"),
    "dispute": _dispute,
    "notice_period": _length("notice_period", "notice_period"),
    "duration": _length("duration", "duration"),
    "end": _day("end"),
    "final_end": _day("final_end"),
    "start": _day("start"),
    "signature": _day("signature"),
    "obligation": _obligation,
    "amendments": _amendments,
    "amounts": _amount,
}
