"""`contratheque bi`: the tables behind the views that reporting tools read."""

from __future__ import annotations

from datetime import date, datetime

import click

from portfolio.words.values import Wording
from ui.cli.app import App, console, json_option, print_json


@click.group("bi")
def command() -> None:
    """Views for Power BI, Excel, Metabase and other reporting tools (docs/bi.md)."""


@command.command("refresh")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Terms in force and deadlines from that day on.")
@json_option
@click.pass_obj
def refresh_command(app: App, as_of: datetime | None, as_json: bool) -> None:
    """Computes what the views show again; run it daily."""
    from portfolio.exports.bi.refresh import refresh

    day = as_of.date() if as_of else date.today()
    say = Wording(app.texts)
    with app.register() as register:
        done = refresh(register, day, say)
    if as_json:
        print_json({"as_of": day.isoformat(), "rows": dict(done.rows)})
    else:
        console().print(app.texts("bi_command.refreshed", date=say.date(day), rows=sum(done.rows.values())))


@command.command("grant")
@click.argument("role")
@click.pass_obj
def grant_command(app: App, role: str) -> None:
    """Lets ROLE, a role of the PostgreSQL server, read the views and nothing else."""
    from portfolio.exports.bi.access import grant
    from portfolio.exports.bi.models import VIEWS

    with app.register() as register:
        grant(register, role)
    console().print(app.texts("bi_command.granted", role=role, views=len(VIEWS)))
