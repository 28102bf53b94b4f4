"""A yes or a no from a contract's own words: what a sentence allows or forbids, what a form's row ticks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.chat import lexicon
from agent.chat.clauses import Line, Spoken, paragraph
from agent.chat.context import Context
from agent.chat.entailment import Question, Verdict, coverage_of, heard, ideas_said, question_of, verdict, weighed
from agent.chat.findings import Finding, of_passage
from agent.chat.holdings import Held
from agent.chat.matching import Weight, coverage, likeness
from agent.chat.notions import happened, named
from agent.chat.plan import QueryPlan
from agent.chat.polarity import ideas_of
from agent.chat.sides import sides_of
from portfolio.folding import fold
from portfolio.words.phrases import Phrase, phrase

_EMPTY = lexicon.words("empty", "any")
_ALLOWS = re.compile(
    r"\b(?:peut|peuvent|pourra|autorise\w*|permis\w*|libre\w*|may|can|is allowed|permitted|entitled|droit de|dispose)\b"
)
_RESERVED = re.compile(
    r"\b(?:remains? with|reserved (?:to|for)|reserve\w* (?:a|au|aux)|relev\w+ (?:de|du|exclusivement d\w+))"
    r" (?:the |la |le |l )?(?P<who>[a-z]{3,})"
)
"""What is kept for one side alone, so not for the one whom the question names otherwise."""
_LONG = 4
_ALL = 2000
_FIRST = 5
"""Lines kept that speak best of the question."""
_LEAVE = 0.1
"""What it gains that says what may, must or shall not be done."""
_BOUND = 0.3
"""What it gains where it states a value of the kind that the question names, or speaks of what that supposes."""
_MODAL = re.compile(
    r"\b(?:peut|peuvent|pourra|pourront|doit|doivent|droit|interdi\w*|autoris\w*|libre\w*|tenue?s?|charge|may|can|shall|must|"
    r"cannot|entitled|permitted|prohibited)\b"
)
_SIDE = 0.2
"""What a line gains that speaks of the side asked of, and loses where it speaks of the other."""
_FEW = 2
"""Telling words from which they are enough without those that also name the contract."""
_HEARD = 0.3
"""Share of the words below which a sentence does not speak of the question."""
_LOST = 0.6
"""Share of a question's telling words that a contract which speaks of it may lack."""
_PLAIN = 0.8
"""Share of them from which it is surely about that."""
_MARKED = re.compile(r"[☒☑]\s*(?P<word>[^☐☒☑|\t.;]+)")
_OPTION = re.compile(r"(?P<box>[☐☒☑])\s*(?P<word>[^☐☒☑|\t.;]+)")
_REFUSED = re.compile(r"^\s*(?:non|no|aucun\w*|sans|interdit\w*|refus\w*|exclu\w*|neant|pas)\b")
_GRANTED = re.compile(r"^\s*(?:oui|yes|avec|permis\w*|autoris\w*|accept\w*|prevu\w*)\b")


def _marked(text: str, words: Sequence[str]) -> bool | None:
    """What the ticked words of a line say, where they grant or refuse: « ☒ interdite ☐ permise »; None otherwise."""
    if "☐" not in text:
        return None
    options = [(m["box"] != "☐", coverage(words, m["word"])) for m in _OPTION.finditer(text)]
    best = max((met for _, met in options), default=0.0)
    fitting = {ticked for ticked, met in options if met == best}
    if best > 0 and len(fitting) == 1 and len(options) > 1:
        return fitting.pop()
    for match in _MARKED.finditer(text):
        word = fold(match["word"])
        if _REFUSED.match(word):
            return False
        if _GRANTED.match(word):
            return True
    return None


def _ticked(line: Line, words: Sequence[str]) -> bool | None:
    """Whether the box of a form's row is ticked under the head that the question names; None: there are no boxes."""
    boxes = [
        (head, cell) for head, cell in zip(line.heads, line.cells, strict=False) if cell in ("☒", "☐", "☑", "X", "x")
    ]
    if not boxes:
        return None
    best = max(boxes, key=lambda box: coverage(words, box[0]))
    return best[1] != "☐" if coverage(words, best[0]) > 0 or len({cell for _, cell in boxes}) == 1 else None


@dataclass(frozen=True)
class Answering:
    """The lines of a contract that speak of a question, the one that answers it first, and what that answers."""

    question: Question
    spoken: tuple[Spoken, ...]
    said: Verdict
    weight: Weight

    def hears(self, text: str) -> float:
        """How far another text speaks of the question."""
        return coverage_of(self.question, text, self.weight)

    def covers(self, words: Sequence[str]) -> bool:
        """Whether the answering line speaks of each of some words."""
        line = self.spoken[0].line
        text = f"{line.text} {' '.join(line.heads)}"
        return all(heard(self.question, word, text) > 0 for word in words)


