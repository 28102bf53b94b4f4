"""Runs the measures, prints a table and writes `bench-results/<time>.json`."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table

from evals.bench import api, ask, deadlines, exports, ingest, listing, passages, reading, tokens, web
from evals.bench.measure import Figure

MEASURES: dict[str, Callable[[int], Iterator[Figure]]] = {
    "reading": reading.reading,
    "opening": reading.opening,
    "tokens": tokens.tokens,
    "passages": lambda repeat: passages.passages(contracts=10 * repeat),
    "ingest": lambda repeat: ingest.growth(pages=10),
    "exports": lambda repeat: exports.exports(),
    "deadlines": lambda repeat: deadlines.measured(),
    "listing": lambda repeat: listing.listing(),
    "api": lambda repeat: api.api(),
    "web": lambda repeat: web.web(),
    "ask": lambda repeat: ask.ask(),
}
_WHEN_ASKED_FOR = frozenset({"ask"})
"""Measures that take half an hour and more."""


@click.command()
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--measure", "chosen", multiple=True, type=click.Choice([*MEASURES, "folders"]), help="Only these.")
@click.option(
    "--repeat", default=7, show_default=True, type=click.IntRange(1), help="Contracts a median is taken over."
)
@click.option("--results", default="bench-results", type=click.Path(file_okay=False, path_type=Path), help="Where to.")
def main(folders: tuple[Path, ...], chosen: tuple[str, ...], repeat: int, results: Path) -> None:
    """Measure speed and memory; of FOLDERS too, brought in whole."""
    figures: list[Figure] = []
    console = Console(width=None if sys.stdout.isatty() else 140)

    def take(measured: Iterator[Figure]) -> None:
        for figure in measured:
            console.print(
                f"[dim]{figure.measure}, {figure.case}: {figure.value:.2f} {figure.unit}[/dim]", highlight=False
            )
            figures.append(figure)

    for name, measure in MEASURES.items():
        if name in chosen or not (chosen or name in _WHEN_ASKED_FOR):
            take(measure(repeat))
    if not chosen or "folders" in chosen:
        for folder in folders:
            take(ingest.folder(folder))
    console.print(table(figures))
    results.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    file = results / f"{now:%Y-%m-%dT%H%M%S}.json"
    machine = {"processor": platform.machine(), "python": platform.python_version(), "system": platform.system()}
    content = {"time": now.isoformat(), "machine": machine, "figures": [asdict(figure) for figure in figures]}
    file.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    console.print(f"Written to {file}")


def table(figures: list[Figure]) -> Table:
    shown = Table(box=box.SIMPLE_HEAD)
    for head in ("measure", "case"):
        shown.add_column(head, overflow="fold")
    for head in ("value", "times"):
        shown.add_column(head, justify="right")
    shown.add_column("of", overflow="fold")
    shown.add_column("note", overflow="fold")
    for figure in figures:
        ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
        value = f"{figure.value:.2f} {figure.unit}"
        shown.add_row(figure.measure, figure.case, value, ratio, figure.against, figure.note)
    return shown


if __name__ == "__main__":
    main()
