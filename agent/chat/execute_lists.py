"""Questions over many contracts: which, how many, how much together, the first or dearest, by group."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.chat import execute_amounts, lexicon
from agent.chat.conditions import Kept, keeps, length, windowed
from agent.chat.context import Context
from agent.chat.execute_facts import TERM
from agent.chat.execute_facts import fact as fact_of
from agent.chat.findings import Citation, Finding, anything
from agent.chat.holdings import Held
from agent.chat.matching import content, coverage, likeness
from agent.chat.obligations import owings
from agent.chat.plan import QueryPlan, Subject, Topic
from agent.chat.proofs import prove
from portfolio.amendments import Term
from portfolio.folding import fold
from portfolio.schema import Amount
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


def chosen(context: Context, plan: QueryPlan) -> list[Held]:
    """The contracts that the plan's subject names one by one."""
    return context.holdings.by_stem(plan.subject.contracts) if plan.subject.contracts else []


def run(context: Context, plan: QueryPlan) -> Finding:
    kept = kept_of(context, plan)
    match plan.operation:
        case "sum" | "average":
            return _sum(context, [k.held for k in kept], plan)
        case "extreme":
            return _extreme(context, kept, plan)
        case "group":
            return _grouped(kept, plan)
        case _:
            return listed(context, kept, plan)


def pool_of(context: Context, plan: QueryPlan) -> list[Held]:
    """The contracts that the subject lets through, whatever the conditions say."""
    pool = chosen(context, plan) or [h for h in context.holdings.contracts if _of_subject(h, plan)]
    return [held for held in pool if held.stem not in plan.subject.excluded]


def kept_of(context: Context, plan: QueryPlan) -> list[Kept]:
    """The contracts that the subject, the conditions and the window let through, with the facts that say so."""
    pool = pool_of(context, plan)
    if plan.rest and _open(plan) and (plan.quantifier or plan.operation in ("list", "count")):
        pool = [held for held in pool if _speaking(held, plan)]
    passed = (_passed(held, plan) for held in pool)
    return [kept for kept in passed if kept is not None]


def _passed(held: Held, plan: QueryPlan) -> Kept | None:
    """The contract with what proves the conditions; None where one does not hold."""
    kept: Kept | None = Kept(held)
    for condition in plan.conditions:
        kept = keeps(kept, condition, plan) if kept else None
    if kept and plan.window is not None and plan.topic != "obligation":
        kept = windowed(kept, plan)
    if kept and plan.money.threshold is not None and plan.money.over is not None:
        kept = _priced(kept, plan)
    labelled = plan.topic == "amounts" and plan.money.threshold is None and plan.operation == "list"
    if kept and labelled and not plan.conditions:
        kept = _labelled(kept, plan)
    if kept and plan.topic == "obligation":
        owed = _owed(kept, plan)
        spared = any(c.topic == "obligation" and c.is_ == "unknown" for c in plan.conditions)
        kept = (None if owed else kept) if spared else owed
    return kept


def _open(plan: QueryPlan) -> bool:
    """Whether nothing but the question's own words says which contracts are meant."""
    return (
        not (plan.conditions or plan.window or plan.subject.contracts)
        and plan.subject.model_copy(update={"excluded": ()}) == Subject()
        and plan.money.threshold is None
        and plan.topic not in ("obligation", "amounts", "role")
    )


def _speaking(held: Held, plan: QueryPlan) -> bool:
    """Whether some passage of a contract has all the words that nothing else explains."""
    return any(coverage(plan.rest, f"{p.headline} {p.text}") >= _SPEAKS for p in held.passages)


def _of_subject(held: Held, plan: QueryPlan) -> bool:
    subject = plan.subject
    kind = held.terms.value("contract_type")
    if subject.types and kind not in subject.types and not _titled(held, subject):
        return False
    if kind in subject.other_types:
        return False
    if subject.our_role and not _role(held, subject.our_role):
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
        titles=" ; ".join(f"{k.held.title} ({', '.join(k.held.others)})" for k in kept),
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
    terms = kept.terms or tuple(kept.held.terms_of("title", "parties")[:1])
    return anything(kept.held, prove(kept.held, terms))


