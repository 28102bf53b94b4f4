"""Values read from the contract's words as a model copied them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.reading.llm.words import amount, due, value
from portfolio.schema import FIELDS


@pytest.mark.parametrize(
    ("field", "words", "read"),
    [
        ("notice_period", "trois mois", "P3M"),
        ("notice_period", "P3M", "P3M"),
        ("notice_period", "trois (3) mois", "P3M"),
        ("renewal.period", "d'année en année", "P1Y"),
        ("price_revision.frequency", "chaque trimestre", "P3M"),
        ("payment_days", "trente (30) jours", "30"),
        ("payment_days", "30.0", "30.0"),
        ("price_revision.cap_percent", "3,5 %", "3.5"),
        ("renewal.max_count", "deux fois", "2"),
        ("price_revision.month_day", "chaque premier mars", "03-01"),
        ("price_revision.month_day", "03-01", "03-01"),
        ("start_date", "premier mars deux mille vingt-deux", "2022-03-01"),
        ("start_date", "2022-03-01", "2022-03-01"),
        ("start_date", "01/03/2022", "2022-03-01"),
    ],
)
def test_words_say_a_value(field: str, words: str, read: str) -> None:
    assert value(field, words) == read


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("notice_period", "deux mois, ou trois mois la dernière année"),
        ("payment_days", "30 ou 45 jours"),
        ("start_date", "du 1er mars 2022 au 28 février 2023"),
        ("start_date", "à une date convenue"),
        ("notice_period", "un délai raisonnable"),
    ],
)
def test_words_that_say_none_or_several_are_no_value(field: str, words: str) -> None:
    assert value(field, words) == words


def test_a_date_in_digits_that_may_be_read_both_ways_is_none_where_months_may_come_first() -> None:
    assert value("start_date", "03/05/2024", month_first=True) == "03/05/2024"
    assert value("start_date", "03/25/2024", month_first=True) == "2024-03-25"


@pytest.mark.parametrize(
    ("words", "number"),
    [("96 000 €", 96000), ("96 000", 96000), ("12,5 k€", 12500), ("huit mille", 8000), ("4,85", 4.85)],
)
def test_a_sum(words: str, number: float) -> None:
    read, _ = amount(words)
    assert read is not None
    assert float(read) == number


def test_two_sums_are_none() -> None:
    assert amount("de 100 € à 200 €") == (None, None)


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=40))
def test_no_words_stop_the_reading(field: str, words: str) -> None:
    assert isinstance(value(field, words), str)
    due(words)
    amount(words)
