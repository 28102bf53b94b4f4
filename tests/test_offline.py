"""The whole road without a network: reading, vectors, search. Whoever tries to reach out is named."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.road import COMPANY, SAMPLE

_GUARD = """
import os, socket, sys

def _forbid(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        address = arguments[1] if event != "socket.getaddrinfo" else arguments[0]
        if isinstance(address, (str, bytes)) and event != "socket.getaddrinfo":
            return  # a socket of this machine's file system
        with open(os.environ["REACHED_OUT"], "a") as log:
            log.write(f"{event} {address} by {sys.argv}\\n")
        raise OSError("the network is forbidden in this test")

sys.addaudithook(_forbid)
"""


def test_the_whole_road_needs_no_network(tmp_path: Path) -> None:
    guard = tmp_path / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(_GUARD)
    reached = tmp_path / "reached.log"
    environment = os.environ | {"PYTHONPATH": str(guard), "REACHED_OUT": str(reached)}
    probe = "import socket; socket.create_connection(('127.0.0.1', 9))"
    assert subprocess.run([sys.executable, "-c", probe], env=environment, capture_output=True, check=False).returncode
    assert "127.0.0.1" in reached.read_text(), "the guard itself works"
    reached.unlink()
    isolated = ["unshare", "--net"] if os.geteuid() == 0 and shutil.which("unshare") else []

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [*isolated, sys.executable, "-m", "ui.cli.main", "--home", str(tmp_path / "home"), *arguments],
            capture_output=True,
            text=True,
            env=environment,
            cwd=SAMPLE.parents[2],
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    files = [str(SAMPLE / name) for name in ("03-avenant-bionettoyage.eml", "08-transports-sanitaires.pdf")]
    run("ingest", *files, "--company", COMPANY, "--vectors", "wait")
    assert "ambulance" in run("search", "transport de patients", "--json").lower()
    assert run("export", "json", "--plain").count('"document"') >= 2
    assert '"owed": 0' in run("doctor", "--json")
    assert not reached.exists(), reached.read_text()
