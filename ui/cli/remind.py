"""`contratheque remind`: what people and programs are told today, who they are, and what became of it."""

from __future__ import annotations

import getpass
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, get_args

import click

from portfolio.alerts.clock import today
from portfolio.delivery import outbox
from portfolio.delivery.daily import Done, Prepared, daily, rehearse, send
from portfolio.delivery.feed import feed
from portfolio.delivery.hooks import Hook, Hooks
from portfolio.delivery.outbox import Delivery, State
from portfolio.delivery.people import People, Person
from portfolio.delivery.sending import Try
from portfolio.delivery.settings import DeliverySettings
from portfolio.events import EventKind
from portfolio.words.texts import LANGUAGES
from portfolio.words.values import Wording
from ui.cli.app import App, console, errors, json_option, print_json, tell_each

_day = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])
_kinds = click.option("--kind", "kinds", multiple=True, type=click.Choice(get_args(EventKind)), help="Only a kind.")
_language = click.option("--language", type=click.Choice(LANGUAGES), default="fr", show_default=True)


@click.group("remind", invoke_without_command=True)
@click.option("--send", "really", is_flag=True, help="Send; without it nothing leaves and nothing is written.")
@click.option("--as-of", type=_day, help="Without --send: what would be sent on another day.")
@click.option("--full", is_flag=True, help="Show the mails, not only to whom they go.")
@json_option
@click.pass_context
def command(context: click.Context, really: bool, as_of: Any, full: bool, as_json: bool) -> None:
    """The day's work: alerts brought to today, digests by mail, webhooks, approved relances.

    Shows what would be sent to whom; --send sends. Safe to run twice, and after days off.
    """
    if context.invoked_subcommand is not None:
        return
    app: App = context.obj
    if really and as_of:
        raise click.UsageError("--as-of is for looking; what is sent is sent today.")
    settings = DeliverySettings.from_environment()
    if really:
        with app.register() as register:
            done = daily(register, settings)
        _report(app, done, as_json)
        context.exit(1 if any(t.state == "dead" for t in done.tries) else 0)
    now = datetime.now(UTC)
    with app.register() as register:
        prepared = rehearse(register, settings, as_of.date() if as_of else today(now), now)
    if as_json:
        print_json({"day": prepared.run.day.isoformat(), "sent": False, **_prepared(prepared)})
        return
    out = console()
    for delivery in prepared.waiting:
        out.print(_would(app, delivery), soft_wrap=True)
        if full:
            out.print(delivery.body.get("text") or delivery.body.get("content"), soft_wrap=True)
    _notes(app, prepared)
    out.print(app.texts("remind.dry"), soft_wrap=True)


@command.command("retry")
@json_option
@click.pass_obj
def retry(app: App, as_json: bool) -> None:
    """Send what is due in the outbox, without a look at the contracts: for a cron line every few minutes."""
    with app.register() as register:
        tries = send(register, DeliverySettings.from_environment())
    if as_json:
        print_json([_try(one) for one in tries])
    else:
        _tries(app, tries)


@command.command("outbox")
@click.option("--state", type=click.Choice(get_args(State)), help="Only those in a state.")
@json_option
@click.pass_obj
def outbox_(app: App, state: State | None, as_json: bool) -> None:
    """What was sent, waits, or was given up (dead), newest first."""
    with app.register() as register, register.database.reading() as session:
        found = outbox.deliveries(session, state)
    if as_json:
        print_json([delivery_json(one) for one in found])
        return
    for one in found:
        tries = app.texts("remind.tries", count=one.tries)
        parts = [str(one.id), one.day.isoformat(), app.texts(f"delivery_state.{one.state}"), one.recipient, one.subject]
        console().print(" · ".join([*parts, tries, *([one.error] if one.error else [])]), soft_wrap=True)
    if not found:
        console().print(app.texts("remind.empty"))


@command.command("replay")
@click.argument("numbers", nargs=-1, required=True, type=int)
@click.pass_obj
def replay(app: App, numbers: tuple[int, ...]) -> None:
    """Let deliveries that were given up be tried again, by their numbers in the outbox."""
    with app.register() as register, register.database.writing() as session:
        again = [outbox.replay(session, number, datetime.now(UTC)) for number in numbers]
    for one in again:
        console().print(app.texts("remind.again", id=one.id, recipient=one.recipient), soft_wrap=True)


