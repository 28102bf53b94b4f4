"""`contratheque list`: the portfolio, a line a contract, or each with its key terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, get_args

import click
from pydantic import TypeAdapter
from rich import box
from rich.console import Console
from rich.table import Table

from portfolio.columns import wording
from portfolio.columns.book import Columns
from portfolio.columns.records import Column, InForce
from portfolio.register.records import ContractSummary, Filters
from portfolio.schema import ContractType
from portfolio.words.values import Wording
from ui.cli.app import App, console, json_option, print_json

_JSON: TypeAdapter[Any] = TypeAdapter(Any)


@click.command("list")
@click.option("--text", help="Words in title, reference, parties, sites, tags or file name.")
@click.option("--type", "types", multiple=True, type=click.Choice(get_args(ContractType)), help="Type of contract.")
@click.option("--counterparty", help="Part of a name, or a SIREN.")
@click.option("--site", help="Part of a site's name or city.")
@click.option("--department", help="Département of a site: 91, 2A, 974.")
@click.option("--tag", help="A tag.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Terms in force on that day (default: today).")
@click.option("--terms", is_flag=True, help="Each contract with its key terms.")
@click.option("--columns", is_flag=True, help="With your own columns, amendments counted in.")
@json_option
@click.pass_obj
def command(
    app: App,
    text: str | None,
    types: tuple[ContractType, ...],
    counterparty: str | None,
    site: str | None,
    department: str | None,
    tag: str | None,
    as_of: Any,
    terms: bool,
    columns: bool,
    as_json: bool,
) -> None:
    """The portfolio, a line a contract; all filters given must hold."""
    filters = Filters(
        text=text, contract_type=types, counterparty=counterparty, site=site, department=department, tag=tag
    )
    with app.register() as register:
        found = register.contracts(filters, as_of.date() if as_of else None)
        names = {summary.id: summary.stem for summary in found}
        own = Columns(register).all() if columns else ()
        held = Columns(register).in_force(as_of.date() if as_of else None, filters) if columns else {}
    out = console()
    if as_json:
        print_json(
            [
                _JSON.dump_python(asdict(summary), mode="json")
                | ({"columns": _own_json(own, held.get(summary.id, {}), names)} if columns else {})
                for summary in found
            ]
        )
    elif not found:
        out.print(app.texts("list.empty"))
    elif terms:
        for summary in found:
            _print_terms(app, out, summary, names)
        out.print(app.texts("list.count", count=len(found)))
    else:
        out.print(_own_table(app, found, own, held) if columns else _table(app, found))
        out.print(app.texts("list.count", count=len(found)))


def _table(app: App, found: Iterable[ContractSummary]) -> Table:
    say, texts = Wording(app.texts), app.texts
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(texts("list.contract"), ratio=4, overflow="fold")
    table.add_column(texts("list.counterparty"), ratio=3, overflow="fold")
    for column in ("type", "end", "notice"):
        table.add_column(texts(f"list.{column}"), no_wrap=True)
    for summary in found:
        table.add_row(
            ("↳ " if summary.kind == "amendment" else "") + summary.stem,
            ", ".join(summary.counterparties),
            texts.name("contract_type", summary.contract_type or ""),
            say.value("end_date", summary.end_date),
            say.value("notice_period", summary.notice_period),
        )
    return table


def _own_table(
    app: App, found: Iterable[ContractSummary], own: Sequence[Column], held: Mapping[str, Mapping[str, InForce]]
) -> Table:
    """A line a contract with what it says to each column; what waits for a person's look is marked."""
    say = Wording(app.texts)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(app.texts("list.contract"), overflow="fold")
    for column in own:
        table.add_column(column.words, overflow="fold")
    for summary in found:
        answers = held.get(summary.id, {})
        cells = [wording.cell(column, answers.get(column.key), say) for column in own]
        table.add_row(("↳ " if summary.kind == "amendment" else "") + summary.stem, *cells)
    return table


def _own_json(own: Sequence[Column], held: Mapping[str, InForce], names: Mapping[str, str]) -> dict[str, Any]:
    return {
        column.key: {
            "value": column.to_json(held[column.key].own.value),
            "state": held[column.key].own.state,
            "review": held[column.key].own.review,
            "confidence": held[column.key].own.answer.confidence,
            "set_by": names.get(held[column.key].set_by, held[column.key].set_by),
        }
        for column in own
        if column.key in held
    }


def _print_terms(app: App, out: Console, summary: ContractSummary, names: dict[str, str]) -> None:
    """A contract in a few lines: who and what, the term and how it goes on, the money, the places."""
    say, texts = Wording(app.texts), app.texts
    title = summary.title or summary.stem
    out.print(f"{'↳ ' if summary.kind == 'amendment' else ''}{title}", style="bold", soft_wrap=True)
    where = [summary.stem, summary.reference]
    if summary.kind == "amendment":
        base = names.get(summary.base or "")
        where.append(f"{texts('list.base')} {base}" if base else texts("ingest.waiting"))
    who = [texts.name("contract_type", summary.contract_type or ""), *summary.counterparties]
    renewal = f"{texts('list.renewal')} {texts.name('renewal', summary.renewal)}" if summary.renewal else None
    notice = f"{texts('list.notice')} {say.duration(summary.notice_period)}" if summary.notice_period else None
    yearly = summary.yearly_amount
    money = None if yearly is None else f"{say.money(yearly, 'EUR')} {texts('tax.excl')} {texts('period.year')}"
    places = ", ".join(filter(None, (site.name or site.city for site in summary.sites)))
    for line in (where, who, [_term(say, summary.start_date, summary.end_date), renewal, notice, money], [places]):
        shown = " · ".join(part for part in line if part)
        if shown:
            out.print(f"    {shown}", soft_wrap=True)
    out.print()


def _term(say: Wording, start: date | None, end: date | None) -> str | None:
    if start is None and end is None:
        return None
    return f"{say.date(start) if start else '…'} → {say.date(end) if end else '…'}"
