"""`contratheque api-key`: keys by which programs come in."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime, timedelta
from functools import partial

import click

from portfolio.accounts.keys import ApiKey, ApiKeys
from portfolio.accounts.records import ROLES, AccountRole
from portfolio.register.records import Scope
from portfolio.words.values import Wording
from ui.cli.app import App, console, json_option, print_json, tell_each


@click.group("api-key")
def command() -> None:
    """Keys of programs: their role, what they see, until when."""


@command.command("create")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reader", show_default=True, help="What it may do.")
@click.option("--site", "sites", multiple=True, metavar="NAME", help="Sees contracts of this site or city only.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Sees contracts with this tag only.")
@click.option("--days", type=click.IntRange(1, 3660), help="Days until it expires (default: never).")
@json_option
@click.pass_obj
def create(
    app: App,
    name: str,
    role: AccountRole,
    sites: tuple[str, ...],
    tags: tuple[str, ...],
    days: int | None,
    as_json: bool,
) -> None:
    """Make a key for the program NAME; it is shown once."""
    end = datetime.now(UTC) + timedelta(days=days) if days else None
    with app.register() as register:
        made, whole = ApiKeys(register).create(name, role, getpass.getuser(), scope=Scope(sites, tags), expires_at=end)
    if as_json:
        print_json(_json(made) | {"key": whole})
    else:
        console().print(app.texts("api_key.created", line=_line(app, made), whole=whole), soft_wrap=True)


@command.command("list")
@json_option
@click.pass_obj
def list_(app: App, as_json: bool) -> None:
    """Every key, without its secret."""
    with app.register() as register:
        keys = ApiKeys(register).all()
    tell_each(keys, as_json, _json, partial(_line, app), app.texts("api_key.none"))


@command.command("revoke")
@click.argument("key_id", metavar="ID")
@click.pass_obj
def revoke(app: App, key_id: str) -> None:
    """From now on nobody comes in by the key ID."""
    with app.register() as register:
        revoked = ApiKeys(register).revoke(key_id)
    console().print(_line(app, revoked), soft_wrap=True)


def _line(app: App, key: ApiKey) -> str:
    texts = app.texts
    sees = ", ".join((*key.scope.sites, *key.scope.tags)) or texts("api_key.everything")
    if key.revoked_at is not None:
        end = texts("api_key.revoked")
    elif not key.valid(datetime.now(UTC)):
        end = texts("api_key.expired")
    elif key.expires_at is None:
        end = texts("api_key.forever")
    else:
        end = texts("api_key.until", day=Wording(texts).date(key.expires_at.date()))
    return " · ".join((key.id, key.name, texts(f"account_role.{key.role}"), sees, end))


def _json(key: ApiKey) -> dict[str, object]:
    return {
        "id": key.id,
        "name": key.name,
        "role": key.role,
        "sites": key.scope.sites,
        "tags": key.scope.tags,
        "created_by": key.created_by,
        "created_at": key.created_at.isoformat(),
        "expires_at": key.expires_at.isoformat() if key.expires_at else None,
        "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
    }
