"""`contratheque worker`: the day's work when its hour comes, what is due sent, reporting views
refreshed, vectors that are owed made."""

from __future__ import annotations

import logging
import signal
import threading
from datetime import UTC, date, datetime, time
from typing import Any

import click
from sqlalchemy.exc import DatabaseError

from portfolio.alerts.clock import PARIS
from portfolio.delivery.daily import daily, send
from portfolio.delivery.settings import DeliverySettings
from portfolio.errors import ContrathequeError
from portfolio.exports.bi.refresh import refresh, refreshed
from portfolio.words.values import Wording
from ui.cli.app import App
from ui.cli.watch import take_in
from vectorstore.records import PassagesError

_log = logging.getLogger("contratheque.worker")


@click.command("worker")
@click.option(
    "--at", default="06:15", show_default=True, metavar="HH:MM", help="When the day's work is done, in France."
)
@click.option("--every", type=click.IntRange(1, 3600), default=60, show_default=True, help="Seconds between two looks.")
@click.option("--once", is_flag=True, help="Do what is to be done now, and end.")
@click.pass_obj
def command(app: App, at: str, every: int, once: bool) -> None:
    """Do the day's work, send what is due, make vectors; until it is told to stop. Several may run at once."""
    hour = _time(at)
    DeliverySettings.from_environment()  # what is set wrong is said at once
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    done_for: date | None = None
    while not stop.is_set():
        now = datetime.now(UTC).astimezone(PARIS)
        due = now.date() != done_for and (once or now.time() >= hour)
        if _guarded(lambda due=due: _deliver(app, due)) and due:
            done_for = now.date()
            _guarded(lambda day=done_for: _views(app, day))
        _guarded(lambda: take_in(app, stop.is_set))
        _guarded(lambda: _vectors(app, stop))
        if once:
            return
        stop.wait(every)


def _deliver(app: App, due: bool) -> None:
    settings = DeliverySettings.from_environment()
    with app.register() as register:
        if due:
            done = daily(register, settings)
            tries = done.tries
            _log.info("day %s: %d alerts told", done.prepared.run.day, len(done.prepared.run.raised))
        else:
            tries = send(register, settings)
    for one in tries:
        _log.log(
            logging.INFO if one.state == "sent" else logging.WARNING,
            "delivery %d by %s: %s %s", one.delivery.id, one.delivery.lane, one.state, one.error or "",
        )  # fmt: skip


def _views(app: App, day: date) -> None:
    """What reporting tools see is of today, once they see anything (`contratheque bi refresh` was run once)."""
    with app.register() as register:
        if refreshed(register) is not None:
            refresh(register, day, Wording(app.texts))
            _log.info("the reporting views are as of %s", day)


def _vectors(app: App, stop: threading.Event) -> None:
    with app.passages() as passages:
        if passages.owed():
            passages.work(stop.is_set)


def _guarded(work: Any) -> bool:
    """Does it; what goes wrong is said, and tried again at the next look."""
    try:
        work()
    except (ContrathequeError, PassagesError, DatabaseError, OSError) as error:
        _log.error("%s", error)
        return False
    return True


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter("write the hour like 06:15", param_hint="--at") from error
