"""Values that were read in two ways: what stands, and what another reading says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portfolio.register.records import Contract, HistoryEntry
from portfolio.schema import FIELDS

_OTHERWISE = ("kept", "reread")


@dataclass(frozen=True)
class OtherReading:
    """Another value than the one that stands for ``field``, as ``reader`` read it at ``at``. ``chosen``: a person knew
    of it and kept theirs."""

    field: str
    value: Any
    reader: str
    at: datetime
    chosen: bool


def other_readings(contract: Contract, history: Sequence[HistoryEntry]) -> tuple[OtherReading, ...]:
    """For every field the latest differing reading, where it is not what stands now.

    What another reader read beside it comes first; then, of a reading that a person's value stood against, the later
    value; of one that replaced an earlier, the earlier one.
    """
    standing: dict[str, list[Any]] = {}
    for stored in contract.facts:
        standing.setdefault(stored.fact.field, []).append(FIELDS[stored.fact.field].to_json(stored.fact.value))
    found: dict[str, OtherReading] = {}
    for line in history:
        if line.action not in _OTHERWISE or line.field is None or line.field not in FIELDS:
            continue
        kept = line.action == "kept"
        value = line.after if kept else line.before
        if value is None or value in standing.get(line.field, []):
            continue
        found[line.field] = OtherReading(line.field, FIELDS[line.field].validate(value), line.who, line.at, kept)
    for stored in contract.facts:
        for other in stored.fact.alternatives[:1]:
            found[stored.fact.field] = OtherReading(
                stored.fact.field, other.value, other.reader, contract.updated_at, False
            )
    return tuple(found[name] for name in FIELDS if name in found)
