"""`contratheque reindex`: the passages and their vectors."""

from __future__ import annotations

import click

from agent.pipeline import Pipeline
from ui.cli.app import App, console, json_option, print_json
from ui.cli.progress import progress_bar
from ui.cli.vectors import embed


@click.command("reindex")
@click.option("--owed", "only_owed", is_flag=True, help="Only what is missing: passages and vectors that are owed.")
@click.option("--rebuild", is_flag=True, help="Build the vectors anew with the model in use.")
@json_option
@click.pass_obj
def command(app: App, only_owed: bool, rebuild: bool, as_json: bool) -> None:
    """Rebuild the passages from the register, then their vectors. May be stopped; the next run goes on."""
    out = console()
    with app.register() as register, app.passages() as passages:
        pipeline = Pipeline(register, passages)
        if only_owed:
            list(pipeline.catch_up())
        else:
            with progress_bar(out) as bar:
                task = bar.add_task(app.texts("doctor.passages"), total=register.count())
                for contract in register.all_contracts():
                    pipeline.index(contract)
                    bar.advance(task)
        if rebuild:
            passages.rebuild()
        embed(app, passages, out)
        state = passages.state()
    if as_json:
        print_json({"passages": state.passages, "embedded": state.embedded, "owed": state.owed})
    else:
        out.print(app.texts("reindex.done", passages=state.passages, embedded=state.embedded, owed=state.owed))
