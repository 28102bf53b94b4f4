"""A question that can be taken in several ways is asked back, the ways to choose from."""

from __future__ import annotations

from agent.chat.findings import Finding
from agent.chat.plan import QueryPlan
from portfolio.words.phrases import phrase


def run(plan: QueryPlan) -> Finding:
    """The kinds of answer that the question may want, numbered."""
    parts = tuple(
        phrase("chat.reading", number=n, kind=phrase(f"chat.reading_{kind}")) for n, kind in enumerate(plan.readings, 1)
    )
    said = phrase("chat.ask_back", readings=phrase("chat.joined", parts=parts))
    return Finding("none", None, said, route="none", sure=False, reason="unclear")
