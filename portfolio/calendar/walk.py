"""From one period of a contract to the next, as its terms stood at each turn."""

from __future__ import annotations

from collections import deque
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta

from portfolio.amendments import TermChange
from portfolio.calendar.facts import Life
from portfolio.calendar.renewal import Renewal, renewal
from portfolio.values import Duration
from portfolio.words.phrases import Phrase, phrase

_DAY = timedelta(days=1)
_NONE = Duration()
MOST = 20_000
"""Periods of one contract that are counted; more than that comes from a rhythm that was misread."""


@dataclass(frozen=True)
class TermPeriod:
    """``number`` 0 is the initial term, n the n-th renewal. ``start`` None: unknown; ``end`` None: no set end.
    ``how``: the arithmetic of its end, None where the contract tells it and nothing has to be counted."""

    number: int
    start: date | None
    end: date | None
    how: Phrase | None = None


def times(length: Duration, count: int) -> Duration:
    """``length``, ``count`` times over, each unit apart."""
    return Duration(length.years * count, length.months * count, length.days * count)


def forward(length: Duration) -> bool:
    """Whether a length leads to a later day: whole days, months or years."""
    return not (length.negative or length.hours) and bool(length.years or length.months or length.days)


@dataclass(frozen=True)
class _Series:
    """Equal periods counted from one day: the k-th ends after ``offset`` and k times ``period`` from ``anchor``.

    Counting all from one day keeps a day of the month that a shorter month in between does not have.
    """

    anchor: date
    offset: Duration
    period: Duration
    count: int = 0

    @property
    def end(self) -> date:
        return self.ending(self.count)

    def ending(self, count: int) -> date:
        run = times(self.period, count)
        whole = Duration(self.offset.years + run.years, self.offset.months + run.months, self.offset.days + run.days)
        return whole.last_day_from(self.anchor)


