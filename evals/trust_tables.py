"""The reliability of confidences as tables and in JSON's types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich import box
from rich.table import Table

from evals.run import Result
from evals.shown import percent
from evals.splits import SPLITS, Split
from evals.trust import Accepted, JudgedFact, acceptable, accepted, judged, reliability


def by_side(results: Iterable[Result]) -> dict[Split, list[JudgedFact]]:
    """The judged facts of each side that has any."""
    sides: dict[Split, list[JudgedFact]] = {side: [] for side in SPLITS}
    for result in results:
        sides[result.contract.split] += judged(result)
    return {side: facts for side, facts in sides.items() if facts}


def reliability_table(title: str, sides: Mapping[Split, Sequence[JudgedFact]]) -> Table:
    """Predicted against right, a line a bin; below, what is certain."""
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("confidence")
    for side in sides:
        name = side.replace("_", " ")
        for head in (f"{name}: facts", "predicted", "right"):
            table.add_column(head, justify="right")
    bins = {side: {bin_.low: bin_ for bin_ in reliability(facts)} for side, facts in sides.items()}
    for low, high in sorted({(bin_.low, bin_.high) for found in bins.values() for bin_ in found.values()}):
        cells: list[str] = []
        for side in sides:
            held = bins[side].get(low)
            cells += [str(held.count), percent(held.expected), percent(held.share)] if held else ["0", "–", "–"]
        table.add_row(f"{low} to {high}", *cells)
    sure = {side: accepted(facts) for side, facts in sides.items()}
    table.add_section()
    table.add_row("certain", *(cell for found in sure.values() for cell in _cells(found)), style="bold")
    return table


def _cells(found: Accepted) -> tuple[str, str, str]:
    return f"{found.certain} ({percent(found.share)})", "", percent(found.precision)


def as_json(sides: Mapping[Split, Sequence[JudgedFact]]) -> dict[str, Any]:
    """Shares between 0 and 1."""
    return {
        side: {
            "facts": len(facts),
            "certain": accepted(facts).certain,
            "certain_share": accepted(facts).share,
            "certain_precision": accepted(facts).precision,
            "acceptable_share_at_98": acceptable(facts).share,
            "reliability": [
                {"from": b.low, "to": b.high, "facts": b.count, "predicted": b.expected, "right": b.share}
                for b in reliability(facts)
            ],
        }
        for side, facts in sides.items()
    }
