"""Questions over many contracts: which, how many, how much together, the first or dearest, by group."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.chat import execute_amounts, execute_groups, execute_sums, lexicon
from agent.chat.conditions import Kept, in_months, keeps, length, windowed
from agent.chat.context import Context
from agent.chat.execute_facts import TERM
from agent.chat.execute_facts import fact as fact_of
from agent.chat.execute_groups import titles
from agent.chat.findings import Citation, Finding, anything
from agent.chat.holdings import Held
from agent.chat.matching import content, coverage, likeness
from agent.chat.obligations import owings
from agent.chat.own import Own, own_of
from agent.chat.plan import QueryPlan, Subject, Topic
from agent.chat.planners.grammar import rhythm_of
from agent.chat.proofs import prove
from agent.chat.spoken import Spoken, spoken_of
from portfolio.folding import fold
from portfolio.schema import Amount
from portfolio.values import Duration, Every
from portfolio.words.phrases import phrase

_EMPTY = lexicon.words("empty", "any")
_PARTIES = re.compile(
    r"\b(?:combien|nombre|many|number) (?:de |d |of )?(?:nos |our )?(?:fournisseurs|"
    r"prestataires|cocontractants|suppliers|providers|counterparties)\b"
)
_ANY_SITE = frozenset(
    ["agence", "site", "locaux", "bureaux", "etablissement", "office", "offices", "branch", "premises"]
)
"""Words for a place that say nothing beside the name of a town."""
_BOUNDS = {"max": "plafond", "min": "minimum"}
_SPEAKS = 0.75
_OWED = 0.6
_NAMED = 30
"""Contracts that a sentence names at most; the table has all."""
_CLOSE = 0.1
"""Months by which two rhythms may differ that are one."""


def chosen(context: Context, plan: QueryPlan) -> list[Held]:
    """The contracts that the plan's subject names one by one."""
    return context.holdings.by_stem(plan.subject.contracts) if plan.subject.contracts else []


def run(context: Context, plan: QueryPlan) -> Finding:
    kept, unsaid = chosen_of(context, plan)
    match plan.operation:
        case "sum" | "average":
            found = execute_sums.run(context, [k.held for k in kept], plan)
        case "extreme":
            found = _extreme(context, kept, plan)
        case "group":
            found = execute_groups.run(kept, plan)
        case _:
            found = listed(context, kept, plan)
    notes = list(found.notes)
    if unsaid and found.kind != "none":
        notes.append(phrase("chat.note_unsaid", count=len(unsaid), titles=titles(unsaid)))
    if plan.rest and found.kind != "none":
        notes.append(phrase("chat.note_not_understood", words=" ".join(plan.rest)))
    return replace(found, notes=tuple(notes))


def pool_of(context: Context, plan: QueryPlan) -> list[Held]:
    """The contracts that the subject lets through, whatever the conditions say."""
    pool = chosen(context, plan) or [h for h in context.holdings.contracts if _of_subject(h, plan)]
    return [held for held in pool if held.stem not in plan.subject.excluded]


def kept_of(context: Context, plan: QueryPlan) -> list[Kept]:
    """The contracts that the subject, the conditions and the window let through, with the facts that say so."""
    return chosen_of(context, plan)[0]


def chosen_of(context: Context, plan: QueryPlan) -> tuple[list[Kept], list[Kept]]:
    """The contracts that are let through, and those that may be: they do not say."""
    pool = pool_of(context, plan)
    if plan.rest and _open(plan) and (plan.quantifier or plan.operation in ("list", "count")):
        speaking = context.subjects.speaking(plan.rest, _SPEAKS)
        pool = [held for held in pool if held.id in speaking]
    kept: list[Kept] = []
    unsaid: list[Kept] = []
    spoken, own = spoken_of(context, plan.conditions), own_of(context, plan)
    for held in pool:
        state, item = _passed(held, plan, spoken, own)
        if state:
            kept.append(item)
        elif state is None:
            unsaid.append(item)
    return kept, unsaid


