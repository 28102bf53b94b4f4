"""Which written names are one company: the same number, the same name, a former name, a near spelling, a person's word.

The answer depends on the set of names alone, never on the order in which they came.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from portfolio.names import close, company_key, company_number


@dataclass(frozen=True, slots=True)
class Identity:
    """A company as it is written: folded name, and number where it stands beside."""

    key: str
    number: str | None

    @property
    def id(self) -> str:
        return hashlib.sha256(f"{self.number or ''}|{self.key}".encode()).hexdigest()[:24]

    @classmethod
    def of(cls, name: str, registration: str | None) -> Identity:
        return cls(company_key(name), company_number(registration))


@dataclass(frozen=True, slots=True)
class Word:
    """A person's word that two identities (by id) are the ``same`` company, or are not."""

    left: str
    right: str
    same: bool


@dataclass
class _Group:
    members: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)


class _Groups:
    """Groups that grow by joining, as far as numbers and a person's word allow."""

    def __init__(self, identities: Collection[Identity], words: Collection[Word]) -> None:
        self._of = {i.id: _Group({i.id}, {i.number} if i.number else set()) for i in identities}
        self._apart = {frozenset((w.left, w.right)) for w in words if not w.same}

    def join(self, a: str, b: str, forced: bool = False) -> None:
        one, other = self._of[a], self._of[b]
        if one is other or (not forced and not self._compatible(one, other)):
            return
        one.members |= other.members
        one.numbers |= other.numbers
        for member in other.members:
            self._of[member] = one

    def numbers(self, identity: str) -> frozenset[str]:
        return frozenset(self._of[identity].numbers)

    def _compatible(self, a: _Group, b: _Group) -> bool:
        if a.numbers and b.numbers and not a.numbers & b.numbers:
            return False
        return not (self._apart and any(frozenset((x, y)) in self._apart for x in a.members for y in b.members))

    def all(self) -> list[frozenset[str]]:
        return sorted({frozenset(group.members) for group in self._of.values()}, key=min)


def partition(
    identities: Collection[Identity], former: Iterable[tuple[str, str]], words: Collection[Word]
) -> list[frozenset[str]]:
    """The identities' ids grouped by company.

    In this order: a person's word; the same number; the same name, unless it is that of companies with different
    numbers; former names (``former`` are pairs of ids); near spellings, the nearest first. Different numbers are never
    one company, but by a person's word.
    """
    groups = _Groups(identities, words)
    known = {i.id for i in identities}
    for word in sorted(words, key=lambda w: (w.left, w.right)):
        if word.same and word.left in known and word.right in known:
            groups.join(word.left, word.right, forced=True)
    by_number: dict[str, list[str]] = defaultdict(list)
    by_key: dict[str, list[str]] = defaultdict(list)
    for identity in sorted(identities, key=lambda i: i.id):
        by_key[identity.key].append(identity.id)
        if identity.number:
            by_number[identity.number].append(identity.id)
    for same in by_number.values():
        for other in same[1:]:
            groups.join(same[0], other)
    shared: set[str] = set()
    for key, same in sorted(by_key.items()):
        if len({groups.numbers(i) for i in same} - {frozenset()}) > 1:
            shared.add(key)
            continue
        for other in same[1:]:
            groups.join(same[0], other)
    for now, before in sorted(former):
        if now in known and before in known:
            groups.join(now, before)
    near = (
        (-close(a.key, b.key), min(a.id, b.id), max(a.id, b.id))
        for a, b in combinations(identities, 2)
        if a.key != b.key and a.key not in shared and b.key not in shared
    )
    for score, one, other in sorted(near):
        if score:
            groups.join(one, other)
    return groups.all()


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as written: how often, and the newest date of the contracts that write it so."""

    name: str
    key: str
    count: int
    dated: date | None


def display_name(spellings: Collection[Spelling]) -> str:
    """The name to show: of the newest of the names that the company had, the most frequent spelling."""
    newest = max(spellings, key=lambda s: (s.dated or date.min, s.count, s.key))
    family = [s for s in spellings if s.key == newest.key or close(s.key, newest.key)]
    return min(family, key=lambda s: (-s.count, s.name.isupper(), s.name)).name


def counterparty_id(identities: Collection[Identity]) -> str:
    """An id that follows from the names alone: the company's number where known, else a hash of its first name."""
    numbers = sorted(i.number for i in identities if i.number)
    if numbers:
        return f"c{numbers[0]}"
    return "n" + hashlib.sha256(min(i.key for i in identities).encode()).hexdigest()[:12]
