"""`contratheque eval`: scores a reader against labelled contracts, or compares two such runs."""

from __future__ import annotations

import fnmatch
import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from agent.dossiers import open_file
from agent.readers import chosen
from evals import asking, comparison, deadline_tables, report
from evals.asking import portfolio_of
from evals.deadlines import agreement
from evals.loaders import Contract
from evals.mistakes import error_table, errors
from evals.opened import KeptOpener
from evals.page import page
from evals.question_tables import mistake_rows, question_tables
from evals.questions import Scored, figures, load
from evals.run import Result, read_set, reader
from evals.splits import SPLITS, Split
from ui.cli.app import App

WIDTH = 200
"""Columns of a table that does not go to a terminal."""

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("eval")
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--reader", "reader_name", default="rules", show_default=True, help="Which is measured: rules, llm or hybrid."
)
@click.option("--all", "side", flag_value="all", default="all", help="Both sides, counted apart (the default).")
@click.option("--development", "side", flag_value="development", help="Only contracts that may be looked at.")
@click.option("--held-out", "side", flag_value="held_out", help="Only contracts that are never looked at.")
@click.option("--only", metavar="PATTERN", default="*", help="Only contracts whose name fits, like '02-*'.")
@click.option("--errors", "list_errors", is_flag=True, help="List every mistake in development contracts.")
@click.option("--field", metavar="PATTERN", default="*", help="With --errors: only these fields, like 'renewal*'.")
@click.option(
    "--spoil-held-out", is_flag=True, help="List held-out contracts' mistakes too: they can then measure nothing more."
)
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder of your own where opened files are kept, so that scans are recognised once.",
)
@click.option("--json", "as_json", is_flag=True, help="Figures for programs, and for --compare.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write a page with plots as well.")
@click.option(
    "--deadlines",
    "expected",
    type=_FILE,
    help="Compare the deadlines of this register with a file of expected ones, as of the day in the portfolio.json "
    "beside it.",
)
@click.option(
    "--questions",
    "asked",
    type=_FILE,
    multiple=True,
    help="Ask the questions of a file of its labelled portfolio, and score the answers; once a file.",
)
@click.option(
    "--portfolio",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="With --questions: the folder with the labelled contracts, where it is not beside the file.",
)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="With --deadlines: another day.")
@click.option(
    "--compare", nargs=2, type=_FILE, metavar="BEFORE AFTER", help="Two runs' --json: what got better, worse."
)
@click.pass_obj
def command(
    app: App,
    folders: tuple[Path, ...],
    reader_name: str,
    side: str,
    only: str,
    list_errors: bool,
    field: str,
    spoil_held_out: bool,
    keep: Path | None,
    as_json: bool,
    html: Path | None,
    expected: Path | None,
    asked: tuple[Path, ...],
    portfolio: Path | None,
    as_of: Any,
    compare: tuple[Path, Path] | None,
) -> None:
    """Score a reader against the labels in FOLDERS: JSON records beside documents, Kleister-NDA, or CUAD."""
    if list_errors and side == "held_out" and not spoil_held_out:
        raise click.UsageError("Mistakes in held-out contracts are not listed; use --development with --errors.")
    if sum(map(bool, (folders, compare, expected, asked))) != 1:
        raise click.UsageError(
            "Give FOLDERS with labelled contracts, --compare with two runs, --deadlines, or --questions."
        )
    console = Console(width=None if sys.stdout.isatty() else WIDTH, quiet=as_json)
    if expected:
        _deadlines(console, expected, as_of.date() if as_of else None, as_json)
        return
    if asked:
        _questions(console, asked, portfolio, keep, as_json)
        return
    if compare:
        _compare(console, *compare)
        return
    chosen_readers = chosen(app.settings.home, app.settings.database_url, reader_name)
    read = reader(reader_name, chosen_readers.access)
    opener = KeptOpener(keep) if keep else open_file
    sets: dict[str, list[Result]] = {}
    tables: dict[str, list[Table]] = {}
    output: dict[str, Any] = {}

    with Console(stderr=True).status("") as spinner:

        def wanted(contract: Contract) -> bool:
            chosen = side in ("all", contract.split) and fnmatch.fnmatch(contract.name, only)
            if chosen:
                spinner.update(contract.name)
            return chosen

        for folder in folders:
            results = sets[str(folder)] = list(read_set(folder, read, wanted, opener))
            shown = tables[str(folder)] = list(report.tables(results))
            output[str(folder)] = report.as_json(results)
            if list_errors:
                mistakes = _mistakes(results, field, spoil_held_out)
                shown.append(error_table(mistakes))
                output[str(folder)]["errors"] = mistakes
            console.rule(f"{folder.name}: {len(results)} contracts, reader {reader_name}")
            for table in shown:
                console.print(table)

    if as_json:
        click.echo(json.dumps({"reader": reader_name, "folders": output}, ensure_ascii=False, indent=2))
    if html is not None:
        html.write_text(page(sets, tables), encoding="utf-8")


def _questions(
    console: Console, files: tuple[Path, ...], portfolio: Path | None, keep: Path | None, as_json: bool
) -> None:
    """Asks the questions of ``files`` on portfolios imported from their labels; the figures, and every mistake."""
    scored: list[Scored] = []
    with Console(stderr=True).status("") as spinner:
        for file in files:
            questions = load(file)
            try:
                folder = portfolio or portfolio_of(file, questions)
            except FileNotFoundError as error:
                raise click.UsageError(str(error)) from error
            for item in asking.run(questions, folder, keep):
                scored.append(item)
                spinner.update(item.question.id)
    for table in question_tables(scored):
        console.print(table)
    if as_json:
        click.echo(json.dumps({**figures(scored), "mistakes": mistake_rows(scored)}, ensure_ascii=False, indent=2))


def _compare(console: Console, before: Path, after: Path) -> None:
    old, new = (json.loads(path.read_text(encoding="utf-8")) for path in (before, after))
    for compared in comparison.compare(old, new):
        for table in comparison.tables(compared):
            console.print(table)


def _deadlines(console: Console, file: Path, as_of: date | None, as_json: bool) -> None:
    app = click.get_current_context().ensure_object(App)
    with app.register() as register:
        found = agreement(register, file, as_of)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    for table in deadline_tables.tables(found):
        console.print(table)


def _mistakes(results: list[Result], field: str, spoil_held_out: bool) -> list[dict[str, str]]:
    shown: tuple[Split, ...] = SPLITS if spoil_held_out else ("development",)
    chosen = [result for result in results if result.contract.split in shown]
    return [row for row in errors(chosen, spoil_held_out=spoil_held_out) if fnmatch.fnmatch(row["field"], field)]
