"""Lead times: how many days before its day an event's alert is raised, by kind, contract type and contract."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any, get_args

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.alerts.models import LeadTimeRow
from portfolio.errors import InvalidValue
from portfolio.events import EventKind
from portfolio.schema import ContractType

_MOST = 10
_LONGEST = 3650


@dataclass(frozen=True)
class Policy:
    """The lead times as delivered, when an alert is escalated, and which kinds stay to be done after their day."""

    kinds: Mapping[EventKind, tuple[int, ...]]
    escalate_after: int
    last_days: int
    overdue: frozenset[EventKind]


@cache
def policy() -> Policy:
    data: dict[str, Any] = tomllib.loads(files("portfolio.alerts").joinpath("leads.toml").read_text(encoding="utf-8"))
    return Policy(
        {kind: tuple(days) for kind, days in data["kinds"].items()},
        data["escalation"]["after"],
        data["escalation"]["last_days"],
        frozenset(data["overdue"]["kinds"]),
    )


@dataclass(frozen=True)
class LeadTimes:
    """The lead times of the register: those set for a contract go before those of its type, these before the general
    ones, these before those delivered."""

    set_here: Mapping[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    """By scope (empty, `type:lease`, `contract:<id>`) and kind."""

    @classmethod
    def load(cls, session: Session) -> LeadTimes:
        rows = session.scalars(sa.select(LeadTimeRow))
        return cls({(row.scope, row.kind): tuple(row.days) for row in rows})

    def of(self, kind: EventKind, contract: str, contract_type: str | None) -> tuple[int, ...]:
        """Days before the event, farthest first; empty where it is not to be alerted."""
        for scope in (f"contract:{contract}", f"type:{contract_type}", ""):
            found = self.set_here.get((scope, kind))
            if found is not None:
                return found
        return policy().kinds[kind]

    @property
    def longest(self) -> int:
        """The farthest lead time of all."""
        return max(days for found in (*policy().kinds.values(), *self.set_here.values()) for days in (*found, 0))


def scope_of(contract: str | None = None, contract_type: ContractType | None = None) -> str:
    """The scope of a contract (by id), else of a contract type, else of the whole register."""
    if contract is not None:
        return f"contract:{contract}"
    return f"type:{contract_type}" if contract_type is not None else ""


def put(session: Session, scope: str, kind: EventKind, days: Sequence[int] | None, who: str) -> None:
    """Sets the lead times of a kind in a scope; an empty list silences it, None goes back to what holds otherwise.
    Raises InvalidValue for days that no calendar of alerts can use."""
    if kind not in get_args(EventKind):
        raise InvalidValue(f"There is no kind of event « {kind} »; they are: {', '.join(get_args(EventKind))}.")
    if days is None:
        session.execute(sa.delete(LeadTimeRow).where(LeadTimeRow.scope == scope, LeadTimeRow.kind == kind))
        return
    if len(days) > _MOST or any(not 0 <= day <= _LONGEST for day in days):
        raise InvalidValue.of("lead_times", most=_MOST, longest=_LONGEST)
    ordered = sorted(set(days), reverse=True)
    session.merge(LeadTimeRow(scope=scope, kind=kind, days=ordered, who=who, at=datetime.now(UTC)))
