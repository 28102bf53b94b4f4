"""By which day a renewal that somebody must ask for has to be asked for: what the clause on it says, counted from the
end of the current period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from agent.chat.clauses import Line, lines_of
from agent.chat.findings import Citation, Finding, of_passage
from agent.chat.holdings import Held
from agent.chat.windows import MONTHS
from agent.reading.grammar import durations
from agent.reading.text import fold as fold_keeping
from portfolio.folding import fold
from portfolio.words.phrases import phrase

_RENEWS = re.compile(
    r"\b(?:lengthen\w*|allong\w*|recondui\w*|reconduction\w*|prolong\w*|renouvel\w*|prorog\w*|extend\w*|extension\w*|renew\w*)\b"
)
_BEFORE = re.compile(r"^\W*(?:\w+\W+){0,3}?(?:avant|auparavant|a l'avance|before|prior|ahead|in advance)\b")
_BY = re.compile(
    r"\b(?P<strict>avant|before)?(?:au plus tard|no later than|by|on or before)? ?(?:le |the )?"
    r"(?P<day>1er|\d{1,2})(?:st|nd|rd|th)? "
    rf"(?P<month>{'|'.join(MONTHS)})\b"
)
_DECIDES = re.compile(
    r"\b(?:avant|au plus tard|before|by|later|decision|notifi\w*|inform\w*|avis\w*|ecri\w*|courrier|lettre|notice|"
    r"serv\w*)\b"
)


@dataclass(frozen=True)
class Decision:
    """The last day to ask for a renewal, and the sentence that says so."""

    on: date
    line: Line

    def citation(self, held: Held) -> Citation:
        return of_passage(held, self.line.passage, self.line.text)


def decision(held: Held) -> Decision | None:
    """The last day to ask for the renewal of the current period; None where no clause tells it. Later documents speak
    first."""
    end = held.calendar.current_end if held.calendar else None
    if end is None:
        return None
    for line in reversed(lines_of(held.passages)):
        text = fold_keeping(line.text)
        if not _RENEWS.search(fold(line.text)) or not _DECIDES.search(fold(line.text)):
            continue
        for found in durations.find(text):
            if _BEFORE.match(text[found.end : found.end + 60]):
                return Decision(found.value.before(end), line)
        named = _BY.search(fold(line.text))
        on = _yearly(named, end) if named else None
        if on is not None:
            return Decision(on, line)
    return None


def _yearly(named: re.Match[str], end: date) -> date | None:
    """The last such day of a year before ``end``: the day before it where the clause says « avant »."""
    day = int(re.sub(r"\D", "", named["day"]))
    for year in (end.year, end.year - 1):
        try:
            on = date(year, MONTHS[named["month"]], day)
        except ValueError:
            return None
        if on < end:
            return on - timedelta(days=1) if named["strict"] else on
    return None


def by_when(held: Held) -> Finding | None:
    """The answer to the question by when a renewal must be asked for."""
    found = decision(held)
    if found is None:
        return None
    said = phrase("chat.renewal_asked", contract=held.title, date=found.on)
    return Finding("date", found.on, said, citations=(found.citation(held),), route="passages", sure=False)


def in_time(held: Held, *, late: bool) -> Finding | None:
    """Whether it can still be asked for; ``late``: whether it is too late."""
    found = decision(held)
    if found is None:
        return None
    open_ = found.on >= held.as_of
    why = phrase("chat.renewal_asked", contract=held.title, date=found.on)
    said = phrase("chat.yes" if open_ != late else "chat.no", why=why)
    return Finding("boolean", open_ != late, said, citations=(found.citation(held),), route="passages", sure=False)
