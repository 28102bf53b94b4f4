"""What a question about one contract asks for beyond the phrase that named its fact: the last day to stop it, several
facts at once, an amount ranked among all contracts."""

from __future__ import annotations

import re

from agent.chat import lexicon
from agent.chat.execute_amounts import telling
from agent.chat.notions import named
from agent.chat.plan import QueryPlan, Topic
from agent.chat.planners.reading import Read
from agent.chat.planners.restated import ALL_RENEWALS, restated
from portfolio.folding import fold

_STOPS = re.compile(
    r"\b(?:denonc\w*|resili\w*|quitter|partir|sortir|arreter|stopper|cesser|rompre|annuler|renoncer|"
    r"s oppos\w*|oppos\w*|prevenir|avertir|notifier|signifier|donner (?:le |notre |un )?(?:conge|preavis)|dedite|"
    r"preavis|conge|mettre (?:fin|un terme)|(?:ne |n |pas |non )(?:\w+ ){0,3}?(?:prolong\w*|renouvel\w*|recondui\w*|"
    r"repart\w*|continu\w*|poursuiv\w*|rempil\w*|reengag\w*)|empech\w*|eviter|refus\w*|notice|cancel\w*|terminat\w*|"
    r"opt out|walk away|pull out|get out|leave|quit|exit|stop|object\w*|oppose|decline|prevent|"
    r"not (?:\w+ ){0,2}?(?:renew\w*|extend\w*|continu\w*|prolong\w*|roll\w*)|non renewal|let (?:it|them) know)\b"
)
"""What ends a contract or keeps it from going on."""
_LEAVES = re.compile(
    r"\b(?:denonc\w*|resili\w*|(?:ne |n |pas |non )(?:\w+ ){0,3}?(?:prolong\w*|renouvel\w*|recondui\w*)|"
    r"(?:not|won t) (?:\w+ ){0,2}?(?:renew\w*|extend\w*|prolong\w*)|non renewal)\b"
)
"""What says so whatever else a question speaks of."""
_BY_WHEN = re.compile(
    r"\b(?:dernier (?:jour|delai|moment)|derniere (?:date|limite)|date (?:limite|butoir|ultime)|date|butoir|"
    r"au plus tard|"
    r"avant (?:quand|quel\w*)|jusqu a (?:quand|quel\w*)|d ici quand|(?:prochaine?|derniere?) (?:occasion|"
    r"fenetre|chance|"
    r"possibilite)|quel jour|quand|by when|by what|by which|latest|last (?:day|date|moment|chance)|until when|"
    r"deadline|"
    r"cut off|how late|when|next (?:chance|window|opportunity))\b"
)
_ENDS = re.compile(
    r"\b(?:s etein\w*|etein\w*|s arret\w*|finir\w*|finit|se termin\w*|terminer\w*|prend\w* fin|expir\w*|fin|"
    r"terme|ends?|"
    r"ending|stops?|lapses?|run out)\b"
)
_DATED: tuple[Topic | None, ...] = (
    "end",
    "next_end",
    "final_end",
    "renewal",
    "termination",
    "notice_period",
    "obligation",
    None,
)
_TOGETHER: frozenset[Topic] = frozenset(
    (
        "formula",
        "indices",
        "cap_percent",
        "notice_period",
        "duration",
        "payment_days",
        "late_interest",
        "jurisdiction",
        "governing_law",
        "counterparty",
        "reference",
        "registration",
        "renewal",
        "renewal_period",
        "end",
        "start",
        "signature",
        "notice_deadline",
        "termination",
        "sites",
    )
)
"""Facts that are asked for side by side."""
_AND = re.compile(r"\b(?:et|and|ainsi que|as well as|puis)\b|,|\?.+\?")
_MOST = re.compile(
    r"\b(?:plus (?:petite?s?|grande?s?|elevee?s?|faibles?|grosse?s?|gros|chere?s?|hautes?|basse?s?|bas|fortes?)|"
    r"maximal\w*|"
    r"minimal\w*|bigger|smaller|larger|higher|lower|biggest|smallest|largest|highest|lowest|cheapest|dearest|"
    r"most expensive)\b"
)
_LEAST = re.compile(
    r"\b(?:plus (?:petite?s?|faibles?|basse?s?|bas)|minimal\w*|smaller|lower|smallest|lowest|cheapest|moins)\b"
)


