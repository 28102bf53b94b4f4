"""One contract asked for one thing: a fact, an amount, a number, an obligation's day, a clause."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from agent.chat import execute_amounts, lexicon
from agent.chat.clauses import Spoken, paragraph
from agent.chat.context import Context
from agent.chat.execute_facts import Reading, cited
from agent.chat.execute_facts import fact as fact_of
from agent.chat.findings import Citation, Finding, anything, of_contract, of_passage
from agent.chat.holdings import Held
from agent.chat.matching import coverage, likeness
from agent.chat.obligations import Owing, best_owing
from agent.chat.plan import QueryPlan, Topic
from agent.chat.planners.kinds import asked_noun
from agent.chat.proofs import prove
from agent.reading.grammar import dates, money, numbers
from agent.reading.text import fold
from portfolio.schema import Amount
from portfolio.words.phrases import phrase

_MEETS = 0.35
"""A score from which an amount is taken though one word of the question is said nowhere in the contract."""
_SHARED = 0.34
"""Share of the words that nothing else explains which an obligation must have."""
_SPEAKS = 0.5
"""Share of a question's telling words from which a sentence is taken to speak of it."""
_OWES = 0.45
"""Share of the words from which an obligation is taken to be the one meant."""


def fact(context: Context, held: Held, plan: QueryPlan) -> Finding:
    """The fact that is asked for; an obligation's day or a clause where the words fit these better."""
    if plan.answer == "amount" or plan.topic == "amounts":
        return amount(context, held, plan)
    if plan.how and plan.answer == "text" and plan.topic in _WAYS:
        return passages(context, held, plan, _WAYS[plan.topic])
    owing = best_owing(held, plan)
    if owing and plan.rest and coverage(plan.rest, owing.text) < _SHARED:
        owing = None
    if plan.answer == "date" and owing and owing.score >= _OWES and not _plain(plan, owing) and plan.topic != "break":
        return due(context, held, owing, plan)
    if plan.topic is None or plan.topic in ("obligation", "clause", "contracts"):
        if plan.topic == "obligation" and owing and owing.score >= _OWES and plan.answer == "text":
            return obligation(context, held, owing, plan)
        return dated(context, held, plan) if plan.answer == "date" else passages(context, held, plan)
    reading = amended(held, plan) or fact_of(held, plan.topic, plan)
    if reading is None:
        return passages(context, held, plan)
    elsewhere = _elsewhere(context, held, plan, reading)
    if elsewhere is not None and reading.value is not None:
        return elsewhere
    if reading.value is None:
        if reading.value is None and plan.topic in _STRICT:
            return silent_of(context, held, reading, plan)
        spoken = context.clauses.best(held, plan.about, plan.question)
        if reading.value is None and plan.answer != "date" and spoken and spoken[0].own >= 0.7:
            return passages(context, held, plan)
        return context.silent(held, plan, spoken)
    return of_reading(context, held, reading, plan)


_WAYS: Mapping[Topic, tuple[str, ...]] = {
    "renewal": ("reconduction", "decision", "notifier"),
    "notice_deadline": ("opposition", "preavis", "lettre"),
    "notice_period": ("opposition", "preavis", "lettre"),
    "termination": ("resiliation", "lettre"),
}
"""Words of the clause that rules a topic, for questions on the way in which it is done."""
_NAMES = ("counterparty", "former_name")
_STRICT = frozenset(
    ("end", "final_end", "next_end", "notice_deadline", "notice_period", "start", "signature", "payment_days", "cap_percent", "renewals_max",
     "renewal_period", "reference", "revision_date", "duration", "formula", "indices", "governing_law", "jurisdiction", "renewals_left", "renewal")
)  # fmt: skip
"""Topics whose field would hold the fact if the contract told it."""
_EMPTY = lexicon.words("empty", "any")
_WORDS_OF_TIME = lexicon.words("empty", "time")


def _plain(plan: QueryPlan, owing: Owing) -> bool:
    """Whether the words are all about the contract's own time, and about no obligation of it."""
    if plan.topic == "obligation" or plan.topic is None:
        return False
    return not plan.rest or coverage(plan.rest, owing.text) < 0.5


