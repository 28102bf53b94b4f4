"""What holds for any term, whatever its lengths: no gap, no overlap, notice before its end, renewals that only add."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.amendments import Version
from portfolio.calendar.given import Given, NoticeGiven
from portfolio.calendar.standing import Standing
from portfolio.calendar.walk import TermPeriod
from portfolio.values import Duration
from tests.portfolio.calendar.contracts import stands, version

DAY = timedelta(days=1)
days = st.dates(date(2000, 1, 1), date(2045, 12, 31))
lengths = st.one_of(
    st.builds(Duration, months=st.integers(1, 120)),
    st.builds(Duration, years=st.integers(1, 12)),
    st.builds(Duration, days=st.integers(20, 800)),
)
notices = st.one_of(
    st.builds(Duration, months=st.integers(1, 18)),
    st.builds(Duration, days=st.integers(1, 400)),
    st.builds(Duration, months=st.integers(1, 6), days=st.integers(1, 20)),
)


@st.composite
def tacit(draw: st.DrawFn) -> dict[str, Any]:
    """The facts of a contract that renews tacitly."""
    facts: dict[str, Any] = {
        "start_date": draw(days),
        "duration": draw(lengths),
        "renewal__kind": "tacit",
        "renewal__period": draw(lengths),
        "notice_period": draw(notices),
    }
    count = draw(st.one_of(st.none(), st.integers(0, 6)))
    return facts if count is None else facts | {"renewal__max_count": count}


def periods(found: Standing) -> list[TermPeriod]:
    return [*found.calendar.begun, *found.calendar.to_come]


@given(facts=tacit(), as_of=days)
@settings(max_examples=300)
def test_periods_follow_one_another_without_gap_or_overlap(facts: dict[str, Any], as_of: date) -> None:
    found = periods(stands(version("base", **facts), as_of))
    assert [p.number for p in found] == list(range(len(found)))
    for period in found:
        assert period.start is not None and period.end is not None and period.start <= period.end
    for before, after in pairwise(found):
        assert before.end is not None and after.start == before.end + DAY


@given(facts=tacit(), as_of=days, moves=st.lists(st.tuples(days, days), max_size=3))
@settings(max_examples=300)
def test_amendments_that_move_the_end_leave_no_gap(
    facts: dict[str, Any], as_of: date, moves: list[tuple[date, date]]
) -> None:
    amendments: list[Version] = [
        version(f"a{n}", start_date=on, signature_date=on, end_date=max(on, end)) for n, (on, end) in enumerate(moves)
    ]
    found = periods(stands(version("base", **facts), as_of, *amendments))
    for before, after in pairwise(found):
        assert before.end is not None and after.start == before.end + DAY


@given(facts=tacit(), as_of=days)
def test_the_current_period_holds_the_day(facts: dict[str, Any], as_of: date) -> None:
    calendar = stands(version("base", **facts), as_of).calendar
    start, end = calendar.current.start, calendar.current.end
    assert start is not None and end is not None
    expected = {"future": as_of < start, "active": start <= as_of <= end, "expired": as_of > end}
    assert calendar.status is not None and expected[calendar.status]
    assert calendar.final_end is None or calendar.final_end >= end


@given(facts=tacit(), as_of=days)
def test_notice_lies_before_its_end_and_is_missed_the_day_after(facts: dict[str, Any], as_of: date) -> None:
    found = stands(version("base", **facts), as_of)
    for chance in found.notice.chances:
        assert chance.period.end is not None and chance.last_day < chance.period.end
    for one, next_ in pairwise(found.notice.chances):
        assert one.last_day <= next_.last_day
    assert found.notice_missed == (found.notice_deadline is not None and found.notice_deadline < as_of)


@given(facts=tacit(), as_of=days, count=st.integers(0, 5))
def test_one_more_renewal_never_moves_an_earlier_date(facts: dict[str, Any], as_of: date, count: int) -> None:
    fewer = stands(version("base", **facts | {"renewal__max_count": count}), as_of)
    more = stands(version("base", **facts | {"renewal__max_count": count + 1}), as_of)
    ends = [p.end for p in periods(fewer)]
    assert [p.end for p in periods(more)][: len(ends)] == ends
    deadlines = [(c.period.number, c.last_day) for c in fewer.notice.chances]
    assert set(deadlines) <= {(c.period.number, c.last_day) for c in more.notice.chances}


@given(facts=tacit(), as_of=days, later=st.integers(0, 4000))
def test_time_only_adds_periods(facts: dict[str, Any], as_of: date, later: int) -> None:
    base = version("base", **facts)
    before = stands(base, as_of).calendar.begun
    after = stands(base, as_of + timedelta(days=later)).calendar.begun
    assert after[: len(before)] == before


@given(facts=tacit(), as_of=days)
def test_notice_on_its_last_day_ends_the_contract_with_its_period(facts: dict[str, Any], as_of: date) -> None:
    base = version("base", **facts)
    found = stands(base, as_of)
    if found.notice_deadline is None or found.notice_deadline < as_of:
        return
    on_time = Given(notices=(NoticeGiven(found.notice_deadline),))
    ended = stands(base, found.notice_deadline, given=on_time)
    assert ended.calendar.final_end == found.calendar.current_end
    assert not ended.calendar.to_come and not ended.notice.chances
