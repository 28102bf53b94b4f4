"""`contratheque users`: the accounts of the web application and of the API."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from portfolio.accounts.records import ROLES, Account, AccountRole
from portfolio.accounts.store import Accounts
from portfolio.register.records import Scope
from ui.cli.app import App, console, json_option, print_json

_role = click.option("--role", type=click.Choice(ROLES), help="reader looks, editor decides, administrator manages.")
_sites = click.option(
    "--site", "sites", multiple=True, metavar="NAME", help="Sees contracts of this site or city only; once a site."
)
_tags = click.option(
    "--tag", "tags", multiple=True, metavar="TAG", help="Sees contracts with this tag only; once a tag."
)
_email = click.option("--email", help="Address by which the company's sign-in service knows the person.")


@click.group("users")
def command() -> None:
    """Who may sign in, in which role, and which part of the portfolio they see."""


@command.command("add")
@click.argument("name")
@_role
@_sites
@_tags
@_email
@click.option("--no-password", is_flag=True, help="By the company's sign-in service only.")
@click.pass_obj
def add(
    app: App,
    name: str,
    role: AccountRole | None,
    sites: tuple[str, ...],
    tags: tuple[str, ...],
    email: str | None,
    no_password: bool,
) -> None:
    """Open an account; the password is asked for, or read from the standard input."""
    password = None if no_password else _password(app)
    with app.register() as register:
        made = Accounts(register).add(name, role or "reader", email=email, password=password, scope=Scope(sites, tags))
    console().print(app.texts("users.added", line=_line(app, made)))


@command.command("list")
@json_option
@click.pass_obj
def list_(app: App, as_json: bool) -> None:
    """Every account."""
    with app.register() as register:
        accounts = Accounts(register).all()
    if as_json:
        print_json(
            [
                {
                    "name": one.name,
                    "role": one.role,
                    "email": one.email,
                    "sites": one.scope.sites,
                    "tags": one.scope.tags,
                    "active": one.active,
                    "password": one.has_password,
                }
                for one in accounts
            ]
        )
        return
    for one in accounts:
        console().print(_line(app, one))
    if not accounts:
        console().print(app.texts("users.none"))


@command.command("change")
@click.argument("name")
@_role
@_sites
@_tags
@_email
@click.option("--everything", is_flag=True, help="Sees the whole portfolio.")
@click.option("--active/--closed", default=None, help="Open or close the account; closing signs it out.")
@click.pass_obj
def change(
    app: App,
    name: str,
    role: AccountRole | None,
    sites: tuple[str, ...],
    tags: tuple[str, ...],
    email: str | None,
    everything: bool,
    active: bool | None,
) -> None:
    """Change an account's role, what it sees, its address, or whether it is open."""
    with app.register() as register:
        accounts = Accounts(register)
        before = accounts.get(name)
        scope = Scope(sites, tags) if sites or tags or everything else before.scope
        after = accounts.change(
            replace(
                before,
                role=role or before.role,
                scope=scope,
                email=email if email is not None else before.email,
                active=before.active if active is None else active,
            )
        )
    console().print(_line(app, after))


@command.command("password")
@click.argument("name")
@click.pass_obj
def password_(app: App, name: str) -> None:
    """Give an account a new password; it is signed out everywhere."""
    new = _password(app)
    with app.register() as register:
        Accounts(register).set_password(name, new)


@command.command("remove")
@click.argument("name")
@click.pass_obj
def remove(app: App, name: str) -> None:
    """Delete an account; what it decided stays in the history."""
    with app.register() as register:
        Accounts(register).remove(name)


def _password(app: App) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = click.prompt(app.texts("users.password"), hide_input=True, confirmation_prompt=True)
    return typed


def _line(app: App, account: Account) -> str:
    sees = ", ".join((*account.scope.sites, *account.scope.tags)) or app.texts("users.everything")
    parts = [account.name, app.texts(f"account_role.{account.role}"), sees, account.email or ""]
    return " · ".join(filter(None, parts)) + ("" if account.active else f" · {app.texts('users.closed')}")
