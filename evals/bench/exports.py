"""How long exports of a whole portfolio take: `python -m evals.bench --measure exports`."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from evals.bench import registers
from evals.bench.measure import Figure
from portfolio.exports import csv, excel, files, ics, parquet
from portfolio.exports.bi.refresh import refresh
from portfolio.exports.comeback import preview
from portfolio.exports.gather import gather
from portfolio.register.store import Register
from portfolio.words.texts import Texts
from portfolio.words.values import Wording

CONTRACTS = 10_000
BOUND = 30.0
"""Seconds that the Excel export of everything may take."""
_AS_OF = date(2026, 11, 25)


def exports(contracts: int = CONTRACTS) -> Iterator[Figure]:
    """Seconds for everything that is known of ``contracts`` generated contracts, in each form."""
    say = Wording(Texts("fr"))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        registers.fill(home, contracts)
        with Register.open(home) as register:
            case = f"{contracts} contracts"
            made: dict[str, bytes] = {}

            def xlsx() -> None:
                made["xlsx"] = excel.render(gather(register, _AS_OF, say), say)

            def as_csv() -> None:
                files.contents(gather(register, _AS_OF, say), lambda t, rows: csv.render(t, rows, csv.FRENCH), ".csv")

            steps: tuple[tuple[str, Callable[[], object]], ...] = (
                ("Excel", xlsx),
                ("CSV", as_csv),
                ("Parquet", lambda: files.contents(gather(register, _AS_OF, say), parquet.render, ".parquet")),
                ("calendar", lambda: ics.calendar(register, _AS_OF, say)),
                ("views refreshed", lambda: refresh(register, _AS_OF, say)),
                ("workbook compared", lambda: preview(register, made["xlsx"])),
            )
            for name, step in steps:
                start = time.perf_counter()
                step()
                seconds = time.perf_counter() - start
                ratio = seconds / BOUND if name == "Excel" else None
                yield Figure("export", f"{name}, {case}", seconds, "s", ratio, "its bound" if ratio else "")
