"""One conversation on a portfolio: questions in, answers out, the last plan kept for what refines it."""

from __future__ import annotations

from datetime import date

from agent.chat.answer import Answer, Phrasing
from agent.chat.execute import Executor
from agent.chat.holdings import Holdings
from agent.chat.plan import QueryPlan
from agent.chat.planners.rules import RulesPlanner
from agent.chat.subjects import Subjects
from portfolio.register.store import Register
from vectorstore.passages import Passages


class Chat:
    """Answers questions as of a day; ``allowed`` (ids of base contracts; None: all) is what the person who asks may
    see."""

    def __init__(
        self, register: Register, passages: Passages, as_of: date | None = None, allowed: frozenset[str] | None = None
    ) -> None:
        self.holdings = Holdings(register, passages, as_of or date.today(), allowed)
        subjects = Subjects(self.holdings)
        self._planner = RulesPlanner(self.holdings, subjects)
        self._executor = Executor(self.holdings, subjects)
        self._phrasing = Phrasing()

    def ask(self, question: str, previous: QueryPlan | None = None) -> Answer:
        """The answer to a question; ``previous`` is the plan of the one before it in the same conversation."""
        plan = self._planner.plan(question, previous)
        return self._phrasing.answer(plan, self._executor.run(plan))
