"""The queue of review: certain and decided values are not in it, what costs most comes first."""

from __future__ import annotations

from typing import Any

from portfolio.doubt import STAKES, to_review, urgency
from portfolio.facts import CERTAIN, Fact
from portfolio.schema import FIELDS


def fact(field: str, value: Any, confidence: float, **more: Any) -> Fact:
    return Fact(field=field, value=value, confidence=confidence, reader="rules", **more)


def test_of_equal_doubt_the_notice_comes_before_the_title() -> None:
    title, notice = fact("title", "Bail", 0.7), fact("notice_period", "P3M", 0.7)
    assert to_review([title, notice]) == [notice, title]


def test_of_one_field_the_least_sure_comes_first() -> None:
    surer, doubtful = fact("payment_days", 30, 0.9), fact("payment_days", 45, 0.4)
    assert to_review([surer, doubtful]) == [doubtful, surer]


def test_certain_and_decided_values_need_no_review() -> None:
    certain = fact("end_date", "2027-03-31", CERTAIN)
    decided = fact("title", "Bail", 0.4, review="confirmed")
    waiting = fact("reference", "R-1", 0.6)
    assert certain.certain
    assert to_review([certain, decided, waiting]) == [waiting]


def test_what_is_worth_more_is_more_urgent_but_small_contracts_are_not_forgotten() -> None:
    large, small = fact("end_date", "2027-03-31", 0.9), fact("end_date", "2027-03-31", 0.5)
    assert urgency(large, 1_000_000) > urgency(large, 1_000)
    assert urgency(small, 1_000) > urgency(large, 1_000_000)


def test_every_field_has_a_stake() -> None:
    assert set(STAKES) == set(FIELDS)