def _passed(held: Held, plan: QueryPlan, spoken: Spoken, own: Own) -> tuple[bool | None, Kept]:
    """Whether a contract is let through, None where it does not say, with what proves the conditions."""
    kept = Kept(held)
    states: list[bool | None] = []
    state: bool | None
    summed = plan.operation == "sum" and bool(plan.subject.contracts)
    for condition in plan.conditions:
        if summed and condition.topic == "amounts" and condition.is_ == "contains":
            continue
        if condition.column:
            state, kept = own.keeps(kept, condition)
        elif condition.topic == "clause":
            state, kept = spoken.keeps(kept, condition)
        else:
            state, kept = keeps(kept, condition, plan)
        if state is False:
            return False, kept
        states.append(state)
    found = _timed(kept, plan)
    if found is None:
        return False, kept
    return (None if None in states else True), found


def _timed(item: Kept, plan: QueryPlan) -> Kept | None:
    """``item`` where the window, the price and what is owed of the question let it through."""
    kept: Kept | None = item
    held = item.held
    if plan.window is not None and plan.topic != "obligation" and not _now(plan, held):
        kept = windowed(item, plan)
    priced = any(c.topic == "amounts" and isinstance(c.value, float) for c in plan.conditions)
    if kept and plan.money.threshold is not None and plan.money.over is not None and not priced:
        kept = _priced(kept, plan)
    labelled = plan.topic == "amounts" and plan.money.threshold is None and plan.operation == "list"
    if kept and labelled and not plan.conditions:
        kept = _labelled(kept, plan)
    if kept and plan.topic == "obligation":
        owed = _owed(kept, plan)
        spared = any(c.topic == "obligation" and c.is_ == "unknown" for c in plan.conditions)
        kept = (None if owed else kept) if spared else owed
    return kept


def _now(plan: QueryPlan, held: Held) -> bool:
    """Whether the window is but the day itself, on which contracts run (« actifs aujourd'hui »)."""
    window = plan.window
    running = plan.subject.running is not None or any(c.topic == "running" for c in plan.conditions)
    return running and window is not None and window.start == window.end == held.as_of


def _open(plan: QueryPlan) -> bool:
    """Whether nothing but the question's own words says which contracts are meant."""
    return (
        not (plan.conditions or plan.window or plan.subject.contracts)
        and plan.subject.model_copy(update={"excluded": ()}) == Subject()
        and plan.money.threshold is None
        and plan.topic not in ("obligation", "amounts", "role")
    )


def _of_subject(held: Held, plan: QueryPlan) -> bool:
    subject = plan.subject
    kind = held.terms.value("contract_type")
    if subject.types and kind not in subject.types and not _titled(held, subject):
        return False
    if kind in subject.other_types:
        return False
    if subject.our_role and not _role(held, subject.our_role):
        return False
    if subject.tag and fold(subject.tag) not in {fold(tag) for tag in held.base.tags}:
        return False
    if subject.sector and held.terms.value("legal_nature.sector") != subject.sector:
        return False
    if subject.places:
        where = fold(" ".join(f"{s.name} {s.city}" for s in held.terms.values("sites")))
        named = [place for place in subject.places if fold(place) not in _ANY_SITE] or list(subject.places)
        if not all(coverage(content(fold(place).split()), where) >= 0.99 for place in named):
            return False
    if subject.running is not None:
        running = held.calendar is not None and held.calendar.status == "active"
        if running != subject.running:
            return False
    return True


def _titled(held: Held, subject: Subject) -> bool:
    """Whether the title says one of the kinds asked for."""
    title = fold(held.title)
    return any(lexicon.table("types")[name].longest(title) is not None for name in subject.types)


def _role(held: Held, role: str) -> bool:
    return held.our_role == role