def _sum(context: Context, held: Sequence[Held], plan: QueryPlan) -> Finding:
    """The yearly cost of several contracts together, those without one named apart."""
    if len(plan.subject.contracts) == 0 and plan.subject.everything:
        held = [h for h in held if h.calendar and h.calendar.status == "active"]
    labelled = _labelled_sum(held, plan)
    if labelled is not None:
        return labelled
    priced = [(h, found) for h in held if (found := execute_amounts.yearly(h, plan.money)) is not None]
    left = tuple(h.title for h in held if h not in [p for p, _ in priced])
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


def _labelled_sum(held: Sequence[Held], plan: QueryPlan) -> Finding | None:
    """The sum over contracts of the amounts that have the label asked for (« des dépôts de garantie »); None where
    fewer than two contracts have one or their periods differ."""
    labels = " ".join(t.fact.value.label for one in held for t in one.terms_of("amounts"))
    wanted = [w for w in execute_amounts.telling(plan.about) if w not in _EMPTY and likeness(w, labels)]
    if not wanted or plan.operation != "sum":
        return None
    tax = plan.money.tax or "excl"
    found: dict[str, tuple[Held, Term]] = {}
    for one in held:
        for term in one.terms_of("amounts"):
            if (
                one.id not in found
                and term.fact.value.tax in (tax, None)
                and coverage(wanted, term.fact.value.label) >= 0.7
            ):
                found[one.id] = (one, term)
    kinds = {(t.fact.value.period, t.fact.value.currency) for _, t in found.values()}
    if len(found) < 2 or len(kinds) != 1:
        return None
    first = next(iter(found.values()))[1].fact.value
    value = first.model_copy(update={"value": round(sum(t.fact.value.value for _, t in found.values()), 2)})
    rows = tuple(
        {"contract": h.stem, "title": h.title, "fact": t.fact.value.label, "value": t.fact.value.value}
        for h, t in found.values()
    )
    citations = tuple(c for h, t in found.values() for c in prove(h, [t]))
    said = phrase("chat.sum", value=value, count=len(found))
    return Finding("amount", value, said, rows=rows, citations=citations, sure=not plan.subject.missing)


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
                months = getattr(value, "in_months", None)
                key = months if months is not None else value
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


def _grouped(kept: Sequence[Kept], plan: QueryPlan) -> Finding:
    groups: dict[str, list[Held]] = {}
    for item in kept:
        for name in _names(item.held, plan):
            groups.setdefault(name, []).append(item.held)
    rows: list[Mapping[str, Any]] = []
    for name, held in sorted(groups.items(), key=lambda g: -len(g[1])):
        row: dict[str, Any] = {"group": name, "count": len(held), "contracts": [h.stem for h in held]}
        if plan.answer == "amount":
            row["value"] = round(sum(y[0] for h in held if (y := execute_amounts.yearly(h, plan.money))), 2)
        rows.append(row)
    parts = tuple(phrase("chat.group", name=r["group"], count=r["count"]) for r in rows)
    citations = tuple(c for item in kept for c in _proofs(item)[:1])
    text = " ; ".join(f"{r['group']}: {r.get('value', r['count'])}" for r in rows)
    return replace(Finding("text", text, phrase("chat.joined", parts=parts)), rows=tuple(rows), citations=citations)


def _names(held: Held, plan: QueryPlan) -> Sequence[str]:
    match plan.group_by:
        case "counterparty":
            return held.others
        case "sites":
            return list(dict.fromkeys(s.city for s in held.terms.values("sites") if s.city)) or ["—"]
        case "sector":
            return [str(held.terms.value("legal_nature.sector") or "—")]
        case "running":
            return [str(held.calendar.status if held.calendar else "—")]
        case "jurisdiction":
            return [str(held.terms.value("jurisdiction") or "—")]
        case _:
            return [str(held.terms.value("contract_type") or "—")]
