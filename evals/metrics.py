"""Facts of a reading against the facts of its labels: LABELS.md's "Scoring", and nothing else.

What counts as a fact: every non-null leaf of a record but `document`, `perspective` and `quotes`. Leaves of
`legal_nature`, `renewal` and `price_revision` are facts one by one, under their dotted names. An item of a list is one
fact; its parts (`parties.role`, `amounts.tax`, `obligations.due`, …) are facts only once the item found its partner, so
that one missed party is one mistake. Items are paired one to one, best first; the order of a list says nothing.

A false fill is a fact read where the labels hold nothing at all: a null scalar, an empty list, a null part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evals import normalise
from portfolio.schema import FIELDS, Amount, ContractRecord, Group, Obligation, Party, Site, flatten
from portfolio.values import DueRule, Duration, Every, FromEvent, OnDate

QUOTE_OVERLAP = 0.4
"""Least word overlap of the quotes of one obligation."""

Same = Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One fact judged: ``gold`` is None where none was due, ``read`` is None where none was given.

    ``item`` is, of a part, the item as it was read that the part belongs to.
    """

    field: str
    gold: Any
    read: Any
    right: bool = False
    false_fill: bool = False
    item: Any = None


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of facts; adding two scores pools their facts (micro average)."""

    right: int = 0
    read: int = 0
    gold: int = 0
    false_fills: int = 0

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Score:
        judged = list(outcomes)
        return cls(
            sum(o.right for o in judged),
            sum(o.read is not None for o in judged),
            sum(o.gold is not None for o in judged),
            sum(o.false_fill for o in judged),
        )

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.read + other.read,
            self.gold + other.gold,
            self.false_fills + other.false_fills,
        )

    @property
    def precision(self) -> float | None:
        """None where nothing was read."""
        return self.right / self.read if self.read else None

    @property
    def recall(self) -> float | None:
        """None where nothing was due."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """None where nothing was due and nothing read."""
        return 2 * self.right / (self.read + self.gold) if self.read + self.gold else None

    @property
    def false_fill_share(self) -> float:
        """False fills as a share of all facts read; 0 where nothing was read."""
        return self.false_fills / self.read if self.read else 0.0


def _same_due(a: DueRule, b: DueRule) -> bool:
    match a, b:
        case OnDate(), OnDate():
            return a.date == b.date
        case Every(), Every():
            return a.every.equals(b.every)
        case FromEvent(), FromEvent():
            return a.offset.equals(b.offset)
    return False


def _equal(a: Any, b: Any) -> bool:
    """Dates, enumerations and codes as they are, durations by length, numbers within the tolerance."""
    if isinstance(a, Duration) and isinstance(b, Duration):
        return a.equals(b)
    if isinstance(a, int | float) and isinstance(b, int | float):
        return normalise.same_number(a, b)
    return bool(a == b)


_SAME: Mapping[str, Same] = {
    "title": normalise.same_text,
    "amends": normalise.same_text,
    "jurisdiction": normalise.same_text,
    "termination": normalise.same_text,
    "late_interest": normalise.same_text,
    "reference": normalise.same_code,
    "price_revision.formula": normalise.same_formula,
}
"""Fields whose values are not simply equal."""


def _party(gold: Party, read: Party) -> float:
    if normalise.company(gold.name) == normalise.company(read.name):
        return 1.0
    return 0.5 if normalise.same_company(gold.name, read.name) else 0.0


def _site(gold: Site, read: Site) -> float:
    return float(_place(gold) == _place(read))


def _place(site: Site) -> tuple[str, ...]:
    """The city; the name, else the postal code, of a site that states none."""
    return normalise.words(site.city or site.name or site.postal_code or "")


def _amount(gold: Amount, read: Amount) -> float:
    if gold.currency != read.currency or not normalise.same_number(gold.value, read.value):
        return 0.0
    return 1.0 + normalise.overlap(gold.label, read.label) / 10


def _index(gold: str, read: str) -> float:
    return float(normalise.same_index(gold, read)) + float(normalise.same_code(gold, read))


def _obligation(gold: Obligation, read: Obligation) -> float:
    """The best of the overlaps that reach their threshold; the others decide between equals."""
    document = normalise.overlap(gold.document, read.document) if gold.document and read.document else 0.0
    overlaps = (
        (normalise.overlap(gold.quote, read.quote), QUOTE_OVERLAP),
        (document, normalise.TEXT_OVERLAP),
        (normalise.overlap(gold.action, read.action), normalise.TEXT_OVERLAP),
    )
    enough = [share for share, least in overlaps if share >= least]
    return max(enough) + sum(enough) / 100 if enough else 0.0


@dataclass(frozen=True)
class _Items:
    """How the items of a list are paired: ``likeness`` above 0 makes a pair; ``parts`` are then facts of their own."""

    likeness: Callable[[Any, Any], float]
    parts: Mapping[str, Same] = field(default_factory=dict)

    def pairs(self, gold: Sequence[Any], read: Sequence[Any]) -> list[tuple[int, int]]:
        """One to one, best first; between equals, the pair with fewer mistakes in its parts, then by content."""
        ranked = sorted(
            (-likeness, self._mistakes(g, r), g != r, repr(g), repr(r), i, j)
            for i, g in enumerate(gold)
            for j, r in enumerate(read)
            if (likeness := self.likeness(g, r)) > 0
        )
        taken_gold: set[int] = set()
        taken_read: set[int] = set()
        pairs = []
        for *_, i, j in ranked:
            if i not in taken_gold and j not in taken_read:
                taken_gold.add(i)
                taken_read.add(j)
                pairs.append((i, j))
        return pairs

    def _mistakes(self, gold: Any, read: Any) -> int:
        return sum(not outcome.right for outcome in self.part_outcomes("", gold, read))

    def part_outcomes(self, name: str, gold: Any, read: Any) -> Iterator[Outcome]:
        for part, same in self.parts.items():
            yield from _scalar(f"{name}.{part}", getattr(gold, part), getattr(read, part), same, item=read)


_ITEMS: Mapping[str, _Items] = {
    "parties": _Items(_party, {"role": _equal, "registration": normalise.same_registration}),
    "sites": _Items(_site),
    "amounts": _Items(_amount, {"tax": _equal, "period": _equal, "bound": _equal}),
    "price_revision.indices": _Items(_index),
    "obligations": _Items(_obligation, {"debtor": normalise.same_company, "due": _same_due}),
}

SCORED: Mapping[str, Group] = {
    name: spec.group
    for spec in FIELDS.values()
    for name in (spec.name, *(f"{spec.name}.{part}" for part in (_ITEMS[spec.name].parts if spec.many else ())))
}
"""Every name that facts are counted under, in the schema's order, and the group it is reported in."""


