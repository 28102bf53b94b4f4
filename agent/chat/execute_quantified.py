"""Whether something holds of any, all or none of the contracts."""

from __future__ import annotations

from dataclasses import replace

from agent.chat.context import Context
from agent.chat.execute_lists import kept_of, listed, pool_of
from agent.chat.findings import Finding
from agent.chat.matching import coverage
from agent.chat.plan import QueryPlan
from portfolio.folding import fold
from portfolio.words.phrases import phrase

_TITLED = 0.75


def run(context: Context, plan: QueryPlan) -> Finding:
    """Yes or no, with the contracts of which it holds."""
    words = tuple(w for text in plan.subject.missing for w in fold(text).split())
    if words:
        plan = plan.model_copy(
            update={"subject": plan.subject.model_copy(update={"missing": ()}), "rest": (*plan.rest, *words)}
        )
    kept = kept_of(context, plan)
    titled = [k for k in kept if coverage(plan.rest, _handles(k.held.title, k.held.others)) >= _TITLED]
    kept = titled or kept
    match plan.quantifier:
        case "all":
            value = len(kept) == len(pool_of(context, plan)) and bool(kept)
        case "none":
            value = not kept
        case _:
            value = bool(kept)
    found = listed(context, kept, plan.model_copy(update={"operation": "list", "rest": ()}))
    said = phrase("chat.yes" if value else "chat.no", why=found.said)
    sure = not plan.rest or bool(titled) or (bool(words) and not kept)
    return replace(found, kind="boolean", value=value, said=said, sure=sure)


def _handles(title: str, others: tuple[str, ...]) -> str:
    return f"{title} {' '.join(others)}"