def _elsewhere(context: Context, held: Held, plan: QueryPlan, reading: Reading) -> Finding | None:
    """What is found where the question is about more than the fact: another clause that speaks of the rest of its words,
    or that the contract says nothing of them; None where the fact itself answers."""
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
        if found.kind != "none":
            return found
    spoken = context.clauses.best(held, plan.about, plan.question)
    if len(unsaid) >= max(1, len(rest) / 2) and len(rest) > 1:
        return context.silent(held, plan, spoken)
    spoken = context.clauses.best(held, rest, plan.question)
    if plan.answer != "date" and spoken and coverage(rest, spoken[0].line.text) >= 0.6 and plan.topic not in _NAMES:
        return passages(context, held, plan)
    return replace(
        of_reading(context, held, reading, plan), sure=not unsaid and (len(rest) == 1 or plan.answer == "date")
    )


def amended(held: Held, plan: QueryPlan) -> Reading | None:
    """Of a question on an amendment: the day on which it was signed or takes effect."""
    field = {"start": "start_date", "signature": "signature_date"}.get(plan.topic or "")
    if not plan.amendment or not field or not held.amendments:
        return None
    last = held.amendments[-1]
    return Reading(last.value(field), "date", field, (field,), f"chat.{plan.topic}", amendment=last.id)


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
        reading.kind, shown, said, rows=(row(held, reading),), citations=anything(held, citations), steps=reading.steps,
        route="calendar" if reading.steps else "register", notes=reading.notes,
    )  # fmt: skip


def row(held: Held, reading: Reading) -> Mapping[str, Any]:
    return {"contract": held.stem, "title": held.title, "fact": reading.field, "value": _json(reading.value)}


def _json(value: Any) -> Any:
    return value if value is None or isinstance(value, (int, float, str, bool)) else str(value)


def silent_of(context: Context, held: Held, reading: Reading, plan: QueryPlan) -> Finding:
    """The contract does not say; what it says nearby is shown."""
    found = context.silent(held, plan)
    return replace(found, citations=tuple(dict.fromkeys((*cited(held, reading)[:1], *found.citations))))


def amount(context: Context, held: Held, plan: QueryPlan) -> Finding:
    """The amount that the words mean, from the register; a sum that a clause states; or that there is none."""
    choice = execute_amounts.choose(held, plan)
    wanted = execute_amounts.wanted(held, plan)
    if plan.operation == "sum" or re.search(r"\b(?:les deux|both|toutes les tranches)\b", fold(plan.question)):
        added = _added(held, plan)
        if added is not None:
            return added
    unmet = choice.unmet if choice else wanted
    lost: list[str] = []
    poor = choice is None or (bool(unmet) and choice.score < 0.55)
    if poor:
        spoken = context.clauses.best(held, plan.about or plan.words, plan.question)
        stated = _stated(held, spoken, wanted, plan)
        if stated is not None:
            return stated
        lost = context.clauses.unsaid(held, unmet)
        if choice is None or len(unmet) >= 2 or (lost and choice.score < _MEETS):
            return context.silent(held, plan, spoken)
    assert choice is not None
    return _of_amount(held, choice.amount, prove(held, [choice.term]), plan, sure=not poor or (choice.score >= 0.2 and not lost))


def _of_amount(
    held: Held,
    value: Amount,
    citations: Sequence[Citation],
    plan: QueryPlan,
    *,
    sure: bool = True,
    key: str = "chat.amount",
) -> Finding:
    said = phrase(key, contract=held.title, value=value)
    shown = {"contract": held.stem, "title": held.title, "fact": value.label, "value": value.value, "currency": value.currency,
             "tax": value.tax, "period": value.period, "bound": value.bound}  # fmt: skip
    return Finding("amount", value, said, rows=(shown,), citations=anything(held, citations), sure=sure)


def _added(held: Held, plan: QueryPlan) -> Finding | None:
    """The sum of the amounts of one contract whose labels all have the words asked for."""
    wanted = execute_amounts.wanted(held, plan)
    tax = plan.money.tax or "excl"
    terms = [t for t in held.terms_of("amounts") if t.fact.value.tax in (tax, None) and not t.fact.value.bound]
    fitting = [(coverage(wanted, t.fact.value.label), t) for t in terms]
    best = max((score for score, _ in fitting), default=0.0)
    chosen = [t for score, t in fitting if score >= max(0.3, 0.95 * best)]
    kinds = {(t.fact.value.period, t.fact.value.currency, t.fact.value.tax) for t in chosen}
    if len(chosen) < 2 or len(kinds) != 1:
        return None
    total = round(sum(t.fact.value.value for t in chosen), 2)
    value = chosen[0].fact.value.model_copy(
        update={"value": total, "label": " + ".join(t.fact.value.label for t in chosen)}
    )
    found = _of_amount(held, value, prove(held, chosen), plan, key="chat.amount_sum")
    rows = tuple({"contract": held.stem, "fact": t.fact.value.label, "value": t.fact.value.value} for t in chosen)
    return replace(found, rows=rows)


