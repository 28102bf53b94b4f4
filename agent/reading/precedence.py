"""Which part of a contract goes before which, by its own words or else by custom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from agent.reading.clauses import Clause, Part, Sentence
from agent.reading.text import fold

CUSTOM: tuple[Part, ...] = ("particular", "front", "body", "general", "annex", "mail", "margin")
"""The order where a contract does not give its own; highest first."""

_MENTIONS: tuple[tuple[Part, str], ...] = (
    ("particular", r"conditions particulieres|conditions propres|bon de commande|acte d'engagement|\bae\b|order "
                   r"forms?|special conditions|particular conditions|purchase orders?|statements? of work"),
    ("general", r"conditions generales|\bcg[suva]\b|general (?:terms|conditions)|terms and conditions|\bccag\b"),
    ("annex", r"annexes?\b|conventions? speciales?|schedules?\b|exhibits?\b|appendi(?:x|ces)\b|attachments?\b"),
    ("body", r"(?:present|meme) (?:contrat|document|accord|cahier|bail|marche)|\bthis agreement\b|\bthe "
             r"agreement\b|\bthe clauses\b|\bles articles\b|\bccap\b|\bccp\b|main body|body of (?:this|"
             r"the) agreement"),
)  # fmt: skip
_RULE = re.compile(
    r"(?P<over>preval(?:ent|oir|ait|ue)|prevaut|\bprime(?:nt|ra|ront)?(?= (?:sur|ses|les|tout)\b)|l'emporte|"
    r"passe(?:nt)? (?:devant|avant)|a(?:ura|uront)? (?:la )?(?:priorite|preseance)|\bprevails?\b|take[s]? precedence|"
    r"\bwins?\b|shall control|\bcontrols\b|supersedes?\b)|(?P<under>s'effacent? devant|cedent? (?:le pas )?(?:a|"
    r"devant)|(?:is|are) subordinate to|yields? to)|(?P<list>ordre (?:de priorite|decroissant|de preseance|"
    r"hierarchique|de prevalence|d'importance)|hierarchie des|order of (?:precedence|priority))"
)
_CONFLICT = re.compile(
    r"contradict|contrariete|divergence|conflict|collid|inconsisten|discrepanc|\bdifferent?\b|ambigu"
)


def precedence(clauses: Iterable[Clause]) -> tuple[Part, ...]:
    """All parts, highest first: the custom order, changed where a sentence says « A prévaut sur B » or gives a list."""
    found = list(clauses)
    mentions = _mentions(found)
    order = list(CUSTOM)
    for clause in found:
        if clause.part in ("mail", "margin"):
            continue
        below: list[Part] = []
        for sentence in clause.sentences:
            rule = _RULE.search(sentence.folded)
            if rule is None and not below:
                continue
            ranked = list(_ranked(sentence, rule, mentions)) if rule else _in_order(sentence.folded, mentions)
            if rule is None and len(ranked) == 0:
                below = []
                continue
            if below and rule is None:
                ranked = [*below, *ranked]
            for higher, lower in pairwise(ranked):
                _put_before(order, higher, lower)
            below = ranked if rule and rule["list"] else []
    return tuple(order)


def _mentions(clauses: Iterable[Clause]) -> re.Pattern[str]:
    """How this contract speaks of its parts: the usual words, and its own headings' labels (`Partie I`, `volet 2`)."""
    own: dict[Part, list[str]] = {}
    for clause in clauses:
        match = re.match(
            r"((?:partie|part|volet|titre|cadre|section) [ivx\d]{1,4}|[a-z]+ (?:volet|partie))\b", fold(clause.heading)
        )
        if match and clause.part in ("particular", "general", "annex", "body"):
            own.setdefault(clause.part, []).append(re.escape(match[1]) + r"\b")
    return re.compile(
        "|".join(
            f"(?P<{part}>{'|'.join([*sorted(own.get(part, []), key=len, reverse=True), words])})"
            for part, words in _MENTIONS
        )
    )


def _in_order(folded: str, mentions: re.Pattern[str]) -> list[Part]:
    parts: list[Part] = []
    for match in mentions.finditer(folded):
        part: Part = next(p for p, _ in _MENTIONS if match[p])
        if part not in parts:
            parts.append(part)
    return parts


def _ranked(sentence: Sentence, rule: re.Match[str], mentions: re.Pattern[str]) -> Iterator[Part]:
    """The parts that the sentence names, highest first."""
    folded = sentence.folded
    if rule["list"]:
        yield from _in_order(folded, mentions)
        return
    before = folded[: rule.start()]
    cut = before.rfind(",")
    named = _in_order(before[cut + 1 :], mentions) or _in_order(before, mentions)
    winners = named if _CONFLICT.search(before) is None or cut >= 0 else named[-1:]
    if re.search(r"\bne\s*$|\bn'\s*$|\bnot\s*$", before) or not winners:
        return
    others = [p for p in [*_in_order(folded[rule.end() :], mentions), *_in_order(before, mentions)] if p not in winners]
    ranked = [*winners[-1:], *dict.fromkeys(others)]
    yield from ranked if rule["over"] else reversed(ranked)


def _put_before(order: list[Part], higher: Part, lower: Part) -> None:
    if order.index(higher) > order.index(lower):
        order.remove(higher)
        order.insert(order.index(lower), higher)
