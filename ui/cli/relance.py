"""`contratheque relance`: requests to suppliers for documents; nothing goes out without a person's approval."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any, get_args

import click

from portfolio.alerts.clock import today
from portfolio.delivery.relances.book import RelanceBook
from portfolio.delivery.relances.records import Relance, RelanceState
from portfolio.delivery.relances.text import asked
from portfolio.words.texts import LANGUAGES
from portfolio.words.values import Wording
from ui.cli.app import App, console, json_option, print_json

_who = click.option("--who", help="The person who says so (default: the user of this computer).")
_number = click.argument("number", type=int)


@click.group("relance", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Requests to suppliers for documents that they owe: approve, refuse, stop; without a command, those that are open.

    Drafts come with the day's work (contratheque remind --send, or the worker).
    """
    if context.invoked_subcommand is None:
        context.invoke(list_)


@command.command("list")
@click.option("--state", type=click.Choice(get_args(RelanceState)), help="Only those in a state.")
@json_option
@click.pass_obj
def list_(app: App, state: RelanceState | None = None, as_json: bool = False) -> None:
    """Drafts that wait for a person, and what goes out every week."""
    with app.register() as register:
        found = RelanceBook(register).all(state)
    if as_json:
        print_json([_json(one, Wording(app.texts)) for one in found])
        return
    for one in found:
        _print(app, one)
    if not found:
        console().print(app.texts("relances.none"), soft_wrap=True)


@command.command("show")
@_number
@json_option
@click.pass_obj
def show(app: App, number: int, as_json: bool) -> None:
    """A relance, with the mail as it would go out next."""
    with app.register() as register:
        book = RelanceBook(register)
        found, mail = book.get(number), book.letter(number)
    if as_json:
        print_json(_json(found, Wording(app.texts)) | {"subject": mail.subject, "text": mail.text})
        return
    _print(app, found)
    console().print(f"\n{mail.subject}\n\n{mail.text}", soft_wrap=True)


@command.command("approve")
@click.argument("numbers", nargs=-1, required=True, type=int)
@click.option("--note", help="Your own words in the mail.")
@click.option(
    "--note-file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="The same, from a file."
)
@click.option("--without", multiple=True, type=int, metavar="N", help="Leave the Nth document out; once a document.")
@_who
@json_option
@click.pass_obj
def approve(
    app: App, numbers: tuple[int, ...], note: str | None, note_file: Path | None, without: tuple[int, ...],
    who: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Let drafts go out: with the next day's work, then every week until all documents are in."""
    if note is not None and note_file is not None:
        raise click.UsageError("Give --note or --note-file, not both.")
    if without and len(numbers) > 1:
        raise click.UsageError("Leave documents out of one relance at a time.")
    words = note_file.read_text(encoding="utf-8") if note_file else note
    with app.register() as register:
        book = RelanceBook(register)
        done = [book.approve(number, who or getpass.getuser(), today(), words, without) for number in numbers]
    _shown(app, done, as_json)


@command.command("refuse")
@_number
@click.option("--reason", required=True, help="Why it is not to be sent.")
@_who
@json_option
@click.pass_obj
def refuse(app: App, number: int, reason: str, who: str | None, as_json: bool) -> None:
    """A draft is not to be sent."""
    with app.register() as register:
        done = RelanceBook(register).refuse(number, who or getpass.getuser(), reason)
    _shown(app, [done], as_json)


@command.command("stop")
@_number
@click.option("--reason", required=True, help="Why it goes out no more.")
@_who
@json_option
@click.pass_obj
def stop(app: App, number: int, reason: str, who: str | None, as_json: bool) -> None:
    """An approved one goes out no more."""
    with app.register() as register:
        done = RelanceBook(register).stop(number, who or getpass.getuser(), reason)
    _shown(app, [done], as_json)


@command.command("contact")
@click.argument("supplier")
@click.argument("email")
@click.option("--name", help="Who is written to there.")
@click.option("--language", type=click.Choice(LANGUAGES), default="fr", show_default=True)
@_who
@json_option
@click.pass_obj
def contact(
    app: App, supplier: str, email: str, name: str | None, language: str, who: str | None, as_json: bool
) -> None:
    """Say where SUPPLIER (a relance's number, a name, a SIREN) is written to."""
    with app.register() as register:
        saved = RelanceBook(register).contact(supplier, email, who or getpass.getuser(), name, language)
    if as_json:
        print_json(vars(saved))
    else:
        console().print(f"{saved.name} · {saved.email} · {saved.language}", soft_wrap=True)


def _shown(app: App, done: list[Relance], as_json: bool) -> None:
    if as_json:
        print_json([_json(one, Wording(app.texts)) for one in done])
    else:
        for one in done:
            _print(app, one)


def _print(app: App, one: Relance) -> None:
    out, say, texts = console(), Wording(app.texts), app.texts
    parts = [str(one.id), texts(f"relance_state.{one.state}"), one.name]
    parts.append(one.contact.email if one.contact else texts("relances.no_contact", id=one.id))
    if one.sent:
        parts.append(texts("relances.sent", count=one.sent))
    if one.next_on:
        parts.append(texts("relances.next", day=say.date(one.next_on)))
    if one.reason:
        parts.append(one.reason)
    out.print(" · ".join(parts), soft_wrap=True)
    for number, ask in enumerate(one.asks, 1):
        verify = f" ({texts('relances.verify')})" if ask.unsure else ""
        out.print(f"  {number}. {asked(ask, say)}{verify}", soft_wrap=True)


def _json(one: Relance, say: Wording) -> dict[str, Any]:
    return {
        "id": one.id,
        "supplier": one.name,
        "state": one.state,
        "email": one.contact.email if one.contact else None,
        "asks": [
            {
                "contract": ask.stem,
                "document": ask.what.say(say),
                "since": ask.since.isoformat(),
                "expired": ask.expired,
                "to_verify": ask.unsure,
                "text": asked(ask, say),
            }
            for ask in one.asks
        ],
        "note": one.note,
        "sent": one.sent,
        "next_on": one.next_on.isoformat() if one.next_on else None,
        "decided_by": one.decided_by,
        "reason": one.reason,
        "created_on": one.created_on.isoformat(),
    }
