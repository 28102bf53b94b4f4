"""By what a question puts contracts together, and whether it wants their number, their cost or the group that has most:
« combien de contrats par type », « total annuel par site », `which month has the most ends`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import get_args

from agent.chat import lexicon
from agent.chat.lexicon import Match
from agent.chat.plan import Dimension, Topic
from agent.chat.planners.counting import THINGS
from agent.chat.planners.reading import Read

_BY = re.compile(
    r"\b(?:par|selon|suivant|by|per|(?:pour |for |de |of )?(?:chaque|chacun des|chacune des|each|every)|according to|"
    r"en fonction d(?:u|e|es)|regroupes? par|grouped by|split by|entre|across)"
    r"(?: (?:le|la|l|les|chaque|each|the|leurs?|their|our|nos))*$"
)
_WHICH = re.compile(
    r"^(?:et |and |sur |en |dans |a |au |in |at |on |for |pour |chez |avec |with |under )?(?:quel(?:le)?s?|which|what)$"
)
_MOST = re.compile(r"\b(?:le plus|plus grand nombre|the most|most|the highest number|largest number)\b")
_LEAST = re.compile(r"\b(?:le moins|plus petit nombre|fewest|the least|least)\b")
_MANY = re.compile(
    rf"\b(?:combien|nombre|how many|number of|repartition|repartis?\w*|ventil\w+|breakdown|split|distribution|"
    rf"regroup\w*|classe\w*|tri\w*|{THINGS})\b"
)
_DIVIDES = re.compile(r"\b(?:repartition|repartis?\w*|ventil\w+|breakdown|distribution|regroup\w+|grouped?|split)\b")
_MONEY = re.compile(
    r"\b(?:montants?|total annuel|totaux?|couts?|coute\w*|depens\w*|budget\w*|sommes?|payons|paie|paye\w*|euros?|"
    r"cost\w*|amounts?|spend\w*|spent|pay|money|value)\b"
)
_EVENTS: tuple[tuple[str, Topic], ...] = (
    (r"sign\w+|conclus?\b|conclu\w+|concluded", "signature"),
    (r"preavis|denonc\w+|notice\w*", "notice_deadline"),
    (r"commenc\w+|debut\w*|demarr\w+|entre\w* en vigueur|start\w*|beg[iau]n\w*", "start"),
    (
        r"revisions? (?:de prix |tarifaires? )?a venir|prochaines? revisions?|upcoming (?:price )?revisions?",
        "revision_date",
    ),
    (
        r"fins?\b|fini\w*|termin\w+|expir\w+|echean\w+|echoi\w*|arriv\w+ a (?:terme|echeance)|prend\w* fin|"
        r"s arret\w+|ends?\b|ending\w*|finish\w*|laps\w+",
        "end",
    ),
)
_TIMES: tuple[Dimension, ...] = ("year", "quarter", "month")
_NAMES: tuple[Dimension, ...] = get_args(Dimension)


@dataclass(frozen=True)
class Grouped:
    """``event``: the day by which months, quarters and years are told; ``top``: whether the greatest (or, False, the
    smallest) group is wanted, None for all; ``match``: the words that say so; ``many``: contracts or their number are
    spoken of, not sums of money alone."""

    by: Dimension
    match: Match
    money: bool
    event: Topic | None = None
    top: bool | None = None
    many: bool = True


def event_of(folded: str) -> Topic | None:
    """The day in a contract's life that words speak of."""
    return next((topic for pattern, topic in _EVENTS if re.search(rf"\b(?:{pattern})", folded)), None)


def grouped(question: Read) -> Grouped | None:
    """The grouping that a question asks for; None where it asks for none."""
    folded = question.folded
    many = _MANY.search(folded) is not None
    if not many and not _MONEY.search(folded):
        return None
    found = [g for name in _NAMES for m in lexicon.table("groups")[name].find(folded) if (g := _by(name, m, folded))]
    best = max(found, key=lambda g: (g.match.length, -g.match.start), default=None)
    return replace(best, many=many) if best else None


def _by(name: Dimension, match: Match, folded: str) -> Grouped | None:
    before = folded[: match.start].rstrip()
    said = _BY.search(before)
    rest = f"{folded[: match.start]} {folded[match.end :]}"
    top: bool | None = None
    if said is None:
        which = _WHICH.match(before)
        top = True if _MOST.search(rest) else False if _LEAST.search(rest) else None
        counts = re.search(rf"\b{THINGS}\b", rest) or (name in _TIMES and event_of(rest)) or _MONEY.search(rest)
        if which is None or top is None or not counts:
            return None
        said = which
    money = _MONEY.search(rest) is not None
    event = event_of(rest) if name in _TIMES else None
    if name in _TIMES and (event is None or (money and not _DIVIDES.search(rest))):
        return None
    if name == "duration" and top is None and not _DIVIDES.search(rest) and "nombre" not in rest:
        return None
    words = Match(name, said.start(), match.end)
    return Grouped(name, words, money, event, top)
