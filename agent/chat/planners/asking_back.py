"""When a question is asked back, because two kinds of answer are about as likely; and which one was then chosen."""

from __future__ import annotations

from agent.chat import lexicon
from agent.chat.plan import AnswerKind
from agent.chat.planners.intended import Meant
from agent.chat.planners.reading import Read

_UNSURE = 0.45
"""A kind of answer that is likelier is given, to be verified."""
_LEVEL = 0.75
"""Share of the likeliest kind's probability from which another is as good."""
_LONGEST = 6
"""Words at most of a choice; more ask a question of their own."""


def between(meant: Meant) -> tuple[AnswerKind, ...]:
    """The kinds of answer to choose from; empty where one is likely enough."""
    rival = meant.rival
    if meant.kind == "action" or rival is None or meant.kind_sure >= _UNSURE or rival.sure < _LEVEL * meant.kind_sure:
        return ()
    return (meant.kind, rival.answer)


def chosen(question: Read, readings: tuple[AnswerKind, ...]) -> AnswerKind | None:
    """The one of ``readings`` that a short answer names, by its number or its word; None where it asks anew."""
    words = question.folded.split()
    if len(words) > _LONGEST:
        return None
    numbers = [int(word) for word in words if word.isdigit()]
    if len(words) <= 2 and numbers and 1 <= numbers[0] <= len(readings):
        return readings[numbers[0] - 1]
    told = [kind for kind in readings if lexicon.words("choices", kind) & set(words)]
    return told[0] if len(told) == 1 else None
