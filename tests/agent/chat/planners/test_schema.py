"""What a model says of a question becomes the plan, and the plan before it is shown to the model unchanged."""

from __future__ import annotations

from agent.chat.plan import QueryPlan, Subject
from agent.chat.planners.schema import SaidPlan


def test_of_how_many_and_which_types_not_go_both_ways() -> None:
    subject = Subject(types=("lease",), other_types=("insurance",))
    plan = QueryPlan(operation="yes_no", answer="boolean", topics=("renewal",), quantifier="all", subject=subject)
    said = SaidPlan.of(plan)
    assert (said.quantifier, said.subject.other_types) == ("all", ["insurance"])
    again = said.plan(QueryPlan(), subject)
    assert (again.quantifier, again.subject) == ("all", subject)
