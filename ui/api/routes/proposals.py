"""What answers proposed to do: it is done once, by the yes of a caller who may; no question says it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel

from agent.asking import Card
from portfolio.alerts.clock import today
from portfolio.proposals.book import State
from portfolio.words.values import Wording
from ui.api.route import router
from ui.api.seat import At, Seat

routes = router("/v1/proposals", "proposals")
Proposed = Annotated[
    str, Path(pattern="^[0-9a-f]{1,12}$", description="As the answer's `proposal` gives it.", examples=["3f2a9c01"])
]


class ProposedChange(BaseModel):
    """One thing that a yes changes; ``before`` is null where there is nothing yet."""

    what: str
    before: str | None
    after: str


class ProposalOut(BaseModel):
    """``contract``: id; ``changes``: exactly what a yes changes; ``outcome``: what came of it, or why it failed."""

    id: str
    contract: str
    title: str
    kind: str
    changes: list[ProposedChange]
    asked_by: str
    question: str
    at: datetime
    state: State
    decided_by: str | None
    decided_at: datetime | None
    outcome: str | None


@routes.get("")
def list_proposals(at: At) -> list[ProposalOut]:
    """Those that wait for a yes or a no, oldest first."""
    return [_out(card, at.say) for card in at.asking.waiting(today())]


@routes.get("/{proposal}")
def show_proposal(at: At, proposal: Proposed) -> ProposalOut:
    """One proposal, in whatever state."""
    return _one(at, proposal)


@routes.post("/{proposal}/confirm")
def confirm_proposal(at: At, proposal: Proposed) -> ProposalOut:
    """Yes: it is done now, once, in the caller's name; nothing where what it changes is not as it was any more."""
    at.asking.confirm(proposal, today())
    return _one(at, proposal)


@routes.post("/{proposal}/refuse")
def refuse_proposal(at: At, proposal: Proposed) -> ProposalOut:
    """No: it is never done."""
    at.asking.refuse(proposal, today())
    return _one(at, proposal)


def _one(at: Seat, proposal: str) -> ProposalOut:
    return _out(at.asking.card(proposal, today()), at.say)


def _out(card: Card, say: Wording) -> ProposalOut:
    one = card.proposal
    return ProposalOut(
        id=one.id, contract=one.contract, title=card.title, kind=one.kind, asked_by=one.asked_by,
        question=one.question, at=one.at, state=one.state, decided_by=one.decided_by, decided_at=one.decided_at,
        outcome=one.outcome,
        changes=[ProposedChange(what=c.what.say(say), before=c.before, after=c.after) for c in card.changes],
    )  # fmt: skip
