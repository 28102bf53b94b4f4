"""What of a contract's term falls due: its start, its ends, the last days for notice; and what cannot be dated yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portfolio.calendar.facts import Life
from portfolio.calendar.notice import NOTICE_FIELDS, Chance
from portfolio.calendar.standing import Standing
from portfolio.calendar.terms import TERM_FIELDS
from portfolio.calendar.walk import TermPeriod
from portfolio.events import Event, EventKind, Undated
from portfolio.words.phrases import Phrase, phrase


def term_events(standing: Standing, since: date, until: date) -> Iterator[Event | Undated]:
    """The events of a contract's term from ``since`` to ``until``, both counted in, and what has no date yet."""
    events = _Events(standing)
    calendar, notices = standing.calendar, standing.notice
    if calendar.start is not None and since <= calendar.start <= until:
        yield events.event("start", "start", calendar.start, phrase("deadline.start"))
    for period in (calendar.current, *calendar.to_come):
        if period.end is not None and since <= period.end <= until:
            yield events.end(period)
    for chance in notices.chances:
        if since <= chance.last_day <= until:
            yield events.notice(chance)
    for chance in notices.breaks:
        if since <= chance.last_day <= until:
            yield events.leaving(chance)
    for missing in calendar.missing:
        yield events.undated("end", phrase("deadline.term"), missing)
    if notices.missing is not None:
        yield events.undated("notice", phrase("deadline.notice_length"), notices.missing)


class _Events:
    """The events of one contract: all rest on the facts of its term, those of notices on its notice too."""

    def __init__(self, standing: Standing) -> None:
        self._calendar = standing.calendar
        self._side = standing.notice.side
        self._contract = standing.terms.base
        self._steps = standing.steps
        self._notice_steps = standing.notice.steps
        self._life = Life(standing.terms)

    def event(self, kind: EventKind, name: str, on: date, what: Phrase, steps: tuple[Phrase, ...] = ()) -> Event:
        fields = (*TERM_FIELDS, *NOTICE_FIELDS) if kind == "notice" else TERM_FIELDS
        return Event(
            key=f"{self._contract}:{name}",
            kind=kind,
            contract=self._contract,
            on=on,
            what=what,
            steps=(*self._steps, *steps),
            rests_on=self._life.rests_on(fields),
            unsure=self._life.unsure(fields),
            side=self._side if kind == "notice" else None,
        )

    def end(self, period: TermPeriod) -> Event:
        """The end of a period: the contract goes on by itself, unless a decision renews it, or is over."""
        assert period.end is not None
        calendar = self._calendar
        follows = next((p for p in calendar.to_come if p.number == period.number + 1), None)
        how = tuple(p.how for p in calendar.to_come if p.how and p.number <= period.number)
        name = f"end:{period.number}"
        if calendar.ended is not None:
            if follows is None:
                return self.event("final_end", name, period.end, phrase("deadline.ended"), how)
        elif follows is not None or calendar.renewal.endless:
            unset = follows is not None and follows.end is None
            what = phrase("deadline.renewal_unset" if unset else "deadline.renewal")
            return self.event("renewal", f"renewal:{period.number}", period.end, what, how)
        elif calendar.renewal.kind == "express" and calendar.final_end != period.end:
            return self.event("end", name, period.end, phrase("deadline.end_decision"), how)
        elif calendar.renewal.kind is None:
            return self.event("end", name, period.end, phrase("deadline.end"), how)
        return self.event("final_end", name, period.end, phrase("deadline.final_end"), how)

    def notice(self, chance: Chance) -> Event:
        period = chance.period
        how = tuple(p.how for p in self._calendar.to_come if p.how and p.number <= period.number)
        unset = self._calendar.to_come[0].end is None
        what = phrase("deadline.notice_unset" if unset else "deadline.notice")
        return self.event(
            "notice", f"notice:{period.number}", chance.last_day, what, (*how, *self._notice_steps, chance.step)
        )

    def leaving(self, chance: Chance) -> Event:
        what = phrase("deadline.break", end=chance.period.end)
        return self.event("notice", f"break:{chance.period.number}", chance.last_day, what, (chance.step,))

    def undated(self, kind: EventKind, what: Phrase, missing: Phrase) -> Undated:
        fields = (*TERM_FIELDS, *NOTICE_FIELDS)
        name = missing.key.rpartition(".")[2]
        return Undated(
            f"{self._contract}:{name}", kind, self._contract, what, missing, unsure=self._life.unsure(fields)
        )
