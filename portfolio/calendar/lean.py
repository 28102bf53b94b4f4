"""The current facts that deadlines follow from, of many contracts at once, read as lightly as can be.

Whole facts with their evidence cost a second for a few hundred contracts; here a value that occurs again is made once,
and only the words are kept that say how a notice counts its days and when a contract was ended.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from portfolio.amendments import Version
from portfolio.evidence import Evidence
from portfolio.facts import Fact
from portfolio.register.models import FactRow
from portfolio.schema import FIELDS

LEAN_FIELDS = tuple(name for name, spec in FIELDS.items() if name not in ("sites", "termination",
    "jurisdiction", "late_interest", "payment_days"))  # fmt: skip
"""What terms, notices, price revisions and obligations follow from."""
_WITH_WORDS = ("notice_period", "status")
_FEW = 5000
"""Up to so many contracts the facts of those only are fetched; of more, all."""
_ORDER = {name: number for number, name in enumerate(FIELDS)}
_EVIDENCE = TypeAdapter(tuple[Evidence, ...])


def versions(session: Session, ids: Collection[str]) -> dict[str, Version]:
    """The current facts of contracts and amendments, by id, in the order of `FIELDS`."""
    words = sa.case((FactRow.field.in_(_WITH_WORDS), sa.cast(FactRow.evidence, sa.Text)))
    query = sa.select(
        FactRow.contract_id, FactRow.field, sa.cast(FactRow.value, sa.Text), words, FactRow.confidence, FactRow.reader,
        FactRow.review,
    ).where(FactRow.current, FactRow.field.in_(LEAN_FIELDS))  # fmt: skip
    if len(ids) <= _FEW:
        query = query.where(FactRow.contract_id.in_(ids))
    found: dict[str, list[Fact]] = defaultdict(list)
    query = query.order_by(FactRow.contract_id, FactRow.field, FactRow.position, FactRow.id)
    for contract, field, value, evidence, confidence, reader, review in session.execute(query):
        found[contract].append(
            Fact.model_construct(
                field=field,
                value=_value(field, value),
                evidence=_EVIDENCE.validate_json(evidence) if evidence else (),
                confidence=confidence,
                reader=reader,
                rule=None,
                basis=None,
                review=review,
            )
        )
    return {id_: Version(id_, tuple(sorted(found[id_], key=_place))) for id_ in ids}


def _place(fact: Fact) -> int:
    return _ORDER[fact.field]


@lru_cache(maxsize=100_000)
def _value(field: str, stored: str) -> Any:
    """A stored value as its field's type; such values never change once made."""
    return FIELDS[field].validate(json.loads(stored))
