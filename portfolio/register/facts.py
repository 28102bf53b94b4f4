"""Facts as rows, and what a new reading changes in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter

from portfolio.evidence import Evidence
from portfolio.facts import PERSON, Alternative, Fact
from portfolio.items import same_item
from portfolio.register.models import FactRow
from portfolio.register.records import Action, StoredFact
from portfolio.schema import FIELDS

_EVIDENCE = TypeAdapter(tuple[Evidence, ...])
_ALTERNATIVES = TypeAdapter(tuple[Alternative, ...])
_ORDER = {name: number for number, name in enumerate(FIELDS)}
DECIDED = ("confirmed", "corrected")
"""Reviews of values that a person stands behind."""


def columns(fact: Fact) -> dict[str, Any]:
    """The fact's columns, in JSON's own types."""
    return {
        "field": fact.field,
        "value": FIELDS[fact.field].to_json(fact.value),
        "evidence": _EVIDENCE.dump_python(fact.evidence, mode="json"),
        "confidence": fact.confidence,
        "reader": fact.reader,
        "rule": fact.rule,
        "basis": fact.basis,
        "review": fact.review,
        "alternatives": [
            other.model_copy(update={"value": FIELDS[fact.field].to_json(other.value)}).model_dump(mode="json")
            for other in fact.alternatives
        ]
        or None,
    }


def stored(row: FactRow) -> StoredFact:
    fact = Fact(
        field=row.field,
        value=row.value,
        evidence=_EVIDENCE.validate_python(row.evidence),
        confidence=row.confidence,
        reader=row.reader,
        rule=row.rule,
        basis=row.basis,
        review=row.review,
        alternatives=_ALTERNATIVES.validate_python(row.alternatives or ()),
    )
    return StoredFact(row.id, fact, row.position, row.current)


def ordered(facts: Iterable[StoredFact]) -> tuple[StoredFact, ...]:
    """In the order of `FIELDS`, then as they were read."""
    return tuple(sorted(facts, key=lambda s: (_ORDER[s.fact.field], s.position, s.id)))


def one_each(facts: Iterable[Fact]) -> list[Fact]:
    """The facts without a second value of a field that holds one, and without repeated items."""
    kept: list[Fact] = []
    seen: set[str] = set()
    for fact in facts:
        many = FIELDS[fact.field].many
        mark = f"{fact.field} {FIELDS[fact.field].to_json(fact.value)!r}" if many else fact.field
        if mark not in seen:
            seen.add(mark)
            kept.append(fact)
    return kept


@dataclass(frozen=True)
class Change:
    """One value that changes; ``row`` is None for a new one, ``fact`` None for one that goes."""

    action: Action
    row: FactRow | None
    fact: Fact | None
    reason: str | None = None


@dataclass
class Merge:
    """What a reading does to a contract: changes, and the order of the values that are read."""

    changes: list[Change] = field(default_factory=list)
    refreshed: list[tuple[FactRow, Fact]] = field(default_factory=list)
    """Same value, read again: evidence, confidence and rule are brought up to date without a line of history."""


def merge(rows: Sequence[FactRow], facts: Sequence[Fact], imported: bool) -> Merge:
    """What a new reading (or, ``imported``, a person's whole record) changes in the rows of one contract.

    A reading never touches what a person confirmed, wrote or rejected: where it says otherwise the person's value stays
    and the difference is noted. A rejected value is proposed again only when it reads differently. A person's record
    replaces everything.
    """
    result = Merge()
    for name in FIELDS:
        mine = [row for row in rows if row.field == name]
        incoming = [fact for fact in facts if fact.field == name]
        if not imported:
            incoming = _undecided(mine, incoming, result)
            mine = [row for row in mine if row.review not in DECIDED]
        _pair([row for row in mine if row.current], incoming, imported, result)
    return result


def _undecided(rows: Sequence[FactRow], incoming: Sequence[Fact], result: Merge) -> list[Fact]:
    """The incoming facts that no person's decision stands against."""
    held = [row for row in rows if row.current and row.review in DECIDED]
    aside = [row.value for row in rows if not row.current]
    left: list[Fact] = []
    for fact in incoming:
        spec = FIELDS[fact.field]
        value = spec.to_json(fact.value)
        if value in aside:
            continue
        against = [row for row in held if not spec.many or same_item(spec.validate(row.value), fact.value)]
        if not against:
            left.append(fact)
        elif all(row.value != value for row in against):
            result.changes.append(Change("kept", against[0], fact, f"{fact.reader} reads otherwise"))
    return left


def _pair(rows: list[FactRow], incoming: Sequence[Fact], imported: bool, result: Merge) -> None:
    """Pairs incoming facts with the rows they renew: equal values first, then the same items, a lone value last."""
    open_rows = list(rows)
    waiting: list[Fact] = []
    for fact in incoming:
        value = FIELDS[fact.field].to_json(fact.value)
        equal = next((row for row in open_rows if row.value == value), None)
        if equal is None:
            waiting.append(fact)
        else:
            open_rows.remove(equal)
            result.refreshed.append((equal, fact))
    action: Action = "imported" if imported else "reread"
    for fact in waiting:
        spec = FIELDS[fact.field]
        renewed = next(
            (row for row in open_rows if not spec.many or same_item(spec.validate(row.value), fact.value)), None
        )
        if renewed is not None:
            open_rows.remove(renewed)
        first: Action = "imported" if imported else "read"
        result.changes.append(Change(action if renewed is not None else first, renewed, fact))
    result.changes.extend(Change(action, row, None, "no longer read") for row in open_rows)


def by_person(fact: Fact) -> Fact:
    """The fact as a person's confirmed one, its evidence kept."""
    review = fact.review if fact.review in DECIDED else "confirmed"
    return fact.model_copy(update={"reader": PERSON, "review": review, "confidence": 1.0, "alternatives": ()})
