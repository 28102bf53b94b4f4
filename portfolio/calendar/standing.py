"""Where a contract stands on a day: its term and its notices, with amendments agreed and notices given counted in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from portfolio.amendments import TermsInForce, Version, in_order, terms_in_force
from portfolio.calendar.given import NOTHING, Given
from portfolio.calendar.notice import Notice, notice
from portfolio.calendar.terms import TermCalendar, term_calendar
from portfolio.schema import Role
from portfolio.words.phrases import Phrase, phrase

_SET_THE_TERM = frozenset(
    ("end_date", "duration", "renewal.kind", "renewal.period", "renewal.max_count", "notice_period")
)

NOTICE_WINDOW = timedelta(days=90)
"""How long before its last day a notice is open."""


@dataclass(frozen=True)
class Standing:
    terms: TermsInForce
    calendar: TermCalendar
    notice: Notice
    heeded: tuple[Phrase, ...] = ()
    """What became of the notices given."""

    @property
    def steps(self) -> tuple[Phrase, ...]:
        """How the term was reckoned."""
        return (*self.calendar.steps, *self.heeded)

    @property
    def state(self) -> Literal["future", "active", "notice", "expired"] | None:
        """The status by dates; `notice` where the last day to give it is at most `NOTICE_WINDOW` ahead."""
        day, as_of = self.notice_deadline, self.calendar.as_of
        if self.calendar.status == "active" and day is not None and as_of <= day <= as_of + NOTICE_WINDOW:
            return "notice"
        return self.calendar.status

    @property
    def notice_deadline(self) -> date | None:
        """The last day on which notice still stops the next renewal, passed or not."""
        return self.notice.chances[0].last_day if self.notice.chances else None

    @property
    def notice_missed(self) -> bool:
        return self.notice.missed(self.calendar.as_of)

    @property
    def following_deadline(self) -> date | None:
        """The chance after that."""
        return self.notice.chances[1].last_day if len(self.notice.chances) > 1 else None


def agreed_terms(base: Version, amendments: Sequence[Version], as_of: date) -> TermsInForce:
    """The terms that a contract's periods follow: those in force on ``as_of``, and what amendments that were signed by
    then change of its term before its current period is over."""
    terms = terms_in_force(base, amendments, as_of)
    for amendment in in_order(a for a in amendments if a.contract in terms.coming):
        signed = amendment.value("signature_date")
        touches = any(fact.field in _SET_THE_TERM for fact in amendment.facts)
        if not touches or amendment.effective is None or (signed is not None and signed > as_of):
            continue
        end = term_calendar(terms, as_of).current_end
        if end is not None and amendment.effective <= end + timedelta(days=1):
            terms = terms_in_force(base, amendments, amendment.effective)
    return terms


def standing(
    terms: TermsInForce, as_of: date, given: Given = NOTHING, until: date | None = None, ours: Role | None = None
) -> Standing:
    """The standing of a contract on ``as_of``: a notice that was given in time ends it with its period, one that came
    too late with the next. Raises InvalidValue for durations that lead outside the calendar."""
    given = given.known_on(as_of)
    stop = _stopped(terms, given, ours) if given.ended is None else None
    heeded: tuple[Phrase, ...] = ()
    if stop is not None:
        given = replace(given, ended=stop[1])
        heeded = (phrase("calendar.stopped", on=stop[0], end=stop[1]),)
    calendar = term_calendar(terms, as_of, given, until)
    return Standing(terms, calendar, notice(terms, calendar, ours), heeded)


def _stopped(terms: TermsInForce, given: Given, ours: Role | None) -> tuple[date, date] | None:
    """The day of the first notice that ends the contract, and the day on which it does."""
    for told in given.notices:
        calendar = term_calendar(terms, told.on, replace(given, notices=()).known_on(told.on))
        chances = notice(terms, calendar, ours)
        if chances.earliest_end is not None:
            return told.on, chances.earliest_end
        for chance in chances.chances:
            if told.on <= chance.last_day and chance.period.end is not None:
                return told.on, chance.period.end
    return None
