"""`contratheque web`: the web application, on this machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

import ui.web
from ui.cli.app import App


@click.command("web")
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.pass_obj
def command(app: App, port: int) -> None:
    """Serve the web application on this machine's own address, for the person who sits at it."""
    page = Path(ui.web.__file__).parent / "app.py"
    environment = os.environ | {
        "CONTRATHEQUE_HOME": str(app.settings.home.absolute()),
        "CONTRATHEQUE_LANG": app.settings.lang,
    }
    arguments = [
        "run", str(page), "--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true",
        "--browser.gatherUsageStats=false", "--client.toolbarMode=minimal",
    ]  # fmt: skip
    os.execve(sys.executable, [sys.executable, "-m", "streamlit", *arguments], environment)  # noqa: S606
