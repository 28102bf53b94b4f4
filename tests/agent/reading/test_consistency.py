"""Facts that cannot be true together."""

from typing import Any

import pytest

from agent.reading.consistency import RULES, terms_outlast_their_notice
from portfolio.facts import Fact


def facts(**told: tuple[Any, float]) -> dict[str, list[Fact]]:
    named = {name.replace("__", "."): pair for name, pair in told.items()}
    return {name: [Fact(field=name, value=value, confidence=surely)] for name, (value, surely) in named.items()}


@pytest.mark.parametrize(
    ("told", "doubted"),
    [
        ({"duration": ("P2M", 0.7), "notice_period": ("P3M", 0.9)}, ["duration"]),
        ({"duration": ("P1Y", 0.9), "notice_period": ("P18M", 0.6)}, ["notice_period"]),
        ({"duration": ("P15D", 0.9), "renewal__kind": ("tacit", 0.9)}, ["duration"]),
        ({"renewal__period": ("P8D", 0.9), "renewal__kind": ("express", 0.9)}, ["renewal.period"]),
        ({"duration": ("P1Y", 0.9), "notice_period": ("P3M", 0.9), "renewal__kind": ("tacit", 0.9)}, []),
        ({"duration": ("P5D", 0.9), "renewal__kind": ("none", 0.9)}, []),
        ({"duration": ("P1M", 0.9), "notice_period": ("P15D", 0.9), "renewal__kind": ("tacit", 0.9)}, []),
    ],
)
def test_a_term_outlasts_its_notice(told: dict[str, tuple[Any, float]], doubted: list[str]) -> None:
    assert terms_outlast_their_notice in RULES
    assert [doubt.fact.field for doubt in terms_outlast_their_notice(facts(**told))] == doubted
