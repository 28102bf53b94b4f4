"""What a question asks of this portfolio: the classifier's best reading that its names, orders and phrases allow."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from agent.chat.plan import AnswerKind, Operation, QueryPlan, Topic
from agent.chat.planners.counting import counts_contracts, of_contracts
from agent.chat.planners.extremes import extreme_of
from agent.chat.planners.features import Before, features
from agent.chat.planners.intents import Reading, classifier
from agent.chat.planners.quantifiers import quantifier_of
from agent.chat.planners.reading import Read
from agent.chat.subjects import Resolution

_REFUSED = 0.8
"""How likely a question must be none that may be answered, where none of the phrases for such ones is found."""
_EVENT = 0.5
"""How likely a question must be to ask for what came to pass, which contracts do not tell."""
_GENERAL: tuple[Topic, ...] = ("clause", "contracts")
"""Topics that name no fact."""
_LISTED = 0.1
"""How likely a list must be where nothing but « qui », « où » asks for contracts."""
_WITH_WHOM = re.compile(r"^(?:et )?(?:ou|where|qui|who|(?:chez|avec|de) qui|with whom)\b|\b(?:chez|avec) qui$")
_DAYS: tuple[Topic, ...] = (
    "break",
    "notice_deadline",
    "next_end",
    "final_end",
    "revision_date",
    "signature",
    "start",
    "end",
    "obligation",
)
"""What has a day on which something may be done."""
_SAID: tuple[Topic, ...] = ("obligation", "termination", "dispute")
"""Facts of which the text says more than the register."""
_GUESSED = 0.6
"""What is left of the certainty of a sum that no phrase asks for."""
_MANY: tuple[Operation, ...] = ("list", "count", "extreme", "sum", "average", "group")


@dataclass(frozen=True)
class Meant:
    """``many``: it is about which contracts, or how many, not about one of them; ``sure``: how likely all of it is, and
    ``kind_sure`` its kind alone; ``rival``: what is meant if it is not that kind; ``event``: it asks what came
    to pass."""

    kind: AnswerKind
    operation: Operation
    topic: Topic | None
    many: bool
    sure: float
    kind_sure: float
    refused: bool = False
    event: bool = False
    rival: Reading | None = None


def intended(
    question: Read,
    found: Resolution,
    previous: QueryPlan | None,
    *,
    acts: bool,
    dated: bool = False,
    kind: AnswerKind | None = None,
) -> Meant:
    """What is meant by a question whose words name ``found``; ``acts``: it orders something that may be done;
    ``dated``: it names a time; ``kind``: of its answer, where that is known."""
    before = Before(previous.answer, previous.operation, previous.topic) if previous else None
    readings = classifier().readings(features(question, found.proper, before), question.topics)
    wanted = [r for r in readings if (r.answer == "action") == acts and kind in (None, r.answer)]
    if not acts and wanted[0].answer == "none" and wanted[0].sure >= _REFUSED and not found.named:
        return Meant("none", "refuse", None, False, wanted[0].sure, wanted[0].sure, refused=True)
    best, *others = _elliptic(question, found, [r for r in wanted if r.answer != "none"])
    topic = _ordered(question) if acts else _fact(best)
    if dated and best.scope == "many" and topic not in _DAYS:
        topic = next((t for t in best.topics if t in _DAYS and t in question.topics), topic)
    rival = next(iter(others), None)
    meant = Meant(best.answer, best.operation, topic, best.scope == "many", _sure(best), best.sure, rival=rival)
    meant = replace(meant, event=not acts and best.event >= _EVENT)
    return _settled(meant, question, found, previous)


def _elliptic(question: Read, found: Resolution, readings: list[Reading]) -> list[Reading]:
    """``readings`` with that of contracts first where a question asks with whom or where, and names no contract."""
    if readings[0].answer not in ("text", "amount") or found.named or not _WITH_WHOM.search(question.folded):
        return readings
    listed = [r for r in readings[:3] if r.answer == "list" and r.sure >= _LISTED]
    return [*listed, *(r for r in readings if r not in listed)]


def _fact(reading: Reading) -> Topic | None:
    """The fact that a reading asks for; None where it is what the text says of something."""
    general = reading.topic in _GENERAL or (reading.answer == "text" and reading.topic == "amounts")
    return None if general else reading.topic


def _ordered(question: Read) -> Topic | None:
    """The fact that an order is about: it may be about a thing of the contract's own instead, so only its phrase says
    so."""
    found = [(match.length, topic) for topic, match in question.topics.items() if topic in _DAYS]
    told = max(found)[1] if found else None
    return "notice_deadline" if question.topics.keys() & {"notice_period", "notice_deadline"} else told


def _sure(reading: Reading) -> float:
    told_apart = reading.answer in ("date", "boolean", "text")
    return reading.sure * (reading.topic_sure if told_apart else 1.0)


_UNGROUPED: dict[AnswerKind, Operation] = {"count": "count", "list": "list", "amount": "sum"}
_UNCOMPARED: dict[AnswerKind, Operation] = {"list": "extreme", "boolean": "yes_no"}
"""What is asked instead where a question names nothing to group by, or not two contracts to compare."""


def _settled(meant: Meant, question: Read, found: Resolution, previous: QueryPlan | None) -> Meant:
    """``meant`` with an operation for which the question names what it needs."""
    operation, kind = meant.operation, meant.kind
    if operation == "group" and "group" not in question.operations:
        operation = _UNGROUPED.get(kind, "fact")
    if operation == "compare" and len(found.named) < 2:
        operation = _UNCOMPARED.get(kind, "fact")
    if operation == "extreme" and kind not in ("list", "amount") and extreme_of(question) is None and found.named:
        operation = "fact"
    if operation in ("changes", "explain") and kind != "text":
        operation = "fact"
    inside = kind == "count" and (not meant.many or (bool(found.named) and not counts_contracts(question)))
    if inside and operation != "group":
        operation = "count" if _one_meant(found, previous) else "passages"
    if kind == "amount" and len(found.named) > 1 and operation in ("fact", "passages"):
        operation = "sum"
    if operation in ("fact", "explain") and meant.topic is None:
        operation = "passages"
    if operation == "passages" and meant.topic not in (None, *_SAID) and kind != "count":
        operation = "fact"
    many = operation in _MANY and meant.many and not inside
    if operation in ("sum", "average"):
        many = of_contracts(question)
    if operation == "yes_no":
        many = quantifier_of(question) is not None
    guessed = operation == "sum" and "sum" not in question.operations
    return replace(meant, operation=operation, many=many, sure=meant.sure * (_GUESSED if guessed else 1.0))


def _one_meant(found: Resolution, previous: QueryPlan | None) -> bool:
    """Whether the question, or the one before it, is about one contract."""
    if found.named or (previous is not None and previous.subject.contracts):
        return True
    return found.best is not None and (found.scored[0].named or found.scored[0].score >= _LEAD or bool(found.types))


_LEAD = 1.2
