"""Runs a plan on the portfolio: every number, date and list of an answer is made here, from the register's facts, the
calendar's days, and the sentences of the contracts."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.chat import (
    execute_actions,
    execute_ask_back,
    execute_differences,
    execute_lists,
    execute_quantified,
    execute_yes_no,
    lexicon,
    own,
)
from agent.chat.asks_whether import asks_whether
from agent.chat.clauses import Clauses
from agent.chat.context import Context
from agent.chat.execute_counts import count
from agent.chat.execute_lists import chosen
from agent.chat.execute_money import amount
from agent.chat.execute_overviews import changes, explained, several, summary
from agent.chat.execute_values import fact, passages
from agent.chat.findings import Finding
from agent.chat.holdings import Held, Holdings
from agent.chat.matching import SAME, likeness, names_it
from agent.chat.origins import difference
from agent.chat.plan import QueryPlan
from agent.chat.subjects import Subjects
from portfolio.folding import fold
from portfolio.words.phrases import phrase


class Executor:
    """Runs plans, whoever made them."""

    def __init__(self, holdings: Holdings, subjects: Subjects) -> None:
        self._context = Context(holdings, subjects, Clauses(holdings.text))

    def run(self, plan: QueryPlan) -> Finding:
        """The finding of a plan; of kind ``none`` where nothing may or can be said."""
        if plan.operation in ("fact", "passages") and plan.subject.contracts and asks_whether(plan.question):
            plan = plan.model_copy(update={"operation": "yes_no", "answer": "boolean"})
        finding = self._run(plan)
        if plan.event and finding.kind != "none" and not (finding.kind == "boolean" and finding.sure):
            return _untold(self._context, plan)
        return replace(finding, sure=finding.sure and plan.confidence >= 0.5)

    def _run(self, plan: QueryPlan) -> Finding:
        context = self._context
        if plan.operation == "refuse":
            return Finding(
                "none", None, phrase(f"chat.refused_{plan.reason or 'unclear'}"), route="none", reason=plan.reason
            )
        if plan.operation == "ask_back":
            return execute_ask_back.run(plan)
        if plan.quantifier is not None:
            return execute_quantified.run(context, plan)
        if plan.group_by is not None and plan.operation == "group":
            return execute_lists.run(context, plan)
        if plan.subject.missing:
            return context.no_such_contract(plan)
        two = context.holdings.by_stem(plan.subject.contracts)
        if len(two) == 2 and plan.answer == "amount" and difference(plan):
            apart = execute_differences.between(two[0], two[1], plan)
            if apart is not None:
                return apart
        ranked = execute_differences.greatest(context, plan) if _ranks(plan) else None
        if ranked is not None:
            return ranked
        if plan.operation in ("list", "count", "sum", "average", "extreme", "group") and not self._of_one(plan):
            return execute_lists.run(context, plan)
        if plan.operation == "yes_no" and plan.topic == "role" and not plan.subject.contracts:
            return execute_lists.any_of_role(context, plan)
        held = chosen(context, plan)
        if not held:
            return context.unnamed(plan)
        stranger = _stranger(held[0], plan) if len(held) == 1 else None
        if stranger is not None:
            unknown = plan.subject.model_copy(update={"missing": (stranger,)})
            return context.no_such_contract(plan.model_copy(update={"subject": unknown}))
        own_value = own.told(context, held[0], plan) if len(held) == 1 else None
        if own_value is not None:
            return own_value
        if plan.operation == "action":
            return execute_actions.propose(context, held[0], plan)
        if len(held) > 1 and plan.operation in ("fact", "compare", "yes_no", "passages", "explain"):
            return several(context, held, plan)
        one = held[0].amended if plan.amendment else held[0]
        match plan.operation:
            case "explain":
                return explained(context, one, plan)
            case "yes_no":
                return execute_yes_no.run(context, one, plan)
            case "count":
                return count(context, one, plan)
            case "summary":
                return summary(context, one, plan)
            case "changes":
                return changes(context, one, plan)
            case "passages":
                if plan.answer == "amount":
                    return amount(context, one, plan)
                return fact(context, one, plan) if plan.answer == "date" else passages(context, one, plan)
            case _:
                return fact(context, one, plan)

    def _of_one(self, plan: QueryPlan) -> bool:
        """Whether a question for a number or a list is about the content of one contract."""
        return (
            len(plan.subject.contracts) == 1
            and plan.operation in ("count", "list", "sum", "extreme", "average")
            and plan.topic != "contracts"
            and not plan.portfolio
        )


def _untold(context: Context, plan: QueryPlan) -> Finding:
    """That contracts do not tell what came to pass; the nearest clauses of the one that is named."""
    held = context.holdings.by_stem(plan.subject.contracts)
    near = context.silent(held[0], plan).citations if len(held) == 1 else ()
    return Finding("none", None, phrase("chat.refused_silent"), citations=near, route="none", reason="silent")


_CALLED = re.compile(
    r"\b(?:contrat|marche|abonnement|convention|police) (?:de |d |du |des )(?:la |l |le |les )?(?P<thing>[a-z]{6,})\b"
)


def _stranger(held: Held, plan: QueryPlan) -> str | None:
    """What a question calls the contract it means (« le contrat de téléphonie »), where the one found is nothing of the
    kind: neither its title, headings, parties and places nor its words have that name, and none of its own is said."""
    folded = fold(plan.question)
    called = _CALLED.search(folded)
    if called is None:
        return None
    parties = " ".join(n for c in held.all for p in c.parties for n in (p.name, p.counterparty_name))
    places = " ".join(f"{s.name or ''} {s.city or ''}" for s in held.terms.values("sites"))
    titles = " ".join(str(c.value("title") or "") for c in held.all)
    handles = f"{titles} {places}"
    if any(names_it(word, parties) for word in folded.split() if len(word) >= _NAMING):
        return None
    thing, kind = called["thing"], str(held.terms.value("contract_type") or "")
    entry = lexicon.table("types").get(kind)
    if names_it(thing, handles) or names_it(thing, parties) or (entry and entry.longest(called[0])):
        return None
    text = " ".join(f"{p.headline} {p.text}" for p in held.passages)
    return None if likeness(thing, text) >= SAME else thing


_NAMING = 5


def _ranks(plan: QueryPlan) -> bool:
    return plan.operation == "extreme" and plan.answer == "amount" and not plan.subject.contracts
