"""Conditions that are no phrase of the vocabulary: yearly amounts, words that contracts speak of; and those of which
any will do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.chat.kinds import kinds_in, place_of
from agent.chat.lexicon import Match
from agent.chat.matching import content
from agent.chat.plan import Comparison, Condition
from agent.chat.planners.grammar import Said, clause_at, compared, negated
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
    r"se terminent|se terminant|avant|apres|pendant|durant|avec|before|after|during|signes?|ending)\b"
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
    sums = money_grammar.find(text)
    kinds = kinds_in(question.folded) if sums else ()
    if _LABELS.search(question.folded) and not kinds:
        return []
    found: list[Said] = []
    for sum_ in sums:
        place = _place(question, text, sum_.start, sum_.end)
        low = _RANGE.search(text[max(0, sum_.start - 40) : sum_.start])
        if low:
            least = float(re.sub(r"[^\d.]", "", low["low"].replace(",", ".")).rstrip(".") or 0)
            start = max(0, place[0] - len(fold(low[0])) - 1)
            meant = Condition(topic="amounts", kinds=kinds, currency=sum_.value.currency)
            found.append(_amount(meant, "at_least", least, (start, place[1])))
            found.append(_amount(meant, "at_most", float(sum_.value.value), (start, place[1])))
            continue
        begins, ends = clause_at(question.folded, place[0])
        near_kinds = kinds_in(question.folded[begins:ends]) or kinds
        meant = Condition(topic="amounts", kinds=near_kinds, currency=sum_.value.currency)
        near = question.folded[max(0, place[0] - 40) : place[1]] + question.folded[place[1] : place[1] + 12]
        if _COMPARES.search(near) or near_kinds:
            named = place_of(question.folded[begins:ends], near_kinds)
            first = min(place[0] - 8, begins + named[0]) if named else place[0] - 8
            last = max(place[1], begins + named[1]) if named else place[1]
            found.append(_amount(meant, compared(near), float(sum_.value.value), (max(0, first), last)))
    return found


def _amount(meant: Condition, is_: Comparison, value: float, place: tuple[int, int]) -> Said:
    condition = meant.model_copy(update={"is_": is_, "value": value})
    return Said(condition, Match("amounts", *place), measured=True)


def currencies_in(question: Read) -> list[Said]:
    """In which currency a contract must be priced, where no sum tells it; the euro is one only where it is said how
    prices are stated (« libellés en euros »)."""
    text = fold_keeping(question.question.text)
    sums = money_grammar.find(text)
    if not sums and any(money_grammar.currencies_named(question.folded)):
        text = question.folded
    found: dict[str, Said] = {}
    for code, start, end in money_grammar.currencies_named(text):
        stated = _STATED_IN.search(text[:start])
        if any(s.start <= start < s.end for s in sums) or (code == "EUR" and (sums or not stated)):
            continue
        begins = stated.start() if stated else start
        place = (begins, end) if text == question.folded else _place(question, text, begins, end)
        condition = Condition(topic="amounts", is_="known", currency=code, negated=negated(question.folded, place[0]))
        found.setdefault(code, Said(condition, Match("amounts", *place)))
    return list(found.values())


_STATED_IN = re.compile(
    r"(?:\b(?:libelle\w*|exprime\w*|factur\w*|paye\w*|payab\w*|regl\w*|priced|quoted|denominated|paid|payable|invoiced|"
    r"billed|stated|expressed|montants?|prix|amounts?|prices?) )?\b(?:en|in)(?: des| the)? (?:us |american )?$"
)


def _place(question: Read, text: str, start: int, end: int) -> tuple[int, int]:
    """Where a stretch of the text stands among the folded words."""
    words = fold(text[start:end])
    numbers = re.match(r"[\d ]+", words)
    for told in (words, numbers[0].strip() if numbers else words):
        at = question.folded.find(told)
        if at >= 0:
            return at, at + len(told)
    return 0, 0


_UNDONE = re.compile(
    r"\b(?:si|if|quand|when|unless|sauf si|tant que|sans que) (?:(?:personne|on|nous|nobody|no one|we|rien|nothing) )"
    r"(?:\w+ ){0,4}?(?:rien|nothing|anything|acts?|bouge|reagit|intervien\w+|manifeste|"
    r"(?:est |is )?(?:fait|done)(?: rien)?)\b|"
    r"\b(?:sans (?:rien faire|intervention|aucune (?:action|demarche)|formalites?)|"
    r"without (?:any )?(?:action|doing anything)|"
    r"d (?:eux|elles) memes|(?:on their own|by themselves))\b"
)
"""That nobody does anything."""
_STOPS = re.compile(
    r"\b(?:s arret\w+|(?:prennent|prend|prendront|prendra) fin|(?:se )?termin\w+|cess\w+|finiss?\w*|"
    r"s achev\w+|expir\w+|"
    r"s etei\w+|ends?|ending|stops?|lapses?|run out|runs out|terminates?)\b"
)
_GOES_ON = re.compile(
    r"\b(?:repart\w*|se (?:renouvel|reconduis|prolong|poursuiv)\w*|continu\w*|(?:sont|est|seront|sera) (?:reconduit|"
    r"renouvel|prolong)\w*|renews?|rolls? over|goes on|go on|carry on|extends?)\b"
)


def undone_in(question: Read, found: Sequence[Said]) -> list[Said]:
    """How contracts renew, by what becomes of them where nobody does anything: those that end have no tacit renewal,
    those that go on have."""
    undone = _UNDONE.search(question.folded)
    if undone is None or any(s.condition.topic == "renewal" for s in found):
        return []
    blank = question.folded[: undone.start()] + " " * (undone.end() - undone.start()) + question.folded[undone.end() :]
    on, stop = _GOES_ON.search(blank), _STOPS.search(blank)
    told = on or stop
    if told is None:
        return []
    ends = (on is None) != negated(blank, told.start())
    match = Match("renewal", undone.start(), undone.end())
    return [Said(Condition(topic="renewal", value="tacit", negated=ends), match)]


def spoken_in(question: Read, found: Sequence[Said]) -> list[Said]:
    """Words that a contract must speak of, where they name none of the facts already found."""
    match = _SPEAKS.search(question.folded) or (_IMPOSES.search(question.folded) if found else None)
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
    if match.re is _IMPOSES and any(_within(t, match.start("what"), end) for t in question.topics.values()):
        return []
    denied = negated(question.folded, match.start()) or _DENIED.search(match[0][: match.start("what")]) is not None
    condition = Condition(topic="clause", is_="contains", value="|".join(kept), negated=denied)
    return [Said(condition, Match("clause", match.start(), end))]


_IMPOSES = re.compile(
    r"\b(?:impos\w+|stipul\w+|prevo\w+|exig\w+|interdi\w+|autoris\w+|compren\w+|contien\w+|comport\w+|requier\w+|"
    r"inclu\w+|provid\w+ for|requir\w+|forbid\w*|prohibit\w*|allow\w*|contain\w*|include\w*|permit\w*) "
    r"(?:(?:pas|plus|de|d|du|des|la|le|l|les|un|une|aucune?|the|an?|any|no|for|clauses?|engagements?|obligations?) )*"
    r"(?P<what>\w+(?: \w+){0,5})"
)
"""What a clause does: beside other conditions, the words after it are what contracts must speak of as well."""
_DENIED = re.compile(r"\b(?:pas|plus|aucune?|no)\b")


def _within(match: Match, start: int, end: int) -> bool:
    return match.start < end and match.end > start


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
