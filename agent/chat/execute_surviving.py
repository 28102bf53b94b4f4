"""What outlives a contract, told as a day: « le secret reste dû cinq ans après cette date », from its end."""

from __future__ import annotations

import re
from datetime import date

from agent.chat import lexicon
from agent.chat.clauses import Line, lines_of
from agent.chat.findings import Finding, of_passage
from agent.chat.holdings import Held
from agent.chat.matching import LIKE, coverage, likeness
from agent.chat.notions import named
from agent.chat.plan import QueryPlan, Topic
from agent.reading.grammar import dates, durations
from agent.reading.text import fold as fold_keeping
from portfolio.folding import fold
from portfolio.words.phrases import phrase

_LASTS = re.compile(
    r"\b(?:due?s?|tenue?s?|lie(?:e|s|es)?|oblig\w*|dure\w*|reste\w*|demeure\w*|survi\w*|persist\w*|court|vaut|"
    r"applique\w*|respect\w*|gard\w*|continue\w*|owed|bound|bind\w*|last\w*|remain\w*|outliv\w*|keep|kept|runs?|appl\w*)\b"
)
_AFTER_END = re.compile(
    r"^\W*(?:apres|a compter de|a partir de|suivant|following|after|from|beyond)\W+"
    r"(?:(?:la|le|l'|les|sa|son|ses|the|its|any|date|d[eu]|of|such)\W*)*"
    r"(?P<what>fin|terme|expiration|echeance|cessation|cloture|end|expiry|termination|"
    r"(?:cette|that|this|such) date)\b"
)
_OF_KIND = re.compile(
    r"\b(?:contrats?|accords?|conventions?|nda|agreement) (?:de |d |du )(?P<kind>\w+)|(?P<before>\w+) agreement\b"
)
"""What names the contract by its kind, not the duty: « l'accord de confidentialité »."""
_TOPICS: tuple[Topic | None, ...] = (None, "end", "final_end", "obligation", "clause")
_ENOUGH = 0.5
"""Share of the things asked for that the clause must speak of."""
_EMPTY = lexicon.words("empty", "any") | lexicon.words("empty", "time") | lexicon.words("empty", "vague")


def surviving(held: Held, plan: QueryPlan) -> Finding | None:
    """The day until which the thing that is asked for outlives the contract, to be verified: an earlier end moves it;
    None where no clause has it outlive the contract for a time."""
    folded = fold(plan.question)
    end = held.calendar and (held.calendar.final_end or held.calendar.current_end)
    things = _things(folded, plan)
    if plan.topic not in _TOPICS or plan.answer != "date" or not end or not things or not _LASTS.search(folded):
        return None
    for line in lines_of(held.passages):
        on = _outliving(line, end)
        if on is not None and likeness(things[0], line.text) >= LIKE and coverage(things, line.text) >= _ENOUGH:
            said = phrase("chat.stated_date", contract=held.title, date=on)
            citation = of_passage(held, line.passage, line.text)
            return Finding("date", on, said, citations=(citation,), route="passages", sure=False)
    return None


def _things(folded: str, plan: QueryPlan) -> list[str]:
    """The things that are asked for, in their order, without what names the contract by its kind."""
    kinds = {word for m in _OF_KIND.finditer(folded) for word in (m["kind"], m["before"]) if word}
    known = named(plan.question, plan.language) - kinds
    return [w for w in dict.fromkeys(folded.split()) if w in known and w not in _EMPTY]


def _outliving(line: Line, end: date) -> date | None:
    """The end and a time after it, where the line counts a time from there."""
    text = fold_keeping(line.text)
    for found in durations.find(text):
        after = _AFTER_END.match(text[found.end :])
        if after is not None and (not after["what"].endswith("date") or _last_day(line) == end):
            return found.value.after(end)
    return None


def _last_day(line: Line) -> date | None:
    """The day that « cette date » means: the last one told before the line."""
    told = dates.find(fold_keeping(line.passage.text[: line.start]))
    return told[-1].value if told else None
