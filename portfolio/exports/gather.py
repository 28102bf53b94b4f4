"""The rows of the published tables, from the register: terms in force on a day, deadlines from that day on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from portfolio.exports.batch import Asked, gathered, uncollected
from portfolio.exports.spread import HELPED, spread
from portfolio.exports.tables import TABLES, Line
from portfolio.register import finding
from portfolio.register.models import ContractRow
from portfolio.register.records import Filters
from portfolio.register.store import EVERYTHING, Register
from portfolio.words.values import Wording

DAYS = 730
"""How far ahead the deadlines of an export reach unless told otherwise."""
_BATCH = 500


@dataclass(frozen=True)
class Tables:
    """The rows of every published table as of a day, in the order of the contracts' file stems; deadlines and alerts by
    day."""

    as_of: date
    rows: Mapping[str, Sequence[Line]]


def gather(register: Register, as_of: date, say: Wording, filters: Filters = EVERYTHING, days: int = DAYS) -> Tables:
    """All published tables of the contracts that ``filters`` let through; sentences (what falls due, why) in the
    language of ``say``. Of a large portfolio other processes help to gather them."""
    rows: dict[str, list[Line]] = {name: [] for name in TABLES}
    asked = Asked(as_of, as_of + timedelta(days=days), say, filters.scope)
    ids = _ids(register, filters)
    batches = [tuple(ids[start : start + _BATCH]) for start in range(0, len(ids), _BATCH)]
    found = spread(register, asked, batches) if len(ids) >= HELPED else (gathered(register, asked, b) for b in batches)
    with uncollected():
        for some in found:
            for name, lines in some.items():
                rows[name] += lines
    for name in ("deadlines", "alerts"):
        rows[name].sort(key=_by_day)
    return Tables(as_of, rows)


def _by_day(line: Any) -> tuple[date, str]:
    """What has no date yet comes last."""
    return line.due_on or date.max, line.contract


def _ids(register: Register, filters: Filters) -> Sequence[str]:
    """Ids of the contracts that the filters mean, an amendment by its base, by file stem."""
    chosen = finding.selection(filters).with_only_columns(sa.func.coalesce(ContractRow.base_id, ContractRow.id))
    query = sa.select(ContractRow.id).where(ContractRow.id.in_(chosen.order_by(None)))
    with register.database.reading() as session:
        return session.scalars(query.order_by(ContractRow.stem, ContractRow.id)).all()
