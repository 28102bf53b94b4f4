"""`contratheque decp`: public contracts as French open data (docs/connect.md)."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from portfolio.alerts.clock import today
from portfolio.exports import files
from portfolio.exports.decp import complement, publish
from portfolio.exports.gather import gather
from portfolio.words.values import Wording
from ui.cli.app import App, console, errors, json_option, print_json


@click.command("decp")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The JSON file.")
@click.option(
    "--complement", "beside", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="What contracts do not say, by contract (TOML).",
)  # fmt: skip
@json_option
@click.pass_obj
def command(app: App, output: Path, beside: Path | None, as_json: bool) -> None:
    """Write the complete public contracts in format 2.0.3; say what is missing in the others (exit code 1)."""
    given = complement(beside) if beside else {}
    with app.register() as register:
        found = publish(gather(register, today(), Wording(app.texts), days=0), given)
    if found.document is not None:
        files.write(output, json.dumps(found.document, ensure_ascii=False, indent=2).encode())
    if as_json:
        print_json({"published": found.count, "unfinished": [asdict(one) for one in found.unfinished]})
    else:
        for one in found.unfinished:
            said = [app.texts("decp.missing", names=", ".join(one.missing))] if one.missing else []
            errors().print(" · ".join([one.contract, *said, *one.wrong]), soft_wrap=True)
        console().print(app.texts("decp.published", count=found.count, unfinished=len(found.unfinished)))
    if found.unfinished:
        raise click.exceptions.Exit(1)