def _priced(kept: Kept, plan: QueryPlan) -> Kept | None:
    yearly = execute_amounts.yearly(kept.held, plan.money)
    if yearly is None or plan.money.threshold is None:
        return None
    over = yearly[0] > plan.money.threshold
    return kept.because(yearly[1]) if over == plan.money.over else None


def _labelled(kept: Kept, plan: QueryPlan) -> Kept | None:
    """``kept`` where it has an amount of the label that the words name."""
    wanted = [w for w in execute_amounts.telling(plan.about) if w not in _EMPTY]
    if plan.money.bound and not any(likeness(w, _BOUNDS[plan.money.bound]) for w in wanted):
        wanted += [_BOUNDS[plan.money.bound]]
    terms = [t for t in kept.held.terms_of("amounts") if wanted and coverage(wanted, t.fact.value.label) >= 0.7]
    return kept.because(*terms[:1]) if terms or not wanted else None


def _owed(kept: Kept, plan: QueryPlan) -> Kept | None:
    """``kept`` with the obligations that the words, the side and the time of the question mean."""
    found = [
        o
        for o in owings(kept.held, plan)
        if (o.score >= _OWED or not o.telling) and o.side in (None, plan.side or o.side)
    ]
    rhythm = rhythm_of(fold(plan.question))
    if rhythm is not None:
        dues = [(o, o.obligation.due) for o in found]
        found = [o for o, due in dues if not isinstance(due, Every) or abs(in_months(due.every) - rhythm) < _CLOSE]
    window = plan.window
    if window is not None:
        opened = window.model_copy(update={"start": window.start or kept.held.as_of})
        found = [o for o in found if any(opened.holds(event.on) for event in o.events)]
        days = [event.on for o in found for event in o.events if opened.holds(event.on)]
        return replace(kept.because(*(o.term for o in found)), on=min(days)) if found else None
    return kept.because(*(o.term for o in found[:3])) if found else None


def listed(context: Context, kept: Sequence[Kept], plan: QueryPlan) -> Finding:
    """A list or a number of contracts."""
    if not kept and plan.subject.missing:
        return context.no_such_contract(plan)
    rows = tuple(_row(k) for k in kept)
    citations = tuple(c for k in kept for c in _proofs(k))
    sure = not plan.rest
    if not kept and plan.rest and _open(plan):
        return context.unnamed(plan)
    if plan.operation == "count" and _PARTIES.search(fold(plan.question)):
        names = sorted({name for k in kept for name in k.held.others})
        said = phrase("chat.count_parties", value=len(names), names=" ; ".join(names))
        return Finding("count", len(names), said, rows=rows, citations=citations, sure=sure)
    if plan.operation == "count":
        said = phrase("chat.count_contracts", value=len(kept))
        return Finding("count", len(kept), said, rows=rows, citations=citations, sure=sure)
    said = phrase(
        "chat.list" if kept else "chat.list_empty",
        count=len(kept),
        titles=" ; ".join(f"{k.held.title} ({', '.join(k.held.others)})" for k in kept[:_NAMED])
        + (" ; …" if len(kept) > _NAMED else ""),
    )
    return Finding("list", [k.held.stem for k in kept], said, rows=rows, citations=citations, sure=sure)


def any_of_role(context: Context, plan: QueryPlan) -> Finding:
    """Whether we are the one asked for in any contract: those where we are, one by one."""
    kept = kept_of(context, plan)
    found = listed(context, kept, plan.model_copy(update={"operation": "list"}))
    said = phrase("chat.yes" if kept else "chat.no", why=found.said)
    return replace(found, kind="boolean", value=bool(kept), said=said)


def _row(kept: Kept) -> Mapping[str, Any]:
    held = kept.held
    calendar = held.calendar
    found: dict[str, Any] = {
        "contract": held.stem,
        "title": held.title,
        "counterparty": " ; ".join(held.others),
        "end": calendar.current_end.isoformat() if calendar and calendar.current_end else None,
    }
    if kept.on is not None:
        found["date"] = kept.on.isoformat()
    return found


