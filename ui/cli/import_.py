"""`contratheque import`: documents with their records, as a person's confirmed values."""

from __future__ import annotations

from pathlib import Path

import click

from agent.importing import import_folder
from ui.cli.app import App, console, json_option, print_json
from ui.cli.progress import progress_bar
from ui.cli.vectors import settle, vectors_option


@click.command("import")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--who", default="import", show_default=True, help="The person whose values these are.")
@vectors_option
@json_option
@click.pass_obj
def command(app: App, folder: Path, who: str, vectors: str, as_json: bool) -> None:
    """Documents of FOLDER with their records (JSON of the labelled format) beside them, as confirmed values."""
    out = console()
    with app.register() as register, app.passages() as passages:
        outcomes = []
        with progress_bar(out) as bar:
            task = bar.add_task(app.texts("ingest.reading"), total=None)
            for outcome in import_folder(register, passages, folder, who):
                outcomes.append(outcome)
                bar.advance(task)
                if not as_json:
                    words = app.texts.name("reason", outcome.reason) if outcome.reason else outcome.message or ""
                    out.print(
                        " ".join(filter(None, (app.texts(f"ingest.{outcome.status}"), outcome.name, words))),
                        soft_wrap=True,
                    )
        settle(app, passages, vectors, out)
    done = [outcome for outcome in outcomes if outcome.status in ("registered", "updated")]
    if as_json:
        print_json(
            {"contracts": len(done), "problems": [[o.name, o.reason, o.message] for o in outcomes if o not in done]}
        )
    else:
        out.print(app.texts("import.done", count=len(done)))
    if len(done) < len(outcomes):
        raise click.exceptions.Exit(1)
