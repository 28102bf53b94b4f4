"""How much of what contracts cost follows each index: the yearly amounts of the contracts whose prices it revises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from portfolio.amendments import terms_in_force
from portfolio.register import reading
from portfolio.register.models import ContractRow
from portfolio.register.store import Register
from portfolio.reports import Commitment, Direction
from portfolio.revision.store import Indices

_FIELDS = ("title", "reference", "signature_date", "start_date", "price_revision.kind", "price_revision.indices")
"""What the indices in force follow from."""
_IN_A_QUERY = 5000


@dataclass(frozen=True)
class Exposed:
    """``index``: its code where it is known, else as contracts name it; ``yearly``: of the ``count`` contracts, in
    euros without tax over a year, each whole although only a part of its formula may follow the index."""

    index: str
    name: str | None
    direction: Direction
    count: int
    yearly: Decimal


def exposure(register: Register, lines: Iterable[Commitment], as_of: date) -> tuple[Exposed, ...]:
    """The exposure of the contracts of ``lines`` to each index by which their prices are revised on ``as_of``, the
    largest first. A contract with several indices counts in each."""
    by_id = {line.contract: line for line in lines}
    book = Indices(register).book()
    known: dict[str, tuple[str, str | None]] = {}
    found: dict[tuple[str, str | None, Direction], list[Commitment]] = defaultdict(list)
    for contract, names in _indices_in_force(register, tuple(by_id), as_of):
        for name in names:
            if name not in known:
                series = book.find(name)
                known[name] = (series.code, series.name) if series else (name, None)
        line = by_id[contract]
        for code, words in dict.fromkeys(known[name] for name in names):
            found[code, words, line.direction].append(line)
    exposed = (
        Exposed(index, name, direction, len(of), sum((line.yearly for line in of), Decimal(0)))
        for (index, name, direction), of in found.items()
    )
    return tuple(sorted(exposed, key=lambda one: (-one.yearly, one.index)))


def _indices_in_force(register: Register, bases: Sequence[str], as_of: date) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The indices by which each base contract's prices are revised, where there are any."""
    wanted = frozenset(bases)
    chains: dict[str, list[str]] = defaultdict(list)
    with register.database.reading() as session:
        for id_, base in session.execute(sa.select(ContractRow.id, ContractRow.base_id)):
            if base in wanted:
                chains[base].append(id_)
        for start in range(0, len(bases), _IN_A_QUERY):
            some = bases[start : start + _IN_A_QUERY]
            facts = reading.facts_of(session, [*some, *(a for base in some for a in chains[base])], _FIELDS)
            for base in some:
                terms = terms_in_force(
                    reading.version(base, facts[base]), [reading.version(a, facts[a]) for a in chains[base]], as_of
                )
                if terms.value("price_revision.kind") != "fixed":
                    yield base, terms.values("price_revision.indices")
