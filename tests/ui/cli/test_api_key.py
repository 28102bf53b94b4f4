"""`contratheque api-key` and `contratheque api`: keys made, told once, listed, ended; who may come in without one."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from portfolio.errors import ContrathequeError
from ui.cli.main import group

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def ask(*arguments: str) -> str:
        done = CliRunner().invoke(group, ["--home", str(tmp_path), *arguments])
        if done.exception:
            raise done.exception
        return done.stdout

    return ask


def test_a_key_is_told_once_and_listed_without_its_secret(run: Run) -> None:
    made = json.loads(run("api-key", "create", "ERP", "--role", "editor", "--site", "Lyon", "--days", "30", "--json"))
    (listed,) = json.loads(run("api-key", "list", "--json"))
    assert listed == {name: value for name, value in made.items() if name != "key"}
    assert (listed["name"], listed["role"], listed["sites"]) == ("ERP", "editor", ["Lyon"])
    assert made["key"] not in run("api-key", "list")


def test_a_revoked_key_stays_listed_as_revoked(run: Run) -> None:
    made = json.loads(run("api-key", "create", "BI", "--json"))
    run("api-key", "revoke", made["id"])
    (listed,) = json.loads(run("api-key", "list", "--json"))
    assert listed["revoked_at"] is not None


def test_revoking_an_unknown_key_says_so(run: Run) -> None:
    with pytest.raises(ContrathequeError, match="nope"):
        run("api-key", "revoke", "nope")


def test_strangers_are_refused_while_no_key_lets_them_in(run: Run) -> None:
    with pytest.raises(ContrathequeError, match="api-key create"):
        run("api", "--address", "0.0.0.0")


def test_the_served_api_lets_in_by_a_valid_key_only(run: Run, tmp_path: Path) -> None:
    key = json.loads(run("api-key", "create", "BI", "--json"))
    port = _free()
    command = [sys.executable, "-m", "ui.cli.main", "--home", str(tmp_path)]
    command += ["api", "--address", "0.0.0.0", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as served:
        try:
            address = f"http://127.0.0.1:{port}/v1/contracts"
            assert _answered(address, {}).status_code == 401
            bearer = {"Authorization": f"Bearer {key['key']}"}
            listed = httpx.get(address, headers=bearer)
            assert listed.status_code == 200, listed.text
            run("api-key", "revoke", key["id"])
            assert httpx.get(address, headers=bearer).status_code == 401
        finally:
            served.terminate()


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answered(address: str, headers: dict[str, str], seconds: float = 60.0) -> httpx.Response:
    end = time.monotonic() + seconds
    while True:
        try:
            return httpx.get(address, headers=headers)
        except httpx.ConnectError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
