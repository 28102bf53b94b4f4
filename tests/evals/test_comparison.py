"""What changed between two runs: facts of development contracts, counts of the others."""

from __future__ import annotations

from typing import Any

from evals.comparison import compare
from evals.metrics import Score


def run(right: int, *mistakes: tuple[str, str, str], contracts: tuple[str, ...] = ("a", "b")) -> dict[str, Any]:
    counts = {"right": right, "read": 3, "gold": 4, "false_fills": 0}
    return {
        "folders": {
            "set": {
                "fields": {row: {"development": counts, "held_out": counts} for row in ("title", "all")},
                "contracts": [{"contract": name} for name in contracts],
                "mistakes": [
                    {"contract": contract, "field": "title", "gold": gold, "read": read}
                    for contract, gold, read in mistakes
                ],
            }
        }
    }


def test_mistakes_that_went_and_that_came() -> None:
    before = run(1, ("a", "X", "Y"), ("b", "X", ""))
    (found,) = compare(before, run(2, ("b", "X", ""), ("b", "", "Z")))
    assert found.gone == (("a", "title", "X", "Y"),)
    assert found.come == (("b", "title", "", "Z"),)
    assert found.scores["title"]["held_out"] == (Score(1, 3, 4), Score(2, 3, 4))


def test_the_same_mistake_twice_counts_twice() -> None:
    (found,) = compare(run(1, ("a", "X", ""), ("a", "X", "")), run(1, ("a", "X", "")))
    assert (found.gone, found.come) == ((("a", "title", "X", ""),), ())


def test_rows_without_change_are_left_out_but_all() -> None:
    (found,) = compare(run(1), run(1))
    assert list(found.scores) == ["all"]


def test_mistakes_of_contracts_that_one_run_did_not_read_are_no_change() -> None:
    (found,) = compare(run(1, ("a", "X", "")), run(1, contracts=("b",)))
    assert found.gone == ()
