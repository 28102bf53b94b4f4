"""Which contracts speak of words that a question gives: « quels contrats parlent de sous-traitance »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from agent.chat.conditions import Kept
from agent.chat.context import Context
from agent.chat.findings import of_passage
from agent.chat.matching import content
from agent.chat.plan import Condition
from portfolio.folding import fold

_ALL, _FAMILY, _KIN = 0.99, 0.84, 0.69
"""Share of the words that one passage must have, themselves or a form of them; where several stand together, some of
them or the one that tells may be of the same family."""
_LOOKED_AT = 200
"""Contracts at most whose passages are looked at for words that stand together."""

_QUOTED = 50
"""Contracts at most of which the passage is cited: to read all texts of a portfolio takes minutes."""


@dataclass(frozen=True)
class Spoken:
    """By the text of a condition, the contracts (ids of base contracts) that have a passage with its words."""

    found: dict[str, frozenset[str]]
    _quoted: set[str] = field(default_factory=set)

    def keeps(self, kept: Kept, condition: Condition) -> tuple[bool, Kept]:
        """Whether a contract speaks of a condition's words, and the contract with the passage that does."""
        either = (condition, *condition.either)
        texts = [text for one in either for text in str(one.value).split("|")]
        said = next((text for text in texts if kept.held.id in self.found[text]), None)
        if condition.negated or said is None:
            return (said is None) == condition.negated, kept
        if len(self._quoted) >= _QUOTED and kept.held.id not in self._quoted:
            return True, kept
        self._quoted.add(kept.held.id)
        told = _together(said)
        passage = next((p for p in kept.held.passages if told.search(fold(f"{p.headline} {p.text}"))), None)
        if passage is None:
            return True, kept
        line = next((line for line in passage.text.split("\n") if told.search(fold(line))), passage.text)
        return True, replace(kept, quotes=(*kept.quotes, of_passage(kept.held, passage, line[:300])))


def spoken_of(context: Context, conditions: Sequence[Condition]) -> Spoken:
    """The contracts that speak of the words of ``conditions``."""
    every = [
        one
        for condition in conditions
        if condition.topic == "clause" and not condition.column
        for one in (condition, *condition.either)
    ]
    texts = {text for condition in every for text in str(condition.value).split("|")}
    return Spoken({text: _speaking(context, text) for text in texts})


def _speaking(context: Context, text: str) -> frozenset[str]:
    words = fold(text).split()
    if len(_words(text)) < 2 and len(words) < 2:
        return context.subjects.speaking(words, _ALL)
    if _NEGATIVE.match(fold(text)) and len(context.holdings.contracts) <= _LOOKED_AT:
        found = frozenset(h.id for h in context.holdings.contracts)
    else:
        found = context.subjects.speaking(_words(text), _FAMILY if len(_words(text)) > 1 else _KIN)
    if len(found) > _LOOKED_AT:
        return context.subjects.speaking(_words(text), _ALL)
    told = _together(text)
    held = [h for h in context.holdings.contracts if h.id in found]
    return frozenset(h.id for h in held if any(told.search(fold(f"{p.headline} {p.text}")) for p in h.passages))


def _together(text: str) -> re.Pattern[str]:
    """A folded text in which the words stand one after the other, with any ending and small words between."""
    negative = _NEGATIVE.match(fold(text))
    roots = [re.escape(word[: max(_ROOT, len(word) - 3)]) for word in fold(text).split()]
    told = r"\b" + r"\w* (?:\w+ ){0,3}?".join(roots)
    if negative:
        root = negative["what"][: max(_STEM, len(negative["what"]) - 3)]
        told += rf"|{_FORBIDS} (?:\w+ ){{0,{_NEAR}}}?(?<!\ben )(?:{root})"
    return re.compile(told)


_ROOT, _STEM, _NEAR = 4, 6, 20
_NEGATIVE = re.compile(r"(?:non|no) (?P<what>\w{5,})$")
_FORBIDS = (
    r"\b(?:interdi\w+|s abst\w+|renonce\w*|ne (?:\w+ ){0,4}?(?:pas|aucune?)|"
    r"(?:shall|may|must|will|agrees?|undertakes?) not|not to|refrain\w*|prohibit\w*)"
)
"""« Non-concurrence » is also said as what is forbidden: « s'interdit de travailler pour un concurrent »."""


def _words(text: str) -> tuple[str, ...]:
    return content(fold(text).split()) or tuple(fold(text).split())
