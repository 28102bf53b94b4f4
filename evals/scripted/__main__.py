"""Scores the hybrid reader with the model that answers from the labels: `python -m evals.scripted FOLDER…`.

What is missing from 100 % is lost between answer and record; it is listed, for development contracts fact by fact.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click
from rich.console import Console

from agent.dossiers import open_file
from agent.model.client import Access, new_run
from agent.model.settings import ModelSettings
from evals.metrics import Score
from evals.mistakes import error_table, errors
from evals.opened import KeptOpener
from evals.run import Result, read_folder, reader
from evals.scripted.gold import GoldModel
from evals.scripted.server import MODEL, ScriptedServer


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--reader", "name", type=click.Choice(["llm", "hybrid"]), default="hybrid", show_default=True)
@click.option("--keep", type=click.Path(file_okay=False, path_type=Path), help="Where opened files are kept.")
def main(folders: tuple[Path, ...], name: str, keep: Path | None) -> None:
    """F1 a folder with a model that answers from the labels, and every fact that is lost all the same."""
    console = Console(width=None if sys.stdout.isatty() else 200)
    opener = KeptOpener(keep) if keep else open_file
    results: list[Result] = []
    gold = GoldModel(folders, opener)
    with ScriptedServer(gold.reply) as server, tempfile.TemporaryDirectory() as home:
        settings = ModelSettings(name=MODEL, url=server.url, patience=2.0)
        read = reader(name, Access(settings, Path(home), run=new_run()))
        for folder in folders:
            mine = list(read_folder(folder, read, opener=opener))
            results += mine
            score = sum((result.score for result in mine), Score())
            console.print(
                f"{folder.name}: F1 {score.f1 or 0:.4f}, {score.right} right of {score.gold}, {score.read} read"
            )
    console.print(error_table(errors([r for r in results if r.contract.split == "development"])))


if __name__ == "__main__":
    main()
