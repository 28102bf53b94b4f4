"""The last day to give notice for each period that would go on by itself; the earliest end of one without a term."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from portfolio.amendments import TermsInForce
from portfolio.calendar import law
from portfolio.calendar.facts import Life
from portfolio.calendar.terms import TermCalendar
from portfolio.calendar.walk import TermPeriod, forward, times
from portfolio.calendar.workdays import MAINLAND, Counting, WorkCalendar, counting
from portfolio.register.records import Side
from portfolio.schema import Role
from portfolio.values import Duration
from portfolio.words.phrases import Phrase, phrase

NOTICE_FIELDS = ("notice_period",)


@dataclass(frozen=True)
class NoticeLength:
    """How long before the end notice is due. ``reference``: the article that gives it where the contract is silent."""

    length: Duration
    counting: Counting = "calendar"
    reference: str | None = None

    def last_day(self, end: date, work: WorkCalendar = MAINLAND) -> date:
        """The last day on which notice still stops what follows ``end``: months and years on the calendar, days as the
        clause counts them. Hours make it the day before."""
        length = self.length
        if self.counting == "calendar":
            return length.before(end)
        day = Duration(length.years, length.months).before(end)
        return work.before(day, length.days, self.counting)

    def takes_effect(self, given: date, work: WorkCalendar = MAINLAND) -> date:
        """The day on which notice that was received on ``given`` has run out."""
        day = Duration(self.length.years, self.length.months).after(given)
        if self.counting == "calendar":
            return Duration(days=self.length.days, hours=self.length.hours).after(day)
        return work.after(day, self.length.days, self.counting)


@dataclass(frozen=True)
class Chance:
    """Until ``last_day`` notice keeps ``period`` from being followed by another one."""

    period: TermPeriod
    last_day: date
    step: Phrase


@dataclass(frozen=True)
class Notice:
    """``chances``: of the current period first, then of those to come that are followed by another. ``breaks``: days
    before the end on which one side may leave. ``earliest_end``: of a contract without a set end, when notice given on
    the day asked for would end it. ``side``: who may give it, where only one side may. ``missing``: what has to be
    told.
    """

    length: NoticeLength | None = None
    chances: tuple[Chance, ...] = ()
    breaks: tuple[Chance, ...] = ()
    earliest_end: date | None = None
    side: Side | None = None
    steps: tuple[Phrase, ...] = ()
    missing: Phrase | None = None

    def missed(self, as_of: date) -> bool:
        """Whether the current period's last day has passed without a notice."""
        return bool(self.chances) and self.chances[0].last_day < as_of


def notice(terms: TermsInForce, calendar: TermCalendar, ours: Role | None = None) -> Notice:
    """The notices of a contract as it stands; ``ours`` is our own role in it, where known.

    Nothing where no renewal is left to stop: it is by decision, ruled out or used up, or the contract was ended.
    Raises InvalidValue for a length that leads outside the calendar.
    """
    if calendar.ended is not None or calendar.status == "expired":
        return Notice()
    life = Life(terms)
    current, as_of = calendar.current, calendar.as_of
    length = _length(life)
    side, steps = _side(life, ours)
    open_ended = current.end is None and current.start is not None and calendar.renewal.kind != "express"
    followed = _followed(calendar)
    if length is None:
        return Notice(side=side, missing=phrase("calendar.missing_notice", end=current.end) if followed else None)
    if length.reference:
        steps.append(phrase("calendar.notice_by_law", length=length.length, reference=length.reference))
    chances = tuple(_chance(length, period) for period in followed)
    earliest = None
    if open_ended and current.start is not None:
        earliest = _quarter(life, length.takes_effect(max(as_of, current.start)))
        steps.append(phrase("calendar.any_time", length=length.length, day=as_of, end=earliest))
    return Notice(length, chances, tuple(_breaks(life, calendar, length)), earliest, side, tuple(steps))


def _length(life: Life) -> NoticeLength | None:
    term = life.terms.term("notice_period")
    if term is not None:
        fact = term.fact
        return NoticeLength(fact.value, counting(e.quote for e in fact.evidence)) if _counts(fact.value) else None
    rules = law.applying(life.value)
    return next((NoticeLength(rule.notice, reference=rule.reference) for rule in rules if rule.notice), None)


def _counts(length: Duration) -> bool:
    return not length.negative


def _followed(calendar: TermCalendar) -> list[TermPeriod]:
    """The periods that go on by themselves when nobody gives notice, the current one first."""
    if not calendar.to_come:
        return []
    periods = [calendar.current, *calendar.to_come]
    endless = calendar.renewal.endless
    return [p for n, p in enumerate(periods) if p.end is not None and (n + 1 < len(periods) or endless)]


def _chance(length: NoticeLength, period: TermPeriod) -> Chance:
    assert period.end is not None
    day = length.last_day(period.end)
    key = "calendar.notice" if length.counting == "calendar" else "calendar.notice_counted"
    said = phrase(
        key,
        end=period.end,
        length=length.length,
        day=day,
        counting=phrase(f"calendar.counting_{_PLAIN[length.counting]}"),
    )
    return Chance(period, day, said)


_PLAIN: dict[Counting, str] = {
    "calendar": "calendar", "ouvrés": "business", "ouvrables": "working", "francs": "clear",
}  # fmt: skip


def _side(life: Life, ours: Role | None) -> tuple[Side | None, list[Phrase]]:
    """Of a public contract only the buyer may refuse the renewal, unless it says otherwise (CCP art. R2112-4)."""
    public = life.value("legal_nature.sector") == "public" and life.value("renewal.kind") == "tacit"
    if not public or ours not in ("client", "supplier"):
        return None, []
    return ("us" if ours == "client" else "them"), [phrase("calendar.buyer_alone")]


def _quarter(life: Life, day: date) -> date:
    """The day on which notice ends a lease that goes on past its term: the last of the quarter (C. com. L145-9)."""
    if not any(rule.ends == "quarter" for rule in law.applying(life.value)):
        return day
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    return first + relativedelta(months=3) - timedelta(days=1)


def _breaks(life: Life, calendar: TermCalendar, length: NoticeLength) -> Iterator[Chance]:
    """The days before the end of the initial term on which the tenant may leave (C. com. L145-4)."""
    rule = next((r for r in law.applying(life.value) if r.breaks), None)
    first = calendar.begun[0]
    if rule is None or rule.breaks is None or rule.notice is None or first.start is None or first.end is None:
        return
    if calendar.current is not first or not forward(rule.breaks):
        return
    count = 1
    while (end := times(rule.breaks, count).last_day_from(first.start)) < first.end:
        day = rule.notice.before(end)
        step = phrase("calendar.break", end=end, length=rule.notice, day=day, reference=rule.reference)
        yield Chance(TermPeriod(count, first.start, end), day, step)
        count += 1