def completed(question: Read, plan: QueryPlan, previous: QueryPlan | None, *, alone: bool) -> QueryPlan:
    """The plan with what its question says beyond its fact's phrase. ``alone``: one contract was named for sure."""
    plan = _priced(plan, previous)
    updates: dict[str, object] = {}
    folded = question.folded
    again = previous is not None and previous.topic in _NOTICES and _NEXT.search(folded) is not None
    if again and plan.answer in ("boolean", "date", "text"):
        return plan.model_copy(
            update={
                "operation": "fact",
                "answer": "date",
                "topics": ("notice_deadline",),
                "rest": (),
                "confidence": 0.8,
            }
        )
    meant = restated(question, plan, previous)
    if meant is not plan:
        return meant
    if plan.operation == "fact" and plan.answer == "text":
        head = _head(question)
        if head and head != plan.topic:
            plan = plan.model_copy(update={"topics": (head,), "confidence": max(plan.confidence, 0.75)})
    if plan.operation == "action":
        return _acting(question, plan, previous, alone=alone)
    missing = tuple(w for w in plan.subject.missing if fold(w) not in _NATIONS and not _when(w, plan))
    if missing != plan.subject.missing:
        plan = plan.model_copy(update={"subject": plan.subject.model_copy(update={"missing": missing})})
    if previous and previous.window and _THAT_TIME.search(folded):
        plan = plan.model_copy(update={"window": previous.window})
    if plan.operation in ("fact", "passages") and plan.answer == "date":
        topic = _last_day(folded, plan)
        if topic is not None:
            updates |= {"topics": (topic,), "operation": "fact", "confidence": max(plan.confidence, 0.75)}
    if plan.operation == "fact" and plan.answer == "text" and plan.topic in _TOGETHER and _AND.search(folded):
        topics = _side_by_side(question, plan)
        if len(topics) > 1:
            updates["topics"] = topics
    if plan.answer == "amount" and not alone and _MOST.search(folded) and not plan.portfolio:
        updates |= {
            "operation": "extreme",
            "topics": ("amounts",),
            "largest": _LEAST.search(folded) is None,
            "subject": plan.subject.model_copy(update={"contracts": ()}),
            "confidence": max(plan.confidence, 0.75),
        }
    if plan.answer in ("date", "amount", "text") and plan.operation in ("fact", "passages", "explain"):
        things = named(plan.question, plan.language)
        updates["rest"] = tuple(w for w in plan.rest if w in things)
    return plan.model_copy(update=updates)


def _acting(question: Read, plan: QueryPlan, previous: QueryPlan | None, *, alone: bool) -> QueryPlan:
    """An act on the contract spoken of before where it names none, and on nobody whom the portfolio does not know."""
    acts = question.covered(question.actions.values())
    own = [t for n, t in enumerate(question.question.tokens) if t.content and n not in acts and t.folded not in _IDLE]
    subject = plan.subject
    if previous and previous.subject.contracts and not alone and len(own) <= 1:
        subject = previous.subject
    missing = () if subject.contracts else subject.missing
    return plan.model_copy(update={"subject": subject.model_copy(update={"missing": missing})})


_GOES_ON = re.compile(
    r"^(?:et|and|mais|but|ou|or)\b(?:(?!\b(?:qui|quand|comment|pourquoi|who|when|how|why)\b).){1,60}$"
)
_IDLE = lexicon.words("empty", "any") | {
    "ok",
    "alors",
    "vas",
    "va",
    "y",
    "moi",
    "donc",
    "please",
    "then",
    "fais",
    "faire",
}
_NATIONS = lexicon.words("empty", "nations")

_BRIEF = 3
"""Telling words at most of a follow-up that asks for a price on the footing of the one before it."""


