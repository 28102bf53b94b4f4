"""Accounts by the command line, and a server that does not listen to others without them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portfolio.errors import ContrathequeError
from ui.cli.main import group

GOOD = "un cheval bleu dans la cour\n"


def run(home: Path, *arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(group, ["--home", str(home), *arguments], input=given)


def test_accounts_are_opened_changed_and_closed(tmp_path: Path) -> None:
    assert run(tmp_path, "users", "add", "claire", "--role", "administrator", given=GOOD).exit_code == 0
    assert (
        run(tmp_path, "users", "add", "marc", "--site", "Lyon", "--email", "m@example.com", "--no-password").exit_code
        == 0
    )
    assert run(tmp_path, "users", "change", "marc", "--role", "editor", "--everything", "--closed").exit_code == 0
    listed = json.loads(run(tmp_path, "users", "list", "--json").stdout)
    assert [(one["name"], one["role"], one["sites"], one["active"], one["password"]) for one in listed] == [
        ("claire", "administrator", [], True, True),
        ("marc", "editor", [], False, False),
    ]


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.10", "portefeuille.example.com"])
def test_without_accounts_the_application_listens_to_this_machine_alone(tmp_path: Path, address: str) -> None:
    refused = run(tmp_path, "web", "--address", address)
    assert isinstance(refused.exception, ContrathequeError)
    assert "contratheque users add" in str(refused.exception)
