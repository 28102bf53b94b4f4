"""Runs a plan on the portfolio: every number, date and list of an answer is made here, from the register's facts, the
calendar's days, and the sentences of the contracts."""

from __future__ import annotations

from dataclasses import replace

from agent.chat import execute_actions, execute_differences, execute_lists, execute_quantified, execute_yes_no
from agent.chat.clauses import Clauses
from agent.chat.context import Context
from agent.chat.execute_counts import count
from agent.chat.execute_lists import chosen
from agent.chat.execute_money import amount
from agent.chat.execute_overviews import changes, explained, several, summary
from agent.chat.execute_values import fact, passages
from agent.chat.findings import Finding
from agent.chat.holdings import Holdings
from agent.chat.origins import difference
from agent.chat.plan import QueryPlan
from agent.chat.subjects import Subjects
from portfolio.words.phrases import phrase


class Executor:
    """Runs plans, whoever made them."""

    def __init__(self, holdings: Holdings, subjects: Subjects) -> None:
        self._context = Context(holdings, subjects, Clauses(holdings.text))

    def run(self, plan: QueryPlan) -> Finding:
        """The finding of a plan; of kind ``none`` where nothing may or can be said."""
        finding = self._run(plan)
        return replace(finding, sure=finding.sure and plan.confidence >= 0.5)

    def _run(self, plan: QueryPlan) -> Finding:
        context = self._context
        if plan.operation == "refuse":
            return Finding(
                "none", None, phrase(f"chat.refused_{plan.reason or 'unclear'}"), route="none", reason=plan.reason
            )
        if plan.quantifier is not None:
            return execute_quantified.run(context, plan)
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
        if plan.operation == "action":
            return execute_actions.propose(context, held[0], plan)
        if len(held) > 1 and plan.operation in ("fact", "compare", "yes_no", "passages", "explain"):
            return several(context, held, plan)
        one = replace(held[0], terms=held[0].agreed) if plan.amendment else held[0]
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


def _ranks(plan: QueryPlan) -> bool:
    return plan.operation == "extreme" and plan.answer == "amount" and not plan.subject.contracts