def _proofs(kept: Kept) -> tuple[Citation, ...]:
    terms = kept.terms or (() if kept.quotes else tuple(kept.held.terms_of("title", "parties")[:1]))
    return anything(kept.held, (*kept.quotes, *prove(kept.held, terms)))


def _many(count: int) -> float | None:
    return float(count) or None


_MEASURED: Mapping[Topic, Callable[[Held], float | None]] = {
    "duration": length,
    "sites": lambda held: _many(len(held.terms.values("sites"))),
    "indices": lambda held: _many(len(held.terms.values("price_revision.indices"))),
    "amendments": lambda held: _many(len(held.amendments)),
    "renewals_max": lambda held: held.terms.value("renewal.max_count"),
}
"""Facts by which contracts are ranked as a number."""
_MEASURES: Mapping[Topic, tuple[str, ...]] = {
    "duration": TERM,
    "sites": ("sites",),
    "indices": ("price_revision.indices",),
    "amendments": ("title",),
    "renewals_max": ("renewal.kind", "renewal.max_count"),
}


def _extreme(context: Context, kept: Sequence[Kept], plan: QueryPlan) -> Finding:
    """The contract that is first or last by the fact asked for."""
    largest = plan.largest is not False
    ranked: list[tuple[Any, Kept]] = []
    as_of = context.holdings.as_of
    for item in kept:
        held = item.held
        if plan.topic in (None, "amounts", "contracts"):
            yearly = execute_amounts.yearly(held, plan.money)
            if yearly:
                ranked.append((yearly[0], item.because(yearly[1])))
        else:
            topic = "end" if plan.topic in ("end", "next_end", "running") else plan.topic
            if topic in _MEASURED:
                number = _MEASURED[topic](held)
                if number is not None:
                    ranked.append((number, item.because(*held.terms_of(*_MEASURES[topic]))))
                continue
            reading = fact_of(held, topic) if topic else None
            value = reading.value if reading else None
            ahead = topic not in ("start", "signature")
            if reading and value is not None and reading.kind == "date" and not largest and ahead and value < as_of:
                continue
            if reading and value is not None:
                key = in_months(value) if isinstance(value, Duration) else value
                if not isinstance(key, str):
                    ranked.append((key, item.because(*held.terms_of(*reading.fields))))
    if not ranked:
        return context.unnamed(plan)
    try:
        best = max(ranked, key=lambda r: r[0]) if largest else min(ranked, key=lambda r: r[0])
    except TypeError:
        return context.unnamed(plan)
    level = [item for value, item in ranked if value == best[0]]
    rows = tuple(
        {"contract": i.held.stem, "title": i.held.title, "value": str(v)}
        for v, i in sorted(ranked, key=lambda r: r[0], reverse=largest)[:10]
    )
    citations = tuple(c for item in level for c in _proofs(item))
    said = phrase(
        "chat.extreme",
        titles=" ; ".join(item.held.title for item in level),
        value=phrase("chat.value", field="end_date", value=_shown(best, plan)),
    )
    if plan.answer == "date":
        return Finding("date", best[0], said, rows=rows, citations=citations, route="calendar")
    if plan.answer == "amount":
        term = level[0].terms[-1]
        value = term.fact.value.model_copy(update={"value": best[0], "period": "year"})
        return Finding("amount", value, said, rows=rows, citations=citations)
    if plan.answer == "text":
        parties = " ; ".join(p for item in level for p in item.held.others)
        return Finding("text", f"{parties} – {level[0].held.title}", said, rows=rows, citations=citations)
    return Finding("list", [item.held.stem for item in level], said, rows=rows, citations=citations)


def _shown(best: tuple[Any, Kept], plan: QueryPlan) -> Any:
    """The fact by which contracts were ranked, as it is said: a sum with its currency."""
    value, kept = best
    if not kept.terms or not isinstance(kept.terms[-1].fact.value, Amount):
        return value
    return kept.terms[-1].fact.value.model_copy(update={"value": value, "period": "year"})
