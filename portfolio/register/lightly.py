"""Facts whose proof is only parsed when somebody looks at it.

Whole facts with their evidence cost a second for a few hundred contracts; of ten thousand that are looked through, the
words of a few are shown. Values that occur again are made once.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from portfolio.evidence import Evidence
from portfolio.facts import Alternative, Fact
from portfolio.register.models import FactRow
from portfolio.register.records import StoredFact
from portfolio.schema import FIELDS

_PROOFS: dict[str, TypeAdapter[Any]] = {
    "evidence": TypeAdapter(tuple[Evidence, ...]),
    "alternatives": TypeAdapter(tuple[Alternative, ...]),
}


class LightFact(Fact):
    """A fact of the register; ``evidence`` and ``alternatives`` are parsed when they are first asked for."""

    def __getattr__(self, name: str) -> Any:
        if name not in _PROOFS:
            raise AttributeError(name)
        stored = self.__dict__[f"_{name}"]
        value: Any = _PROOFS[name].validate_json(stored) if stored else ()
        self.__dict__[name] = value
        return value


_COLUMNS = (
    FactRow.id, FactRow.contract_id, FactRow.field, FactRow.position, sa.cast(FactRow.value, sa.Text),
    sa.cast(FactRow.evidence, sa.Text), FactRow.confidence, FactRow.reader, FactRow.rule, FactRow.basis, FactRow.review,
    sa.cast(FactRow.alternatives, sa.Text),
)  # fmt: skip


def facts_of(session: Session, ids: Sequence[str]) -> dict[str, list[StoredFact]]:
    """The current facts of contracts, by contract, in the order in which they were read."""
    found: dict[str, list[StoredFact]] = defaultdict(list)
    query = sa.select(*_COLUMNS).where(FactRow.contract_id.in_(ids), FactRow.current)
    for row in session.execute(query.order_by(FactRow.contract_id, FactRow.position, FactRow.id)):
        id_, contract, field, position, value, evidence, confidence, reader, rule, basis, review, others = row
        fact = _made(
            {
                "field": field, "value": _value(field, value), "confidence": confidence, "reader": reader, "rule": rule,
                "basis": basis, "review": review, "_evidence": evidence, "_alternatives": others,
            }
        )  # fmt: skip
        found[contract].append(StoredFact(id_, fact, position, True))
    return found


_SET: set[str] = set()


def _made(state: dict[str, Any]) -> LightFact:
    """What `model_construct` makes, in a fifth of the time."""
    fact = LightFact.__new__(LightFact)
    object.__setattr__(fact, "__dict__", state)
    object.__setattr__(fact, "__pydantic_fields_set__", _SET)
    object.__setattr__(fact, "__pydantic_extra__", None)
    object.__setattr__(fact, "__pydantic_private__", None)
    return fact


@lru_cache(maxsize=100_000)
def _value(field: str, stored: str) -> Any:
    """A stored value as its field's type; such values never change once made."""
    return FIELDS[field].validate(json.loads(stored))
