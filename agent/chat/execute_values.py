"""One contract asked for one thing: a fact, an obligation's day, a date, a clause."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.chat import execute_amounts, execute_decisions, execute_stated, lexicon
from agent.chat.clauses import paragraph
from agent.chat.context import Context
from agent.chat.execute_amounts import of_amount
from agent.chat.execute_facts import Reading, cited
from agent.chat.execute_facts import fact as fact_of
from agent.chat.execute_money import amount
from agent.chat.execute_surviving import surviving
from agent.chat.execute_their_notice import their_notice
from agent.chat.findings import Finding, anything, of_contract, of_passage
from agent.chat.holdings import Held
from agent.chat.matching import coverage
from agent.chat.notions import heads
from agent.chat.obligations import Owing, best_owing
from agent.chat.origins import at_first, before_amendment, dated_at_first, from_to
from agent.chat.plan import QueryPlan, Topic
from agent.chat.proofs import prove
from agent.chat.unsaid import apart, unheard
from agent.reading.grammar import durations
from agent.reading.text import fold
from portfolio.words.phrases import phrase

_SHARED = 0.34
"""Share of the words that nothing else explains which an obligation must have."""
_SPEAKS = 0.75
"""Share of a question's telling words from which a clause is taken to answer it for sure."""
_HEARD = 0.2
"""Share of them below which a sentence does not speak of it at all."""
_FITS = 0.8
"""Share of them from which it is meant though the question speaks of notice."""
_MEANT = 0.6
"""Share of them that must stand with a day for it to be that of something else than the contract."""
_OWES = 0.45
"""Share of the words from which an obligation is taken to be the one meant."""


def fact(context: Context, held: Held, plan: QueryPlan) -> Finding:
    """The fact that is asked for; an obligation's day or a clause where the words fit these better."""
    if plan.answer == "amount" or plan.topic == "amounts":
        if unheard(held, plan):
            return context.silent(held, plan)
        return amount(context, held, plan)
    if held.amendments and before_amendment(plan) and not plan.how:
        first = dated_at_first(held, plan.topic)
        before = at_first(held)
        return of_reading(context, before, first, plan) if first else fact(context, before, plan)
    if held.amendments and from_to(plan) and plan.topic:
        moved = changed(context, held, plan)
        if moved is not None:
            return moved
    if len(plan.topics) > 1:
        return joined(context, held, plan)
    if plan.side == "them" and plan.answer == "text" and plan.topic in ("notice_period", "notice_deadline"):
        theirs = (*_WAYS[plan.topic], *_THEIRS)
        return their_notice(held) or replace(passages(context, held, plan, theirs), sure=False)
    if plan.topic == "renewal" and plan.answer == "date":
        by_decision = held.calendar is not None and held.calendar.renewal.kind == "express"
        asked = execute_decisions.by_when(held) if by_decision else None
        if asked is not None:
            return asked
        plan = plan.model_copy(update={"topics": ("notice_deadline",)})
    if plan.how and plan.answer == "text" and plan.topic and plan.topic in _WAYS:
        return passages(context, held, plan, _WAYS[plan.topic])
    if (outlives := surviving(held, plan)) is not None:
        return outlives
    owing = best_owing(held, plan)
    if owing and plan.rest and coverage(plan.rest, owing.text) < _SHARED:
        owing = None
    if plan.topic == "notice_deadline" and owing and owing.score < _FITS:
        owing = None
    if plan.answer == "date" and owing and owing.score >= _OWES and not _plain(plan, owing) and plan.topic != "break":
        return due(context, held, owing, plan)
    if plan.topic is None or plan.topic in ("obligation", "clause", "contracts"):
        if plan.topic == "obligation" and owing and owing.score >= _OWES and plan.answer == "text":
            return obligation(context, held, owing, plan)
        if owing and owing.score >= _OWES and _OFTEN.search(fold(plan.question)):
            return obligation(context, held, owing, plan)
        return dated(context, held, plan) if plan.answer == "date" else passages(context, held, plan)
    other = _other_day(held, plan)
    if other is not None:
        return other
    reading = amended(held, plan) or fact_of(held, plan.topic, plan)
    if reading is None:
        return passages(context, held, plan)
    elsewhere = _elsewhere(context, held, plan, reading)
    if elsewhere is not None and reading.value is not None:
        return elsewhere
    if reading.value is None:
        things = [w for w in plan.about if w not in _EMPTY and w not in _WORDS_OF_TIME]
        known = plan.topic == "notice_period" and len(context.clauses.unsaid(held, things)) <= len(things) / 2
        ends = fact_of(held, "termination") if known else None
        if ends is not None and ends.value and durations.find(fold(str(ends.value))):
            return replace(of_reading(context, held, ends, plan), sure=False)
        if reading.value is None and plan.topic in _STRICT:
            return silent_of(context, held, reading, plan)
        spoken = context.clauses.best(held, plan.about, plan.question)
        if reading.value is None and plan.answer != "date" and spoken and spoken[0].own >= 0.7:
            return passages(context, held, plan)
        return context.silent(held, plan, spoken)
    return of_reading(context, held, reading, plan)


