"""`contratheque web`: the web application."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path

import click

import ui.web
from portfolio.accounts.store import Accounts
from portfolio.errors import ContrathequeError
from ui.cli.app import App
from ui.web.who import LOCAL, is_loopback

SECRETS = "secrets.toml"
"""In the data folder: Streamlit's secrets, with the `[auth]` section of a sign-in by OpenID Connect."""


@click.command("web")
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option(
    "--address",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen; others than this machine's own need accounts.",
)
@click.pass_obj
def command(app: App, port: int, address: str) -> None:
    """Serve the web application: to who sits at this machine, or, with accounts, to everybody who has one."""
    secrets = app.settings.home.expanduser().absolute() / SECRETS
    _refuse_strangers(app, address, secrets)
    server = Path(ui.web.__file__).parent / "server.py"
    environment = os.environ | {
        "CONTRATHEQUE_HOME": str(app.settings.home.absolute()),
        "CONTRATHEQUE_LANG": app.settings.lang,
        LOCAL: "1" if is_loopback(address) else "0",
    }
    arguments = ["run", str(server), f"--server.address={address}", f"--server.port={port}", "--server.headless=true"]
    if secrets.exists():
        arguments.append(f"--secrets.files={secrets}")
    if is_loopback(address):
        arguments += [f"--server.allowedHosts={host}" for host in ("localhost", "127.0.0.1", "[::1]")]
    os.execve(sys.executable, [sys.executable, "-m", "streamlit", *arguments], environment)  # noqa: S606


def _refuse_strangers(app: App, address: str, secrets: Path) -> None:
    """Raises ContrathequeError where others than this machine could come in without signing in."""
    if is_loopback(address) or _company_sign_in(secrets):
        return
    with app.register() as register:
        if not Accounts(register).configured():
            raise ContrathequeError(app.texts("serve.no_sign_in", address=address, secrets=secrets))


def _company_sign_in(secrets: Path) -> bool:
    try:
        return "auth" in tomllib.loads(secrets.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    except tomllib.TOMLDecodeError as error:
        raise ContrathequeError(f"{secrets} is no TOML: {error}; mend it or remove it.") from error
