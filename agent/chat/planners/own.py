"""The columns and tags of the user's own that a question names, and what it wants of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from agent.chat.lexicon import Match
from agent.chat.plan import Condition
from agent.chat.planners.grammar import Said, compared, negated
from agent.chat.planners.reading import Read
from agent.chat.planners.stated_conditions import sums_in
from agent.chat.windows import window_of
from agent.reading.grammar import durations
from portfolio.columns.records import Column
from portfolio.folding import fold
from vectorstore.keywords import STOP_WORDS

_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?) ?(?:%|pour ?cent|per ?cent)")
_TAGGED = re.compile(r"\b(?:etiquet\w+|tag\w*|label\w*|mots? cles?|marque\w*|classe\w*) (?:\w+ ){0,2}?$")
_SHORTEST = 4
"""Letters of a tag that is meant without a word that says it is one."""


def column_in(question: Read, columns: Iterable[Column]) -> tuple[Column, Match] | None:
    """The column whose words the question has, one after the other; the longest of several."""
    found = [
        (column, Match(column.key, *place))
        for column in columns
        if (place := _place(question.folded, column.words)) is not None
    ]
    return max(found, key=lambda pair: pair[1].length, default=None)


def _place(folded: str, words: str) -> tuple[int, int] | None:
    telling = [w for w in fold(words).split() if w not in STOP_WORDS]
    roots = [re.escape(w.removesuffix("s")) for w in telling]
    if not roots:
        return None
    found = re.search(r"\b" + r"s? (?:\w+ ){0,2}?".join(roots) + r"s?\b", folded)
    return found.span() if found else None


def condition_on(question: Read, column: Column, match: Match) -> Said:
    """What the question wants of a column's value: compared with a number, one of its choices, that it is said."""
    folded = question.folded
    denied = negated(folded, match.start)
    sums = sums_in(question)
    near = folded[match.start : match.end + 60]
    base = Condition(topic="clause", column=column.key, is_="unknown" if denied else "known")
    match column.kind:
        case "yes_no":
            base = Condition(topic="clause", column=column.key, value="yes", negated=denied)
        case "choice":
            chosen = next((c for c in column.choices if re.search(rf"\b{re.escape(fold(c))}\b", folded)), None)
            if chosen:
                base = Condition(topic="clause", column=column.key, value=chosen, negated=denied)
        case "amount" if sums:
            base = Condition(topic="clause", column=column.key, is_=compared(near), value=sums[0][0])
        case "percent" if percent := _PERCENT.search(question.question.text):
            number = float(percent[1].replace(",", "."))
            base = Condition(topic="clause", column=column.key, is_=compared(near), value=number)
        case "duration" if lengths := durations.find(folded):
            months = lengths[0].value.in_months
            number = float(months) if months is not None else lengths[0].value.days / 30
            base = Condition(topic="clause", column=column.key, is_=compared(near), value=number)
    return Said(base, match)


def dated(said: Said, column: Column, question: Read, as_of: object) -> Said:
    """The condition with the window of time in which a column's date must fall."""
    span = window_of(question.question.text, as_of) if column.kind == "date" else None  # type: ignore[arg-type]
    if span is None:
        return said
    return Said(said.condition.model_copy(update={"window": span.window, "is_": "known"}), said.match)


def tag_in(question: Read, tags: Iterable[str]) -> tuple[str, Match] | None:
    """The tag that a question names: after a word that says that it is one, or a telling word by itself."""
    for tag in sorted(tags, key=len, reverse=True):
        name = fold(tag)
        found = re.search(rf"\b{re.escape(name)}s?\b", question.folded) if name else None
        if found is None:
            continue
        marked = _TAGGED.search(question.folded[: found.start()])
        if marked or len(name) >= _SHORTEST:
            return tag, Match("tag", marked.start() if marked else found.start(), found.end())
    return None
