"""Conditions that are no phrase of the vocabulary: yearly amounts, words that contracts speak of; and those of which
any will do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.chat.lexicon import Match
from agent.chat.matching import content
from agent.chat.plan import Comparison, Condition
from agent.chat.planners.grammar import Said, compared, negated
from agent.chat.planners.reading import Read
from agent.reading.grammar import money as money_grammar
from agent.reading.text import fold as fold_keeping
from portfolio.folding import fold

_RANGE = re.compile(r"(?:entre|between|from|de)\s+(?P<low>\d[\d\s.,]*)\s*(?:€|eur\w*|k)?\s*(?:et|and|a|to)\s+$")
_COMPARES = re.compile(
    r"\b(?:plus|moins|superieure?s?|inferieure?s?|depass\w*|exced\w*|au dela|au dessus|en dessous|over|under|above|"
    r"below|more|less|exceed\w*|at least|at most|maximum|minimum|greater|lower|higher)\b"
)
_LABELS = re.compile(
    r"\b(?:depots?|cautions?|franchises?|penalites?|responsabilite|garanties?|indemnites?|retenues?|plafond\w*|"
    r"deposits?|liability|penalt\w+|excess|guarantees?)\b"
)
"""Amounts that are no price: they are chosen by their label."""
_SPEAKS = re.compile(
    r"\b(?:parl(?:e|ent|ant|er)|mention\w*|evoqu\w+|trait(?:e|ent|ant)|abord\w+|cit(?:e|ent|ant)|"
    r"(?:contien\w+|comport\w+|utilis\w+|emploi\w+) (?:le|les|l|un|une|the)? ?(?:mots?|termes?|expressions?)|"
    r"clauses? (?:de|d|sur|relative a|about|on)|talk\w* (?:about|of)|speak\w* (?:about|of)|refer\w* to|"
    r"deal\w* with|contain\w* (?:the )?(?:words?|terms?|phrase)) "
    r"(?:(?:de|d|du|des|la|le|l|les|un|une|a|au|aux|sur|the|an|of|about|on|any|clauses?) )*"
    r"(?P<what>\w+(?: \w+){0,7})"
)
_ENDS = re.compile(
    r"\b(?:qui|que|dont|mais|et (?:qui|dont|sont|ont|se)|and (?:that|which|are|have|end)|but|which|that|whose|"
    r"finissant|"
    r"se terminent|se terminant|avant|avec|before|signes?|ending)\b"
)
_OR = re.compile(r"\b(?:ou|or|soit)\b")
_NEVER_ALONE = frozenset(["renewal", "payment", "chose", "thing", "cela", "prix", "price", "duree", "date"])


def sums_in(question: Read) -> list[tuple[float, tuple[int, int]]]:
    """The sums of money that a question names, each with its place among the folded words."""
    text = fold_keeping(question.question.text)
    return [(float(s.value.value), _place(question, text, s.start, s.end)) for s in money_grammar.find(text)]


def priced_in(question: Read) -> list[Said]:
    """What a year of a contract must cost: over, under, between."""
    text = fold_keeping(question.question.text)
    if _LABELS.search(question.folded):
        return []
    found: list[Said] = []
    for sum_ in money_grammar.find(text):
        place = _place(question, text, sum_.start, sum_.end)
        low = _RANGE.search(text[max(0, sum_.start - 40) : sum_.start])
        if low:
            least = float(re.sub(r"[^\d.]", "", low["low"].replace(",", ".")).rstrip(".") or 0)
            start = max(0, place[0] - len(fold(low[0])) - 1)
            found.append(_amount("at_least", least, (start, place[1])))
            found.append(_amount("at_most", float(sum_.value.value), (start, place[1])))
            continue
        near = question.folded[max(0, place[0] - 40) : place[1]] + question.folded[place[1] : place[1] + 12]
        if _COMPARES.search(near):
            found.append(_amount(compared(near), float(sum_.value.value), (max(0, place[0] - 8), place[1])))
    return found


def _amount(is_: Comparison, value: float, place: tuple[int, int]) -> Said:
    return Said(Condition(topic="amounts", is_=is_, value=value), Match("amounts", *place), measured=True)


def _place(question: Read, text: str, start: int, end: int) -> tuple[int, int]:
    """Where a stretch of the text stands among the folded words."""
    words = fold(text[start:end])
    numbers = re.match(r"[\d ]+", words)
    for told in (words, numbers[0].strip() if numbers else words):
        at = question.folded.find(told)
        if at >= 0:
            return at, at + len(told)
    return 0, 0


def spoken_in(question: Read, found: Sequence[Said]) -> list[Said]:
    """Words that a contract must speak of, where they name none of the facts already found."""
    match = _SPEAKS.search(question.folded)
    if match is None:
        return []
    what = _ENDS.split(match["what"], maxsplit=1)[0].strip()
    end = match.start("what") + len(what)
    if not what or any(s.match.start < end and s.match.end > match.start("what") for s in found):
        return []
    pieces = [_trimmed(piece.split()) for piece in _OR.split(what)]
    kept = [piece for piece in pieces if piece and piece not in _NEVER_ALONE]
    if not kept:
        return []
    denied = negated(question.folded, match.start())
    condition = Condition(topic="clause", is_="contains", value="|".join(kept), negated=denied)
    return [Said(condition, Match("clause", match.start(), end))]


def _trimmed(words: Sequence[str]) -> str:
    """The words from the first to the last that tell; « sous » of « sous-traitance » stays."""
    telling = [n for n, word in enumerate(words) if content([word])]
    if not telling:
        return ""
    first = telling[0] - (telling[0] > 0 and words[telling[0] - 1] in _PREFIXES)
    return " ".join(words[first : telling[-1] + 1])


_PREFIXES = frozenset(["sous", "non", "sur", "sub", "auto", "co"])


def joined(folded: str, found: Sequence[Said]) -> list[Said]:
    """``found`` with those that « ou » joins made one; what is denied stays apart: neither may hold."""
    kept: list[Said] = []
    for said in sorted(found, key=lambda s: (s.match.end, s.match.start)):
        before = kept[-1] if kept else None
        if before is None or not _joins(folded, before, said):
            kept.append(said)
            continue
        either = (*before.condition.either, said.condition)
        start = min(before.match.start, said.match.start)
        words = Match(before.match.name, start, said.match.end, (*before.match.gaps, *said.match.gaps))
        kept[-1] = Said(before.condition.model_copy(update={"either": either}), words, measured=before.measured)
    return kept


def _joins(folded: str, one: Said, other: Said) -> bool:
    """Whether « ou » stands between the words of two conditions that are both affirmed, and nothing that parts them."""
    if any(c.negated or c.is_ == "unknown" for c in (one.condition, other.condition)):
        return False
    between = folded[one.match.end : other.match.start]
    if other.match.start < one.match.end:
        if one.condition.topic == other.condition.topic:
            return False
        between = folded[min(one.match.start, other.match.start) : other.match.end]
    near = len(between.split()) <= _NEAR
    return near and _OR.search(between) is not None and not re.search(r"\b(?:et|and)\b", between)


_NEAR = 7
"""Words between two conditions that are said as alternatives, at most."""
