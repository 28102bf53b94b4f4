"""`contratheque tell`: the day of something that a contract's documents cannot say."""

from __future__ import annotations

import getpass
from dataclasses import asdict
from typing import Any, get_args

import click
from pydantic import TypeAdapter
from rich import box
from rich.table import Table

from portfolio.calendar.given import Entry, GivenKind
from portfolio.calendar.told import tell, told, withdraw
from portfolio.folding import fold
from portfolio.register.records import Side
from portfolio.words.values import Wording
from ui.cli.app import App, console, json_option, print_json

_KINDS: dict[str, GivenKind] = {
    "start": "start", "debut": "start", "end": "end", "fin": "end", "resiliation": "end", "termination": "end",
    "notice": "notice", "preavis": "notice", "conge": "notice", "denonciation": "notice", "renewal": "renewal",
    "reconduction": "renewal", "renouvellement": "renewal",
}  # fmt: skip
"""Words for what can be told; any other is an event in the contract's own words."""
_DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
_JSON: TypeAdapter[Any] = TypeAdapter(Any)


@click.command("tell")
@click.argument("ref")
@click.argument("what", required=False)
@click.argument("day", required=False, type=click.DateTime(_DAYS))
@click.option("--by", type=click.Choice(get_args(Side)), help="Of a notice: who gave it.")
@click.option("--note", help="A few words on where it stands.")
@click.option("--who", help="The person who tells it (default: the user of this computer).")
@click.option("--withdraw", "entry", type=int, metavar="N", help="Take back what was told as number N.")
@json_option
@click.pass_obj
def command(
    app: App,
    ref: str,
    what: str | None,
    day: Any,
    by: Side | None,
    note: str | None,
    who: str | None,
    entry: int | None,
    as_json: bool,
) -> None:
    """Tell on which DAY something happened to the contract REF; without WHAT, list what was told of it.

    WHAT is start (début), end (fin), notice (préavis), renewal (reconduction), or an event in the contract's words:
    « notification », « réception des travaux ».
    """
    person = who or getpass.getuser()
    if what is not None and (day is None or entry is not None):
        raise click.UsageError("Tell WHAT happened and on which DAY (2026-12-31 or 31/12/2026).")
    with app.register() as register:
        if entry is not None:
            if entry not in {e.id for e in told(register, ref)}:
                raise click.UsageError(f"Nothing told of « {ref} » has the number {entry}.")
            withdraw(register, entry, person)
        elif what is not None:
            kind = _KINDS.get(fold(what), "event")
            event = what if kind == "event" else None
            tell(register, ref, kind, day.date(), person, event=event, by=by, note=note)
        entries = told(register, ref)
    if as_json:
        print_json([_JSON.dump_python(asdict(e), mode="json") for e in entries])
    else:
        _print(app, entries)


def _print(app: App, entries: tuple[Entry, ...]) -> None:
    say, texts, out = Wording(app.texts), app.texts, console()
    if not entries:
        out.print(texts("tell.nothing"))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("number", "day", "what", "who"):
        table.add_column(texts(f"tell.{column}"), overflow="fold")
    for entry in entries:
        what = entry.event or texts(f"tell.kind_{entry.kind}")
        what += f" ({texts.name('side', entry.by)})" if entry.by else ""
        what += f"\n{entry.note}" if entry.note else ""
        who = texts("tell.by", who=entry.who, day=say.date(entry.at.date()))
        if entry.withdrawn_at and entry.withdrawn_by:
            day = say.date(entry.withdrawn_at.date())
            who += "\n" + texts("tell.withdrawn", who=entry.withdrawn_by, day=day)
        table.add_row(str(entry.id), say.date(entry.on), what, who)
    out.print(table)
