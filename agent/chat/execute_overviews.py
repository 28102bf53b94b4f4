"""A contract at a glance, what its amendments changed, and one question put to several contracts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.chat.context import Context
from agent.chat.execute_facts import fact as fact_of
from agent.chat.execute_values import fact, of_reading, plain_value, row
from agent.chat.execute_yes_no import run as yes_no
from agent.chat.findings import Citation, Finding, anything
from agent.chat.holdings import Held
from agent.chat.plan import QueryPlan, Topic
from agent.chat.proofs import prove
from portfolio.schema import Amount
from portfolio.words.phrases import phrase


def summary(context: Context, held: Held, plan: QueryPlan) -> Finding:
    """The key facts of a contract in a table."""
    topics: tuple[Topic, ...] = (
        "counterparty",
        "type",
        "reference",
        "start",
        "end",
        "final_end",
        "renewal",
        "notice_period",
        "notice_deadline",
        "payment_days",
        "revision",
        "governing_law",
        "jurisdiction",
    )
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
            "before": plain_value(change.before.fact.value) if change.before else None,
            "after": plain_value(change.after.fact.value) if change.after else None,
        }
        for change in held.terms.changes
    )
    parts = [
        phrase(
            "chat.change",
            field=phrase("chat.field", field=c.field),
            before=phrase("chat.value", field=c.field, value=c.before.fact.value if c.before else "—"),
            after=phrase("chat.value", field=c.field, value=c.after.fact.value if c.after else "—"),
        )
        for c in held.terms.changes
    ]
    citations = prove(held, [c.after for c in held.terms.changes if c.after])
    said = phrase(
        "chat.changes",
        contract=held.title,
        count=len(held.amendments),
        changes=phrase("chat.joined", parts=tuple(parts)),
    )
    return Finding("text", held.title, said, rows=rows, citations=anything(held, citations))


def explained(context: Context, held: Held, plan: QueryPlan) -> Finding:
    """A fact with the arithmetic that gave it."""
    topic: Topic = "notice_deadline" if plan.topic in ("notice_period", None) else plan.topic
    reading = fact_of(held, topic, plan)
    if reading is None or reading.value is None:
        return fact(context, held, plan)
    found = of_reading(context, held, reading, plan.model_copy(update={"answer": reading.kind}))
    return replace(found, notes=(*found.notes, *found.steps))


def several(context: Context, held: Sequence[Held], plan: QueryPlan) -> Finding:
    """The same question put to several contracts, a row each."""
    findings = [(h, yes_no(context, h, plan) if plan.operation == "yes_no" else fact(context, h, plan)) for h in held]
    told = [(h, f) for h, f in findings if f.kind != "none"]
    if not told:
        return findings[0][1]
    values = {str(f.value) for _, f in told}
    first = told[0][1]
    rows = tuple({"contract": h.stem, "title": h.title, "value": plain_value(f.value)} for h, f in told)
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
