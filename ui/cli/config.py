"""`contratheque config`: which language model is asked, and how; secrets stay in the environment."""

from __future__ import annotations

from typing import Any

import click

from agent.model.settings import ENVIRONMENT, FILE, SECRET, ModelSettings, in_file, load, write
from ui.cli.app import App, console, json_option, print_json


@click.command("config")
@click.argument("key", required=False)
@click.argument("value", required=False)
@click.option("--unset", is_flag=True, help="Take KEY out of the settings file.")
@json_option
@click.pass_obj
def command(app: App, key: str | None, value: str | None, unset: bool, as_json: bool) -> None:
    """The settings of the language model; with KEY and VALUE, write one to config.toml in the data folder.

    The environment goes before the file. Keys of an endpoint are taken from the environment alone.
    """
    home = app.settings.home
    if (value is None) != unset and key is not None and unset is False:
        raise click.UsageError("Give a VALUE, or --unset.")
    if key is not None:
        write(home, key, None if unset else value)
        console().print(app.texts("model.saved", file=home / FILE))
        return
    settings = load(home)
    rows = {name: (_shown(name, getattr(settings, name)), _source(app, name, home)) for name in ENVIRONMENT}
    if as_json:
        print_json({name: {"value": shown, "from": source} for name, (shown, source) in rows.items()})
        return
    out = console()
    for name, (shown, source) in rows.items():
        out.print(f"{name:<15} {'—' if shown is None else shown}  ({source}; {ENVIRONMENT[name]})", soft_wrap=True)


def _shown(name: str, value: Any) -> Any:
    """A value as it may be seen: of a secret, only that there is one."""
    return (None if value is None else "•••") if name in SECRET else value


def _source(app: App, name: str, home: Any) -> str:
    if name in ModelSettings().model_fields_set:
        return app.texts("model.from_environment")
    return app.texts("model.from_file" if name in in_file(home) else "model.from_default")
