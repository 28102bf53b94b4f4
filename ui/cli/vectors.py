"""What is done about passages that have no vectors yet: now, by a process of its own, or later."""

from __future__ import annotations

import subprocess
import sys

import click
from rich.console import Console

from agent.settings import Settings
from ui.cli.app import App
from ui.cli.progress import progress_bar
from vectorstore.passages import Passages

vectors_option = click.option(
    "--vectors",
    type=click.Choice(["background", "wait", "later"]),
    default="background",
    show_default=True,
    help="Passages' vectors: by a process of their own, before this command ends, or by a later `reindex --owed`.",
)


def settle(app: App, passages: Passages, vectors: str, out: Console) -> int:
    """Does what ``vectors`` says about the passages that are owed; gives how many are owed still."""
    owed = passages.owed()
    if owed and vectors == "wait":
        embed(app, passages, out)
        return passages.owed()
    if owed and vectors == "background":
        _embed_apart(app.settings)
    return owed


def embed(app: App, passages: Passages, out: Console) -> None:
    """Makes the vectors that are owed, with a progress bar; may be stopped."""
    with progress_bar(out) as bar:
        task = bar.add_task(app.texts("ingest.embedding"), total=passages.owed())
        passages.work(progress=lambda done, owed: bar.update(task, completed=done, total=done + owed))


def _embed_apart(settings: Settings) -> None:
    """Starts `contratheque reindex --owed` apart from this terminal; where one works already, the new one ends."""
    subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "ui.cli.main", "--home", str(settings.home.absolute()), "reindex", "--owed"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
