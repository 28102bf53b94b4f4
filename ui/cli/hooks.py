"""`contratheque hooks`: programs that are told of what happens, what each was sent, and sending it again."""

from __future__ import annotations

import getpass

import click

from portfolio.delivery.happenings import TOPICS, Topic
from portfolio.delivery.hooks import Hook, Hooks
from ui.cli.app import App, console, json_option, print_json, tell_each
from ui.cli.remind import delivery_json, hook_json


@click.group("hooks", invoke_without_command=True)
@json_option
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """Webhooks, signed as Standard Webhooks has it (docs/connect.md)."""
    if context.invoked_subcommand is not None:
        return
    app: App = context.obj
    with app.register() as register:
        found = Hooks(register).all()
    tell_each(found, as_json, hook_json, _line, app.texts("remind.no_webhooks"))


@command.command("add")
@click.argument("url")
@click.option("--topic", "topics", multiple=True, type=click.Choice(TOPICS), help="Only these (default: all).")
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
@click.option("--who", help="The person who says so (default: the user of this computer).")
@json_option
@click.pass_obj
def add(app: App, url: str, topics: tuple[Topic, ...], language: str, who: str | None, as_json: bool) -> None:
    """Add an address; the secret that signs what it is sent is shown once."""
    with app.register() as register:
        hook, secret = Hooks(register).add(url, who or getpass.getuser(), language, (), topics or TOPICS)
    if as_json:
        print_json(hook_json(hook) | {"secret": secret})
    else:
        console().print(app.texts("remind.webhook_added", id=hook.id, where=hook.where, secret=secret), soft_wrap=True)


@command.command("remove")
@click.argument("number", type=int)
@click.pass_obj
def remove(app: App, number: int) -> None:
    """Take an address off; what waits for it is not sent."""
    with app.register() as register:
        Hooks(register).remove(number)


@command.command("deliveries")
@click.argument("number", type=int)
@json_option
@click.pass_obj
def deliveries(app: App, number: int, as_json: bool) -> None:
    """What the address NUMBER was sent, newest first."""
    with app.register() as register:
        found = Hooks(register).deliveries(number)
    if as_json:
        print_json([delivery_json(one) for one in found])
        return
    for one in found:
        said = app.texts(f"delivery_state.{one.state}")
        console().print(f"{one.id} · {said} · {one.subject}{f' · {one.error}' if one.error else ''}", soft_wrap=True)


@command.command("replay")
@click.argument("delivery", type=int)
@click.pass_obj
def replay(app: App, delivery: int) -> None:
    """Send a delivery again under its own id; it leaves with the next round (contratheque remind retry)."""
    with app.register() as register:
        Hooks(register).replay(delivery)


def _line(one: Hook) -> str:
    return f"{one.id} · {one.where} · {', '.join(one.topics)}"