def _stated(held: Held, spoken: Sequence[Spoken], wanted: Sequence[str], plan: QueryPlan) -> Finding | None:
    """A sum of money in a sentence that speaks of all the telling words."""
    for item in spoken[:3]:
        text = fold(item.line.text)
        sums = money.find(text)
        if not sums or not wanted or coverage(wanted, item.line.text) < 0.6:
            continue
        found = min(sums, key=lambda s: _distance(text, wanted, s.start))
        stated = found.value
        value = Amount(
            label=item.line.text[:200], value=float(stated.value), currency=stated.currency, tax=stated.tax,
            period=stated.period, bound=stated.bound,
        )  # fmt: skip
        quote = of_passage(held, item.line.passage, item.line.text)
        finding = _of_amount(held, value, [quote], plan, sure=item.own >= 0.75)
        return replace(finding, route="passages")
    return None


def _distance(text: str, wanted: Sequence[str], at: int) -> int:
    places = [text.find(word[:5]) for word in wanted if word[:5] in text]
    return min((abs(place - at) for place in places), default=10_000)


def count(context: Context, held: Held, plan: QueryPlan) -> Finding:
    """How many of something one contract has: sites, obligations, renewals, or what a clause counts."""
    topic = plan.topic
    asked = [w for w in plan.words if w not in ("combien", "nombre", "number")]
    if topic in ("renewals_left", "renewals_max", "payment_days", "cap_percent"):
        reading = fact_of(held, topic)
        if reading and reading.value is not None:
            return of_reading(context, held, reading, plan)
        return context.silent(held, plan)
    if topic == "renewal":
        reading = fact_of(
            held, "renewals_left" if re.search(r"\breste|left|encore|more\b", fold(plan.question)) else "renewals_max"
        )
        if reading and reading.value is not None:
            return of_reading(context, held, reading, plan)
    if topic == "sites" and len(plan.rest) <= 1 and held.terms.values("sites"):
        return _counted(held, len(held.terms.values("sites")), "sites", ("sites",))
    if topic == "amendments" and not held.amendments:
        return _counted(held, 0, "amendments", ("title",))
    if topic == "amendments":
        return _counted(held, len(held.amendments), "amendments", ("title",))
    if topic in ("parties", "indices"):
        field = "parties" if topic == "parties" else "price_revision.indices"
        return _counted(held, len(held.terms.values(field)), topic, (field,))
    spoken = context.clauses.best(held, plan.about or plan.words, plan.question, 8)
    number = _number(spoken, plan)
    if number is None:
        return context.silent(held, plan, spoken)
    value, item = number
    said = phrase("chat.counted", contract=held.title, value=value)
    sure = item.own >= 0.6
    return Finding(
        "count", value, said, rows=({"contract": held.stem, "value": value, "words": item.line.text},),
        citations=(of_passage(held, item.line.passage, item.line.text),), route="passages", sure=sure,
    )  # fmt: skip


def _counted(held: Held, value: int, what: str, fields: tuple[str, ...]) -> Finding:
    terms = [t for contract_fields in [fields] for t in held.terms_of(*contract_fields)]
    citations = prove(held, terms)
    said = phrase("chat.counted_things", contract=held.title, value=value, what=phrase(f"chat.things_{what}"))
    rows = tuple({"contract": held.stem, "value": _json(t.fact.value)} for t in terms)
    amended = tuple(c for c in (beginning(held, n) for n in range(1, len(held.all))) if c)
    return Finding("count", value, said, rows=rows, citations=anything(held, (*citations, *amended)))


def beginning(held: Held, number: int) -> Citation | None:
    """The first words of the n-th document of a contract: 0 the base, 1 its first amendment."""
    contract = held.all[number]
    passage = next((p for p in held.passages if p.contract == contract.id), None)
    return of_passage(held, passage, passage.text.split("\n")[0][:300]) if passage else None