@command.command("feed")
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The .ics file.")
@click.option("--person", help="Only what this person is told; everybody's without it.")
@click.pass_obj
def feed_(app: App, output: Path, person: str | None) -> None:
    """Write the calendar of a person, with reminders at the lead times, for a calendar program to subscribe to."""
    with app.register() as register:
        content = feed(register, today(), Wording(app.texts), person)
    output.write_bytes(content)
    console().print(app.texts("remind.feed", path=output), soft_wrap=True)


# --- people


@command.group("people", invoke_without_command=True)
@json_option
@click.pass_context
def people(context: click.Context, as_json: bool) -> None:
    """Who is told, and what each of them answers for."""
    if context.invoked_subcommand is not None:
        return
    app: App = context.obj
    with app.register() as register:
        found = People(register).all()
    tell_each(found, as_json, _person, partial(_line, app), app.texts("remind.no_people"))


@people.command("set")
@click.argument("name")
@click.option("--email", help="Where this person is written to.")
@click.option("--language", type=click.Choice(LANGUAGES))
@_kinds
@click.option("--all-kinds", is_flag=True, help="Is told every kind of event.")
@click.option("--general/--not-general", default=None, help="Is told what is nobody's.")
@click.option("--away/--back", default=None, help="Others are told while this person is away.")
@click.option("--deputy", help="Who is told when this person does not react, or is away; empty: nobody.")
@json_option
@click.pass_obj
def people_set(
    app: App, name: str, email: str | None, language: str | None, kinds: tuple[EventKind, ...], all_kinds: bool,
    general: bool | None, away: bool | None, deputy: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Add a person, or change what is said here of one."""
    with app.register() as register:
        book = People(register)
        before = next((one for one in book.all() if one.name.casefold() == name.strip().casefold()), None)
        if before is None and email is None:
            raise click.UsageError("Give the address of a new person: --email marie.durand@example.org.")
        given = before or Person(name, email or "", language=app.texts.language)
        changes: dict[str, Any] = {
            "email": email,
            "language": language,
            "general": general,
            "away": away,
            "deputy": deputy,
        }
        given = replace(given, **{key: value for key, value in changes.items() if value is not None})
        saved = book.put(replace(given, kinds=() if all_kinds else kinds or given.kinds))
    _shown(app, saved, as_json)


@people.command("remove")
@click.argument("name")
@click.pass_obj
def people_remove(app: App, name: str) -> None:
    """What this person was not told yet goes to others."""
    with app.register() as register:
        People(register).remove(name)


_scope = click.argument("scope", metavar="contract|tag|site|type|category:NAME")


@people.command("charge")
@click.argument("name")
@_scope
@click.argument("value")
@json_option
@click.pass_obj
def people_charge(app: App, name: str, scope: str, value: str, as_json: bool) -> None:
    """Let a person answer for a contract, or for those with a tag, a category, a site or a type."""
    with app.register() as register:
        saved = People(register).charge(name, scope, value)
    _shown(app, saved, as_json)


@people.command("discharge")
@click.argument("name")
@_scope
@click.argument("value")
@json_option
@click.pass_obj
def people_discharge(app: App, name: str, scope: str, value: str, as_json: bool) -> None:
    """The opposite of charge."""
    with app.register() as register:
        saved = People(register).discharge(name, scope, value)
    _shown(app, saved, as_json)


# --- webhooks


@command.group("webhooks", invoke_without_command=True)
@json_option
@click.pass_context
def webhooks(context: click.Context, as_json: bool) -> None:
    """Programs that are told of every alert as it is raised."""
    if context.invoked_subcommand is not None:
        return
    app: App = context.obj
    with app.register() as register:
        found = Hooks(register).all()
    if as_json:
        print_json([hook_json(one) for one in found])
        return
    for one in found:
        console().print(f"{one.id} · {one.where} · {one.language} · {', '.join(one.kinds)}".rstrip(" ·"))
    if not found:
        console().print(app.texts("remind.no_webhooks"))


@webhooks.command("add")
@click.argument("url")
@_language
@_kinds
@click.option("--who", help="The person who says so (default: the user of this computer).")
@json_option
@click.pass_obj
def webhooks_add(
    app: App, url: str, language: str, kinds: tuple[EventKind, ...], who: str | None, as_json: bool
) -> None:
    """Add an address; the secret that signs what it is sent is shown once."""
    with app.register() as register:
        hook, secret = Hooks(register).add(url, who or getpass.getuser(), language, kinds)
    if as_json:
        print_json(hook_json(hook) | {"secret": secret})
    else:
        console().print(app.texts("remind.webhook_added", id=hook.id, where=hook.where, secret=secret), soft_wrap=True)


@webhooks.command("remove")
@click.argument("number", type=int)
@click.pass_obj
def webhooks_remove(app: App, number: int) -> None:
    """Take an address off; what waits for it is not sent."""
    with app.register() as register:
        Hooks(register).remove(number)


# --- what is shown


def _would(app: App, delivery: Delivery) -> str:
    key = "remind.mail" if delivery.lane == "mail" else "remind.hook"
    return app.texts(key, to=delivery.recipient, subject=delivery.subject)


def _report(app: App, done: Done, as_json: bool) -> None:
    if as_json:
        found = _prepared(done.prepared) | {"tries": [_try(one) for one in done.tries]}
        print_json({"day": done.prepared.run.day.isoformat(), "sent": True, **found})
        return
    _tries(app, done.tries)
    _notes(app, done.prepared)


def _tries(app: App, tries: tuple[Try, ...]) -> None:
    for one in tries:
        out = console() if one.state == "sent" else errors()
        said = app.texts(f"delivery_state.{one.state}")
        out.print(f"{said} · {_would(app, one.delivery)}{f' · {one.error}' if one.error else ''}", soft_wrap=True)
    if not tries:
        console().print(app.texts("remind.nothing"))


def _notes(app: App, prepared: Prepared) -> None:
    """What keeps somebody from being told, or waits for a person."""
    out, texts = console(), app.texts
    run = prepared.run
    day = Wording(texts).date(run.day)
    out.print(texts("remind.ran", day=day, raised=len(run.raised), count=len(prepared.waiting)), soft_wrap=True)
    for key, count in (("nobody", prepared.nobody), ("drafts", prepared.drafts), ("dead", prepared.dead)):
        if count:
            out.print(texts(f"remind.{key}", count=count), soft_wrap=True)
    if not prepared.mails:
        out.print(texts("remind.no_server"), soft_wrap=True)


def _prepared(prepared: Prepared) -> dict[str, Any]:
    return {
        "raised": len(prepared.run.raised),
        "deliveries": [delivery_json(one) for one in prepared.waiting],
        "nobody": prepared.nobody,
        "drafts": prepared.drafts,
        "dead": prepared.dead,
        "mail_server": prepared.mails,
    }


def delivery_json(one: Delivery) -> dict[str, Any]:
    return {
        "id": one.id,
        "key": one.key,
        "lane": one.lane,
        "to": one.recipient,
        "subject": one.subject,
        "text": one.body.get("text") or one.body.get("content"),
        "state": one.state,
        "tries": one.tries,
        "day": one.day.isoformat(),
        "next_at": one.next_at.isoformat(),
        "sent_at": one.sent_at.isoformat() if one.sent_at else None,
        "error": one.error,
    }


def _try(one: Try) -> dict[str, Any]:
    return {"id": one.delivery.id, "to": one.delivery.recipient, "subject": one.delivery.subject} | {
        "state": one.state,
        "error": one.error,
    }


def hook_json(one: Hook) -> dict[str, Any]:
    return {"id": one.id, "where": one.where, "language": one.language, "kinds": one.kinds, "active": one.active} | {
        "topics": one.topics
    }


def _person(one: Person) -> dict[str, Any]:
    return {
        "name": one.name,
        "email": one.email,
        "language": one.language,
        "kinds": one.kinds,
        "general": one.general,
        "away": one.away,
        "deputy": one.deputy,
        "charges": [{"scope": charge.scope, "value": charge.shown} for charge in one.charges],
    }


def _shown(app: App, one: Person, as_json: bool) -> None:
    if as_json:
        print_json(_person(one))
    else:
        console().print(_line(app, one), soft_wrap=True)


def _line(app: App, one: Person) -> str:
    texts = app.texts
    parts = [one.name, one.email, one.language]
    parts += [", ".join(f"{charge.scope} {charge.shown}" for charge in one.charges)] if one.charges else []
    parts += [texts("remind.general")] if one.general else []
    parts += [", ".join(texts(f"event_kind.{kind}") for kind in one.kinds)] if one.kinds else []
    parts += [texts("remind.deputy", name=one.deputy)] if one.deputy else []
    parts += [texts("remind.away")] if one.away else []
    return " · ".join(parts)
