"""`contratheque reread`: registered contracts read again, with a language model or by batch."""

from __future__ import annotations

from dataclasses import asdict

import click

from agent.model.client import Access
from agent.pipeline import Outcome, Pipeline
from agent.readers import chosen
from agent.rereading import collect, hand_over, read_again, unread
from portfolio.register.records import Contract
from portfolio.register.store import Register
from ui.cli.app import App, console, json_option, print_json
from ui.cli.ingest import report_line
from ui.cli.model import usage_line, usage_of


@click.command("reread")
@click.argument("refs", nargs=-1)
@click.option("--reader", type=click.Choice(["rules", "llm", "hybrid"]), help="Who reads (default: as for ingest).")
@click.option(
    "--batch",
    "by_batch",
    is_flag=True,
    help="Hand the requests over in a batch; run it again later to collect the answers.",
)
@click.option("--jobs", type=click.IntRange(1, 64), help="Files read at the same time.")
@json_option
@click.pass_obj
def command(
    app: App, refs: tuple[str, ...], reader: str | None, by_batch: bool, jobs: int | None, as_json: bool
) -> None:
    """Read the contracts REF… again, or all that the reader has not read yet. What a person decided stays."""
    settings = app.settings
    readers = chosen(settings.home, settings.database_url, reader)
    said: list[str] = []
    outcomes: list[Outcome] = []
    with app.register() as register, app.passages() as passages:
        pipeline = Pipeline(register, passages, jobs)
        wanted = [register.contract(ref) for ref in refs] or unread(register, readers)
        if by_batch:
            if readers.access is None:
                raise click.UsageError("--batch asks a language model: --reader llm or hybrid.")
            said, waiting = _batches(app, register, pipeline, wanted, readers.access)
            wanted = [] if waiting else wanted
        for outcome in read_again(register, pipeline, wanted, readers):
            outcomes.append(outcome)
            if not as_json:
                console().print(report_line(app, register, outcome), soft_wrap=True)
    usage = usage_of(readers.access) if readers.access else None
    if as_json:
        outcome_rows = [asdict(outcome) for outcome in outcomes]
        print_json({"outcomes": outcome_rows, "batches": said, "model_usage": asdict(usage) if usage else None})
    else:
        for line in said:
            console().print(line, soft_wrap=True)
        if usage and readers.access and usage.calls:
            console().print(usage_line(app, "run", usage, readers.access.settings))
    if any(outcome.status == "refused" for outcome in outcomes):
        raise click.exceptions.Exit(1)


def _batches(
    app: App, register: Register, pipeline: Pipeline, wanted: list[Contract], access: Access
) -> tuple[list[str], bool]:
    """Collects what is answered and hands over what is not asked yet; what to say, and whether answers are awaited."""
    texts = app.texts
    said: list[str] = []
    waiting = False
    for batch in collect(access):
        if batch.ended:
            failed = batch.total - batch.kept
            said.append(texts("model.batch_done", id=batch.id, answered=batch.kept, failed=failed))
        else:
            waiting = True
            counts = {"status": batch.status, "done": batch.done, "total": batch.total}
            said.append(texts("model.batch_waiting", id=batch.id, **counts))
    for batch in hand_over(register, pipeline, wanted, access):
        waiting = True
        said.append(texts("model.batch_sent", id=batch.id, requests=batch.total))
    return said, waiting
