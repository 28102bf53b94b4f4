"""What contracts must be to be on a list, as a question says it: facts with their values, courts, laws, indices."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.chat.lexicon import Match
from agent.chat.matching import likeness
from agent.chat.plan import Condition, Operation, Topic
from agent.chat.planners.details import our_role_of
from agent.chat.planners.grammar import Said, negated, said_in
from agent.chat.planners.reading import Read
from agent.chat.planners.stated_conditions import currencies_in, joined, priced_in, spoken_in, undone_in
from agent.chat.windows import Span
from portfolio.folding import compact, fold

_LAWS = {
    "francais|francaise|french": "FR",
    "anglais|anglaise|english": "GB",
    "allemand|allemande|german": "DE",
    "belge|belgian": "BE",
    "suisse|swiss": "CH",
    "italien|italienne|italian": "IT",
    "espagnol|espagnole|spanish": "ES",
    "neerlandais|dutch": "NL",
    "americain|american": "US",
    "irlandais|irlandaise|irish": "IE",
    "luxembourgeois|luxembourgeoise": "LU",
    "portugais|portuguese": "PT",
    "polonais|polish": "PL",
    "danois|danish": "DK",
    "suedois|swedish": "SE",
    "autrichien|austrian": "AT",
}
_TIMED: tuple[Topic, ...] = ("notice_period", "end", "revision", "renewal", "cap_percent", "payment_days")
"""Facts whose mere mention beside a window of time only says which day is meant."""


@dataclass(frozen=True)
class Known:
    """The courts and indices that the contracts of a portfolio name."""

    courts: tuple[str, ...] = ()
    indices: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    """Folded words of the parties' names."""


def conditions_of(
    question: Read, topic: Topic | None, span: Span | None, operation: Operation, known: Known | None = None
) -> tuple[Said, ...]:
    """The conditions that a question sets beyond kind, party, place and time; ``known``: what contracts name."""
    known = known or Known()
    folded, topics = question.folded, question.topics
    over_many = operation in ("list", "count", "yes_no", "sum", "average", "extreme", "group")
    found = [
        s
        for s in said_in(question, span)
        if not (s.weak and span is not None and s.condition.topic in _TIMED)
        and (over_many or not s.weak)
        and not any(
            not s.measured and t.name and t.folded in known.names
            for n, t in enumerate(question.question.tokens)
            if n in question.covered([s.match])
        )
    ]
    if any(s.measured and s.condition.topic == "cap_percent" for s in found):
        found = [s for s in found if (s.condition.topic, s.condition.value) != ("revision", "fixed")]
    if operation in ("list", "count", "yes_no"):
        found = _named(question, found, "jurisdiction", court_of(question, known, "jurisdiction" in topics))
        found = _named(question, found, "indices", _index(question, known.indices))
    found += _laws(folded)
    role = our_role_of(question) if operation == "yes_no" else None
    if role:
        found.append(Said(Condition(topic="role", value=role), topics["role"]))
    if "notice_missed" in topics:
        found.append(Said(Condition(topic="notice_missed", is_="known"), topics["notice_missed"]))
    if "final_end" in topics and span is not None:
        found.append(Said(Condition(topic="final_end", is_="known"), topics["final_end"]))
    if over_many and operation != "yes_no":
        priced = priced_in(question)
        if any(s.condition.kinds for s in priced):
            found = [s for s in found if s.condition.topic != "amounts"]
        found += priced
        found += currencies_in(question) if operation in ("list", "count") else []
        found += undone_in(question, found)
        found += spoken_in(question, found)
        found = joined(folded, found)
    return tuple(found)


def _named(question: Read, found: list[Said], topic: Topic, name: tuple[str, int] | None) -> list[Said]:
    """``found`` with the court or index that the question names, in place of the mere mention of one."""
    if name is None:
        return found
    words, at = name
    condition = Condition(topic=topic, is_="contains", value=words, negated=negated(question.folded, at))
    match = question.topics.get(topic) or Match(topic, at, at + len(words))
    general = {topic, "revision"} if topic == "indices" else {topic}
    kept = [s for s in found if s.condition.topic not in general or s.measured]
    return [*kept, Said(condition, match)]


def _laws(folded: str) -> list[Said]:
    found: list[Said] = []
    for words, code in _LAWS.items():
        match = re.search(
            rf"\b(?:droit|loi|law)\b(?: \w+){{0,3}}? (?:{words})\b|\b(?:{words})\b (?:contract )?law\b", folded
        )
        if match:
            denied = negated(folded, match.start())
            found.append(
                Said(
                    Condition(topic="governing_law", is_="equals", value=code, negated=denied),
                    Match("governing_law", *match.span()),
                )
            )
    return found


_ANY_COURT = frozenset(
    [
        "tribunal",
        "tribunaux",
        "court",
        "courts",
        "juridiction",
        "competent",
        "competents",
        "competente",
        "instance",
        "rules",
        "under",
        "seated",
    ]
)
_KINDS = r"administrati\w+|commerc\w+|judiciaire\w*|arbitra\w+|instance|lcia|icc|cci"
"""Words that say of themselves which court is meant."""


def court_of(question: Read, known: Known, asked: bool = True) -> tuple[str, int] | None:
    """The words that say which court, and where they begin: those that some contract's court has, and names that none
    has."""
    text = " ".join(known.courts)
    if not asked:
        return None
    words: list[str] = []
    first = len(question.folded)
    at = 0
    for n, token in enumerate(question.question.tokens):
        if (
            token.content
            and token.folded not in _ANY_COURT
            and not (token.folded in known.names and not likeness(token.folded, text))
            and (
                likeness(token.folded, text)
                or re.fullmatch(_KINDS, token.folded)
                or (token.name and n not in question.asked)
            )
        ):
            words.append(token.folded)
            first = min(first, at)
        at += len(token.folded) + 1
    if not words:
        return None
    either = len(words) > 1 and re.search(
        rf"\b{words[-2]} (?:or|ou|et|and|ni|nor) (?:\w+ )?{words[-1]}\b", question.folded
    )
    return ("|" if either else " ").join(words), first


_INDEX = re.compile(r"\b(?:[A-Z]{2,}[A-Za-z0-9.-]*|[A-Z][a-z]*-?[A-Z]{2,}\w*|BT\s?\d+|TP\s?\d+|[Ss]yntec|CNR)\b")
_NOT_INDEX = frozenset(["ht", "ttc", "eur", "tva", "sci", "sas", "sarl", "sa", "nda", "dsp", "url", "bce", "vat"])
_REVISED = re.compile(r"\b(?:index\w*|revis\w+|indice\w*|indices|actualis\w+|linked|adjust\w+)\b")


def _index(question: Read, indices: tuple[str, ...]) -> tuple[str, int] | None:
    """The index that a question names beside words of revision, and where it begins."""
    if not _REVISED.search(question.folded):
        return None
    names = [compact(name) for name in indices]
    for match in _INDEX.finditer(question.question.text):
        if fold(match[0]) not in _NOT_INDEX:
            return match[0], max(0, question.folded.find(fold(match[0])))
    at = 0
    for token in question.question.tokens:
        word = compact(token.folded)
        if len(word) >= 3 and token.content and word not in ("prix", "index", "indice") and word in names:
            return token.text, at
        at += len(token.folded) + 1
    return None
