"""`contratheque export`: the portfolio for other programs and for people who work in a spreadsheet or a calendar."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

import click

from portfolio.exports import files
from portfolio.exports.gather import DAYS
from portfolio.register.records import Filters
from portfolio.register.store import Register
from portfolio.words.texts import LANGUAGES
from portfolio.words.values import Wording
from ui.cli.app import App
from ui.cli.filters import filter_options
from ui.texts import Texts


@dataclass(frozen=True)
class Wanted:
    """What a command asks for. ``table``: only this one, where a form gives a file a table."""

    filters: Filters
    as_of: date
    days: int
    plain: bool
    table: str | None
    say: Wording


@click.command("export")
@click.argument("form", type=click.Choice(["json", "xlsx", "csv", "parquet", "ics"]))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to (default, for one file: stdout).")
@click.option("--plain", is_flag=True, help="json: records in the labelled format, without evidence and history.")
@click.option("--table", help="csv, parquet: only this table, as one file. Without: a ZIP, or a folder of files.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Terms in force and deadlines from that day on.")
@click.option("--days", default=DAYS, show_default=True, type=click.IntRange(0, 36_600), help="How far ahead.")
@click.option(
    "--lang", type=click.Choice(LANGUAGES), help="Language, and convention of csv: fr, or en (international)."
)
@filter_options
@click.option("--json", "as_json", is_flag=True, hidden=True)
@click.pass_obj
def command(
    app: App,
    form: str,
    output: Path | None,
    plain: bool,
    table: str | None,
    as_of: datetime | None,
    days: int,
    lang: str | None,
    filters: Filters,
    as_json: bool,
) -> None:
    """The portfolio as JSON (values with their evidence), Excel, CSV, Parquet, or as a calendar."""
    say = Wording(Texts(lang) if lang else app.texts)
    wanted = Wanted(filters, as_of.date() if as_of else date.today(), days, plain, table, say)
    make = _FORMS[form]
    with app.register() as register:
        made = make(register, wanted)
        count = register.count(filters)
    if not isinstance(made, bytes):
        if output is None:
            raise click.UsageError(
                f"{form} gives a file a table: name a folder or a .zip with -o, or one with --table."
            )
        if output.suffix.lower() == ".zip":
            made = files.zipped(made)
        else:
            for name, content in made.items():
                files.write(output / name, content)
    if isinstance(made, bytes):
        if output is None:
            click.echo(made, nl=False)
            return
        files.write(output, made)
    click.echo(app.texts("export.done", count=count, path=output), err=True)


def _json(register: Register, wanted: Wanted) -> bytes:
    from portfolio.exports.json import full, plain

    content = plain(register, wanted.filters) if wanted.plain else full(register, wanted.filters)
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _xlsx(register: Register, wanted: Wanted) -> bytes:
    from portfolio.exports import excel
    from portfolio.exports.gather import gather

    return excel.render(gather(register, wanted.as_of, wanted.say, wanted.filters, wanted.days), wanted.say)


def _csv(register: Register, wanted: Wanted) -> bytes | Mapping[str, bytes]:
    from portfolio.exports import csv

    convention = csv.CONVENTIONS[wanted.say.texts.language]
    return _tables(register, wanted, partial(csv.render, convention=convention), ".csv")


def _parquet(register: Register, wanted: Wanted) -> bytes | Mapping[str, bytes]:
    from portfolio.exports import parquet

    return _tables(register, wanted, parquet.render, ".parquet")


def _tables(register: Register, wanted: Wanted, render: files.Render, suffix: str) -> bytes | Mapping[str, bytes]:
    from portfolio.exports.gather import gather

    only = files.named(wanted.table) if wanted.table else None
    tables = gather(register, wanted.as_of, wanted.say, wanted.filters, wanted.days)
    return render(only, tables.rows[only.name]) if only else files.contents(tables, render, suffix)


def _ics(register: Register, wanted: Wanted) -> bytes:
    from portfolio.exports import ics

    return ics.calendar(register, wanted.as_of, wanted.say, wanted.filters, wanted.days)


_FORMS: Mapping[str, Callable[[Register, Wanted], bytes | Mapping[str, bytes]]] = {
    "json": _json,
    "xlsx": _xlsx,
    "csv": _csv,
    "parquet": _parquet,
    "ics": _ics,
}
