"""The leaderboard shows the held-out side first and says what is certain."""

from __future__ import annotations

from evals import metrics
from evals.leaderboard import page
from evals.loaders import LabelledContract
from evals.run import Reading, Result
from evals.splits import Split
from portfolio.facts import Fact
from portfolio.schema import ContractRecord

CALIBRATION = {
    "certain_from": 0.975,
    "measured": {
        "labelled": {
            "facts": 4,
            "certain": 2,
            "certain_right": 1,
            "reliability": [{"from": 0.975, "to": 1.0, "facts": 2, "predicted": 0.98, "right": 1}],
        }
    },
}


def result(name: str, split: Split, days: int) -> Result:
    gold = ContractRecord(document="a", payment_days=30)
    reading = Reading((Fact(field="payment_days", value=days, reader="rules"),), ({},), text="x" * 30_000)
    outcomes = metrics.compare(gold, reading.record("a"))
    return Result(LabelledContract(name, gold, (), split), reading, outcomes, gold)


def rows(text: str, first: str) -> list[list[str]]:
    return [cells for line in text.splitlines() if (cells := [c.strip() for c in line.split("|")])[1:2] == [first]]


def test_both_sides_apart_held_out_first() -> None:
    text = page({"set": [result("a", "held_out", 45), result("b", "development", 30)]}, CALIBRATION)
    (line, *_) = rows(text, "set")
    assert line[2:4] == ["1", "0.0"]
    assert line[7:9] == ["1", "100.0"]
    assert text.index("held out: F1") < text.index("development: F1")


def test_certain_values_are_told_with_their_precision() -> None:
    text = page({"set": [result("a", "held_out", 30)]}, CALIBRATION)
    assert "50.0 % of 4 facts are certain; of these 50.0 % are right" in text
    assert rows(text, "0.975 to 1")[0][2:5] == ["2", "98.0", "50.0"]
