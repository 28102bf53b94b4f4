"""The fit finds what tells right from wrong, knows what the tuned side owes to being tuned, and is repeatable."""

from __future__ import annotations

import random

import pytest

from evals.calibrate import Fit, cross_validated, measured
from evals.splits import split_of
from evals.trust import JudgedFact
from portfolio.facts import CERTAIN, Fact

VALUES = {"payment_days": 30, "title": "Bail"}


@pytest.fixture(scope="module")
def facts() -> list[JudgedFact]:
    """150 contracts: 97 % of the payment terms and 60 % of the titles are right; all of them where rules were tuned."""
    chance = random.Random(0)
    made = []
    for contract in range(150):
        split = split_of(contract)
        for field, share in (("payment_days", 0.97), ("title", 0.6)):
            fact = Fact(field=field, value=VALUES[field], confidence=0.5, reader="rules", rule="rule")
            right = split == "development" or chance.random() < share
            made.append(JudgedFact(fact, {"always": 1.0, f"field:{field}": 1.0}, right, f"{contract}", split, False))
    return made


def test_the_confidence_is_that_of_contracts_that_nobody_looked_at(facts: list[JudgedFact]) -> None:
    scored = [fact for fact in cross_validated(facts) if fact.split == "held_out"]
    mean = {
        field: sum(f.fact.confidence for f in scored if f.fact.field == field) / (len(scored) / 2) for field in VALUES
    }
    titles = [fact for fact in facts if fact.fact.field == "title"]
    taken_together = sum(fact.right for fact in titles) / len(titles)
    assert 0.5 < mean["title"] < taken_together - 0.05
    assert mean["payment_days"] > 0.88


def test_rows_that_one_rule_found_in_one_contract_count_once(facts: list[JudgedFact]) -> None:
    assert Fit.of([*facts, *facts]) == Fit.of(facts)


def test_every_fact_is_scored_once_and_the_fit_is_repeatable(facts: list[JudgedFact]) -> None:
    assert len(cross_validated(facts)) == len(facts)
    assert Fit.of(facts) == Fit.of(list(facts))


def test_what_is_certain_is_counted_with_what_of_it_is_right() -> None:
    certain = [
        JudgedFact(
            Fact(field="payment_days", value=30, confidence=c, reader="rules"), {}, right, "a", "held_out", False
        )
        for c, right in ((0.99, True), (CERTAIN, False), (0.6, True))
    ]
    found = measured(certain)
    assert (found["facts"], found["certain"], found["certain_right"]) == (3, 2, 1)
