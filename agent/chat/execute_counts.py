"""How many of something one contract has: from the register, or what a sentence or a table counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.chat.clauses import Line, Spoken
from agent.chat.context import Context
from agent.chat.counted import count_of
from agent.chat.execute_facts import fact as fact_of
from agent.chat.execute_values import of_reading, plain_value
from agent.chat.findings import Citation, Finding, anything, of_passage
from agent.chat.holdings import Held
from agent.chat.matching import coverage, likeness
from agent.chat.notions import happened
from agent.chat.plan import QueryPlan
from agent.chat.planners.counting import asked_noun, asked_thing
from agent.chat.proofs import prove
from agent.reading.grammar import numbers
from agent.reading.text import fold
from portfolio.words.phrases import phrase


def count(context: Context, held: Held, plan: QueryPlan) -> Finding:
    """How many of something one contract has: sites, obligations, renewals, or what a clause counts."""
    topic, plain = plan.topic, fold(plan.question).replace("'", " ")
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
    if happened(plan.question):
        return context.silent(held, plan)
    thing = asked_thing(plain, tuple(w for w in plan.about if not w.isdigit()))
    if thing is not None and not _RHYTHM.search(plain):
        counted = count_of(held, thing, plan.question)
        if counted is not None:
            later = plan.window is not None and plan.window.start is not None and plan.window.start > held.as_of
            return _said(held, counted.value, counted.lines, sure=counted.sure and not later)
    spoken = context.clauses.best(held, plan.about or plan.words, plan.question, 25)
    if spoken and spoken[0].line.blank and spoken[0].own >= 0.5:
        return context.silent(held, plan, spoken)
    number = _number(spoken, plan)
    if number is None:
        return context.silent(held, plan, spoken)
    value, item = number
    return _said(held, value, (item.line,), sure=item.own >= 0.6)


def _said(held: Held, value: int, lines: Sequence[Line], *, sure: bool) -> Finding:
    return Finding(
        "count",
        value,
        phrase("chat.counted", contract=held.title, value=value),
        rows=({"contract": held.stem, "value": value, "words": "\n".join(line.text for line in lines)},),
        citations=tuple(of_passage(held, line.passage, line.text) for line in lines[:_SHOWN]),
        route="passages",
        sure=sure,
    )


def _counted(held: Held, value: int, what: str, fields: tuple[str, ...]) -> Finding:
    terms = [t for contract_fields in [fields] for t in held.terms_of(*contract_fields)]
    citations = prove(held, terms)
    said = phrase("chat.counted_things", contract=held.title, value=value, what=phrase(f"chat.things_{what}"))
    rows = tuple({"contract": held.stem, "value": plain_value(t.fact.value)} for t in terms)
    amended = tuple(c for c in (beginning(held, n) for n in range(1, len(held.all))) if c)
    return Finding("count", value, said, rows=rows, citations=anything(held, (*citations, *amended)))


def beginning(held: Held, number: int) -> Citation | None:
    """The first words of the n-th document of a contract: 0 the base, 1 its first amendment."""
    contract = held.all[number]
    passage = next((p for p in held.passages if p.contract == contract.id), None)
    return of_passage(held, passage, passage.text.split("\n")[0][:300]) if passage else None


_SHOWN = 5
"""Lines at most that are cited for one number."""
_RHYTHM = re.compile(r"\b(?:par (?:semaine|an|mois|jour)|(?:a|per|each) (?:week|year|month|day)|fois|times)\b")


def _number(spoken: Sequence[Spoken], plan: QueryPlan) -> tuple[int, Spoken] | None:
    """The number of a table's row that the question names, else that a sentence gives with how often something is
    done; of a later document before an earlier one."""
    fitting = [s for s in spoken if s.score >= 0.35 and s.score >= 0.55 * spoken[0].score] if spoken else []
    for item in fitting:
        if len(item.line.cells) > 1 and (value := _cell(item.line.cells, item.line.heads, plan.about)) is not None:
            return value, item
    plain = fold(plan.question).replace("'", " ")
    noun = asked_noun(plain)
    if noun is None or not _RHYTHM.search(plain):
        return None
    for item in fitting:
        for match in _WITH_NOUN.finditer(fold(item.line.text)):
            written = match[1]
            number = int(re.sub(r"\D", "", written)) if written[0].isdigit() else numbers.value_of(written)
            if number is None or written in _ARTICLES:
                continue
            nouns = (noun, _OF_TIMES[noun]) if noun in _OF_TIMES else (noun,)
            if re.match(r"(?:fois|times)\b", match[2]) or any(likeness(n, match[2]) for n in nouns):
                return number, item
    return None


_WITH_NOUN = re.compile(r"(?<![\w.,])(\d{1,3}(?:[ \u202f]\d{3})+|\d+|[a-z]+)(?![\w.,/])(?=\s+((?:[a-z'-]+\s*){1,3}))")
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
