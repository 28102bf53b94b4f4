"""Whether a line of a contract says yes or no to a question: what is asked, of whom, with which negation and which
value, held against what the line's best part says of it, by whom."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.chat.clauses import Line
from agent.chat.matching import LIKE, Rarity, Weight, likeness
from agent.chat.measures import held_against
from agent.chat.polarity import Polarity, ideas, ideas_of, opposed, polarity
from agent.chat.sides import Side, Sides
from portfolio.folding import fold
from vectorstore.records import Passage

_PARTS = re.compile(
    r"[;.]\s+|\s:\s(?=\W*(?:\w+\W+){4})|\n|\t|,?\s(?:mais|toutefois|cependant|tandis que?|alors que?|"
    r"en revanche|but|however|whereas)\s",
    re.IGNORECASE,
)
_WE = re.compile(
    r"\b(?:(?:c est|est ce|a) (?:bien )?(?:a )?nous|nous (?:devons|doit|revient|faut)|(?:doit|devons|faut il|"
    r"pouvons|peut) (?:on|nous)\b|"
    r"on (?:doit|peut|a|est)\b|notre charge|nos frais|(?:do|must|can|may|are|should) we|our (?:side|cost|expense)|"
    r"for us to|up to us)\b"
)
_THEY = re.compile(
    r"\b(?:a eux|leur charge|leurs frais|their cost|up to them|(?:peut|doit|peuvent|doivent) (?:il|elle)s?)\b"
)
_OWED = re.compile(
    r"\b(?:c est (?:bien )?(?:a|au|aux)|est ce (?:a|au|aux)|(?:a|aux) (?:notre|leur|sa|la) (?:charge|frais)|"
    r"doi\w+|devons|oblig\w*|tenus?|"
    r"must|have to|has to|obliged|required|supposed|up to|responsible)\b"
)
_AGENT = re.compile(r"\b(?:par|by)(?: (?:le|la|les|l|un|une|the|a|an))? (?P<who>\w+)")
_ALONE = re.compile(
    r"\b(?P<who>\w{4,}) (?:et (?:elle|lui) )?(?:seule?|alone|only)\b|\bseule? (?:le |la |l )?(?P<first>\w{4,})"
)
_TO = ("a", "au", "aux", "chez", "avec", "de", "du", "d", "to", "of", "with", "from", "for", "pour", "contre")
_OWNED = re.compile(
    r"\b(notre|votre|our|your) (?:entiere |seule |exclusive |sole |exclusive )?(?:propriete|property)\b"
    r"|\bpropriete (?:\w+ )?(?:de|du|d|des)(?: la| l| le)? (\w+)|\bproperty of (?:the )?(\w+)"
    r"|\bappart\w* (?:a la |a l |au |a |aux )(\w+)|\b(\w+) (?:est|reste|demeure|en est|owns|"
    r"remains) (?:seul )?(?:proprietaire|owner)"
)
_OPPOSED = 0.8
_SLIGHT = 0.1
_FEWEST = 3
"""Words of a part that says something by itself."""
_OUTSIDE = 0.35
"""What a word is worth that stands beside the part of the line that speaks best of the question."""


@dataclass(frozen=True)
class Question:
    """A yes-or-no question: its telling words, its polarity, whom it is asked of, and whether that side must do it."""

    text: str
    words: tuple[str, ...]
    polarity: Polarity
    side: Side | None
    owed: bool


@dataclass(frozen=True)
class Verdict:
    """``value``: what the line answers; ``own``: how far it speaks of the question; ``plain``: no condition, exception
    or other side makes it doubtful; ``same_side``: whether it speaks of the side asked of, None where not
    known."""

    value: bool
    own: float
    plain: bool
    same_side: bool | None
    measured: bool = False
    """Whether it states a value of the kind that the question names."""
    supposed: float = 0.0
    """How far it speaks of what the question supposes (« si … »)."""


def question_of(text: str, words: Sequence[str], sides: Sides) -> Question:
    folded = fold(text)
    return Question(
        text, tuple(words), polarity(text, asking=True), _asked_of(folded, sides), bool(_OWED.search(folded))
    )


def _asked_of(folded: str, sides: Sides) -> Side | None:
    if re.search(
        r"\b(?:c est|est ce) (?:bien )?a nous\b|\bnous appart\w*|\bwe own\b|\bours\b|\b(?:notre|nos) (?:charge|"
        r"frais)\b",
        folded,
    ):
        return "us"
    words = folded.split()
    for n, side in sides.named(folded, asking=True):
        before = words[max(0, n - 3) : n]
        owing = re.search(r"\b(?:c est|est ce) (?:bien )?(?:a|au|aux)\b", " ".join(words[max(0, n - 5) : n]))
        if owing or not any(word in _TO for word in before[-2:]):
            return side
    if _WE.search(folded):
        return "us"
    return "them" if _THEY.search(folded) else None


def verdict(question: Question, line: Line, sides: Sides, weight: Weight) -> Verdict:
    """What a line answers to a question."""
    part = _part(question, line, weight)
    said = polarity(part)
    side = _speaker(line, part, sides)
    same = None if side is None or question.side is None else side == question.side
    own = _heard(question, f"{line.text} {' '.join(line.heads)}", part, weight)
    measured = held_against(question.text, part) or held_against(question.text, line.text)
    by_word = _by_word(question, said)
    agrees = by_word if by_word is not None else _as_a_whole(question, said)
    if by_word is None and any(opposed(word, said.text) for word in question.words) and not question.polarity.lacking:
        agrees = not agrees
    doubtful = said.conditional or said.only is not None or bool(said.excepted)
    if measured is not None:
        within, stated = measured
        if stated.bound in ("most", None) or not within:
            agrees = within != question.polarity.denied
    elif same is False and question.owed and not said.denied:
        agrees, doubtful = False, True
    owner = _owner(said.text, sides)
    if owner is not None and "own" in ideas(fold(question.text)) and question.side is not None:
        agrees = owner == question.side
    alone = _ALONE.search(said.text)
    if alone is not None and question.side is not None:
        only = sides.of(alone["who"] or alone["first"])
        if only is not None and only != question.side:
            agrees = False
    return Verdict(
        agrees, own, not doubtful and same is not False, same, measured is not None, _supposed(question, line.text)
    )


def _by_word(question: Question, said: Polarity) -> bool | None:
    """Whether question and clause grant or deny the same of one word: what the clause leaves out, allows alone, or says
    not to be there; None where neither has such a word."""
    asked = question.polarity
    excepted = [w for w in question.words if likeness(w, said.excepted) >= LIKE and not likeness(w, _without(said))]
    if excepted and not asked.excepted:
        return said.denied != asked.denied
    if said.only is not None:
        met = [w for w in question.words if likeness(w, said.only) >= LIKE]
        return bool(met) and not asked.denied and not asked.lacking
    pivots = [
        word
        for word in (*question.words, *asked.lacking.split())
        if len(word) > 2
        and (likeness(word, asked.lacking) >= LIKE or likeness(word, said.lacking) >= LIKE)
        and likeness(word, said.text)
        and likeness(word, asked.text)
    ]
    if pivots:
        return asked.denies(pivots[0]) == said.denies(pivots[0])
    return None


def _as_a_whole(question: Question, said: Polarity) -> bool:
    denied = said.denied or bool(re.search(r"\b(?:aucune?|no|nor)\b", said.text) and said.lacking)
    return denied == question.polarity.denied


def _supposed(question: Question, text: str) -> float:
    words = [word for word in question.words if word in question.polarity.supposed.split()]
    return sum(heard(question, word, text) for word in words) / len(words) if words else 0.0


def _owner(said: str, sides: Sides) -> Side | None:
    """Whose property a folded clause says that something is."""
    found = _OWNED.search(said)
    if found is None:
        return None
    word = next(w for w in found.groups() if w)
    return sides.of({"notre": "nous", "votre": "vous", "our": "we", "your": "you"}.get(word, word))


def _without(said: Polarity) -> str:
    return said.text.replace(said.excepted, " ") if said.excepted else said.text


def _part(question: Question, line: Line, weight: Weight) -> str:
    """The part of a line that speaks of the question: a clause of a sentence; of a row all of it."""
    if len(line.cells) > 1:
        return line.text
    parts = [p for p in _PARTS.split(line.text) if p and len(p.split()) >= _FEWEST]
    best = max(parts, key=lambda p: coverage_of(question, p, weight), default=line.text)
    whole = coverage_of(question, line.text, weight)
    return best if coverage_of(question, best, weight) >= 0.7 * whole else line.text


@lru_cache(maxsize=64)
def ideas_said(passages: tuple[Passage, ...]) -> frozenset[str]:
    """What passages speak of that may be said in other words."""
    return frozenset(idea for passage in passages for idea in ideas(fold(f"{passage.headline} {passage.text}")))


def weighed(question: Question, texts: tuple[str, ...]) -> Weight:
    """What a question's words tell among some texts: one that an idea stands for tells as little as that is common."""
    rarity = Rarity(texts)
    folded = fold(question.text)
    said = [ideas(fold(text)) for text in texts]

    def of_idea(word: str) -> float:
        meant = ideas_of(word, folded)
        count = sum(1 for found in said if not meant.isdisjoint(found))
        return (
            max(_SLIGHT, math.log((len(texts) + 1) / (count + 1)) / math.log(len(texts) + 1))
            if meant and count
            else 1.0
        )

    weights = {word: min(rarity(word), of_idea(word)) for word in question.words}
    return lambda word: weights.get(word, 1.0)


