"""Phrases are kept as text and come back the same."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.agenda.packing import pack, unpack
from portfolio.schema import Amount
from portfolio.values import Duration, Every, FromEvent, OnDate
from portfolio.words.phrases import Phrase, phrase


@pytest.mark.parametrize(
    "said",
    [
        phrase("deadline.end"),
        phrase("deadline.break", end=date(2027, 6, 30)),
        phrase("x.y", length=Duration(months=18), count=3, share=0.5, name="Limpidea « Santé »", none=None),
        phrase("x.y", rule=Every(every=Duration(years=1), month_day="03-31")),
        phrase("x.y", rule=FromEvent(event="notification", offset=Duration(days=15, negative=True))),
        phrase("x.y", rule=OnDate(date=date(2026, 1, 1)), amount=Amount(label="Prix", value=12.5)),
        phrase("x.y", inner=phrase("a.b", day=date(2024, 2, 29))),
    ],
)
def test_a_phrase_comes_back_with_the_types_of_its_values(said: Phrase) -> None:
    assert unpack(pack(said)) == said