class Walk:
    """The periods of a contract that began on ``start`` (None where unknown), from its first one on.

    ``decisions`` are days on which a renewal was decided, as a person told. A period whose end an amendment moves
    is one longer or shorter period, whose number stays; an amendment that prolongs a contract which renews by decision,
    by its renewal period, or near its end by less, is such a decision.
    """

    def __init__(self, life: Life, start: date | None, decisions: tuple[date, ...] = ()) -> None:
        self._life = life
        self._start = start
        self._decisions = deque(sorted(decisions))
        self._moves = deque(life.changes("end_date"))
        self._counted_from = 0
        self._series: _Series | None = None
        self._settled: Renewal | None = None
        self.initial: Duration | None = life.value("duration", date.min)
        self.periods = [self._first()]

    @property
    def last(self) -> TermPeriod:
        return self.periods[-1]

    def renewal(self, day: date | None = None) -> Renewal:
        """The renewal as it stood on ``day``."""
        if self._life.terms.changes:
            return renewal(self._life, day, self._start, self.initial)
        self._settled = self._settled or renewal(self._life, None, self._start, self.initial)
        return self._settled

    def advance(self, until: date) -> None:
        """Goes on to the period that holds ``until``, or to the last one before it."""
        while len(self.periods) < MOST:
            end = self.last.end
            if self._moves and self._is_due(self._moves[0], end):
                self._move(self._moves.popleft())
            elif end is None or end >= until:
                return
            elif not self._renew():
                if not self._moves:
                    return
                self._move(self._moves.popleft())

    def to_come(self, endless: int, until: date) -> tuple[TermPeriod, ...]:
        """The renewals that follow the last period unless somebody gives notice, up to the cap; of a series without
        limit the next ``endless`` and those up to ``until``."""
        ahead = self._copy()
        found: list[TermPeriod] = []
        while len(found) < MOST and ahead._renew(by_decision=False):
            while ahead._moves and ahead._is_due(ahead._moves[0], ahead.last.end):
                ahead._move(ahead._moves.popleft())
            found.append(ahead.last)
            end = ahead.last.end
            if end is None or (ahead.renewal(end).endless and len(found) >= endless and end > until):
                break
        return tuple(found)

    def by_decision(self) -> date | None:
        """The last day that the contract can reach by all the decisions to renew that its terms allow; None where they
        set no limit."""
        end = self.last.end
        rule = self.renewal(end)
        if end is None or rule.kind != "express" or rule.period is None or self._left(rule) == 0:
            return end
        left = self._left(rule)
        if left is None:
            return rule.limit
        series = self._following(end, rule.period)
        latest = series.ending(series.count + left)
        return min(latest, rule.limit) if rule.limit else latest

    def _copy(self) -> Walk:
        ahead = copy(self)
        ahead.periods, ahead._moves = list(self.periods), deque(self._moves)
        return ahead

    def _first(self) -> TermPeriod:
        start, length = self._start, self.initial
        end: date | None = self._life.value("end_date", date.min)
        if start is not None and length is not None and forward(length):
            counted = length.last_day_from(start)
            if end is None or end == counted:
                if length.in_months is not None:
                    self._series = _Series(start, length, _NONE)
                return TermPeriod(
                    0, start, counted, phrase("calendar.counted", start=start, length=length, end=counted)
                )
            how = phrase("calendar.end_differs", end=end, length=length, counted=counted)
            return TermPeriod(0, start, end, how)
        return TermPeriod(0, start, end, phrase("calendar.end_told", end=end) if end else None)

    def _left(self, rule: Renewal) -> int | None:
        """Renewals left by number; None: no limit."""
        return None if rule.max_count is None else max(0, rule.max_count - (self.last.number - self._counted_from))

    def _renew(self, by_decision: bool = True) -> bool:
        """Goes on to the renewal that follows the last period; False where there is none."""
        end = self.last.end
        if end is None:
            return False
        rule = self.renewal(end)
        if rule.kind not in ("tacit", "express") or self._left(rule) == 0 or (rule.limit and end >= rule.limit):
            return False
        if rule.kind == "express" and not (by_decision and self._decisions and rule.period):
            return False
        start, number = end + _DAY, self.last.number + 1
        if rule.period is None:
            self.periods.append(TermPeriod(number, start, None, phrase("calendar.renewed_unset", start=start)))
            return True
        self._series = self._following(end, rule.period)
        self._series = replace(self._series, count=self._series.count + 1)
        new, key = self._series.end, "calendar.renewed"
        if rule.limit and new > rule.limit:
            new, key = rule.limit, "calendar.renewed_to_limit"
        values = {"number": number, "start": start, "period": rule.period, "end": new}
        if rule.kind == "express":
            key, values["on"] = "calendar.renewed_by_decision", self._decisions.popleft()
        self.periods.append(TermPeriod(number, start, new, phrase(key, **values)))
        return True

    def _following(self, end: date, period: Duration) -> _Series:
        """The series that the renewal after ``end`` belongs to: the running one, or a new one from the day after."""
        series = self._series
        if series is not None and period.in_months is not None and series.ending(series.count) == end:
            if series.period == period:
                return series
            if series.count == 0:
                return replace(series, period=period)
        return _Series(end + _DAY, _NONE, period)

    def _is_due(self, move: TermChange, end: date | None) -> bool:
        """An amendment counts in the period in which it takes effect; on the day after a period's end it prolongs that
        period where the contract does not go on by itself."""
        if end is None or move.on is None or move.on <= end:
            return True
        return move.on == end + _DAY and self.renewal(end).kind != "tacit"

    def _move(self, move: TermChange) -> None:
        """The end of the last period as the amendment sets it."""
        new: date | None = move.after.fact.value if move.after else None
        while new and len(self.periods) > 1 and self.last.start and new < self.last.start:
            self.periods.pop()
        last, on = self.last, move.on
        rule = self.renewal(last.end)
        self._series = None
        if any(c.amendment == move.amendment and c.after for c in self._life.changes("renewal.max_count")):
            self._counted_from = last.number
        if new and last.end and _renews(rule, last.end, new, on):
            how = phrase("calendar.prolonged", number=last.number + 1, end=new, on=on)
            self.periods.append(TermPeriod(last.number + 1, last.end + _DAY, new, how))
            return
        key = "calendar.moved" if new else "calendar.lifted"
        self.periods[-1] = replace(last, end=new, how=phrase(key, before=last.end or "", end=new or "", on=on))


def _renews(rule: Renewal, end: date, new: date, on: date | None) -> bool:
    """Whether an amendment of the day ``on`` that moves ``end`` to ``new`` decides the renewal that ``rule`` foresees:
    it prolongs by its period, or by less within a period of the end; earlier, it makes the term itself longer."""
    if rule.kind != "express" or rule.period is None or new <= end:
        return False
    whole = rule.period.last_day_from(end + _DAY)
    return new == whole or (new < whole and on is not None and on > rule.period.before(end))
