"""`contratheque export`: the portfolio for other programs."""

from __future__ import annotations

import json
from pathlib import Path

import click

from portfolio.errors import ContrathequeError
from portfolio.exports.json import full, plain
from ui.cli.app import App


@click.command("export")
@click.argument("form", type=click.Choice(["json"]))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write (default: stdout)."
)
@click.option("--plain", "as_plain", is_flag=True, help="Records in the labelled format, without evidence and history.")
@click.option("--json", "as_json", is_flag=True, hidden=True)
@click.pass_obj
def command(app: App, form: str, output: Path | None, as_plain: bool, as_json: bool) -> None:
    """The whole portfolio: every value with its evidence, or plain records."""
    with app.register() as register:
        content = plain(register) if as_plain else full(register)
        count = register.count()
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ContrathequeError(f"{output} cannot be written ({error.strerror}); choose another place.") from error
    click.echo(app.texts("export.done", count=count, path=output), err=True)
