"""The days that a question speaks of, each with its event: « signés en 2025 et qui courent après 2027 »."""

from __future__ import annotations

import re
from datetime import date

from agent.chat.plan import Topic, Window
from agent.chat.windows import window_of
from agent.reading.text import fold

_EVENTS: tuple[tuple[str, Topic], ...] = (
    (r"sign(?:e|es|ee|ees|ature|ed)\b|conclus?\b|concluded|entered into", "signature"),
    (
        r"commenc\w+|debut\w*|demarr\w+|pris effet|prend\w* effet|prenant effet|entr\w+ en vigueur|start\w*|"
        r"beg[aiu]n\w*|"
        r"took effect|take effect|taking effect",
        "start",
    ),
    (
        r"preavis (?:a donner|a envoyer|tombe\w*|expire\w*)|(?:donner|envoyer) (?:le |un )?preavis|denonc\w+|"
        r"(?:give|send|serve)\w* notice|notice (?:is due|must be given|to be given|deadline\w*|dates?)",
        "notice_deadline",
    ),
    (
        r"fini\w*|termin\w+|expir\w+|echoi\w*|echeance\w*|prend\w* fin|prenant fin|arriv\w+ a (?:terme|echeance)|"
        r"s arret\w+|s'arret\w+|courent|court\b|courant|ending|ends?\b|run(?:s|ning)?\b|last(?:s|ing)?\b|laps\w+",
        "end",
    ),
)
_EVENT = re.compile("|".join(rf"\b(?P<e{n}>{pattern})" for n, (pattern, _) in enumerate(_EVENTS)))


def dated_in(text: str, as_of: date) -> list[tuple[Topic, Window]]:
    """Each event with the window in which its day must fall, in the question's order: the window that stands after the
    event's words and before the next event's. Empty where a window stands with no event."""
    folded = fold(text)
    events = [(m, _EVENTS[int((m.lastgroup or "e0")[1:])][1]) for m in _EVENT.finditer(folded)]
    if not events:
        return []
    ends = [match.start() for match, _ in events[1:]] + [len(text)]
    found: list[tuple[Topic, Window]] = []
    for (match, topic), end in zip(events, ends, strict=True):
        span = window_of(text[match.end() : end], as_of)
        if span is None:
            continue
        found.append((topic, span.window))
    return found
