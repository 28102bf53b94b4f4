"""The term of a contract on a day: its periods begun and to come, current and final end, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from portfolio.amendments import TermsInForce
from portfolio.calendar.ended import told_end
from portfolio.calendar.facts import Life
from portfolio.calendar.given import NOTHING, Given
from portfolio.calendar.renewal import Renewal
from portfolio.calendar.walk import TermPeriod, Walk
from portfolio.words.phrases import Phrase, phrase

StatusByDates = Literal["future", "active", "expired"]
TERM_FIELDS = ("start_date", "end_date", "duration", "renewal.kind", "renewal.period", "renewal.max_count", "status")
"""The facts that periods rest on."""
AHEAD = 2
"""How many periods to come are given where nothing limits them."""


@dataclass(frozen=True)
class TermCalendar:
    """``begun``: the periods up to ``as_of``, the initial term in any case; ``to_come``: those that follow unless
    somebody gives notice (where nothing limits them: the next two, and as many as were asked for). ``ended``: the day
    on which the contract was ended, told by a person or by its documents; ``lost``: it was ended, nobody knows when.
    ``renewal``: as it stands at the end of the current period. ``missing``: what has to be told before the rest can be
    known.
    """

    as_of: date
    start: date | None
    begun: tuple[TermPeriod, ...]
    to_come: tuple[TermPeriod, ...]
    renewal: Renewal
    final_end: date | None
    ended: date | None
    lost: bool
    status: StatusByDates | None
    steps: tuple[Phrase, ...]
    missing: tuple[Phrase, ...]

    @property
    def current(self) -> TermPeriod:
        """The period that runs on ``as_of``; the initial term before it begins, the last one after all ended."""
        return self.begun[-1]

    @property
    def current_end(self) -> date | None:
        """Its end; None: no set end, or not known."""
        return self.current.end

    @property
    def renewals_used(self) -> int | None:
        """Renewals begun; None where it is not known when the contract was ended."""
        return None if self.lost else self.current.number

    @property
    def last_day(self) -> date | None:
        """The last day that the contract reaches if nobody acts; None: it has no set end, or none is known."""
        if self.to_come:
            return None if self.renewal.endless and self.ended is None else self.to_come[-1].end
        return self.current.end


def term_calendar(terms: TermsInForce, as_of: date, given: Given = NOTHING, until: date | None = None) -> TermCalendar:
    """The term of a contract on ``as_of``, from its terms in force and what a person told; the periods to come of a
    renewal without limit at least to ``until``.

    Raises InvalidValue for durations that lead outside the calendar.
    """
    life = Life(terms)
    start: date | None = given.start or life.value("start_date") or given.begins
    ended = given.ended or told_end(life)
    lost = ended is None and life.value("status") == "terminated"
    walk = Walk(life, start, given.renewals)
    walk.advance(max(as_of, ended or as_of))
    rule = walk.renewal(walk.last.end)
    periods = list(walk.periods)
    final: date | None = None
    if ended is not None:
        periods, final = _until(periods, ended), ended
    elif lost:
        periods[-1] = replace(periods[-1], end=None, how=None)
    elif rule.kind == "express":
        final = walk.by_decision()
    else:
        periods += walk.to_come(AHEAD, until or as_of)
        final = None if rule.endless else periods[-1].end
    begun = [p for p in periods if p.number == 0 or (p.start is not None and p.start <= as_of)]
    how = [p.how for p in begun if p.how]
    initial = [how.pop(0)] if how and begun[0].how else []
    steps = [*_began(life, start), *initial, *rule.steps, *how]
    steps += _stops(given, ended, lost, final, len(periods) - len(begun))
    return TermCalendar(
        as_of=as_of,
        start=start,
        begun=tuple(begun),
        to_come=tuple(periods[len(begun) :]),
        renewal=rule,
        final_end=final,
        ended=ended,
        lost=lost,
        status=_status(life, as_of, start, begun[-1], ended, lost),
        steps=tuple(steps),
        missing=tuple(_missing(life, begun[-1], walk, rule, as_of, lost, ended)),
    )


def _until(periods: Sequence[TermPeriod], ended: date) -> list[TermPeriod]:
    """The periods of a contract that was ended on ``ended``."""
    kept = [p for p in periods if p.number == 0 or p.start is None or p.start <= ended]
    return [*kept[:-1], replace(kept[-1], end=ended)]


def _began(life: Life, start: date | None) -> Iterator[Phrase]:
    if start is not None:
        yield phrase("calendar.start" if start == life.value("start_date") else "calendar.start_told", start=start)


def _stops(given: Given, ended: date | None, lost: bool, final: date | None, ahead: int) -> Iterator[Phrase]:
    if ended is not None:
        yield phrase("calendar.ended_told" if given.ended else "calendar.ended_documents", end=ended)
    elif lost:
        yield phrase("calendar.ended_unknown")
    elif ahead and final is not None:
        yield phrase("calendar.final", count=ahead, end=final)


def _status(
    life: Life, as_of: date, start: date | None, current: TermPeriod, ended: date | None, lost: bool
) -> StatusByDates | None:
    end = ended or current.end
    if lost or (end is not None and as_of > end):
        return "expired"
    if start is not None:
        return "future" if as_of < start else "active"
    if end is not None:
        return "active"
    if life.value("duration") is not None:
        return "future"
    signed: date | None = life.value("signature_date")
    return None if signed is None else "active" if signed <= as_of else "future"


def _missing(
    life: Life, current: TermPeriod, walk: Walk, rule: Renewal, as_of: date, lost: bool, ended: date | None
) -> Iterator[Phrase]:
    if ended is not None:
        return
    if lost:
        yield phrase("calendar.missing_ended")
    elif current.number == 0 and current.end is None:
        waits = life.value("duration") is not None and current.start is None
        if waits or rule.kind is not None or life.value("notice_period") is None:
            yield phrase("calendar.missing_start" if waits else "calendar.missing_end")
    elif (
        rule.kind == "express" and current.end is not None and as_of > current.end and walk.by_decision() != current.end
    ):
        yield phrase("calendar.missing_decision", end=current.end)
    elif rule.kind == "tacit" and rule.period is None and rule.max_count and current.end is not None:
        yield phrase("calendar.missing_period", count=rule.max_count)
    if rule.kind is None and (life.value("renewal.period") or life.value("renewal.max_count") is not None):
        yield phrase("calendar.missing_kind")
