"""How many of something one contract has: from the register, or what a sentence or a table counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.chat import execute_stated
from agent.chat.clauses import Line
from agent.chat.context import Context
from agent.chat.counted import count_of
from agent.chat.execute_facts import fact as fact_of
from agent.chat.execute_quantities import rows_added
from agent.chat.execute_values import of_reading, plain_value
from agent.chat.findings import Citation, Finding, anything, of_passage
from agent.chat.holdings import Held
from agent.chat.notions import happened
from agent.chat.plan import QueryPlan
from agent.chat.planners.counting import asked_thing
from agent.chat.proofs import prove
from agent.reading.text import fold
from portfolio.words.phrases import phrase


def count(context: Context, held: Held, plan: QueryPlan) -> Finding:
    """How many of something one contract has: sites, obligations, renewals, or what a clause counts."""
    topic, plain = plan.topic, fold(plan.question).replace("'", " ")
    thing = asked_thing(plain, tuple(w for w in plan.about if not w.isdigit()))
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
    other = thing is not None and thing.noun in plan.rest
    if topic == "sites" and len(plan.rest) <= 1 and not other and held.terms.values("sites"):
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
    together = rows_added(held, plan)
    if together is not None:
        return together
    counted = count_of(held, thing, plan.question) if thing is not None and not _RHYTHM.search(plain) else None
    stated = execute_stated.choose(held, plan.model_copy(update={"answer": "count"}))
    fits = stated is not None and (stated.counts or (stated.sure and thing is None))
    if stated is not None and fits and not (counted and counted.of_column):
        return execute_stated.counted(held, stated)
    if counted is not None:
        later = plan.window is not None and plan.window.start is not None and plan.window.start > held.as_of
        return _said(held, counted.value, counted.lines, sure=counted.sure and not later)
    if stated is None or not (stated.likely or (thing is not None and stated.belief >= _HEARD)):
        return context.silent(held, plan)
    return replace(execute_stated.counted(held, stated), sure=False)


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


_HEARD = 0.2
"""How likely a number of the very thing must be to be given, to be verified, though none is likelier."""
_SHOWN = 5
"""Lines at most that are cited for one number."""
_RHYTHM = re.compile(r"\b(?:par (?:semaine|an|mois|jour)|(?:a|per|each) (?:week|year|month|day)|fois|times)\b")
