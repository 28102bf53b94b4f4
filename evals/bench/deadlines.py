"""How long the deadlines of a whole portfolio take: `python -m evals.bench --measure deadlines`."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from evals.bench import registers
from evals.bench.measure import Figure
from portfolio.agenda.keeping import renew, upcoming
from portfolio.deadlines import deadlines
from portfolio.delivery.daily import daily
from portfolio.delivery.people import People, Person
from portfolio.delivery.settings import DeliverySettings
from portfolio.register.store import Register

CONTRACTS = 10_000
BOUNDS = {"read from the agenda": 1.0, "the daily run": 60.0, "the daily run of the day after": 60.0}
"""Seconds that a step may take: the next 90 days of a kept agenda; alerts, digests and what has to leave."""


def measured(contracts: int = CONTRACTS) -> Iterator[Figure]:
    """Seconds for the next 90 days of ``contracts`` made contracts: computed, kept, read, renewed a day later; then
    the daily run, whose first day raises every alert there is."""
    today = date.today()
    tomorrow = today + timedelta(days=1)
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    settings = DeliverySettings()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        registers.fill(home, contracts)
        with Register.open(home) as register:
            People(register).put(Person("Marie Durand", "marie@example.org", general=True))
            steps: tuple[tuple[str, Callable[[], object]], ...] = (
                ("computed with all steps", lambda: deadlines(register, today)),
                ("kept for the first time", lambda: renew(register, today)),
                ("read from the agenda", lambda: upcoming(register, today)),
                ("the day after", lambda: upcoming(register, tomorrow, today=tomorrow)),
                ("the daily run", lambda: daily(register, settings, lambda: noon)),
                ("the daily run of the day after", lambda: daily(register, settings, lambda: noon + timedelta(days=1))),
            )
            for name, step in steps:
                start = time.perf_counter()
                step()
                seconds = time.perf_counter() - start
                ratio = seconds / BOUNDS[name] if name in BOUNDS else None
                yield Figure(
                    "deadlines", f"{name}, {contracts} contracts", seconds, "s", ratio, "its bound" if ratio else ""
                )