def coverage_of(question: Question, text: str, weight: Weight) -> float:
    total = sum(weight(word) for word in question.words)
    return sum(weight(word) * heard(question, word, text) for word in question.words) / total if total else 0.0


def heard(question: Question, word: str, text: str) -> float:
    """How surely a text speaks of a question's word: by the word, by its idea in other words, by its opposite."""
    said = likeness(word, text)
    if said >= LIKE:
        return said
    folded = fold(text)
    if not ideas_of(word, fold(question.text)).isdisjoint(ideas(folded)) or opposed(word, folded):
        return _OPPOSED
    return said


def _heard(question: Question, whole: str, part: str, weight: Weight) -> float:
    """How far a line speaks of a question: fully by its best part, a little less beside it."""
    inside, around = coverage_of(question, part, weight), coverage_of(question, whole, weight)
    return inside + (1 - _OUTSIDE) * max(0.0, around - inside)


def _speaker(line: Line, part: str, sides: Sides) -> Side | None:
    """The side that a line speaks of: by whom it is done, else the first named, else who leads in to the list."""
    folded = fold(part)
    agent = _AGENT.search(folded)
    if agent is not None and (side := sides.of(agent["who"])):
        return side
    words = folded.split()
    for n, side in sides.named(folded):
        if not any(word in _TO for word in words[max(0, n - 2) : n]):
            return side
    named = sides.named(fold(line.text))
    if named:
        return named[0][1]
    before = line.passage.text[: line.start].rstrip()
    for lead in reversed(before.split("\n")):
        if lead.rstrip().endswith(":"):
            led = sides.named(fold(lead))
            return led[-1][1] if led else None
    led = sides.named(fold(line.passage.path[-1])) if line.passage.path else []
    return led[0][1] if len(led) == 1 else None
