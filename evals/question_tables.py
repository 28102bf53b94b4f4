"""The figures of a run of questions, and its mistakes, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich import box
from rich.table import Table

from evals.questions import Scored, figures

_NAMES = {
    "questions": "Questions",
    "right": "Right",
    "right_that_cite": "Of those right: cite rightly",
    "wrong_but_sure": "Wrong and sure",
    "refused": "Unanswerable: refused",
    "answered_refused": "Answerable: refused",
}
_LONGEST = 160


def question_tables(scored: Sequence[Scored]) -> tuple[Table, ...]:
    """Shares, right answers by kind, and a line a mistake."""
    found = figures(scored)
    shares = Table("", "", box=box.SIMPLE_HEAD, title="Questions")
    for key, name in _NAMES.items():
        shares.add_row(name, _shown(found[key]))
    kinds = Table("Kind", "Right", "Of", box=box.SIMPLE_HEAD)
    for kind, counts in found["by_kind"].items():
        kinds.add_row(kind, str(counts["right"]), str(counts["of"]))
    mistakes = Table("Id", "Question", "Wanted", "Got", "Sure", "Cites", box=box.SIMPLE_HEAD, title="Mistakes")
    for row in mistake_rows(scored):
        mistakes.add_row(*(str(row[key])[:_LONGEST] for key in ("id", "question", "wanted", "got", "sure", "cited")))
    return (shares, kinds, mistakes)


def mistake_rows(scored: Sequence[Scored]) -> list[dict[str, Any]]:
    """What was answered wrongly, or rightly without the words that prove it."""
    return [
        {
            "id": item.question.id,
            "question": " / ".join((*item.question.previous, item.question.question)),
            "wanted": item.question.answer,
            "got": item.answer.get("pending_action") or item.answer["value"],
            "answer": item.answer["answer"],
            "right": item.right,
            "sure": item.sure,
            "cited": item.cited,
        }
        for item in scored
        if not (item.right and item.cited)
    ]


def _shown(value: float | int | None) -> str:
    return "–" if value is None else str(value) if isinstance(value, int) else f"{100 * value:.1f} %"
