"""`contratheque api`: the API for other programs."""

from __future__ import annotations

import click

from portfolio.accounts.keys import ApiKeys
from portfolio.delivery.settings import loopback
from portfolio.errors import ContrathequeError
from portfolio.register.store import Register
from ui.cli.app import App, console


@click.command("api")
@click.option("--port", type=click.IntRange(1, 65535), default=8502, show_default=True)
@click.option(
    "--address", default="127.0.0.1", show_default=True, help="Where to listen; others than this machine's need keys."
)
@click.pass_obj
def command(app: App, port: int, address: str) -> None:
    """Serve the API: to who sits at this machine, or, with keys, to every program that has one."""
    import uvicorn

    from ui.api.app import create
    from ui.api.parts import Parts
    from ui.api.settings import ApiSettings

    settings = ApiSettings.from_environment()
    local = loopback(address)
    if not local and settings.oidc_issuer is None:
        with app.register() as register:
            refuse_strangers(app, register, address)
    served = create(Parts(app.settings, settings, local=local))
    console().print(app.texts("api_serve.listening", address=address, port=port))
    uvicorn.run(served, host=address, port=port, log_level="warning", access_log=False, server_header=False)


def refuse_strangers(app: App, register: Register, address: str) -> None:
    """Raises ContrathequeError where others than this machine could come in without a key."""
    if not ApiKeys(register).any_valid():
        raise ContrathequeError(app.texts("api_serve.no_keys", address=address))
