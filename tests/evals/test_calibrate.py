"""The fit finds what tells right from wrong, knows what the tuned side owes to being tuned, and is repeatable."""

from __future__ import annotations

import random

import pytest

from evals.calibrate import Fit, cross_validated, measured
from evals.splits import split_of
from evals.trust import JudgedFact
from portfolio.facts import Fact


@pytest.fixture(scope="module")
def facts() -> list[JudgedFact]:
    """60 contracts: of the good rule's facts 97 % are right, of the bad one's 60 %; all of them where it was tuned."""
    chance = random.Random(0)
    made = []
    for contract in range(60):
        split = split_of(contract)
        for rule, share in (("good", 0.97), ("bad", 0.6)) * 4:
            fact = Fact(field="payment_days", value=30, confidence=0.5, reader="rules", rule=rule)
            right = split == "development" or chance.random() < share
            made.append(JudgedFact(fact, {"always": 1.0, f"rule:{rule}": 1.0}, right, f"{contract}", split, False))
    return made


def test_rules_are_told_apart_as_on_contracts_that_nobody_looked_at(facts: list[JudgedFact]) -> None:
    scored = [fact for fact in cross_validated(facts) if fact.split == "held_out"]
    mean = {
        rule: sum(f.fact.confidence for f in scored if f.fact.rule == rule) / (len(scored) / 2)
        for rule in ("good", "bad")
    }
    assert mean["bad"] == pytest.approx(0.6, abs=0.15)
    assert mean["good"] > 0.9


def test_every_fact_is_scored_once_and_the_fit_is_repeatable(facts: list[JudgedFact]) -> None:
    assert len(cross_validated(facts)) == len(facts)
    assert Fit.of(facts) == Fit.of(list(facts))


def test_what_the_file_says_is_of_the_held_out_side(facts: list[JudgedFact]) -> None:
    assert measured(facts)["facts"] == sum(fact.split == "held_out" for fact in facts)
