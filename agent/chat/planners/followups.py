"""What a follow-up takes over from the question before it."""

from __future__ import annotations

import re

from agent.chat.plan import Money, QueryPlan, Subject, Topic
from agent.chat.planners.reading import Read
from agent.chat.subjects import Resolution
from portfolio.schema import Bound

_PRONOUN = re.compile(
    r"^(?:et\b|and\b|sinon\b|ok\b|alors\b|so\b|aussi\b|also\b|what about|how about|"
    r"meme question|puis\b|donc\b)|\b(?:il|elle|ils|elles|lui|leur|ce contrat|"
    r"celui|celle|ceux|ca|cela|it|its|they|them|their|that one|this one|"
    r"that contract|this contract|the latter|y|en|same|la meme|le meme|"
    r"de plus|d autre|that day|ce jour|cette date|la dessus|those|these)\b"
)
_ELLIPTIC = re.compile(r"^(?:et\b|and\b|what about|how about|ok et|sinon|meme question|idem|puis\b|also\b)")


def followed(question: Read, plan: QueryPlan, found: Resolution, previous: QueryPlan, ahead: float) -> QueryPlan:
    """The plan with what the question before it said and this one leaves out."""
    strong = bool(found.named) or (found.best is not None and found.scored[0].named and found.margin >= ahead)
    refers = bool(_PRONOUN.search(question.folded)) or len(question.question.content) <= 3
    updates: dict[str, object] = {}
    if previous.subject.contracts and not strong and (refers or not plan.subject.contracts):
        own = question.topics.keys() - {"contracts"}
        if plan.operation not in ("list", "extreme", "group", "average") or not own:
            subject = previous.subject
            if found.places and not plan.subject.contracts:
                subject = Subject(types=previous.subject.types, places=found.places)
            updates["subject"] = subject.model_copy(
                update={"missing": plan.subject.missing if found.types == () else ()}
            )
    if previous.answer == "date" and refers and question.topics.keys() & {"final_end", "next_end"} and not strong:
        topic: Topic = "final_end" if "final_end" in question.topics else "next_end"
        return plan.model_copy(
            update={**updates, "operation": "fact", "answer": "date", "topics": (topic,), "rest": ()}
        )
    elliptic = bool(_ELLIPTIC.search(question.folded)) or len(question.question.content) <= 2
    if elliptic and (not plan.topics or (strong and plan.confidence < 0.6)) and not _own_question(question):
        updates |= {
            "operation": previous.operation,
            "answer": previous.answer,
            "topics": previous.topics,
            "conditions": previous.conditions,
            "words": tuple(dict.fromkeys((*plan.words, *previous.words))),
            "money": _merged(plan.money, previous.money),
            "window": plan.window or previous.window,
        }
        if not previous.subject.contracts and not plan.subject.contracts:
            updates["subject"] = _refined(previous.subject, plan.subject, found)
    elif elliptic and plan.topic == "amounts":
        updates["money"] = _merged(plan.money, previous.money, bound=plan.money.bound)
        updates["answer"] = "amount"
        updates["operation"] = "fact"
    elif (
        elliptic
        and plan.window
        and plan.operation in ("fact", "passages", "list")
        and previous.operation in ("list", "count", "sum")
    ):
        updates |= {
            "operation": previous.operation,
            "answer": previous.answer,
            "topics": previous.topics,
            "conditions": previous.conditions,
            "subject": previous.subject,
        }
    return plan.model_copy(update=updates)


def _own_question(question: Read) -> bool:
    return bool(
        re.search(r"\b(?:quand|combien|qui|comment|pourquoi|when|how|who|why|what date|quelle date)\b", question.folded)
    )


def _refined(previous: Subject, new: Subject, found: Resolution) -> Subject:
    return previous.model_copy(
        update={
            "types": new.types or previous.types,
            "places": found.places or previous.places,
            "our_role": new.our_role or previous.our_role,
            "missing": new.missing,
        }
    )


def _merged(new: Money, old: Money, bound: Bound | None = None) -> Money:
    return Money(
        tax=new.tax or old.tax,
        period=new.period or old.period,
        bound=bound or new.bound or old.bound,
        threshold=new.threshold or old.threshold,
        over=old.over if new.over is None else new.over,
    )
