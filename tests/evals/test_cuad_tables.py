"""Accuracy over answered contracts, fills over silent ones."""

from __future__ import annotations

from pathlib import Path

from evals.cuad_tables import AnswerScore, answers
from evals.loaders import CuadContract
from evals.metrics import Outcome
from evals.run import Reading, Result


def result(*outcomes: Outcome) -> Result:
    return Result(CuadContract("a", Path("a"), {}, "held_out"), Reading(), outcomes)


def test_answered_and_silent_contracts_are_counted_apart() -> None:
    scores = answers([
        result(Outcome("Governing Law", "New York", "US-NY", right=True)),
        result(Outcome("Governing Law", "Texas", None)),
        result(Outcome("Governing Law", None, "GB", false_fill=True), Outcome("Renewal Term", None, None)),
    ])  # fmt: skip
    law = scores["Governing Law"]["held_out"]
    assert law == AnswerScore(right=1, answered=2, filled=1, silent=1)
    assert (law.accuracy, law.filled_share) == (0.5, 1.0)
    assert scores["Renewal Term"]["held_out"].accuracy is None
    assert list(scores)[-1] == "all" and scores["all"]["held_out"].silent == 2
