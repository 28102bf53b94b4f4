"""One conversation on a portfolio: questions in, answers out, the last plan kept for what refines it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from agent.chat.answer import Answer, Phrasing
from agent.chat.findings import Finding
from agent.chat.plain import plain
from agent.chat.plan import QueryPlan
from agent.chat.planners.llm import ModelPlanner, Planned
from agent.chat.shelf import shelf
from agent.model.client import ModelClient
from portfolio.register.store import Register
from vectorstore.passages import Passages


class Chat:
    """Answers questions as of a day on the contracts as they are when it is made; ``allowed`` (ids of base contracts;
    None: all) is what the person who asks may see; ``client``: the language model that plans, None for the built-in
    planner."""

    def __init__(
        self,
        register: Register,
        passages: Passages,
        as_of: date | None = None,
        allowed: frozenset[str] | None = None,
        client: ModelClient | None = None,
    ) -> None:
        ready = shelf(register, passages).ready(as_of or date.today(), allowed)
        self.holdings = ready.holdings
        self._rules = ready.rules
        self._model = ModelPlanner(client, ready.holdings, ready.vocabulary, ready.rules) if client else None
        self._executor = ready.executor
        self._phrasing = Phrasing()

    def plan(self, question: str, previous: QueryPlan | None = None) -> Planned:
        """What a question means; ``previous`` is the plan of the one before it in the same conversation."""
        if self._model is not None:
            return self._model.plan(question, previous)
        return Planned(self._rules.plan(question, previous), "rules")

    def answer(self, plan: QueryPlan) -> Answer:
        """The answer that a plan leads to."""
        return self._said(plan, self._executor.run(plan))

    def ask(self, question: str, previous: QueryPlan | None = None) -> Answer:
        """The answer to a question; where the model could not plan it, it says so."""
        planned = self.plan(question, previous)
        finding = self._executor.run(planned.plan)
        notes = (*finding.notes, planned.note) if planned.note else finding.notes
        return self._said(planned.plan, replace(finding, notes=notes))

    def _said(self, plan: QueryPlan, finding: Finding) -> Answer:
        answer = self._phrasing.answer(plan, finding)
        return replace(answer, text=plain(answer.text), steps=tuple(map(plain, answer.steps)))
