"""CUAD's two measures as tables and in JSON's types: the lawyers' answers, and their spans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich import box
from rich.table import Table

from evals.cuad_spans import SpanScore
from evals.metrics import Outcome
from evals.run import Result
from evals.shown import percent
from evals.splits import SPLITS, Split


@dataclass(frozen=True, slots=True)
class AnswerScore:
    """Of ``answered`` contracts ``right`` got the lawyers' answer; of ``silent`` ones ``filled`` got any."""

    right: int = 0
    answered: int = 0
    filled: int = 0
    silent: int = 0

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> AnswerScore:
        judged = list(outcomes)
        silent = [outcome for outcome in judged if outcome.gold is None]
        return cls(
            sum(outcome.right for outcome in judged),
            len(judged) - len(silent),
            sum(outcome.false_fill for outcome in silent),
            len(silent),
        )

    @property
    def accuracy(self) -> float | None:
        """None where the lawyers answered nothing."""
        return self.right / self.answered if self.answered else None

    @property
    def filled_share(self) -> float | None:
        """None where the lawyers always answered."""
        return self.filled / self.silent if self.silent else None


def answers(results: Iterable[Result]) -> Mapping[str, Mapping[Split, AnswerScore]]:
    """By category, then `all`."""
    pooled: dict[str, dict[Split, list[Outcome]]] = {}
    for result in results:
        for outcome in result.outcomes:
            for row in (outcome.field, "all"):
                pooled.setdefault(row, {side: [] for side in SPLITS})[result.contract.split].append(outcome)
    ordered = sorted(pooled, key=lambda row: row == "all")
    return {row: {side: AnswerScore.of(found) for side, found in pooled[row].items()} for row in ordered}


def answer_table(results: Iterable[Result]) -> Table:
    table = Table(
        title="Answers: right where the lawyers gave one, filled where they found none",
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    table.add_column("")
    for side in SPLITS:
        name = side.replace("_", " ")
        for head in (f"{name}: accuracy", "right", "filled", "of silent"):
            table.add_column(head, justify="right")
    for category, sides in answers(results).items():
        cells = [
            cell
            for score in (sides[side] for side in SPLITS)
            for cell in (
                percent(score.accuracy),
                f"{score.right} of {score.answered}",
                percent(score.filled_share),
                f"{score.filled} of {score.silent}",
            )
        ]
        table.add_row(category, *cells, style="bold" if category == "all" else None)
    return table


def span_table(results: Sequence[Result]) -> Table:
    """How the words behind the facts meet the marked spans, by category (the set's own metric)."""
    table = Table(
        title="Spans: words that meet the lawyers' marks",
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    table.add_column("")
    for side in SPLITS:
        name = side.replace("_", " ")
        for head in (f"{name}: precision", "recall", "area", "precision at 80 % recall", "marked"):
            table.add_column(head, justify="right")
    for category, sides in by_category(results).items():
        cells = [
            cell
            for side in SPLITS
            for cell in (
                percent(sides[side].precision),
                percent(sides[side].recall),
                percent(sides[side].area),
                percent(sides[side].precision_at(0.8)),
                str(sides[side].marked),
            )
        ]
        table.add_row(category, *cells, style="bold" if category == "all" else None)
    return table


def by_category(results: Iterable[Result]) -> Mapping[str, Mapping[Split, SpanScore]]:
    pooled: dict[str, dict[Split, SpanScore]] = {}
    for result in results:
        for category, score in result.spans.items():
            for row in (category, "all"):
                sides = pooled.setdefault(row, {side: SpanScore() for side in SPLITS})
                sides[result.contract.split] += score
    return {row: pooled[row] for row in (*(name for name in pooled if name != "all"), "all") if row in pooled}


def as_json(results: Sequence[Result]) -> dict[str, Any]:
    """`answers` and `spans`; shares between 0 and 1."""
    return {
        "answers": {
            category: {
                side: {"accuracy": score.accuracy, "filled_share": score.filled_share, **asdict(score)}
                for side, score in sides.items()
            }
            for category, sides in answers(results).items()
        },
        "spans": {
            category: {
                side: {
                    "precision": score.precision,
                    "recall": score.recall,
                    "area": score.area,
                    "precision_at_80": score.precision_at(0.8),
                    "marked": score.marked,
                }
                for side, score in sides.items()
            }
            for category, sides in by_category(results).items()
        },
    }
