"""How long the portfolio's table takes over 10,000 contracts: `python -m evals.bench --measure listing`."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from evals.bench import registers
from evals.bench.measure import Figure, median_ms
from portfolio.accounts.desk import Desk
from portfolio.accounts.records import Account
from portfolio.listing.lines import Sort
from portfolio.register.records import Filters, Scope
from portfolio.register.store import Register

CONTRACTS = 10_000
BOUND = 500.0
"""Milliseconds that a filter may take, page, totals and facets together (half of it is left to the browser)."""
_AS_OF = date(2026, 11, 25)
_WORDS = ("prestations", "lyon", "fournisseur 12", "GHVE-2024", "avenant", "site 7", "nantes", "contrat n 42")

_LOOKS = (
    ("first page", False, Sort()),
    ("words", True, Sort("end")),
    ("by counterparty", False, Sort("counterparty", True)),
)
"""Name of a look, whether words are asked for, order."""


def listing(contracts: int = CONTRACTS) -> Iterator[Figure]:
    """Milliseconds for what the page shows at each look, by one who sees everything and one who sees a site."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        registers.fill(home, contracts)
        yield from of(home, contracts)


def of(home: Path, contracts: int) -> Iterator[Figure]:
    """The same over a register that is there."""
    with Register.open(home) as register:
        for who, scope in (("everything", Scope()), ("one city", Scope(sites=("Lyon",)))):
            desk = Desk(register, Account("bench", "bench", "editor", scope=scope))
            for name, asked, sort in _LOOKS:
                spent = median_ms(partial(_look, desk, asked, sort), _WORDS, time.perf_counter)
                yield Figure(
                    "listing", f"{name}, {who}, {contracts} contracts", spent, "ms", spent / BOUND, "its bound"
                )
            spent = median_ms(lambda _: desk.queue(), _WORDS, time.perf_counter)  # noqa: B023
            yield Figure("listing", f"review queue, {who}, {contracts} contracts", spent, "ms")


def _look(desk: Desk, asked: bool, sort: Sort, word: str) -> None:
    """One look at the page: its lines, what they come to, what they can be narrowed by."""
    filters = Filters(text=word) if asked else Filters()
    desk.page(filters, sort, _AS_OF)
    desk.totals(filters)
    desk.facets(filters)
