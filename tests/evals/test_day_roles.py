"""The ranker of days learns from labelled contracts which words stand around which day."""

from datetime import date

import pytest

from agent.reading.rules.day_roles import of_none
from evals.day_roles import Example, fit

_SIGNED, _DELIVERED = date(2024, 3, 4), date(2024, 1, 12)


def _example(portfolio: str, right: frozenset[date]) -> Example:
    days = {_SIGNED: frozenset({"before signe"}), _DELIVERED: frozenset({"before livre"})}
    return Example(portfolio, "development", right, days, english=False)


def test_words_of_right_days_weigh_more() -> None:
    weights = fit([_example(name, frozenset({_SIGNED})) for name in "abcd"])
    assert weights["before signe"] > 0 > weights["before livre"]


def test_none_wins_where_the_labels_have_no_day() -> None:
    weights = fit([_example(name, frozenset()) for name in "abcd"])
    none = sum(weights.get(feature, 0.0) for feature in of_none(2, english=False))
    assert none > max(weights.get("before signe", 0.0), weights.get("before livre", 0.0))


def test_rare_words_are_left_out() -> None:
    found = [_example(name, frozenset({_SIGNED})) for name in "ab"]
    assert "before signe" not in fit(found)


@pytest.mark.parametrize("count", [1, 6, 60])
def test_many_days_are_as_many_as_six(count: int) -> None:
    assert f"none of {min(6, count)}" in of_none(count, english=True)
