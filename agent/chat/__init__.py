"""Questions on the portfolio: a planner turns them into a `QueryPlan`, the executor runs it, the answer cites."""
