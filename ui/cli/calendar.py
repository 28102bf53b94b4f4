"""`contratheque calendar`: private addresses at which calendar programs read what falls due."""

from __future__ import annotations

import getpass
from typing import Any, get_args

import click

from portfolio.delivery.feeds import Feed, Feeds
from portfolio.delivery.settings import DeliverySettings
from portfolio.events import EventKind
from portfolio.schema import ContractType
from ui.cli.app import App, console, json_option, print_json, tell_each


@click.group("calendar", invoke_without_command=True)
@json_option
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """The addresses that were made; `contratheque export ics` writes a file instead."""
    if context.invoked_subcommand is not None:
        return
    app: App = context.obj
    with app.register() as register:
        found = Feeds(register).all()

    def line(one: Feed) -> str:
        state = app.texts("calendar_feed.revoked" if one.revoked_at else "calendar_feed.open")
        return " · ".join(filter(None, (str(one.id), one.name, one.person, state)))

    tell_each(found, as_json, _json, line, app.texts("calendar_feed.none"))


@command.command("add")
@click.argument("name")
@click.option("--person", help="Only what this person is told of (contratheque remind people).")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(get_args(EventKind)), help="Only a kind.")
@click.option("--type", "types", multiple=True, type=click.Choice(get_args(ContractType)), help="Only a contract type.")
@click.option("--tag", help="Only contracts with a tag.")
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
@click.option("--who", help="The person who says so (default: the user of this computer).")
@json_option
@click.pass_obj
def add(
    app: App, name: str, person: str | None, kinds: tuple[EventKind, ...], types: tuple[ContractType, ...],
    tag: str | None, language: str, who: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Make an address called NAME. It is shown once: who has it reads the calendar."""
    with app.register() as register:
        made, path = Feeds(register).add(name, who or getpass.getuser(), person, kinds, types, tag, language)
    base = (DeliverySettings.from_environment().web_url or "").rstrip("/")
    if as_json:
        print_json(_json(made) | {"address": f"{base}{path}"})
    else:
        console().print(app.texts("calendar_feed.added", id=made.id, address=f"{base}{path}"), soft_wrap=True)


@command.command("revoke")
@click.argument("number", type=int)
@click.pass_obj
def revoke(app: App, number: int) -> None:
    """Take an address back; calendar programs get nothing from it any more."""
    with app.register() as register:
        made = Feeds(register).revoke(number)
    console().print(app.texts("calendar_feed.taken_back", name=made.name), soft_wrap=True)


def _json(one: Feed) -> dict[str, Any]:
    def moment(at: Any) -> str | None:
        return at.isoformat() if at else None

    return {
        "id": one.id,
        "name": one.name,
        "person": one.person,
        "kinds": one.kinds,
        "contract_types": one.contract_types,
        "tag": one.tag,
        "language": one.language,
        "created_at": moment(one.created_at),
        "used_at": moment(one.used_at),
        "revoked_at": moment(one.revoked_at),
    }