def _priced(plan: QueryPlan, previous: QueryPlan | None) -> QueryPlan:
    """A question on money, where only its tax says so, and with the tax, period and words of the question before it
    where it says none of its own."""
    goes_on = previous is not None and previous.answer == "amount" and _GOES_ON.search(fold(plan.question)) is not None
    if (
        plan.answer == "text"
        and plan.topic in (None, "amendments")
        and (plan.money.tax or (plan.money.period and "+" in plan.question) or (goes_on and not plan.topics))
    ):
        plan = plan.model_copy(update={"operation": "fact", "answer": "amount", "topics": ("amounts",)})
    if previous is None or plan.answer != "amount" or previous.answer != "amount":
        return plan
    if plan.subject.contracts != previous.subject.contracts:
        return plan
    old, new = previous.money, plan.money
    own = [w for w in telling((*plan.about, *plan.words)) if w not in _WHEN]
    about = tuple(w for w in plan.about if w not in _WHEN)
    period = new.period or (old.period if len(telling(about)) <= _BRIEF else None)
    merged = new.model_copy(update={"tax": new.tax or old.tax, "period": period, "bound": new.bound or old.bound})
    return plan.model_copy(update={"money": merged, "about": about if own else previous.about, "rest": ()})


def _when(word: str, plan: QueryPlan) -> bool:
    """Whether a word that names no contract is the year of the one that is named (« par rapport à celui de 2024 »)."""
    return bool(plan.subject.contracts) and re.fullmatch(r"(?:19|20)\d\d", word) is not None


def _head(question: Read) -> Topic | None:
    """The fact that the noun right after the interrogative names: « quel indice », `which court`."""
    found = _HEAD.search(question.folded)
    if found is None:
        return None
    start, end = found.span("noun")
    named_by = [
        (match.length, topic)
        for topic, match in question.topics.items()
        if topic in _HEADS and start <= match.start < end and match.end <= end + _NEAR
    ]
    return max(named_by)[1] if named_by else None  # type: ignore[return-value]


_HEAD = re.compile(
    r"^(?:\w+ ){0,2}?(?:quel(?:le)?s?|which|what)(?: (?:est|sont|is|are|the|le|la|les|l|nouvel|nouvelle|nouveau|"
    r"new))* "
    r"(?P<noun>\w+)"
)
_HEADS = (
    "indices",
    "formula",
    "cap_percent",
    "jurisdiction",
    "governing_law",
    "reference",
    "late_interest",
    "duration",
)
"""Facts that have a noun of their own."""
_NEAR = 12
_THAT_TIME = re.compile(
    r"\b(?:(?:cette|meme) (?:annee|periode|date)(?:-| )la|(?:ce|meme) (?:mois|jour|trimestre)(?:-| )la|"
    r"la meme (?:annee|"
    r"periode)|that (?:year|month|quarter|period|day)|the same (?:year|month|quarter|period))\b"
)
_NOTICES = ("notice_missed", "notice_deadline", "break")
_NEXT = re.compile(
    r"\b(?:prochaine?|suivante?|nouvelle|next|following|another) (?:occasion|fenetre|date|echeance|chance|"
    r"possibilite|"
    r"fois|window|opportunity|deadline|one)\b"
)
_WHEN = frozenset(
    ["etait", "avant", "apres", "signature", "depart", "origine", "auparavant", "before", "after", "originally", "was"]
)


def _last_day(folded: str, plan: QueryPlan) -> Topic | None:
    """The last day to stop a contract, or its end after all renewals, where a question asks for that day."""
    if plan.topic not in _DATED:
        return None
    if ALL_RENEWALS.search(folded) and (_ENDS.search(folded) or plan.topic in ("renewal", None)):
        return "final_end"
    stops = (_LEAVES if plan.topic == "obligation" else _STOPS).search(folded)
    return "notice_deadline" if stops and _BY_WHEN.search(folded) else None


def _side_by_side(question: Read, plan: QueryPlan) -> tuple[Topic, ...]:
    """The facts whose phrases stand apart in the question, in their order; the first is the plan's own."""
    assert plan.topic is not None
    taken = [question.topics[plan.topic]] if plan.topic in question.topics else []
    found: list[Topic] = [plan.topic]
    for topic, match in sorted(question.topics.items(), key=lambda item: -item[1].length):
        apart = all(match.end <= other.start or match.start >= other.end for other in taken)
        if topic in _TOGETHER and topic != plan.topic and match.length >= _TELLING and apart:
            taken.append(match)
            found.append(topic)
    return tuple(found[:_AT_ONCE])


_TELLING = 5
"""Letters from which a phrase asks for a fact of its own."""
_AT_ONCE = 3
