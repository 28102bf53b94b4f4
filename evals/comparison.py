"""Two runs side by side, from their JSON: what got better and worse.

Of development contracts fact by fact; of held-out ones the counts alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rich import box
from rich.table import Table

from evals.metrics import Score
from evals.shown import percent
from evals.splits import SPLITS, Split

Run = Mapping[str, Any]
"""What `contratheque eval --json` prints."""

Mistake = tuple[str, str, str, str]
"""Contract, field, gold, read."""


@dataclass(frozen=True)
class Comparison:
    """One set in two runs. ``scores``: row to side to (before, after); rows of which nothing changed are left out."""

    folder: str
    scores: Mapping[str, Mapping[Split, tuple[Score, Score]]]
    gone: tuple[Mistake, ...]
    come: tuple[Mistake, ...]


def compare(before: Run, after: Run) -> list[Comparison]:
    """The sets that both runs have."""
    old, new = before["folders"], after["folders"]
    return [_compare(folder, old[folder], new[folder]) for folder in new if folder in old]


def _compare(folder: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Comparison:
    rows = dict.fromkeys([*before["fields"], *after["fields"]])
    scores = {
        row: {side: (_score(before, row, side), _score(after, row, side)) for side in SPLITS}
        for row in sorted(rows, key=lambda row: row == "all")
    }
    changed = {row: sides for row, sides in scores.items() if row == "all" or any(a != b for a, b in sides.values())}
    both = {c["contract"] for c in before["contracts"]} & {c["contract"] for c in after["contracts"]}
    old, new = _mistakes(before, both), _mistakes(after, both)
    return Comparison(folder, changed, tuple(sorted((old - new).elements())), tuple(sorted((new - old).elements())))


def _score(run: Mapping[str, Any], row: str, side: Split) -> Score:
    counts = run["fields"].get(row, {}).get(side)
    return Score(*(counts[name] for name in ("right", "read", "gold", "false_fills"))) if counts else Score()


def _mistakes(run: Mapping[str, Any], contracts: set[str]) -> Counter[Mistake]:
    return Counter(
        (m["contract"], m["field"], m["gold"], m["read"]) for m in run["mistakes"] if m["contract"] in contracts
    )


def tables(comparison: Comparison) -> Iterator[Table]:
    """The counts, then the mistakes that went and that came."""
    yield _score_table(comparison)
    yield _mistake_table("Better: mistakes that are gone", comparison.gone)
    yield _mistake_table("Worse: new mistakes", comparison.come)


def _score_table(comparison: Comparison) -> Table:
    table = Table(
        title=f"{comparison.folder}: before → after", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False
    )
    table.add_column("")
    for side in SPLITS:
        name = side.replace("_", " ")
        for head in (f"{name}: F1", "right", "read", "gold", "false fills"):
            table.add_column(head, justify="right")
    for row, sides in comparison.scores.items():
        cells = [cell for side in SPLITS for cell in _cells(*sides[side])]
        table.add_row(row, *cells, style="bold" if row == "all" else None)
    return table


def _cells(before: Score, after: Score) -> Iterator[str]:
    yield _changed(percent(before.f1), percent(after.f1))
    for name in ("right", "read", "gold", "false_fills"):
        yield _changed(str(getattr(before, name)), str(getattr(after, name)))


def _changed(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def _mistake_table(title: str, mistakes: tuple[Mistake, ...]) -> Table:
    table = Table(title=f"{title} ({len(mistakes)})", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for head in ("contract", "field", "gold", "read"):
        table.add_column(head, overflow="fold", max_width=60)
    for mistake in mistakes:
        table.add_row(*mistake)
    return table
