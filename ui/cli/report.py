"""`contratheque report`: commitments by year, and what falls due by month."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import click
from rich import box
from rich.table import Table

from portfolio.register.records import Filters
from portfolio.reports import DIRECTIONS, Commitments, Due, Group, Horizon, MonthDue, Total, commitments, due
from portfolio.schema import ContractType
from portfolio.words.values import Wording
from ui.cli.app import App, console, json_option, print_json

_as_of = click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day of the report (default: today).")
_types = click.option(
    "--type", "types", multiple=True, type=click.Choice(get_args(ContractType)), help="Type of contract."
)
_NARROW = 100
"""Columns of a terminal below which fewer years are shown apart."""


@click.group("report")
def command() -> None:
    """Reports on money: commitments by year, what falls due by month."""


@command.command("commitments")
@click.option("--by", "group", default="contract", show_default=True, type=click.Choice(get_args(Group)))
@click.option("--until", "horizon", default="current", show_default=True, type=click.Choice(get_args(Horizon)),
              help="To the end of the current period, or to the final end.")  # fmt: skip
@_types
@_as_of
@json_option
@click.pass_obj
def commitments_(
    app: App, group: Group, horizon: Horizon, types: tuple[ContractType, ...], as_of: Any, as_json: bool
) -> None:
    """What the contracts commit to in each year, in euros excluding tax, and the contracts that cannot be counted."""
    day = as_of.date() if as_of else date.today()
    with app.register() as register:
        found = commitments(register, day, horizon, Filters(contract_type=types))
    if as_json:
        print_json(_commitments_json(app, found, group))
        return
    say, texts, out = Wording(app.texts), app.texts, console()
    out.print(texts(f"report_cli.commitments_{horizon}", date=say.date(day)), style="bold", soft_wrap=True)
    out.print(texts("report_cli.footing"), soft_wrap=True)
    if not found.lines:
        out.print(texts("report_cli.none"))
    totals = found.by(group)
    for direction in found.ways():
        rows = [total for total in totals if total.direction == direction]
        out.print(_commitments_table(app, found, group, rows, found.total(direction), 3 if out.width < _NARROW else 5))
    if found.unconverted:
        out.print(texts("report_cli.unconverted"))
        for one in found.unconverted:
            out.print(f"  {one.stem} : {one.why.say(say)}", soft_wrap=True)


def _commitments_table(
    app: App, found: Commitments, group: Group, rows: list[Total], total: Total, years: int
) -> Table:
    """One direction's totals; the first ``years`` years apart, those after them together."""
    texts = app.texts
    title = texts(f"report_cli.{total.direction}")
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_footer=True, title=title, title_justify="left")
    table.add_column(texts(f"report_cli.by_{group}"), texts("report_cli.total"), overflow="fold", ratio=1, min_width=12)
    if group != "contract":
        table.add_column(texts("report_cli.contracts"), str(total.count), justify="right", no_wrap=True)
    apart, later = found.years[:years], found.years[years:]
    titles = [texts("report_cli.yearly"), *map(str, apart), *([texts("report_cli.later")] if later else [])]

    def cells(one: Total) -> list[str]:
        after = [sum((one.by_year.get(year, Decimal(0)) for year in later), Decimal(0))] if later else []
        return [_euros(app, value) for value in (one.yearly, *(one.by_year.get(year) for year in apart), *after)]

    for heading, footer in zip(titles, cells(total), strict=True):
        table.add_column(heading, footer, justify="right", no_wrap=True)
    for row in rows:
        count = [str(row.count)] if group != "contract" else []
        table.add_row(_named(app, group, row.label), *count, *cells(row))
    return table


def _named(app: App, group: Group, label: str) -> str:
    if not label:
        return app.texts("report_cli.no_label")
    return app.texts.name("contract_type", label) if group == "type" else label


def _euros(app: App, value: Decimal | None) -> str:
    """Whole euros: a report is read by its size."""
    return Wording(app.texts).number(float(value), decimals=0) if value else app.texts("report_cli.nothing")


