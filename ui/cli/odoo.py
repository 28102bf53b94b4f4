"""`contratheque odoo`: partners, contracts and deadlines in Odoo, by the mapping of odoo.toml."""

from __future__ import annotations

from dataclasses import asdict

import click

from portfolio.alerts.clock import today
from portfolio.connectors.mapping import load
from portfolio.connectors.odoo import Odoo, synchronise
from portfolio.exports.gather import gather
from portfolio.words.values import Wording
from ui.cli.app import App, console, json_option, print_json


@click.command("odoo")
@click.option("--apply", "apply_", is_flag=True, help="Write into Odoo; without it, only say what would be written.")
@json_option
@click.pass_obj
def command(app: App, apply_: bool, as_json: bool) -> None:
    """Bring Odoo to what the portfolio says (docs/connect.md). Done twice it changes nothing more."""
    mapping = load(app.settings.home)
    days = mapping.activity.days if mapping.activity else 0
    with app.register() as register:
        tables = gather(register, today(), Wording(app.texts), days=days)
    odoo = Odoo(mapping.odoo)
    try:
        changes = synchronise(odoo, mapping, tables, apply=apply_)
    finally:
        odoo.close()
    if as_json:
        print_json({"applied": apply_, "changes": [asdict(one) for one in changes]})
        return
    for one in changes:
        console().print(f"{app.texts(f'odoo.{one.action}')} · {one.model} · {one.shown}", soft_wrap=True)
    console().print(app.texts("odoo.applied" if apply_ else "odoo.dry", count=len(changes)))
