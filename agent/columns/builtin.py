"""Answers a column without a language model: the sentences that speak of it, then the grammar of its kind.

It never guesses: where no sentence speaks of all that the column asks of, the contract is silent; where sentences do
and none holds a value of the kind, they are shown without one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agent.columns import polarity, typed
from agent.columns.lexicon import Subject, subject
from agent.columns.spoken import Meaning, Spoken, spoken
from agent.reading.locate import evidence
from agent.reading.structure import ContractView
from portfolio.columns.records import Answer, Column
from portfolio.evidence import Evidence

NAME = "rules"
RULE = "columns.builtin@1"
LONGEST = 1_000
"""Characters of a text answer."""
_LOOKED_AT = 12
"""Sentences in which a value is looked for, the fullest first."""

SURE, FAIR, UNSURE, MENTION = 0.93, 0.8, 0.5, 0.3
"""Confidence of a value whose sentence says it all with one value; of one that leans on its headings, and of a clause
whose heading names it; of one chosen among several, and of a clause only mentioned; of words without a value. On
development contracts of CUAD, clauses shown at 0.8 were there in 39 of 45, at 0.5 in 57 of 110. Never as sure as
`CERTAIN`: a column is a question nobody tried before."""


def answer(column: Column, view: ContractView, meaning: Meaning = lambda sha, start: 0.0) -> Answer:
    """What the contract says to ``column``."""
    asked = subject(column.words)
    said = spoken(view, asked, meaning)[:_LOOKED_AT]
    if not said:
        return Answer(reader=NAME, rule=RULE)
    match column.kind:
        case "yes_no":
            return _yes_no(asked, said, view)
        case "text":
            return _text(asked, said, view)
        case "choice":
            return _choice(column, said, view)
        case _:
            return _typed(column, asked, said, view)


def _typed(column: Column, asked: Subject, said: Sequence[Spoken], view: ContractView) -> Answer:
    chosen = [(one, value) for one in said if (value := typed.choose(column.kind, one, asked)) is not None]
    if not chosen:
        return _mention(said, view)
    best, value = chosen[0]
    rivals = {str(other.value) for one, other in chosen if one.rank >= best.rank} | value.others
    rivals -= {str(value.value)}
    sure = UNSURE if rivals or not value.near else SURE if best.whole else FAIR
    return _answer(typed.as_value(column, value.value), best, view, sure)


def _yes_no(asked: Subject, said: Sequence[Spoken], view: ContractView) -> Answer:
    verdicts = [(one, verdict) for one in said if (verdict := polarity.verdict(one, asked)) is not None]
    if not verdicts:
        return _mention(said, view)
    best, verdict = verdicts[0]
    torn = any(other != verdict for one, other in verdicts if one.rank >= best.rank)
    return _answer(verdict, best, view, FAIR if best.headed and best.hits and not torn else UNSURE)


def _text(asked: Subject, said: Sequence[Spoken], view: ContractView) -> Answer:
    """The fullest sentence, before others one that holds what the question's words want: a place, a sum, a length."""
    wanted = [typed.WANTED[kind] for kind in asked.wanted]
    best = next((one for one in said if any(holds(one.sentence) for holds in wanted)), said[0])
    return _answer(best.sentence.text.strip()[:LONGEST], best, view, FAIR if best.whole else UNSURE)


def _choice(column: Column, said: Sequence[Spoken], view: ContractView) -> Answer:
    """The option whose words stand in the fullest sentence that holds an option's words; the longest of several."""
    options = {choice: subject(choice).facets for choice in column.choices}
    for one in said:
        held = [
            choice
            for choice, facets in options.items()
            if facets and all(facet.cues.search(one.sentence.folded) for facet in facets)
        ]
        if held:
            longest = max(held, key=lambda choice: len(options[choice]))
            rivals = [choice for choice in held if len(options[choice]) == len(options[longest])]
            if len(rivals) > 1:
                return _mention([one], view)
            return _answer(longest, one, view, FAIR if one.whole else UNSURE)
    return _mention(said, view)


def _mention(said: Sequence[Spoken], view: ContractView) -> Answer:
    return _answer(None, said[0], view, MENTION)


def _answer(value: Any, said: Spoken, view: ContractView, confidence: float) -> Answer:
    return Answer(value, (_proof(said, view),), confidence, NAME, RULE)


def _proof(said: Spoken, view: ContractView) -> Evidence:
    """The sentence or the row."""
    quote = said.sentence.quote()
    start = quote.start or 0
    return evidence(view.dossier.documents[said.sentence.clause.document], start, start + len(quote.text))
