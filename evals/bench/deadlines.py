"""How long the deadlines of a whole portfolio take: `python -m evals.bench --measure deadlines`."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from evals.bench import registers
from evals.bench.measure import Figure
from portfolio.agenda.keeping import renew, upcoming
from portfolio.deadlines import deadlines
from portfolio.register.store import Register

CONTRACTS = 10_000
BOUND = 1.0
"""Seconds in which the next 90 days of a kept agenda are there."""


def measured(contracts: int = CONTRACTS) -> Iterator[Figure]:
    """Seconds for the next 90 days of ``contracts`` generated contracts: computed, kept, read, renewed a day later."""
    today = date.today()
    tomorrow = today + timedelta(days=1)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        registers.fill(home, contracts)
        with Register.open(home) as register:
            steps: tuple[tuple[str, Callable[[], object]], ...] = (
                ("computed with all steps", lambda: deadlines(register, today)),
                ("kept for the first time", lambda: renew(register, today)),
                ("read from the agenda", lambda: upcoming(register, today)),
                ("the day after", lambda: upcoming(register, tomorrow, today=tomorrow)),
            )
            for name, step in steps:
                start = time.perf_counter()
                step()
                seconds = time.perf_counter() - start
                ratio = seconds / BOUND if name.startswith("read") else None
                yield Figure(
                    "deadlines", f"{name}, {contracts} contracts", seconds, "s", ratio, "its bound" if ratio else ""
                )
