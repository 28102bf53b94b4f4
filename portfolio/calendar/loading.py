"""Contracts as deadlines need them, a whole portfolio in a few queries: facts, amendments, our role, what was told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.amendments import Version
from portfolio.calendar.given import NOTHING, Given
from portfolio.calendar.lean import versions
from portfolio.calendar.told import all_given
from portfolio.register import finding, perspective, reading
from portfolio.register.models import ContractRow, IdentityRow, PartyRow
from portfolio.register.records import Filters
from portfolio.revision.rules import UNSET, RevisionSetting
from portfolio.revision.settings import all_settings
from portfolio.schema import Role

_FEW = 5000
"""Up to so many contracts what stands beside them is asked for by their ids."""


@dataclass(frozen=True)
class Loaded:
    """A base contract with its amendments, and what a person told of it."""

    id: str
    stem: str
    base: Version
    amendments: tuple[Version, ...]
    amendment_stems: tuple[str, ...]
    our_role: Role | None = None
    given: Given = NOTHING
    revision: RevisionSetting = UNSET
    """What a person set for the revision of its prices."""


Facts = Callable[[Session, Collection[str]], Mapping[str, Version]]
"""Reads the current facts of contracts and amendments, by id."""


def load(session: Session, filters: Filters, *, lean: bool = False, facts: Facts | None = None) -> list[Loaded]:
    """The base contracts that the filters let through, themselves or by one of their amendments, by file stem.

    ``lean``: with the facts alone that deadlines follow from, without their evidence, ten times as fast. ``facts``:
    what reads them instead.
    """
    chosen = finding.selection(filters).with_only_columns(sa.func.coalesce(ContractRow.base_id, ContractRow.id))
    bases = sa.select(ContractRow.id, ContractRow.stem).where(ContractRow.id.in_(chosen.order_by(None)))
    stems = dict(session.execute(bases.order_by(ContractRow.stem, ContractRow.id)).tuples().all())
    amendments = _amendments(session, stems)
    ids = [*stems, *(id_ for found in amendments.values() for id_, _ in found)]
    found = (facts or (versions if lean else _whole))(session, ids)
    roles = _our_roles(session, stems)
    given = all_given(session)
    settings = all_settings(session)
    return [
        Loaded(
            id=id_,
            stem=stem,
            base=found[id_],
            amendments=tuple(found[a] for a, _ in amendments[id_]),
            amendment_stems=tuple(name for _, name in amendments[id_]),
            our_role=roles.get(id_),
            given=given.get(id_, NOTHING),
            revision=settings.get(id_, UNSET),
        )
        for id_, stem in stems.items()
    ]


def _whole(session: Session, ids: Collection[str]) -> dict[str, Version]:
    facts = reading.facts_of(session, list(ids))
    return {id_: reading.version(id_, facts[id_]) for id_ in ids}


def _amendments(session: Session, bases: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Ids and stems of the amendments of each base contract, by the day they take effect."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    query = sa.select(ContractRow.base_id, ContractRow.id, ContractRow.stem).where(ContractRow.base_id.is_not(None))
    for base, id_, stem in session.execute(
        query.order_by(ContractRow.start_date, ContractRow.signature_date, ContractRow.stem)
    ):
        if base in bases:
            found[base].append((id_, stem))
    return found


def _our_roles(session: Session, bases: Collection[str]) -> dict[str, Role]:
    """Our own role in each contract where we know who we are; of few contracts, in those alone."""
    us, _ = perspective.ours(session)
    query = (
        sa.select(PartyRow.contract_id, PartyRow.role)
        .join(IdentityRow, IdentityRow.id == PartyRow.identity_id)
        .where(IdentityRow.counterparty_id.in_(us))
        .order_by(PartyRow.position.desc())
    )
    if len(bases) <= _FEW:
        query = query.where(PartyRow.contract_id.in_(bases))
    rows = session.execute(query)
    return dict(rows.tuples().all())  # type: ignore[arg-type]