def _scalar(name: str, gold: Any, read: Any, same: Same, item: Any = None) -> Iterator[Outcome]:
    if gold is None and read is None:
        return
    both = gold is not None and read is not None
    yield Outcome(name, gold, read, right=both and same(gold, read), false_fill=gold is None, item=item)


def _list(name: str, gold: Sequence[Any], read: Sequence[Any]) -> Iterator[Outcome]:
    rule = _ITEMS[name]
    pairs = rule.pairs(gold, read)
    for i, j in pairs:
        yield Outcome(name, gold[i], read[j], right=True)
        yield from rule.part_outcomes(name, gold[i], read[j])
    for i in sorted(set(range(len(gold))) - {i for i, _ in pairs}):
        yield Outcome(name, gold[i], None)
    for j in sorted(set(range(len(read))) - {j for _, j in pairs}):
        yield Outcome(name, None, read[j], false_fill=not gold)


def compare(gold: ContractRecord, read: ContractRecord) -> tuple[Outcome, ...]:
    """Every fact of the labels and of the reading, judged, in the schema's order."""
    due, given = _by_field(gold), _by_field(read)
    outcomes: list[Outcome] = []
    for name, spec in FIELDS.items():
        if spec.many:
            outcomes.extend(_list(name, due.get(name, []), given.get(name, [])))
        else:
            (g,), (r,) = due.get(name, [None]), given.get(name, [None])
            outcomes.extend(_scalar(name, g, r, _SAME.get(name, _equal)))
    return tuple(outcomes)


def _by_field(record: ContractRecord) -> dict[str, list[Any]]:
    fields: dict[str, list[Any]] = {}
    for name, value in flatten(record):
        fields.setdefault(name, []).append(value)
    return fields