def _number(spoken: Sequence[Spoken], plan: QueryPlan) -> tuple[int, Spoken] | None:
    """The number that a sentence or a table's row gives for what is counted; of a later document before an earlier one."""
    fitting = [s for s in spoken if s.score >= 0.35 and s.score >= 0.75 * spoken[0].score] if spoken else []
    noun = asked_noun(fold(plan.question).replace("'", " "))
    for item in fitting:
        line = item.line
        if len(line.cells) > 1:
            value = _cell(line.cells, line.heads, plan.about)
            if value is not None:
                return value, item
    for item in fitting:
        text = fold(item.line.text)
        for match in re.finditer(
            r"(?<![\w.,])(\d{1,3}(?:[ \u202f]\d{3})+|\d+|[a-z]+)(?![\w.,/])(?=\s+((?:[a-z'-]+\s*){1,3}))", text
        ):
            written = match[1]
            number = int(re.sub(r"\D", "", written)) if written[0].isdigit() else numbers.value_of(written)
            if number is None or written in _ARTICLES or noun is None:
                continue
            if likeness(noun, match[2]) or (noun in _OF_TIMES and likeness(_OF_TIMES[noun], match[2])):
                return number, item
        labelled = re.match(r"\s*([\w' ]+)\t\s*(\d+)\b", text)
        if labelled and noun and likeness(noun, labelled[1]):
            return int(labelled[2]), item
    return None


_ARTICLES = ("un", "une", "one", "a")
_OF_TIMES = {"fois": "visites", "times": "visits"}


def _cell(cells: Sequence[str], heads: Sequence[str], words: Sequence[str]) -> int | None:
    """The whole number of a row under the head that the question's words name; of rows with one number, that one, where
    the row itself has one of the words."""
    if not coverage([w for w in words if not w.isdigit() and len(w) > 2], " ".join(cells)):
        return None
    whole = [
        (n, int(re.sub(r"\s", "", cell))) for n, cell in enumerate(cells) if re.fullmatch(r"\d{1,3}(?:\s?\d{3})*", cell)
    ]
    whole = [(n, v) for n, v in whole if not 1900 <= v <= 2100 or len(whole) == 1]
    if not whole:
        return None
    if len(heads) == len(cells):
        scored = [(coverage([w for w in words if not w.isdigit()], heads[n]), -k, v) for k, (n, v) in enumerate(whole)]
        best = max(scored)
        if best[0] > 0:
            return best[2]
    return whole[-1][1] if len(whole) == 1 else None


def due(context: Context, held: Held, owing: Owing, plan: QueryPlan) -> Finding:
    """The day on which an obligation falls due next; of a report on a named period, the day after that period."""
    on, steps = owing.day(plan.window)
    citation = owing.citation(held)
    if on is None:
        said = phrase(
            "chat.due_rule", contract=held.title, action=owing.obligation.action, due=owing.obligation.due or ""
        )
        stated = dated(context, held, plan)
        if owing.obligation.due is None or stated.kind != "none":
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
        "date", on, said, rows=rows, citations=(citation,), steps=steps, route="calendar", sure=owing.score >= 0.5
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
    spoken = context.clauses.best(held, plan.about or plan.words, plan.question)
    telling = [w for w in plan.about if w not in _WORDS_OF_TIME and w not in _EMPTY and not w.isdigit()]
    for item in spoken[:3]:
        if item.line.blank or not telling or coverage(telling, item.line.text) < 0.6:
            continue
        found = dates.find(fold(item.line.text))
        if len({f.value for f in found}) == 1:
            on: date = found[0].value
            said = phrase("chat.stated_date", contract=held.title, date=on)
            quote = of_passage(held, item.line.passage, item.line.text)
            return Finding("date", on, said, citations=(quote,), route="passages", sure=item.own >= 0.75)
    return context.silent(held, plan, spoken)


