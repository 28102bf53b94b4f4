"""Questions that want a yes or a no of a contract's own time: whether it runs, renews, can still be ended, how long it
lasts, whether a day is its day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from agent.chat import execute_decisions
from agent.chat.context import Context
from agent.chat.entailment import question_of
from agent.chat.execute_facts import TERM
from agent.chat.execute_facts import fact as fact_of
from agent.chat.findings import Finding
from agent.chat.holdings import Held
from agent.chat.matching import coverage
from agent.chat.plan import QueryPlan, Topic
from agent.chat.polarity import polarity
from agent.chat.proofs import yes_no
from agent.chat.sides import SELLING, sides_of
from agent.reading.grammar import durations
from agent.reading.text import fold as fold_keeping
from portfolio.folding import fold
from portfolio.values import Duration
from portfolio.words.phrases import phrase


def running(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
    calendar = held.calendar
    if calendar is None or calendar.status is None:
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
    return yes_no(held, value, why, (*TERM, "status"), calendar.steps)


def still(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
    """Whether notice can still be given, or was missed."""
    chances = held.notice.chances
    missed_asked = bool(
        re.search(
            r"\b(?:loupe|rate|manque|passe|passee|depasse\w*|trop tard|missed|too late|passed|gone)\b",
            fold(plan.question),
        )
    )
    fields = (*TERM, "notice_period")
    if _theirs(held, plan) and re.search(r"\b(?:peut|peuvent|pourrait|can|may)\b", fold(plan.question)):
        return None
    by_decision = held.calendar is not None and held.calendar.renewal.kind == "express"
    if by_decision and not _AGAINST.search(fold(plan.question)):
        asked = execute_decisions.in_time(held, late=missed_asked)
        if asked is not None:
            return asked
    if not chances:
        breaks = [c for c in held.notice.breaks if c.last_day >= held.as_of]
        if breaks and not missed_asked:
            return yes_no(held, True, phrase("chat.why_notice_open", date=breaks[0].last_day), fields, [breaks[0].step])
        if held.notice.earliest_end is not None:
            return yes_no(
                held, not missed_asked, phrase("chat.why_any_time", contract=held.title), fields, held.notice.steps
            )
        if held.calendar and held.calendar.renewal.kind in ("none", "express"):
            return yes_no(held, False, phrase("chat.why_no_renewal", contract=held.title), fields, sure=False)
        return None
    first = chances[0]
    if plan.window and plan.window.start and plan.window.start == plan.window.end and first.period.end:
        after = [c for c in chances if c.period.end and c.period.end < plan.window.start]
        first = after[-1] if after else first
    open_ = first.last_day >= held.as_of
    key = "chat.why_notice_open" if open_ else "chat.why_notice_missed"
    return yes_no(
        held, open_ != missed_asked, phrase(key, date=first.last_day), fields, [*held.notice.steps, first.step]
    )


_AGAINST = re.compile(
    r"\b(?:empech\w*|refus\w*|denonc\w*|resili\w*|oppos\w*|stop\w*|arret\w*|sortir|partir|quitter|prevent\w*|cancel\w*|"
    r"object\w*|terminat\w*|get out|leave)\b"
)
"""What ends a contract, which a decision to renew does not."""


def _theirs(held: Held, plan: QueryPlan) -> bool:
    """Whether it is asked what the other side may do: by its name, or by what such a side is called."""
    sides = sides_of(held)
    asked = question_of(plan.question, (), sides).side
    return asked == "them" or (asked is None and any(word in SELLING for word in fold(plan.question).split()))


def renewal(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
    calendar, folded = held.calendar, fold(plan.question)
    rule = calendar.renewal if calendar else None
    kind = rule.kind if rule else held.terms.value("renewal.kind")
    if (
        held.notice.side == "us"
        and _theirs(held, plan)
        and re.search(r"\b(?:dire non|say no|turn down|refus\w*|oppos\w*|denonc\w*|decline\w*|object\w*)\b", folded)
    ):
        return yes_no(held, False, phrase("chat.why_buyer_alone"), ("renewal.kind", "notice_period"), held.notice.steps)
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
    ) or _SILENCE.search(polarity(plan.question, asking=True).supposed):
        value = kind == "tacit" and (calendar is None or bool(calendar.to_come) or calendar.renewal.endless)
    else:
        left = calendar is None or bool(calendar.to_come) or kind == "express"
        value = kind != "none" and left and not (calendar and calendar.status == "expired")
    why = phrase("chat.why_renewal", contract=held.title, value=phrase("chat.value", field="renewal.kind", value=kind))
    return yes_no(held, value, why, fields, calendar.steps if calendar else ())


_SILENCE = re.compile(
    r"\b(?:ne|n) (?:\w+ ){1,4}?(?:rien|pas)\b|\b(?:personne|nobody|no one|nothing|not|silence|don t)\b"
)
"""What supposes that nobody does or says anything."""


def length(topic: Topic, field: str) -> Callable[[Context, Held, QueryPlan], Finding | None]:
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
        return yes_no(held, right, why, (field,))

    return answer


def day(topic: Topic) -> Callable[[Context, Held, QueryPlan], Finding | None]:
    """A day in the question compared with the contract's."""

    def answer(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
        reading = fact_of(held, topic)
        if reading is None:
            return None
        if topic == "end" and ASKS_END.search(fold(plan.question)):
            return _known_end(held)
        if (
            plan.window is None
            or len([w for w in plan.words if w not in _DAY_WORDS and not w.isdigit() and not coverage([w], held.title)])
            > 3
        ):
            if plan.window is None and topic in ("end", "final_end"):
                return _clause_orrunning(context, held, plan)
            return None
        if not isinstance(reading.value, date):
            return None
        value = plan.window.holds(reading.value)
        why = phrase(
            reading.key, contract=held.title, value=phrase("chat.value", field="end_date", value=reading.value)
        )
        return yes_no(held, value, why, reading.fields, reading.steps)

    return answer


ASKS_END = re.compile(r"\b(?:date de fin|terme (?:fixe|precis)|duree determinee|end date|fixed term)\b")
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
        return yes_no(held, False, phrase("chat.why_active_open", contract=held.title), TERM)
    return yes_no(held, True, phrase("chat.end", contract=held.title, value=end), TERM)


def _clause_orrunning(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
    others = [w for w in plan.words if w not in _DAY_WORDS and not coverage([w], held.title)]
    return running(context, held, plan) if len(others) <= 1 else None
