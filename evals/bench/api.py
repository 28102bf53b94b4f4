"""How long the API takes over 10,000 contracts, asked by HTTP as programs do: `python -m evals.bench --measure api`."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx

from evals.bench import registers
from evals.bench.measure import Figure, median_ms

CONTRACTS = 10_000
_PAGE, _DEADLINES = 100.0, 300.0
_TIMES = 9
_PATIENCE = 120.0
_ASKED: Mapping[str, tuple[str, float]] = {
    "a page of the list": ("/v1/contracts?limit=50", _PAGE),
    "a page of the list, by end, filtered": ("/v1/contracts?limit=50&sort=end&city=Lyon", _PAGE),
    "a page of the list, some fields": ("/v1/contracts?limit=50&fields=title,end_date", _PAGE),
    "deadlines of 90 days": ("/v1/deadlines?days=90", _DEADLINES),
}
"""What is asked for, and the milliseconds that it may take."""


def api(contracts: int = CONTRACTS) -> Iterator[Figure]:
    """Milliseconds of wall time a request, on one connection, after a first one that warms up."""
    with tempfile.TemporaryDirectory() as folder:
        registers.fill(Path(folder), contracts)
        yield from of(Path(folder), contracts)


def of(home: Path, contracts: int) -> Iterator[Figure]:
    """The same over a register that is there, which has no accounts and no keys."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "ui.cli.main", "--home", str(home), "api", "--port", str(port)]
    with subprocess.Popen(command, env=dict(os.environ), stdout=subprocess.DEVNULL) as server:  # noqa: S603
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=_PATIENCE) as client:
                _wait(client, server)
                for case, (path, bound) in _ASKED.items():
                    spent = median_ms(lambda _: client.get(path).raise_for_status(), range(_TIMES), time.perf_counter)  # noqa: B023
                    yield Figure("api", f"{case}, {contracts} contracts", spent, "ms", spent / bound, "its bound")
        finally:
            server.terminate()


def _wait(client: httpx.Client, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            client.get("/ready").raise_for_status()
            return
        except httpx.HTTPError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.2)