def clause(context: Context, held: Held, plan: QueryPlan) -> Finding:
    """From the line that speaks of the question's words, of the side asked of: what its best part says of them."""
    found = answering(context, held, plan)
    if found is None:
        return context.silent(held, plan)
    telling, spoken, said = found.question.words, found.spoken, found.said
    line, text = spoken[0].line, spoken[0].line.text
    lacking = [w for w in unsaid(context, held, plan, telling) if not heard(found.question, w, text)]
    nouns = [word for word in telling if word in named(plan.question, plan.language)]
    absent = [word for word in nouns if word in lacking]
    foreign = held.terms.value("language") not in (None, plan.language)
    unspoken = absent and 2 * len(absent) >= len(nouns) and said.own < _PLAIN and not foreign
    least = _HEARD / 2 if said.measured or foreign else _HEARD
    if said.own < least or unspoken or happened(plan.question) or len(lacking) > _LOST * len(telling):
        return context.silent(held, plan, spoken)
    ticked = _marked(text, telling)
    boxed = _ticked(line, telling) if ticked is None else None
    if ticked is not None or boxed is not None:
        value = bool(ticked if ticked is not None else boxed)
        why = phrase("chat.why_clause", text=text.replace("\t", " | "))
        return _finding(held, value, why, spoken[:1], sure=boxed is not None or not lacking)
    reserved = _RESERVED.search(fold(text))
    kept = reserved is not None and not likeness(reserved["who"], fold(plan.question))
    value = said.value and not kept
    sure = said.own >= _PLAIN and said.plain and not lacking and reserved is None
    sure = sure and (not said.value or bool(_ALLOWS.search(fold(text))))
    return _finding(held, value, phrase("chat.why_clause", text=paragraph(line)), spoken[:3], sure=sure)


def answering(context: Context, held: Held, plan: QueryPlan) -> Answering | None:
    """The lines that speak of the question's words, and what the first answers; None where it has none."""
    telling = _telling(held, plan)
    spoken = context.clauses.best(held, telling, plan.question, _ALL)
    if not spoken or not telling:
        return None
    sides = sides_of(held)
    question = question_of(plan.question, telling, sides)
    weight = weighed(question, tuple(s.line.text for s in spoken))
    judged = [(s, verdict(question, s.line, sides, weight)) for s in spoken]
    ranked = sorted(judged, key=lambda item: -_rank(*item))[:_FIRST]
    return Answering(question, tuple(s for s, _ in ranked), ranked[0][1], weight)


def _telling(held: Held, plan: QueryPlan) -> list[str]:
    """The words that tell what is asked for: not what names the contract, its kind or its places."""
    places = " ".join(f"{s.name or ''} {s.city or ''}" for s in held.terms.values("sites"))
    kind = lexicon.table("types").get(str(held.terms.value("contract_type") or ""))
    folded = fold(plan.question)

    def tells(word: str) -> bool:
        named = bool(kind and kind.longest(word)) or likeness(word, places) > 0
        return not word.isdigit() and word not in _EMPTY and not named

    meant = [w for w in dict.fromkeys(folded.split()) if len(w) >= _LONG and ideas_of(w, folded)]
    telling = [w for w in plan.about if tells(w)]
    if len(telling) < _FEW and not meant:
        telling += [w for w in plan.words if not w.isdigit() and w not in _EMPTY]
    return list(dict.fromkeys((*telling, *meant)))


def unsaid(context: Context, held: Held, plan: QueryPlan, words: Sequence[str]) -> list[str]:
    """Those of a question's words that the contract says in no form, nor anything that means as much."""
    said, folded = ideas_said(held.passages), fold(plan.question)
    return [w for w in context.clauses.unsaid(held, words) if ideas_of(w, folded).isdisjoint(said)]


def _rank(spoken: Spoken, said: Verdict) -> float:
    side = 0.0 if said.same_side is None else _SIDE if said.same_side else -_SIDE
    leave = _LEAVE * bool(_MODAL.search(fold(spoken.line.text))) * said.own
    return (
        spoken.score
        + max(0.0, said.own - spoken.own)
        + side * said.own
        + leave
        + _BOUND * (said.measured + said.supposed)
    )


def _finding(held: Held, value: bool, why: Phrase, spoken: Sequence[Spoken], *, sure: bool) -> Finding:
    return Finding(
        "boolean",
        value,
        phrase("chat.yes" if value else "chat.no", why=why),
        citations=tuple(of_passage(held, s.line.passage, s.line.text) for s in spoken),
        route="passages",
        sure=sure,
    )
