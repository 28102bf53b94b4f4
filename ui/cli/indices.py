"""`contratheque indices`: the values of indices that prices are revised by."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import click
from charset_normalizer import from_bytes
from rich import box
from rich.table import Table

from portfolio.errors import InvalidValue
from portfolio.revision import index_csv, insee
from portfolio.revision.indices import Book, Series
from portfolio.revision.store import Indices, Stored
from portfolio.words.values import Wording
from ui.cli.app import App, console, errors, json_option, print_json
from ui.cli.revision import NUMBER


@click.group("indices")
def command() -> None:
    """Values of indices: list, import from CSV, load from INSEE, link rebased series."""


@command.command("list")
@click.option("--all", "everything", is_flag=True, help="Also the series that have no values yet.")
@json_option
@click.pass_obj
def list_(app: App, everything: bool, as_json: bool) -> None:
    """The series that have values, with the first and the last of them."""
    with app.register() as register:
        book = Indices(register).book()
    shown = [one for one in book.series.values() if everything or book.count(one.code)]
    if as_json:
        print_json([_described(book, one) for one in shown])
        return
    if not shown:
        console().print(app.texts("indices_cli.empty"))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("series", "name", "values", "first", "last", "gaps", "idbank"):
        table.add_column(app.texts(f"indices_cli.{column}"), overflow="fold")
    for one in shown:
        first, last = book.covers(one.code) or ("", "")
        counts = (str(count) if count else "" for count in (book.count(one.code), len(book.gaps(one.code))))
        values, gaps = counts
        table.add_row(one.code, one.name, values, str(first), str(last), gaps, one.idbank or "")
    console().print(table)


def _described(book: Book, one: Series) -> dict[str, Any]:
    first, last = book.covers(one.code) or (None, None)
    return {
        "code": one.code,
        "name": one.name,
        "values": book.count(one.code),
        "first": str(first) if first else None,
        "last": str(last) if last else None,
        "missing": [str(period) for period in book.gaps(one.code)],
        "idbank": one.idbank,
        "base": one.base,
        "continued_by": book.chain(one.code)[1:],
    }


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--series", help="The series of all values, where the file has no column for it.")
@json_option
@click.pass_obj
def import_(app: App, file: Path, series: str | None, as_json: bool) -> None:
    """Values from a CSV file: série;période;valeur;publication, or a series as INSEE's site hands it out.

    Lines that cannot be read are told one by one; the others are taken.
    """
    if file.stat().st_size > index_csv.LARGEST:
        raise InvalidValue(f"{file.name} is larger than {index_csv.LARGEST // 1_000_000} MB; split it.")
    text = str(from_bytes(file.read_bytes()).best() or "")
    done: dict[str, Stored] = {}
    with app.register() as register:
        indices = Indices(register)
        read = index_csv.read(text, tuple(indices.book().series.values()), series)
        for code, one in read.series.items():
            done[code] = indices.put(one, read.values[code], file.name)
    say = Wording(app.texts)
    if as_json:
        problems = [{"line": one.line, "why": one.why.say(say)} for one in read.problems]
        print_json({"series": {code: vars(stored) for code, stored in done.items()}, "problems": problems})
    else:
        for code, stored in done.items():
            console().print(app.texts("indices_cli.stored", series=code, **vars(stored)), soft_wrap=True)
        for problem in read.problems:
            said = app.texts("indices_cli.line", line=problem.line, why=problem.why.say(say))
            errors().print(said, soft_wrap=True)
        if not done and not read.problems:
            console().print(app.texts("indices_cli.nothing", file=file.name))
    if read.problems or not done:
        raise click.exceptions.Exit(1)


@command.command("load")
@click.argument("series")
@click.option("--service", default=insee.SERVICE, show_default=True, help="Address of INSEE's service.")
@click.option("--idbank", help="The series' nine-digit number, where it is not known here.")
@json_option
@click.pass_obj
def load(app: App, series: str, service: str, idbank: str | None, as_json: bool) -> None:
    """All values of SERIES (ILC, ILAT, ICC, IRL, BT01…) from INSEE's open service. Asks the network, once."""
    with app.register() as register:
        indices = Indices(register)
        known = indices.book().find(series)
        if known is None and idbank is None:
            raise InvalidValue(f"There is no series « {series} »; give its number with --idbank.")
        asked = known or Series(series, series, 12)
        if idbank is not None:
            asked = Series(asked.code, asked.name, asked.per_year, asked.aliases, idbank, asked.base)
        loaded = insee.load(asked, service)
        stored = indices.put(loaded.series, loaded.values, service)
    if as_json:
        print_json({"series": asked.code, "title": loaded.title, **vars(stored)})
        return
    console().print(
        app.texts("indices_cli.asked", idbank=asked.idbank, title=loaded.title, service=service), soft_wrap=True
    )
    console().print(app.texts("indices_cli.stored", series=asked.code, **vars(stored)), soft_wrap=True)


@command.command("link")
@click.argument("old")
@click.argument("new")
@click.argument("coefficient", type=NUMBER)
@click.pass_obj
def link(app: App, old: str, new: str, coefficient: Decimal) -> None:
    """Values of the rebased series NEW times COEFFICIENT are values of the series OLD."""
    with app.register() as register:
        indices = Indices(register)
        book = indices.book()
        found = [book.find(code) for code in (old, new)]
        codes = [one.code if one else given for one, given in zip(found, (old, new), strict=True)]
        indices.link(codes[0], codes[1], coefficient)
    shown = Wording(app.texts).decimal(coefficient)
    console().print(app.texts("indices_cli.linked", old=codes[0], new=codes[1], coefficient=shown))
