"""The agreement of deadlines as tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from rich import box
from rich.table import Table

from evals.deadlines import Agreement, Difference
from evals.shown import percent


def tables(agreement: Agreement) -> Iterator[Table]:
    """Agreement key by key, then each value that differs, then obligations that nobody expected."""
    yield _counts(agreement)
    for title, differences in (("Differences", agreement.differences), ("Not expected", agreement.extra)):
        if differences:
            yield _listed(title, differences)


def _counts(agreement: Agreement) -> Table:
    table = Table(title="Deadlines", box=box.SIMPLE_HEAD)
    table.add_column("key")
    for column in ("agree", "of", "share"):
        table.add_column(column, justify="right")
    for key, (agreed, all_) in agreement.counts.items():
        table.add_row(key, str(agreed), str(all_), percent(agreement.share(key)))
    return table


def _listed(title: str, differences: Iterable[Difference]) -> Table:
    table = Table(title=title, box=box.SIMPLE_HEAD)
    for column in ("contract", "key", "found", "expected"):
        table.add_column(column, overflow="fold")
    for d in differences:
        table.add_row(d.contract, d.key, _said(d.found), _said(d.expected))
    return table


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return " · ".join(str(part) for part in value.values())
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
