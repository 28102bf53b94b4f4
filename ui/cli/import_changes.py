"""`contratheque import-changes`: an Excel workbook of `export xlsx` comes back with a person's corrections."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click
from pydantic import TypeAdapter
from rich import box
from rich.table import Table

from portfolio.exports.comeback import Change, Comeback, Problem, apply, preview
from portfolio.schema import FIELDS
from portfolio.words.values import Wording
from ui.cli.app import App, console, json_option, print_json

_JSON: TypeAdapter[Any] = TypeAdapter(Any)


@click.command("import-changes")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--apply", "write", is_flag=True, help="Write the changes; without, only show them.")
@click.option("--who", default="excel", show_default=True, help="The person whose values these are.")
@json_option
@click.pass_obj
def command(app: App, file: Path, write: bool, who: str, as_json: bool) -> None:
    """What a person changed in FILE, contract by contract; with --apply the register takes it over."""
    with app.register() as register:
        found = preview(register, file.read_bytes())
        written = apply(register, found, who, file.name) if write else Comeback((), ())
    problems = (*found.problems, *written.problems)
    changes = written.changes if write else found.changes
    if as_json:
        print_json(
            {
                "applied": write,
                "changes": [_change(change) for change in changes],
                "problems": [_problem(app, problem) for problem in problems],
            }
        )
    else:
        _print(app, changes, problems, write)
    if problems:
        raise click.exceptions.Exit(1)


def _change(change: Change) -> dict[str, Any]:
    to_json = FIELDS[change.field].to_json
    values = {
        name: None if value is None else to_json(value)
        for name, value in (("before", change.before), ("after", change.after))
    }
    return asdict(replace(change, before=None, after=None)) | values


def _problem(app: App, problem: Problem) -> dict[str, Any]:
    plain = {
        "place": problem.place,
        "contract": problem.contract,
        "kind": problem.kind,
        "reason": problem.reason.say(Wording(app.texts)),
        "column": problem.column,
        "written": problem.written,
        "now": problem.now,
    }
    return {name: _JSON.dump_python(value, mode="json") for name, value in plain.items()}


def _print(app: App, changes: tuple[Change, ...], problems: tuple[Problem, ...], written: bool) -> None:
    say, texts, out = Wording(app.texts), app.texts, console()
    if changes:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for head, ratio in (("contract", 3), ("field", 3), ("before", 4), ("after", 4)):
            table.add_column(texts(f"export_column.{head}"), ratio=ratio, overflow="fold")
        for change in changes:
            table.add_row(
                change.contract,
                say.field(change.field),
                say.value(change.field, change.before),
                say.value(change.field, change.after) or texts("import_changes.rejected"),
            )
        out.print(table)
    for problem in problems:
        column = f" · {_column(app, problem.column)}" if problem.column else ""
        out.print(f"{problem.place} · {problem.contract or '?'}{column}", style="bold", soft_wrap=True)
        out.print(f"  {problem.reason.say(say)}", soft_wrap=True)
        if problem.kind == "conflict":
            compared = texts(
                "import_changes.compared", written=_said(app, problem.written), now=_said(app, problem.now)
            )
            out.print(f"  {compared}", soft_wrap=True)
    done = "import_changes.done" if written else "import_changes.previewed"
    out.print(texts(done, changes=len(changes), problems=len(problems)))


def _column(app: App, name: str) -> str:
    return app.texts.name("export_column", name)


def _said(app: App, value: Any) -> str:
    return Wording(app.texts).value("", value) or app.texts("import_changes.empty")
