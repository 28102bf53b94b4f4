"""`contratheque watch`: what arrives in watched folders and mailboxes is read and registered (docs/connect.md)."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from agent.readers import chosen
from agent.watching.looking import Looked, look
from agent.watching.settings import Watched, WatchedFolder, load
from portfolio.errors import ContrathequeError
from portfolio.intake.book import Intake, Item, Place
from ui.cli.app import App, console, errors, json_option, print_json
from ui.cli.ingest import MARKS


@click.command("watch")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path))
@click.option("--every", type=click.IntRange(1, 86_400), default=60, show_default=True, help="Seconds between looks.")
@click.option("--once", is_flag=True, help="Look once, and end.")
@click.option("--status", is_flag=True, help="What is watched, when it was last looked at, what was refused.")
@json_option
@click.pass_obj
def command(app: App, folders: tuple[Path, ...], every: int, once: bool, status: bool, as_json: bool) -> None:
    """Take in new files of FOLDER… and of the folders and mailboxes of watch.toml; until it is told to stop.

    Nothing is moved or deleted there. Stopped at any moment, it goes on where it was.
    """
    if status:
        _status(app, as_json)
        return
    watched = load(app.settings.home)
    given = tuple(WatchedFolder(name=str(path.resolve())[-100:], path=path.resolve()) for path in folders)
    watched = watched.model_copy(update={"folder": (*watched.folder, *given)})
    if not watched:
        raise ContrathequeError(app.texts("watch.nothing", path=app.settings.home / "watch.toml"))
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    failed = False
    while not stop.is_set():
        looked = _look(app, watched, stop.is_set)
        failed = any(one.error or any(dealt.outcome == "refused" for dealt in one.dealt) for one in looked)
        if as_json:
            print_json([asdict(one) for one in looked])
        else:
            _say(app, looked)
        if once:
            break
        stop.wait(every)
    if once and failed:
        raise click.exceptions.Exit(1)


def take_in(app: App, stop: Callable[[], bool]) -> None:
    """One look at what watch.toml says, for the worker; what went wrong is in the log and the notebook."""
    watched = load(app.settings.home)
    if watched:
        _look(app, watched, stop)


def _look(app: App, watched: Watched, stop: Callable[[], bool]) -> list[Looked]:
    settings = app.settings
    with app.register() as register, app.passages() as passages:
        return list(
            look(
                settings.home,
                register,
                passages,
                watched,
                lambda confidential: chosen(settings.home, settings.database_url, "rules" if confidential else None),
                stop,
            )
        )


def _say(app: App, looked: Sequence[Looked]) -> None:
    for place in looked:
        for dealt in place.dealt:
            reason = f" — {app.texts.name('reason', dealt.reason)}" if dealt.reason else ""
            line = f"{MARKS[dealt.outcome]} {app.texts(f'ingest.{dealt.outcome}')} · {dealt.shown}{reason}"
            console().print(line, soft_wrap=True)
        if place.error:
            errors().print(place.error, soft_wrap=True)


def _status(app: App, as_json: bool) -> None:
    with app.register() as register:
        book = Intake(register)
        places, refused = book.places(), book.items(outcome="refused", most=50)
    if as_json:
        print_json({"places": [_place(one) for one in places], "refused": [_item(one) for one in refused]})
        return
    out = console()
    for place in places:
        when = f"{place.looked_at:%d/%m/%Y %H:%M} UTC" if place.looked_at else "—"
        counts = ", ".join(f"{app.texts(f'ingest.{name}')} {count}" for name, count in sorted(place.counts.items()))
        out.print(" · ".join(filter(None, (place.name, place.shown, when, counts))), soft_wrap=True)
        if place.error:
            errors().print(f"  {place.error}", soft_wrap=True)
    for item in refused:
        out.print(f"{MARKS['refused']} {item.shown} — {item.message or item.reason}", soft_wrap=True)
    if not places:
        out.print(app.texts("watch.none"))


def _place(place: Place) -> dict[str, Any]:
    at = place.looked_at.isoformat() if place.looked_at else None
    return asdict(replace(place, looked_at=None)) | {"looked_at": at, "counts": dict(place.counts)}


def _item(item: Item) -> dict[str, Any]:
    return asdict(item) | {"at": item.at.isoformat()}
