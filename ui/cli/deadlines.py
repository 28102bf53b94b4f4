"""`contratheque deadlines`: what falls due in the days ahead, where each contract stands, and why."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, get_args

import click
from rich import box
from rich.console import Console
from rich.table import Table

from portfolio.agenda.keeping import Agenda, upcoming
from portfolio.deadlines import DAYS, ContractDeadlines, Deadlines, deadlines
from portfolio.events import Event, EventKind
from portfolio.exports.deadlines import as_json as exported
from portfolio.exports.deadlines import stems
from portfolio.register.records import Filters, Side
from portfolio.schema import ContractType
from portfolio.words.values import Wording
from ui.cli.app import App, console, json_option, print_json

ROWS = 40
"""Lines that are shown of a list unless told otherwise."""


@click.command("deadlines")
@click.argument("refs", nargs=-1)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day from which to look (default: today).")
@click.option("--days", default=DAYS, show_default=True, type=click.IntRange(0, 36_600), help="How far ahead.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(get_args(EventKind)), help="Only events of a kind.")
@click.option("--side", type=click.Choice(get_args(Side)), help="Only what we, or they, have to do.")
@click.option("--type", "types", multiple=True, type=click.Choice(get_args(ContractType)), help="Type of contract.")
@click.option("--counterparty", help="Part of a name, or a SIREN.")
@click.option("--site", help="Part of a site's name or city.")
@click.option("--tag", help="A tag.")
@click.option("--contracts", "by_contract", is_flag=True, help="Where each contract stands, instead of dated events.")
@click.option("--rows", default=ROWS, show_default=True, type=click.IntRange(0), help="Lines of a list; 0: all.")
@click.option("--why", is_flag=True, help="The facts, the rule and the arithmetic of each date.")
@json_option
@click.pass_obj
def command(
    app: App,
    refs: tuple[str, ...],
    as_of: Any,
    days: int,
    kinds: tuple[EventKind, ...],
    side: Side | None,
    types: tuple[ContractType, ...],
    counterparty: str | None,
    site: str | None,
    tag: str | None,
    by_contract: bool,
    rows: int,
    why: bool,
    as_json: bool,
) -> None:
    """What falls due in the days ahead (of REFS, ids, references or file stems, or of the whole portfolio)."""
    day = as_of.date() if as_of else date.today()
    with app.register() as register:
        ids = tuple(register.contract(ref).id for ref in refs)
        filters = Filters(contract_type=types, counterparty=counterparty, site=site, tag=tag, ids=ids)
        if not (as_json or by_contract or why):
            gc.disable()  # all that is made here stays until the list is printed
            try:
                agenda = upcoming(register, day, days, filters).only(kinds, side)
                _events(app, console(), agenda, agenda.names, rows)
            finally:
                gc.enable()
            return
        found = deadlines(register, day, days, filters).only(kinds, side)
    if as_json:
        print_json(exported(found, Wording(app.texts)))
    elif by_contract:
        _contracts(app, console(), found, why)
    else:
        _events(app, console(), found, stems(found), rows)


def _events(app: App, out: Console, found: Agenda | Deadlines, names: Mapping[str, str], rows: int) -> None:
    say, texts = Wording(app.texts), app.texts
    days = texts("deadlines.window", since=say.date(found.as_of), until=say.date(found.until))
    if not found.events:
        out.print(texts("deadlines.none", window=days))
    else:
        out.print(days, style="bold")
        table = _table(app, ("date", 0), ("contract", 4), ("what", 6), ("who", 3))
        for event in found.events[: rows or None]:
            what = event.what.say(say) + (f" ({texts('deadlines.unsure')})" if event.unsure else "")
            lines = [what, *(f"· {step.say(say)}" for step in event.steps)]
            table.add_row(say.date(event.on), names[event.contract], "\n".join(lines), _who(app, event))
        out.print(table)
        _more(app, out, len(found.events), rows)
    if found.undated:
        out.print(texts("deadlines.undated"), style="bold")
        table = _table(app, ("contract", 4), ("what", 4), ("missing", 6))
        for undated in found.undated[: rows or None]:
            table.add_row(names[undated.contract], undated.what.say(say), undated.missing.say(say))
        out.print(table)
        _more(app, out, len(found.undated), rows)


def _more(app: App, out: Console, lines: int, rows: int) -> None:
    if 0 < rows < lines:
        out.print(app.texts("deadlines.more", count=lines - rows, all=lines))


def _contracts(app: App, out: Console, found: Deadlines, why: bool) -> None:
    say, texts, names = Wording(app.texts), app.texts, stems(found)
    table = _table(app, ("contract", 4), ("status", 0), ("end", 0), ("notice", 0), ("final_end", 0), ("revision", 0))
    for contract in found.contracts:
        table.add_row(names[contract.id], *_standing(app, say, contract))
        if why:
            table.add_row("\n".join(f"· {step.say(say)}" for step in contract.steps))
    out.print(table)
    out.print(texts("list.count", count=len(found.contracts)))


def _standing(app: App, say: Wording, contract: ContractDeadlines) -> Iterable[str]:
    if contract.standing is None:
        return
    calendar, stands, texts = contract.standing.calendar, contract.standing, app.texts
    notice = say.value("", stands.notice_deadline)
    if stands.notice_missed:
        following = stands.following_deadline
        notice = texts("deadlines.missed", day=notice)
        notice += f"\n{texts('deadlines.then', day=say.date(following))}" if following else ""
    yield texts(f"deadlines.status_{stands.state or 'unknown'}")
    yield say.value("", calendar.current_end)
    yield notice
    yield say.value("", calendar.final_end)
    yield say.value("", contract.next_revision)


def _who(app: App, event: Event) -> str:
    return event.debtor or (app.texts.name("side", event.side) if event.side else "")


def _table(app: App, *columns: tuple[str, int]) -> Table:
    """Columns with their share of the width; 0: as wide as needed, on one line."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, share in columns:
        if share:
            table.add_column(app.texts(f"deadlines.{name}"), ratio=share, overflow="fold")
        else:
            table.add_column(app.texts(f"deadlines.{name}"), no_wrap=True)
    return table
