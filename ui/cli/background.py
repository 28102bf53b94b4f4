"""Leaves the passages' vectors to a process of its own, so that nobody waits for them."""

from __future__ import annotations

import subprocess
import sys

from agent.settings import Settings


def embed_in_background(settings: Settings) -> None:
    """Starts `contratheque reindex --owed` apart from this terminal; where one works already, the new one ends."""
    subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "ui.cli.main", "--home", str(settings.home.absolute()), "reindex", "--owed"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
