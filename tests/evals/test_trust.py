"""Facts judged whole, counted by confidence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evals import cuad, metrics
from evals.loaders import CuadContract, CuadLabel, LabelledContract
from evals.run import Reading, Result
from evals.trust import JudgedFact, acceptable, accepted, judged, reliability
from portfolio.facts import CERTAIN, Fact
from portfolio.schema import ContractRecord, Party

GOLD = ContractRecord(
    document="a.txt", reference="R-1", parties=(Party(name="Alpha", role="client"), Party(name="Beta", role="supplier"))
)


def fact(field: str, value: Any, confidence: float = 0.9) -> Fact:
    return Fact(field=field, value=value, confidence=confidence, reader="rules")


def labelled(*facts: Fact) -> Result:
    reading = Reading(facts, tuple({} for _ in facts))
    contract = LabelledContract("a", GOLD, (), "held_out")
    return Result(contract, reading, metrics.compare(GOLD, reading.record("a.txt")), GOLD)


def verdicts(result: Result) -> list[bool]:
    return [found.right for found in judged(result)]


def test_a_party_is_right_when_nothing_it_states_is_wrong() -> None:
    alpha = fact("parties", Party(name="Alpha", role="client"))
    assert verdicts(labelled(alpha)) == [True]
    assert verdicts(labelled(fact("parties", Party(name="Beta", role="client")))) == [False]
    assert verdicts(labelled(fact("parties", Party(name="Gamma", role="client")), alpha)) == [False, True]


def test_a_part_that_the_labels_do_not_have_is_wrong() -> None:
    assert verdicts(labelled(fact("parties", Party(name="Alpha", role="client", registration="552100554")))) == [False]


def test_scalars_and_false_fills() -> None:
    assert verdicts(labelled(fact("reference", "r 1"), fact("payment_days", 30))) == [True, False]


def test_of_cuad_only_what_the_lawyers_answer_is_judged() -> None:
    contract = CuadContract("a", Path("a"), {"Governing Law": CuadLabel((), "New York")}, "development")
    reading = Reading((fact("title", "X"), fact("governing_law", "US-NY"), fact("end_date", "2024-01-01")), ({},) * 3)
    result = Result(contract, reading, cuad.compare(contract, reading.record()))
    assert [(f.fact.field, f.right, f.public) for f in judged(result)] == [
        ("governing_law", True, True),
        ("end_date", False, True),
    ]


def held(*pairs: tuple[float, bool]) -> list[JudgedFact]:
    return [
        JudgedFact(fact("payment_days", 30, confidence), {}, right, "a", "held_out", public=False)
        for confidence, right in pairs
    ]


def test_bins_give_the_mean_confidence_and_the_share_that_is_right() -> None:
    low, high = reliability(held((0.2, False), (1.0, True), (CERTAIN, True), (0.99, False)))
    assert (low.low, low.count, low.right, low.expected) == (0.0, 1, 0, 0.2)
    assert (high.low, high.high, high.count, high.share) == (CERTAIN, 1.0, 3, pytest.approx(2 / 3))
    assert high.expected == pytest.approx((1.0 + CERTAIN + 0.99) / 3)


def test_the_threshold_says_what_need_not_be_looked_at() -> None:
    found = accepted(held((0.99, True), (0.96, False), (0.5, False), (0.3, True)), 0.95)
    assert (found.certain, found.share, found.precision) == (2, 0.5, 0.5)
    assert accepted(held((0.5, True))).precision is None


def test_the_most_that_can_be_accepted_at_a_precision() -> None:
    found = acceptable(held((0.99, True), (0.9, True), (0.8, True), (0.7, False), (0.6, True)), 0.75)
    assert (found.certain, found.threshold) == (5, 0.6)
    assert acceptable(held((0.9, False)), 0.98).certain == 0
