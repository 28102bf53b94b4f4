"""What an answer that proposes an action tells beside it: the proposal's number, and exactly what would change."""

from __future__ import annotations

from typing import Any

from agent.chat.actions import ActionDesk
from agent.chat.answer import Answer
from portfolio.errors import ContrathequeError
from portfolio.words.texts import Texts
from portfolio.words.values import Wording


def proposed(desk: ActionDesk, answer: Answer, who: str) -> dict[str, Any]:
    """Keeps the action that an answer proposes: its id and changes, or why it could not be done."""
    assert answer.pending_action is not None
    try:
        proposal = desk.propose(answer.pending_action, answer.plan, who)
    except ContrathequeError as error:
        return {"id": None, "changes": [], "problem": str(error)}
    say = Wording(Texts(answer.plan.language))
    changes = [
        {"what": change.what.say(say), "before": change.before, "after": change.after}
        for change in desk.changes(proposal)
    ]
    return {"id": proposal.id, "changes": changes, "problem": None}