def passages(context: Context, held: Held, plan: QueryPlan, seeds: Sequence[str] = ()) -> Finding:
    """The clause that speaks of the question's words, quoted; or that the contract says nothing of them. ``seeds``: words
    of the clause that is looked for, beside the question's."""
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
        return _of_amount(held, choice.amount, prove(held, [choice.term]), plan)
    best = spoken[0]
    around = coverage(telling, f"{best.line.passage.headline} {best.line.passage.text}")
    if best.line.blank and best.own >= 0.4:
        return context.silent(held, plan, spoken)
    if seeds and best.score >= 0.4:
        around, unsaid = 1.0, []
    if around < _SPEAKS or len(unsaid) > 0.5 * len(telling):
        return context.silent(held, plan, spoken)
    text = paragraph(best.line)
    said = phrase("chat.quoted", contract=held.title, text=text)
    citations = tuple(of_passage(held, s.line.passage, s.line.text) for s in spoken[:3])
    return Finding("text", text, said, citations=citations, route="passages", sure=around >= 0.65 and not unsaid)


def summary(context: Context, held: Held, plan: QueryPlan) -> Finding:
    """The key facts of a contract in a table."""
    topics = ("counterparty", "type", "reference", "start", "end", "final_end", "renewal", "notice_period", "notice_deadline", "payment_days",
              "revision", "governing_law", "jurisdiction")  # fmt: skip
    rows = []
    citations: list[Citation] = []
    for topic in topics:
        reading = fact_of(held, topic)
        if reading and reading.value is not None:
            rows.append(row(held, reading))
            citations.extend(prove(held, held.terms_of(*reading.fields))[:1])
    for term in held.terms_of("amounts"):
        value: Amount = term.fact.value
        rows.append(
            {
                "contract": held.stem,
                "fact": value.label,
                "value": value.value,
                "currency": value.currency,
                "tax": value.tax,
                "period": value.period,
            }
        )
        citations.extend(prove(held, [term])[:1])
    said = phrase("chat.summary", contract=held.title, parties=" ; ".join(held.others), count=len(rows))
    return Finding("text", held.title, said, rows=tuple(rows), citations=anything(held, citations))


def changes(context: Context, held: Held, plan: QueryPlan) -> Finding:
    """What the amendments of a contract changed."""
    if not held.amendments:
        return Finding(
            "none",
            None,
            phrase("chat.no_amendment", contract=held.title),
            citations=anything(held, ()),
            reason="silent",
        )
    rows = tuple(
        {
            "field": change.field,
            "amendment": held.contract_of(change.amendment).stem,
            "on": change.on.isoformat() if change.on else None,
            "before": _json(change.before.fact.value) if change.before else None,
            "after": _json(change.after.fact.value) if change.after else None,
        }
        for change in held.terms.changes
    )
    parts = [
        phrase("chat.change", field=phrase("chat.field", field=c.field),
               before=phrase("chat.value", field=c.field, value=c.before.fact.value if c.before else "—"),
               after=phrase("chat.value", field=c.field, value=c.after.fact.value if c.after else "—"))
        for c in held.terms.changes
    ]  # fmt: skip
    citations = prove(held, [c.after for c in held.terms.changes if c.after])
    said = phrase(
        "chat.changes",
        contract=held.title,
        count=len(held.amendments),
        changes=phrase("chat.joined", parts=tuple(parts)),
    )
    return Finding("text", held.title, said, rows=rows, citations=anything(held, citations))


def several(context: Context, held: Sequence[Held], plan: QueryPlan) -> Finding:
    """The same question put to several contracts, a row each."""
    from agent.chat.execute_yes_no import run as yes_no

    findings = [(h, yes_no(context, h, plan) if plan.operation == "yes_no" else fact(context, h, plan)) for h in held]
    told = [(h, f) for h, f in findings if f.kind != "none"]
    if not told:
        return findings[0][1]
    values = {str(f.value) for _, f in told}
    first = told[0][1]
    rows = tuple({"contract": h.stem, "title": h.title, "value": _json(f.value)} for h, f in told)
    citations = tuple(c for _, f in told for c in f.citations[:2])
    if len(values) == 1 or len(told) == 1:
        return replace(first, rows=rows, citations=citations)
    parts = tuple(f.said for _, f in told)
    if plan.operation == "compare" or plan.answer == "text":
        return Finding(
            "text",
            " ; ".join(str(f.value) for _, f in told),
            phrase("chat.joined", parts=parts),
            rows=rows,
            citations=citations,
        )
    said = phrase("chat.several", parts=phrase("chat.joined", parts=parts))
    return Finding(first.kind, first.value, said, rows=rows, citations=citations, sure=False)