def _commitments_json(app: App, found: Commitments, group: Group) -> dict[str, Any]:
    say = Wording(app.texts)

    def total(one: Total) -> dict[str, Any]:
        years = {str(year): float(value) for year, value in one.by_year.items()}
        return {
            group: one.label, "direction": one.direction, "contracts": one.count, "yearly": float(one.yearly),
            "years": years,
        }  # fmt: skip

    return {
        "as_of": found.as_of.isoformat(),
        "until": found.horizon,
        "currency": "EUR",
        "tax": "excl",
        "rows": [total(one) for one in found.by(group)],
        "totals": {direction: total(found.total(direction)) for direction in DIRECTIONS},
        "contracts": [
            {
                "contract": line.stem,
                "direction": line.direction,
                "counterparty": line.counterparty,
                "site": line.site,
                "type": line.contract_type,
                "yearly": float(line.yearly),
                "from": line.since.isoformat(),
                "until": line.until.isoformat(),
                "years": {str(year): float(value) for year, value in line.by_year.items()},
            }
            for line in found.lines
        ],
        "not_counted": [{"contract": one.stem, "why": one.why.say(say)} for one in found.unconverted],
    }


@command.command("due")
@click.option("--months", default=12, show_default=True, type=click.IntRange(1, 120), help="How many months.")
@_types
@_as_of
@json_option
@click.pass_obj
def due_(app: App, months: int, types: tuple[ContractType, ...], as_of: Any, as_json: bool) -> None:
    """What falls due in each month, the yearly amounts to be decided on, and what contracts cost and bring in it."""
    day = as_of.date() if as_of else date.today()
    with app.register() as register:
        found = due(register, day, months, Filters(contract_type=types))
    if as_json:
        print_json(_due_json(app, found))
        return
    say, texts, out = Wording(app.texts), app.texts, console()
    out.print(texts("report_cli.due", date=say.date(day)), style="bold", soft_wrap=True)
    out.print(texts("report_cli.footing"), soft_wrap=True)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(texts("report_cli.month"), no_wrap=True)
    table.add_column(texts("report_cli.events"), overflow="fold", ratio=1)
    ways = [way for way in DIRECTIONS if any(month.money[way] for month in found.months)]
    for column in ("stake", *ways):
        table.add_column(texts(f"report_cli.{column}"), justify="right", no_wrap=True)
    for month in found.months:
        amounts = (_euros(app, value) for value in (month.at_stake, *(month.money[way] for way in ways)))
        table.add_row(f"{month.first:%m/%Y}", _kinds(app, month), *amounts)
    out.print(table)
    if found.unconverted:
        out.print(texts("report_cli.unconverted"))
        for one in found.unconverted:
            out.print(f"  {one.stem} : {one.why.say(say)}", soft_wrap=True)


def _kinds(app: App, month: MonthDue) -> str:
    counts = Counter(event.kind for event in month.events)
    said = (f"{app.texts(f'report_cli.kind_{kind}')} {count}" for kind, count in counts.most_common())
    return ", ".join(said) or app.texts("report_cli.nothing")


def _due_json(app: App, found: Due) -> dict[str, Any]:
    say = Wording(app.texts)
    return {
        "as_of": found.as_of.isoformat(),
        "currency": "EUR",
        "tax": "excl",
        "months": [
            {
                "month": f"{month.first:%Y-%m}",
                "at_stake": float(month.at_stake),
                **{way: float(month.money[way]) for way in DIRECTIONS},
                "events": [
                    {
                        "date": event.on.isoformat(),
                        "kind": event.kind,
                        "contract": found.stems[event.contract],
                        "what": event.what.say(say),
                        "yearly": float(found.yearly[event.contract]) if event.contract in found.yearly else None,
                    }
                    for event in month.events
                ],
            }
            for month in found.months
        ],
        "not_counted": [{"contract": one.stem, "why": one.why.say(say)} for one in found.unconverted],
    }
