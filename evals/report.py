"""Results shown: tables for the terminal (and HTML), JSON for programs, and the list of mistakes.

Development and held-out contracts are always counted apart. Mistakes of held-out contracts are not listed: whoever has
seen them can no longer measure by them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich import box
from rich.table import Table

from evals.cuad import FIELD_CATEGORIES, SpanScore
from evals.kleister import KEYS
from evals.metrics import SCORED, Outcome, Score
from evals.run import Result
from evals.splits import Split
from portfolio.errors import ContrathequeError
from portfolio.schema import Amount, Obligation, Party, Site
from portfolio.values import Every, FromEvent, OnDate

SPLITS: tuple[Split, ...] = ("development", "held_out")

_ORDER = (*SCORED, *KEYS, *FIELD_CATEGORIES.values())
"""Fields, keys and categories as they are listed."""

Tally = Mapping[str, Mapping[Split, Score]]
"""A row's name to its score on each side."""


class HeldOut(ContrathequeError):
    """Mistakes of held-out contracts were asked for."""


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


def percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}"


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


def errors(results: Iterable[Result], *, spoil_held_out: bool = False) -> list[dict[str, str]]:
    """Every fact that is missing, wrong or too many: contract, field, gold, read, the words behind it, and a note.

    The words are the reader's, or the labels' where nothing was read. Raises HeldOut for a held-out contract unless
    ``spoil_held_out``.
    """
    rows = []
    for result in results:
        if result.contract.split == "held_out" and not spoil_held_out:
            raise HeldOut(
                f"{result.contract.name} is held out: its mistakes are not listed, for whoever has seen them can no "
                "longer measure by them. List those of development contracts."
            )
        rows += [_error(result, outcome) for outcome in result.outcomes if not outcome.right]
    return rows


def _error(result: Result, outcome: Outcome) -> dict[str, str]:
    quote = result.quote_of(outcome)
    if outcome.read is None:
        labels = result.labels.quotes if result.labels else {}
        gold = outcome.gold.quote if isinstance(outcome.gold, Obligation) else None
        quote = gold or labels.get(outcome.field) or labels.get(outcome.field.partition(".")[0], "")
    turned_down = "; ".join(
        f"{plain(rejected.candidate.value)}: {rejected.reason}, {rejected.why}"
        for rejected in result.rejected_for(outcome)
    )
    return {
        "contract": result.contract.name,
        "field": outcome.field,
        "gold": plain(outcome.gold),
        "read": plain(outcome.read) + (f" [{plain(outcome.item)}]" if outcome.item is not None else ""),
        "quote": quote,
        "turned down": turned_down,
    }


def error_table(rows: Sequence[Mapping[str, str]]) -> Table:
    table = Table(
        title="Mistakes (words of the labels where nothing was read)",
        title_justify="left",
        box=box.ROUNDED,
        show_lines=True,
    )
    for head in ("contract", "field", "gold", "read", "quote", "turned down"):
        table.add_column(head, overflow="fold", max_width=70 if head == "quote" else 40)
    for row in rows:
        table.add_row(*row.values())
    return table


def plain(value: Any) -> str:
    """A value in one short line."""
    match value:
        case None:
            return ""
        case Party():
            return " ".join(filter(None, (value.name, value.role, value.registration)))
        case Site():
            return ", ".join(filter(None, (value.name, value.postal_code, value.city)))
        case Amount():
            terms = filter(None, (value.tax, value.period, value.bound, f"({value.label})"))
            return f"{value.value:.2f} {value.currency} {' '.join(terms)}"
        case Obligation():
            return f"{value.debtor or '?'}: {value.document or value.action} [{plain(value.due)}]"
        case OnDate():
            return str(value.date)
        case Every():
            return f"every {value.every}" + (f" from {value.month_day}" if value.month_day else "")
        case FromEvent():
            return f"{value.offset} {value.event}"
    return str(value)


def span_table(results: Sequence[Result]) -> Table:
    """Of CUAD: how the quotes meet the lawyers' spans, by category."""
    table = Table(
        title="Spans (Jaccard of words at least 0.5)", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False
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


def unanswered(results: Iterable[Result]) -> Mapping[str, Mapping[Split, tuple[int, int]]]:
    """Of CUAD, by category: in how many of the contracts without an answer a value was given."""
    counts: dict[str, dict[Split, tuple[int, int]]] = {}
    for split, outcome in _judged(results):
        sides = counts.setdefault(outcome.field, dict.fromkeys(SPLITS, (0, 0)))
        if outcome.gold is None:
            filled, empty = sides[split]
            sides[split] = (filled + outcome.false_fill, empty + 1)
    return counts


def unanswered_table(results: Iterable[Result]) -> Table:
    table = Table(
        title="Values given where the lawyers found none", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False
    )
    table.add_column("")
    for side in SPLITS:
        table.add_column(side.replace("_", " "), justify="right")
    for category, sides in unanswered(results).items():
        cells = [f"{filled} of {empty}" for filled, empty in (sides[side] for side in SPLITS)]
        table.add_row(category, *cells)
    return table


def tables(results: Sequence[Result]) -> Iterator[Table]:
    """Everything that is known of one set's results."""
    yield score_table("Fields", by_field(results))
    if any(result.labels for result in results):
        yield score_table("Groups", by_group(results))
    if any(result.spans for result in results):
        yield unanswered_table(results)
        yield span_table(results)
    shown = results if any(result.labels for result in results) else [r for r in results if r.reading.problem]
    if shown:
        yield contract_table(shown)


def as_json(results: Sequence[Result]) -> dict[str, Any]:
    """All figures of one set in JSON's types; shares between 0 and 1, times in seconds."""
    return {
        "fields": tally_json(by_field(results)),
        "groups": tally_json(by_group(results)) if any(result.labels for result in results) else {},
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
