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
    r"(?:pendant|durant|during|meanwhile) (?:ce|cette|ces|this|that)|"
    r"de plus|d autre|that day|ce jour|cette date|la dessus|those|these)\b"
)
_ELLIPTIC = re.compile(r"^(?:et\b|and\b|what about|how about|ok et|sinon|meme question|idem|puis\b|also\b)")

_FEW = 3
"""Words of a follow-up at most that says nothing of the period of the price that it asks for."""


def followed(question: Read, plan: QueryPlan, found: Resolution, previous: QueryPlan, ahead: float) -> QueryPlan:
    """The plan with what the question before it said and this one leaves out."""
    strong = bool(found.named) or (found.best is not None and found.scored[0].named and found.margin >= ahead)
    if previous.portfolio and not strong:
        gone_on = _of_the_same(question, plan, previous)
        if gone_on is not None:
            return gone_on
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
    brief = len(question.question.content) <= _FEW
    money = previous.money if brief else previous.money.model_copy(update={"period": None})
    elliptic = bool(_ELLIPTIC.search(question.folded)) or len(question.question.content) <= 2
    if elliptic and (not question.topics or (strong and plan.confidence < 0.6)) and not _own_question(question):
        updates |= {
            "operation": previous.operation,
            "answer": previous.answer,
            "topics": previous.topics,
            "conditions": previous.conditions,
            "words": tuple(dict.fromkeys((*plan.words, *previous.words))),
            "money": _merged(plan.money, money),
            "window": plan.window or previous.window,
        }
        if not previous.subject.contracts and not plan.subject.contracts:
            updates["subject"] = _refined(previous.subject, plan.subject, found)
    elif elliptic and plan.topic == "amounts":
        updates["money"] = _merged(plan.money, money, bound=plan.money.bound)
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


_WHICH = re.compile(
    r"^(?:et |and |ok |alors |c est |ce sont |so )*(?:lesquels|lesquelles|qui|quels (?:contrats|sont ils)|"
    r"which(?: ones)?|who|list(?:e)? (?:les|them)|(?:donne|montre|cite)(?: moi)? (?:les|la liste)|name them|show them)"
    r"(?: (?:ca|exactement|are they|exactly|au juste|sont ils|sont concernes|stp|please))*$"
)
_HOW_MANY = re.compile(
    r"^(?:et |and |ok |alors |so )*(?:(?:ca|cela) (?:en )?fait combien|combien(?: (?:en tout|sont ils|au total|ca fait|"
    r"y en a t il|de contrats|il y en a|y en a))?|"
    r"how many(?: (?:is that|are there|are they|in all|contracts|in total))*|"
    r"soit combien)$"
)
_AMONG = re.compile(
    r"\b(?:parmi (?:eux|elles|ceux|celles|ces)|d entre eux|d entre elles|dans le lot|la dedans|de ceux|de celles|"
    r"(?:of|among|amongst|out of) (?:those|them|these))\b"
)
_BARE = re.compile(r"\b(\d+(?:[.,]\d+)?)\b")


def _of_the_same(question: Read, plan: QueryPlan, previous: QueryPlan) -> QueryPlan | None:
    """A question that goes on with the contracts of the one before: which, how many, which of them, and with another
    number or fact; None where it is about something else."""
    folded = question.folded
    if _WHICH.match(folded):
        return previous.model_copy(update={"operation": "list", "answer": "list", "quantifier": None})
    if _HOW_MANY.match(folded):
        return previous.model_copy(update={"operation": "count", "answer": "count", "quantifier": None})
    topics = {c.topic for c in plan.conditions}
    kept = tuple(c for c in previous.conditions if c.topic not in topics)
    if _AMONG.search(folded) and plan.operation in ("list", "count", "extreme", "yes_no", "sum", "fact", "passages"):
        listed = plan.operation in ("fact", "passages")
        return plan.model_copy(
            update={
                "operation": "list" if listed else plan.operation,
                "answer": "list" if listed else plan.answer,
                "subject": _refined(previous.subject, plan.subject, None),
                "conditions": (*kept, *plan.conditions),
                "window": plan.window or previous.window,
                "topics": plan.topics if plan.window or not previous.window else previous.topics,
                "portfolio": True,
                "rest": tuple(w for w in plan.rest if w not in ("parmi", "entre", "lot", "among", "amongst")),
            }
        )
    if not _ELLIPTIC.search(folded):
        return None
    number = _BARE.search(folded)
    measured = [c for c in previous.conditions if isinstance(c.value, float)]
    if number and len(measured) == 1 and plan.window is None and not plan.conditions:
        new = measured[0].model_copy(update={"value": float(number[1].replace(",", "."))})
        rest = tuple(c for c in previous.conditions if c is not measured[0])
        return previous.model_copy(update={"conditions": (*rest, new)})
    if plan.conditions and plan.window is None and not plan.portfolio and plan.operation != "yes_no":
        return previous.model_copy(update={"conditions": (*kept, *plan.conditions), "rest": plan.rest})
    return None


def _own_question(question: Read) -> bool:
    return bool(
        re.search(r"\b(?:quand|combien|qui|comment|pourquoi|when|how|who|why|what date|quelle date)\b", question.folded)
    )


def _refined(previous: Subject, new: Subject, found: Resolution | None) -> Subject:
    return previous.model_copy(
        update={
            "types": new.types or previous.types,
            "places": (found.places if found else new.places) or previous.places,
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
