"""`contratheque eval`: scores a reader against labelled contracts."""

from __future__ import annotations

import fnmatch
import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from agent.dossiers import open_file
from evals import report
from evals.loaders import Contract
from evals.opened import KeptOpener
from evals.run import Result, read_set, reader
from evals.splits import Split

WIDTH = 200
"""Columns of a table that does not go to a terminal."""


@click.command("eval")
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--reader", "reader_name", default="rules", show_default=True, help="Which reader is measured.")
@click.option("--all", "side", flag_value="all", default="all", help="Both sides, counted apart (the default).")
@click.option("--development", "side", flag_value="development", help="Only contracts that may be looked at.")
@click.option("--held-out", "side", flag_value="held_out", help="Only contracts that are never looked at.")
@click.option("--only", metavar="PATTERN", default="*", help="Only contracts whose name fits, like '02-*'.")
@click.option("--errors", is_flag=True, help="List every mistake in development contracts.")
@click.option("--field", metavar="PATTERN", default="*", help="With --errors: only these fields, like 'renewal*'.")
@click.option(
    "--spoil-held-out", is_flag=True, help="List held-out contracts' mistakes too: they can then measure nothing more."
)
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder of your own where opened files are kept, so that scans are recognised once.",
)
@click.option("--json", "as_json", is_flag=True, help="Figures for programs.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write the tables to a page as well.")
def command(
    folders: tuple[Path, ...],
    reader_name: str,
    side: str,
    only: str,
    errors: bool,
    field: str,
    spoil_held_out: bool,
    keep: Path | None,
    as_json: bool,
    html: Path | None,
) -> None:
    """Score a reader against the labels in FOLDERS: JSON records beside documents, Kleister-NDA, or CUAD."""
    if errors and side == "held_out" and not spoil_held_out:
        raise click.UsageError("Mistakes in held-out contracts are not listed; use --development with --errors.")
    read = reader(reader_name)
    opener = KeptOpener(keep) if keep else open_file
    console = Console(record=html is not None, width=None if sys.stdout.isatty() else WIDTH, quiet=as_json)
    status = Console(stderr=True)
    output: dict[str, Any] = {}

    with status.status("") as spinner:

        def wanted(contract: Contract) -> bool:
            chosen = side in ("all", contract.split) and fnmatch.fnmatch(contract.name, only)
            if chosen:
                spinner.update(contract.name)
            return chosen

        for folder in folders:
            results = list(read_set(folder, read, wanted, opener))
            console.rule(f"{folder.name}: {len(results)} contracts, reader {reader_name}")
            for table in report.tables(results):
                console.print(table)
            output[str(folder)] = report.as_json(results)
            if errors:
                mistakes = _mistakes(results, field, spoil_held_out)
                console.print(report.error_table(mistakes))
                output[str(folder)]["errors"] = mistakes

    if as_json:
        click.echo(json.dumps({"reader": reader_name, "folders": output}, ensure_ascii=False, indent=2))
    if html is not None:
        console.save_html(str(html))


def _mistakes(results: list[Result], field: str, spoil_held_out: bool) -> list[dict[str, str]]:
    shown: tuple[Split, ...] = ("development", "held_out") if spoil_held_out else ("development",)
    chosen = [result for result in results if result.contract.split in shown]
    rows = report.errors(chosen, spoil_held_out=spoil_held_out)
    return [row for row in rows if fnmatch.fnmatch(row["field"], field)]