def changed(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
    """A fact before and after the amendment that changed it; None where none did."""
    old = fact_of(at_first(held), plan.topic, plan) if plan.topic else None
    new = fact_of(held.amended, plan.topic, plan) if plan.topic else None
    if old is None or new is None or old.value is None or new.value is None or old.value == new.value:
        return None
    before, after = (of_reading(context, h, r, plan) for h, r in ((at_first(held), old), (held, new)))
    return Finding(
        "text",
        f"{plain_value(old.value)} → {plain_value(new.value)}",
        phrase("chat.moved", contract=held.title, before=before.said, after=after.said),
        rows=(*before.rows, *after.rows),
        citations=tuple(dict.fromkeys((*after.citations, *before.citations))),
    )


def joined(context: Context, held: Held, plan: QueryPlan) -> Finding:
    """Several facts that one question asks for, one after the other; those that the contract does not tell are named
    as such."""
    found = [fact(context, held, plan.model_copy(update={"topics": (topic,), "rest": ()})) for topic in plan.topics]
    told = [f for f in found if f.kind != "none"]
    if not told:
        return found[0]
    citations = tuple(dict.fromkeys(c for f in told for c in f.citations))
    return Finding(
        "text",
        " ; ".join(str(f.value) for f in told),
        phrase("chat.joined", parts=tuple(f.said for f in found)),
        rows=tuple(row for f in told for row in f.rows),
        citations=citations,
        sure=all(f.sure for f in found),
    )


_WAYS: Mapping[Topic, tuple[str, ...]] = {
    "renewal": ("reconduction", "decision", "notifier"),
    "notice_deadline": ("opposition", "preavis", "lettre"),
    "notice_period": ("opposition", "preavis", "lettre"),
    "termination": ("resiliation", "lettre"),
}
"""Words of the clause that rules a topic, for questions on the way in which it is done."""
_THEIRS = ("prestataire", "fournisseur", "titulaire", "operateur", "assureur", "supplier")
_OFTEN = re.compile(r"\b(?:tous les combien|toutes les combien|frequence|periodicite|how often)\b")
_PAST = re.compile(r"\b(?:a ete|ont ete|a t (?:il|elle) ete|ont (?:ils|elles) ete|was|were|did)\b")
"""A question on what happened is not answered by what is to happen."""
_NAMES = ("counterparty", "former_name")
_STRICT = frozenset(
    (
        "end",
        "final_end",
        "next_end",
        "notice_deadline",
        "notice_period",
        "start",
        "signature",
        "payment_days",
        "cap_percent",
        "renewals_max",
        "renewal_period",
        "reference",
        "revision_date",
        "duration",
        "formula",
        "indices",
        "governing_law",
        "jurisdiction",
        "renewals_left",
        "renewal",
        "late_interest",
    )
)
"""Topics whose field would hold the fact if the contract told it."""
_EMPTY = lexicon.words("empty", "any")
_WORDS_OF_TIME = lexicon.words("empty", "time")


def _plain(plan: QueryPlan, owing: Owing) -> bool:
    """Whether the words are all about the contract's own time, and about no obligation of it."""
    if plan.topic == "obligation" or plan.topic is None:
        return False
    return not plan.rest or coverage(plan.rest, owing.text) < 0.5


def _elsewhere(context: Context, held: Held, plan: QueryPlan, reading: Reading) -> Finding | None:
    """What is found where the question is about more than the fact: another clause that speaks of the rest of its
    words, or that the contract says nothing of them; None where the fact itself answers."""
    rest = plan.rest
    if not rest:
        return None
    terms = held.terms_of(*reading.fields)
    told = " ".join([str(reading.value), *(e.quote for t in terms for e in t.fact.evidence)])
    if coverage(rest, told) >= 0.5:
        return None
    unsaid = context.clauses.unsaid(held, rest)
    if plan.answer == "date":
        found = dated(context, held, plan)
        if found.kind != "none" and found.sure:
            return found
    spoken = context.clauses.best(held, plan.about, plan.question)
    if len(unsaid) >= max(1, len(rest) / 2) and len(rest) > 1:
        return context.silent(held, plan, spoken)
    spoken = context.clauses.best(held, rest, plan.question)
    if plan.answer != "date" and spoken and coverage(rest, spoken[0].line.text) >= 0.6 and plan.topic not in _NAMES:
        return passages(context, held, plan)
    if len(rest) > 1 and plan.answer == "text" and plan.topic not in _NAMES:
        return replace(passages(context, held, plan), sure=False)
    if plan.topic in _NAMES and heads(plan.question) and set(heads(plan.question)) & set(rest):
        return replace(passages(context, held, plan), sure=False)
    certain = not unsaid and len(rest) == 1 and plan.answer != "date"
    return replace(of_reading(context, held, reading, plan), sure=certain)


def _other_day(held: Held, plan: QueryPlan) -> Finding | None:
    """The day of something else than the contract, by words that its own time does not explain: « la licence finit
    quand ? »; None where no day stands with them."""
    if plan.answer != "date" or not plan.rest:
        return None
    stated = execute_stated.choose(held, plan)
    if stated is None or not stated.sure or coverage(plan.rest, stated.best.stated.beside) < _MEANT:
        return None
    return execute_stated.dated(held, plan, stated)


def amended(held: Held, plan: QueryPlan) -> Reading | None:
    """Of a question on an amendment: the day on which it was signed or takes effect."""
    if plan.amendment and plan.topic == "end":
        return _amended_end(held)
    field = {"start": "start_date", "signature": "signature_date"}.get(plan.topic or "")
    if not plan.amendment or not field or not held.amendments:
        return None
    last = held.amendments[-1]
    if last.value(field) is None:
        return None
    return Reading(last.value(field), "date", field, (field,), f"chat.{plan.topic}", amendment=last.id)


def _amended_end(held: Held) -> Reading | None:
    """The end that an amendment set, whether or not it has taken effect."""
    last = next((a for a in reversed(held.amendments) if a.value("end_date") is not None), None)
    if last is None:
        return None
    return Reading(last.value("end_date"), "date", "end_date", ("end_date",), "chat.end", amendment=last.id)


def of_reading(context: Context, held: Held, reading: Reading, plan: QueryPlan) -> Finding:
    value = reading.value
    if plan.answer == "date" and reading.kind != "date":
        return context.silent(held, plan)
    said = phrase(reading.key, contract=held.title, value=phrase("chat.value", field=reading.field, value=value))
    citations = prove(held, held.terms_of(*reading.fields)) or cited(held, reading)
    if reading.amendment:
        citations = of_contract(held, reading.amendment, reading.fields)
    shown = str(value) if reading.kind == "text" else value
    return Finding(
        reading.kind,
        shown,
        said,
        rows=(row(held, reading),),
        citations=anything(held, citations),
        steps=reading.steps,
        route="calendar" if reading.steps else "register",
        notes=reading.notes,
    )


def row(held: Held, reading: Reading) -> Mapping[str, Any]:
    return {"contract": held.stem, "title": held.title, "fact": reading.field, "value": plain_value(reading.value)}


def plain_value(value: Any) -> Any:
    return value if value is None or isinstance(value, (int, float, str, bool)) else str(value)


def silent_of(context: Context, held: Held, reading: Reading, plan: QueryPlan) -> Finding:
    """The contract does not say; what it says nearby is shown."""
    found = context.silent(held, plan)
    return replace(found, citations=tuple(dict.fromkeys((*cited(held, reading)[:1], *found.citations))))


def due(context: Context, held: Held, owing: Owing, plan: QueryPlan) -> Finding:
    """The day on which an obligation falls due next; of a report on a named period, the day after that period."""
    on, steps = owing.day(plan.window)
    citation = owing.citation(held)
    if on is not None and on > held.as_of and _PAST.search(fold(plan.question)):
        return dated(context, held, plan)
    if on is None:
        said = phrase(
            "chat.due_rule", contract=held.title, action=owing.obligation.action, due=owing.obligation.due or ""
        )
        stated = dated(context, held, plan)
        if owing.obligation.due is None or stated.kind != "none" or _PAST.search(fold(plan.question)):
            return stated
        return Finding(
            "text",
            owing.obligation.quote,
            said,
            citations=(citation,),
            sure=False,
            notes=(phrase("chat.note_undated"),),
        )
    said = phrase("chat.due", contract=held.title, action=owing.obligation.action, date=on, debtor=owing.debtor or "—")
    rows = ({"contract": held.stem, "debtor": owing.debtor, "action": owing.obligation.action, "date": on.isoformat()},)
    return Finding(
        "date",
        on,
        said,
        rows=rows,
        citations=(citation,),
        steps=steps,
        route="calendar",
        sure=owing.score >= 0.5 and all(coverage([w], owing.text) > 0 for w in plan.rest),
    )


def obligation(context: Context, held: Held, owing: Owing, plan: QueryPlan) -> Finding:
    on, steps = owing.day(plan.window)
    said = phrase(
        "chat.obligation",
        contract=held.title,
        obligation=phrase("chat.value", field="obligations", value=owing.obligation),
    )
    rows = (
        {
            "contract": held.stem,
            "debtor": owing.debtor,
            "action": owing.obligation.action,
            "date": on.isoformat() if on else None,
        },
    )
    return Finding(
        "text",
        f"{owing.obligation.quote}",
        said,
        rows=rows,
        citations=(owing.citation(held),),
        steps=steps,
        sure=owing.score >= 0.5,
    )


def dated(context: Context, held: Held, plan: QueryPlan) -> Finding:
    """A date that a sentence states, where no field and no obligation holds what is asked for."""
    stated = execute_stated.choose(held, plan.model_copy(update={"answer": "date"}))
    return execute_stated.dated(held, plan, stated) if stated and stated.likely else context.silent(held, plan)


def passages(context: Context, held: Held, plan: QueryPlan, seeds: Sequence[str] = ()) -> Finding:
    """The clause that speaks of the question's words, quoted; or that the contract says nothing of them. ``seeds``:
    words of the clause that is looked for, beside the question's."""
    if plan.answer == "date":
        return dated(context, held, plan)
    telling = [w for w in plan.about if not w.isdigit() and w not in _EMPTY]
    spoken = context.clauses.best(held, (*seeds, *(plan.about or plan.words)), plan.question)
    unsaid = context.clauses.unsaid(held, telling)
    telling = telling or list(seeds)
    if not spoken or not telling:
        return context.silent(held, plan, spoken)
    choice = execute_amounts.choose(held, plan)
    if (
        choice
        and not plan.how
        and not choice.unmet
        and execute_amounts.wanted(held, plan)
        and choice.score >= 0.75
        and plan.topic is None
    ):
        return of_amount(held, choice.amount, prove(held, [choice.term]))
    if not seeds and apart(held, plan):
        return context.silent(held, plan, spoken)
    best = spoken[0]
    around = coverage(telling, f"{best.line.passage.headline} {best.line.passage.text}")
    if best.line.blank and best.own >= 0.4:
        return context.silent(held, plan, spoken)
    if (
        plan.window
        and plan.window.end
        and plan.window.end < held.as_of
        and str(plan.window.end.year) not in paragraph(best.line)
    ):
        return context.silent(held, plan, spoken)
    if seeds and best.score >= 0.4:
        around, unsaid = 1.0, []
    if best.own < _HEARD or not (seeds or context.speaks(held, plan, telling)):
        return context.silent(held, plan, spoken)
    certain = around >= _SPEAKS and not unsaid and best.fits and (len(telling) > 1 or best.own >= 0.99)
    text = paragraph(best.line)
    if not certain:
        text = "\n".join(dict.fromkeys(paragraph(s.line) for s in spoken[:2]))
    said = phrase("chat.quoted", contract=held.title, text=text)
    citations = tuple(of_passage(held, s.line.passage, s.line.text) for s in spoken[:3])
    return Finding("text", text, said, citations=citations, route="passages", sure=certain)
