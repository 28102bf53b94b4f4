"""Whether a contract has the very thing that a question asks for, not a word of its family or half of its name."""

from __future__ import annotations

from agent.chat.clauses import lines_of
from agent.chat.holdings import Held
from agent.chat.matching import LIKE, likeness, near
from agent.chat.notions import heads, tied
from agent.chat.plan import QueryPlan


def unheard(held: Held, plan: QueryPlan) -> bool:
    """Whether no text of the contract has the noun that the question asks for, nor a synonym: a word of its family
    (`commits` for `commission`) is another thing."""
    own = [w for w in heads(plan.question) if w in plan.rest]
    texts = [f"{p.headline} {p.text}" for p in held.passages]
    return bool(own) and all(likeness(w, text) < LIKE for w in own for text in texts)


def apart(held: Held, plan: QueryPlan) -> bool:
    """Whether « quelle X de Y » is asked and no sentence, row or heading of the contract has X and Y near each
    other: « remise » alone is also what was handed over."""
    pairs = [(x, y) for x, y in tied(plan.question) if x in plan.rest and y in plan.rest]
    lines = [f"{line.text} {' '.join(line.heads)}" for line in lines_of(held.passages)] if pairs else []
    return any(not any(near(x, y, text) for text in lines) for x, y in pairs)
