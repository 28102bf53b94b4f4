"""Results shown: tables for the terminal (and HTML) and JSON for programs; development and held-out counted apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from rich import box
from rich.table import Table

from evals import cuad_tables, trust_tables
from evals.cuad import FIELD_CATEGORIES
from evals.kleister import KEYS
from evals.metrics import SCORED, Outcome, Score
from evals.mistakes import errors
from evals.run import Result
from evals.shown import percent
from evals.splits import SPLITS, Split

TEN_PAGES = 30_000

_ORDER = (*SCORED, *KEYS, *FIELD_CATEGORIES.values())
"""Fields, keys and categories as they are listed."""

Tally = Mapping[str, Mapping[Split, Score]]
"""A row's name to its score on each side."""


def tally(judged: Iterable[tuple[Split, Outcome]], rows_of: Callable[[Outcome], Iterable[str]]) -> Tally:
    """Pools outcomes into rows; an outcome may count in several (its field, its group, all)."""
    pooled: dict[str, dict[Split, list[Outcome]]] = {}
    for split, outcome in judged:
        for row in rows_of(outcome):
            pooled.setdefault(row, {side: [] for side in SPLITS})[split].append(outcome)
    return {row: {side: Score.of(outcomes) for side, outcomes in sides.items()} for row, sides in pooled.items()}


def by_field(results: Iterable[Result]) -> Tally:
    """A row a field (of the public sets: a key or category), then `all`."""
    return _ordered(tally(_judged(results), lambda outcome: (outcome.field, "all")), _ORDER)


def by_group(results: Iterable[Result]) -> Tally:
    """A row a group of fields, of contracts in the labelled format; then `all`."""
    return _ordered(tally(_judged(results), lambda outcome: (SCORED[outcome.field], "all")), SCORED.values())


def _ordered(rows: Tally, order: Iterable[str]) -> Tally:
    names = dict.fromkeys(name for name in (*order, *rows) if name in rows and name != "all")
    return {name: rows[name] for name in (*names, "all") if name in rows}


def _judged(results: Iterable[Result]) -> Iterable[tuple[Split, Outcome]]:
    return ((result.contract.split, outcome) for result in results for outcome in result.outcomes)


def score_table(title: str, rows: Tally) -> Table:
    """Precision, recall, F1 in percent, counts and false fills, for each side that has any fact."""
    sides = [side for side in SPLITS if any(scores[side].gold or scores[side].read for scores in rows.values())]
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("")
    for side in sides:
        name = side.replace("_", " ")
        for head in (f"{name}: F1", "precision", "recall", "right", "read", "gold", "false fills"):
            table.add_column(head, justify="right")
    for row, scores in rows.items():
        cells = [cell for side in sides for cell in _cells(scores[side])]
        table.add_row(row, *cells, style="bold" if row == "all" else None)
    return table


def _cells(score: Score) -> tuple[str, ...]:
    counts = (score.right, score.read, score.gold)
    fills = f"{score.false_fills} ({percent(score.false_fill_share)})" if score.false_fills else "0"
    return (percent(score.f1), percent(score.precision), percent(score.recall), *map(str, counts), fills)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds to read contracts that are open already; ``ten_pages`` is per 30,000 characters."""

    median: float
    slowest: float
    ten_pages: float

    @classmethod
    def of(cls, results: Sequence[Result]) -> Pace:
        seconds = [result.reading.seconds[1] for result in results] or [0.0]
        length = sum(len(result.reading.text) for result in results)
        return cls(median(seconds), max(seconds), sum(seconds) * TEN_PAGES / length if length else 0.0)


def pace_table(pace: Pace) -> Table:
    table = Table(title="Reading time in ms", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for head in ("median contract", "slowest contract", "ten pages (30,000 characters)"):
        table.add_column(head, justify="right")
    table.add_row(*(f"{1000 * seconds:.0f}" for seconds in (pace.median, pace.slowest, pace.ten_pages)))
    return table


def contract_table(results: Sequence[Result]) -> Table:
    """A line a contract: its score, its quotes, the time it took, what went wrong."""
    table = Table(title="Contracts", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for head in ("contract", "side"):
        table.add_column(head)
    for head in ("F1", "quotes valid", "gold quotes found", "open s", "read ms"):
        table.add_column(head, justify="right")
    table.add_column("problem", overflow="fold")
    for result in results:
        opening, reading = result.reading.seconds
        table.add_row(
            result.contract.name,
            result.contract.split.replace("_", " "),
            percent(result.score.f1),
            "{}/{}".format(*result.quotes),
            "{}/{}".format(*result.gold_quotes),
            f"{opening:.2f}",
            f"{1000 * reading:.0f}",
            _problem(result),
        )
    return table


def _problem(result: Result) -> str:
    """What went wrong; of a held-out contract the kind alone, since messages may show its words."""
    problem = result.reading.problem or ""
    return problem.partition(":")[0][:60] if result.contract.split == "held_out" else problem


def tables(results: Sequence[Result]) -> Iterator[Table]:
    """Everything that is known of one set's results."""
    yield score_table("Fields", by_field(results))
    if any(result.labels for result in results):
        yield score_table("Groups", by_group(results))
    if any(result.spans for result in results):
        yield cuad_tables.answer_table(results)
        yield cuad_tables.span_table(results)
    if sides := trust_tables.by_side(results):
        yield trust_tables.reliability_table("Confidence (cross-validated figures are in docs/leaderboard.md)", sides)
    yield pace_table(Pace.of(results))
    shown = results if any(result.labels for result in results) else [r for r in results if r.reading.problem]
    if shown:
        yield contract_table(shown)


def as_json(results: Sequence[Result]) -> dict[str, Any]:
    """All figures of one set in JSON's types; shares between 0 and 1, times in seconds."""
    return {
        "fields": tally_json(by_field(results)),
        "groups": tally_json(by_group(results)) if any(result.labels for result in results) else {},
        **(cuad_tables.as_json(results) if any(result.spans for result in results) else {}),
        "trust": trust_tables.as_json(trust_tables.by_side(results)),
        "time": asdict(Pace.of(results)),
        "mistakes": errors(result for result in results if result.contract.split == "development"),
        "contracts": [
            {
                "contract": result.contract.name,
                "split": result.contract.split,
                **score_json(result.score),
                "quotes_valid": result.quotes[0],
                "quotes": result.quotes[1],
                "gold_quotes_found": result.gold_quotes[0],
                "gold_quotes": result.gold_quotes[1],
                "seconds_opening": round(result.reading.seconds[0], 4),
                "seconds_reading": round(result.reading.seconds[1], 4),
                "problem": _problem(result),
            }
            for result in results
        ],
    }


def tally_json(rows: Tally) -> dict[str, Any]:
    return {row: {side: score_json(score) for side, score in scores.items()} for row, scores in rows.items()}


def score_json(score: Score) -> dict[str, Any]:
    return {
        "f1": score.f1,
        "precision": score.precision,
        "recall": score.recall,
        "false_fill_share": score.false_fill_share,
        **asdict(score),
    }
