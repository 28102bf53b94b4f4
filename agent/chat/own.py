"""What contracts say to the columns that a user added: conditions on them, and the value of one contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from agent.chat.conditions import Kept, compares, in_months
from agent.chat.context import Context
from agent.chat.findings import Citation, Finding
from agent.chat.holdings import Held
from agent.chat.plan import AnswerKind, Condition, QueryPlan
from portfolio.columns.records import Column, InForce
from portfolio.columns.wording import value as worded
from portfolio.folding import fold
from portfolio.schema import Amount
from portfolio.values import Duration
from portfolio.words.phrases import phrase
from portfolio.words.texts import Texts
from portfolio.words.values import Wording


@dataclass(frozen=True)
class Own:
    """The values in force of the columns, by contract id and column key."""

    said: Mapping[str, Mapping[str, InForce]]

    def of(self, held: Held, column: str) -> InForce | None:
        """What a contract says to a column; None where it says nothing, or was not read yet."""
        found = self.said.get(held.id, {}).get(column)
        return found if found is not None and found.own.value is not None else None

    def keeps(self, kept: Kept, condition: Condition) -> tuple[bool | None, Kept]:
        """Whether a contract's value meets a condition, None where it says none, and the words that tell."""
        found = self.of(kept.held, condition.column or "")
        if condition.is_ in ("known", "unknown") and condition.window is None:
            state = (found is not None) == (condition.is_ == "known")
            return state != condition.negated, _proved(kept, found)
        if found is None:
            return None, kept
        return _meets(found.own.value, condition) != condition.negated, _proved(kept, found)


def own_of(context: Context, plan: QueryPlan) -> Own:
    """The values of the columns that the conditions of ``plan`` name; nothing is read where they name none."""
    columns = context.holdings.columns
    if columns is None or not any(c.column for c in plan.conditions):
        return Own({})
    return Own(columns.in_force(context.holdings.as_of))


def told(context: Context, held: Held, plan: QueryPlan) -> Finding | None:
    """What one contract says to the column that ``plan`` asks for; None where it says nothing."""
    key = next((c.column for c in plan.conditions if c.column), None)
    found = own_of(context, plan).of(held, key) if key else None
    if key is None or found is None or context.holdings.columns is None:
        return None
    column = context.holdings.columns.get(key)
    own = found.own.value
    said = worded(column, own, Wording(Texts(plan.language)))
    kind, value = _answer(column, own, said)
    text = phrase("chat.own_value", contract=held.title, column=column.words, value=said)
    citations = _citations(held, found)
    sure = found.own.decided or found.own.certain
    return Finding(kind, value, text, ({"contract": held.stem, column.words: said},), citations, sure=sure)


def _answer(column: Column, own: Any, said: str) -> tuple[AnswerKind, Any]:
    match column.kind:
        case "amount":
            return "amount", own
        case "date":
            return "date", own
        case "yes_no":
            return "boolean", own
        case _:
            return "text", said


def _meets(value: Any, condition: Condition) -> bool:
    wanted = condition.value
    match value:
        case date() if condition.window is not None:
            return condition.window.holds(value)
        case bool():
            return value == (wanted != "no")
        case Amount():
            return bool(compares(value.value, condition))
        case Duration():
            return bool(compares(in_months(value), condition))
        case int() | float():
            return bool(compares(float(value), condition))
        case _:
            return fold(str(wanted)) in fold(str(value))


def _citations(held: Held, found: InForce) -> tuple[Citation, ...]:
    contract = held.contract_of(found.set_by)
    evidence = found.own.answer.evidence
    return tuple(Citation(contract.stem, held.document_name(e), e.page, e.quote.strip()) for e in evidence)


def _proved(kept: Kept, found: InForce | None) -> Kept:
    return replace(kept, quotes=(*kept.quotes, *_citations(kept.held, found))) if found else kept
