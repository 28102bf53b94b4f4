"""`contratheque ingest`: files, folders, mails and archives into the portfolio."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from agent.documents.discover import sources
from agent.pipeline import Outcome, Pipeline
from agent.readers import chosen
from portfolio.errors import ContrathequeError
from portfolio.register.records import Company
from portfolio.register.store import Register
from ui.cli.app import App, console, errors, json_option, print_json
from ui.cli.model import LARGE, announce, usage_line, usage_of
from ui.cli.progress import progress_bar
from ui.cli.vectors import settle, vectors_option

MARKS = {"registered": "✔", "updated": "✔", "duplicate": "=", "attached": "+", "refused": "✘", "ignored": "·"}


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--company", "companies", multiple=True, metavar="NAME", help="Our own company's name; once a name.")
@click.option(
    "--reader",
    type=click.Choice(["rules", "llm", "hybrid"]),
    help="Who reads: the built-in rules, a language model, or both (the default where an endpoint is configured).",
)
@click.option(
    "--confidential", is_flag=True, help="Mark what is registered as confidential: no model ever gets to read it."
)
@click.option("--yes", is_flag=True, help="Do not ask before a large run of the language model.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), help="Files read at the same time (default: one a core, at most 8)."
)
@click.option(
    "--all", "force", is_flag=True, help="Register what does not look like a contract; retry what was refused."
)
@vectors_option
@json_option
@click.pass_obj
def command(
    app: App,
    paths: tuple[Path, ...],
    companies: tuple[str, ...],
    reader: str | None,
    confidential: bool,
    yes: bool,
    jobs: int | None,
    force: bool,
    vectors: str,
    as_json: bool,
) -> None:
    """Read files, folders, mails and ZIP archives (PATH…) into the portfolio; a report line a file.

    What is registered already is not read again. Interrupted, the same command goes on where it stopped.
    """
    began = time.monotonic()
    counts: Counter[str] = Counter()
    outcomes: list[Outcome] = []
    with app.register() as register, app.passages() as passages:
        if companies:
            register.set_companies([Company(name) for name in companies])
        settings = app.settings
        readers = chosen(settings.home, settings.database_url, "rules" if confidential else reader)
        pipeline = Pipeline(register, passages, jobs)
        found = list(sources(paths))
        if not found:
            raise ContrathequeError(app.texts("ingest.nothing", paths=", ".join(map(str, paths))))
        out = console()
        if readers.access and len(found) >= LARGE:
            announce(app, pipeline.estimate(found, readers.access), readers.access, ask=not (yes or as_json))
        with progress_bar(out) as progress:
            task = progress.add_task(app.texts("ingest.reading"), total=len(found))
            try:
                run = pipeline.ingest(
                    found, readers=readers.names, access=readers.access, confidential=confidential, force=force
                )
                for outcome in run:
                    counts[outcome.status] += 1
                    outcomes.append(outcome)
                    if outcome.status != "attached":
                        progress.advance(task)
                    if not as_json:
                        out.print(report_line(app, register, outcome), soft_wrap=True)
            except KeyboardInterrupt:
                errors().print(app.texts("ingest.interrupted"))
                raise click.exceptions.Exit(130) from None
            list(pipeline.catch_up())
        owed = settle(app, passages, vectors, out)
        usage = usage_of(readers.access) if readers.access else None
        if as_json:
            print_json(
                {
                    "outcomes": [asdict(outcome) for outcome in outcomes],
                    "counts": dict(counts),
                    "owed": owed,
                    "reader": readers.choice,
                    "model_usage": asdict(usage) if usage else None,
                }
            )
        else:
            out.print(
                app.texts(
                    "ingest.summary",
                    registered=counts["registered"] + counts["updated"],
                    **{name: counts[name] for name in ("duplicate", "attached", "refused", "ignored")},
                    seconds=time.monotonic() - began,
                )
            )
            if usage and readers.access:
                out.print(usage_line(app, "run", usage, readers.access.settings))
            if owed:
                out.print(app.texts("ingest.owed", count=owed))
            _say_company(app, register)
    if counts["refused"]:
        raise click.exceptions.Exit(1)


def report_line(app: App, register: Register, outcome: Outcome) -> str:
    """What became of a file, on one line, in the user's language."""
    words = [MARKS[outcome.status], app.texts(f"ingest.{outcome.status}").ljust(10), outcome.name]
    if outcome.reason is not None:
        words.append(f"— {app.texts.name('reason', outcome.reason)}")
    elif outcome.contract is not None:
        contract = register.contract(outcome.contract)
        if outcome.status == "duplicate":
            said = app.texts("ingest.duplicate_of", other=contract.stem)
        elif outcome.status == "attached":
            said = app.texts("ingest.attached_to", other=contract.stem)
        else:
            said = contract.value("title")
        words += [f"— {said}"] if said else []
        if outcome.status in ("registered", "updated") and contract.kind == "amendment":
            linked = contract.link.base
            words.append(
                f"({app.texts('ingest.amends', base=register.contract(linked).stem)})"
                if linked
                else f"({app.texts('ingest.waiting')})"
            )
    return "\n    ! ".join([" ".join(words), *outcome.warnings])


def _say_company(app: App, register: Register) -> None:
    if register.companies():
        return
    ours = next((party for party in register.counterparties() if party.ours), None)
    if ours is None:
        errors().print(app.texts("ingest.company_unknown"))
    else:
        errors().print(app.texts("ingest.company_guessed", name=ours.name, count=len(ours.contracts)))
