"""What was read wrong, fact by fact. Of held-out contracts nothing is listed: who has seen it can measure no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich import box
from rich.table import Table

from evals.metrics import Outcome
from evals.run import Result
from evals.shown import plain
from portfolio.errors import ContrathequeError
from portfolio.schema import Obligation


class HeldOut(ContrathequeError):
    """Mistakes of held-out contracts were asked for."""


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
