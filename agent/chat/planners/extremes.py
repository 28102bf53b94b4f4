"""By which fact a question ranks contracts, and which end of the ranking it wants."""

from __future__ import annotations

import re

from agent.chat import lexicon
from agent.chat.lexicon import Match
from agent.chat.plan import Topic
from agent.chat.planners.reading import Read

_OF_CONTRACTS = re.compile(
    r"\b(?:contrat\w*|marche\w*|bail|baux|convention\w*|accord\w*|police\w*|contract\w*|agreement\w*|lease\w*|lequel|"
    r"laquelle|lesquels|lesquelles|which one|fournisseur\w*|prestataire\w*|supplier\w*|provider\w*|engagement\w*)\b"
)
_BOUND = re.compile(r"\b(?:at (?:most|least)|au (?:plus|moins))\b")
"""What bounds a number and ranks nothing."""
_PERIOD = re.compile(r" (?:semestre|trimestre|quarter|half|mois|jour|week|month|janvier|january)\b")
"""What follows « premier » where it tells a time."""
_RANKS: dict[str, tuple[Topic, bool]] = {
    name: (rule.topic, rule.largest)  # type: ignore[misc]
    for name, rule in lexicon.rules("extremes").items()
}


def extreme_of(question: Read) -> tuple[Topic, bool, Match] | None:
    """The fact, whether its largest is meant, and the words that say so; None where contracts are not ranked by a fact
    of their own."""
    if not _OF_CONTRACTS.search(question.folded):
        return None
    found = [
        (match.length, name, match)
        for name, entry in lexicon.table("extremes").items()
        if (match := entry.longest(question.folded)) is not None
        and not _BOUND.search(question.folded[: match.end])
        and not _PERIOD.match(question.folded[match.end :])
    ]
    if not found:
        return None
    _, name, match = max(found, key=lambda item: item[0])
    return (*_RANKS[name], match)
