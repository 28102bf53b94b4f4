"""Amendments linked to their base contracts, again whenever one of the two arrives or changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.linking import Match, Profile, choose, rank, reference_keys
from portfolio.register.models import AmendsKeyRow, ContractRow, IdentityRow, PartyRow

_SHOWN = 5
"""Candidates kept beside an amendment that waits."""
_COMMON = 2000
"""A party with more contracts than this says nothing about which of them an amendment means."""


def settle(session: Session, changed: Iterable[str]) -> None:
    """Links the amendments among the ``changed`` contracts (ids), and those that one of them could be the base of."""
    queue = list(dict.fromkeys(id_ for c in changed for id_ in (c, *meaning(session, c))))
    rounds: dict[str, int] = {}
    while queue:
        id_ = queue.pop(0)
        row = session.get_one(ContractRow, id_)
        before = (row.amends_id, row.base_id)
        _link(session, row)
        session.flush()
        rounds[id_] = rounds.get(id_, 0) + 1
        if (row.amends_id, row.base_id) != before and row.kind == "amendment" and rounds[id_] < _SHOWN:
            dependents = session.scalars(sa.select(ContractRow.id).where(ContractRow.amends_id == id_)).all()
            queue.extend(d for d in (*dependents, *meaning(session, id_)) if d not in queue and d != id_)


def keys_of(row: ContractRow) -> frozenset[str]:
    """The folded references by which a base that arrives later finds this amendment."""
    return reference_keys(row.amends, row.reference) if row.kind == "amendment" else frozenset()


def _link(session: Session, row: ContractRow) -> None:
    if row.kind == "base":
        row.link_state, row.base_id, row.amends_id, row.linked_by = "base", None, None, None
        row.link_reasons, row.link_candidates = [], []
        return
    if row.linked_by is not None:
        row.base_id = _root(session, row)
        return
    matches = rank(_profile(session, row), [_profile(session, c) for c in _candidates(session, row)])
    chosen = choose(matches)
    row.amends_id = chosen.candidate.id if chosen else None
    row.base_id = _root(session, row)
    row.link_reasons = list(chosen.reasons) if chosen else []
    row.link_candidates = [] if row.base_id else [_shown(match) for match in matches[:_SHOWN]]
    likely = [m for m in matches if m.score >= 0.3]
    row.link_state = "linked" if row.base_id else "ambiguous" if not chosen and len(likely) > 1 else "waiting"


def _root(session: Session, row: ContractRow) -> str | None:
    """The base at the end of the chain of amendments, or None where it breaks off or runs in a circle."""
    seen = {row.id}
    target = row.amends_id
    while target is not None and target not in seen:
        seen.add(target)
        next_row = session.get_one(ContractRow, target)
        if next_row.kind == "base":
            return next_row.id
        target = next_row.amends_id
    return None


def _shown(match: Match) -> dict[str, object]:
    return {"contract": match.candidate.id, "score": match.score, "reasons": list(match.reasons)}


def _profile(session: Session, row: ContractRow) -> Profile:
    return Profile(
        id=row.id,
        title=row.title,
        reference=row.reference,
        amends=row.amends,
        contract_type=row.contract_type,
        parties=frozenset(_parties(session, row.id)),
        dated=dated(row),
        is_amendment=row.kind == "amendment",
        root=row.id if row.kind == "base" else row.base_id,
    )


def dated(row: ContractRow) -> date | None:
    """The day that a contract is from: its signature, else its start."""
    return row.signature_date or row.start_date


def _parties(session: Session, contract: str) -> set[str]:
    return set(
        session.scalars(
            sa.select(IdentityRow.counterparty_id)
            .join(PartyRow, PartyRow.identity_id == IdentityRow.id)
            .where(PartyRow.contract_id == contract, IdentityRow.counterparty_id.is_not(None))
        )
    )


def _candidates(session: Session, row: ContractRow) -> list[ContractRow]:
    """The contracts whose reference the amendment may mean, and the bases between the same parties."""
    keys = keys_of(row)
    found = {
        c.id: c
        for c in session.scalars(sa.select(ContractRow).where(ContractRow.reference_key.in_(keys)))
        if c.id != row.id
    }
    together = _sharing(session, row.id)
    if together:
        bases = sa.select(ContractRow).where(ContractRow.id.in_(together), ContractRow.kind == "base")
        found.update((c.id, c) for c in session.scalars(bases))
    return [found[id_] for id_ in sorted(found)]


def meaning(session: Session, contract: str) -> list[str]:
    """The amendments that ``contract`` could be the base of."""
    key = session.scalar(sa.select(ContractRow.reference_key).where(ContractRow.id == contract))
    found = set(session.scalars(sa.select(AmendsKeyRow.contract_id).where(AmendsKeyRow.key == key))) if key else set()
    found.update(session.scalars(sa.select(ContractRow.id).where(ContractRow.amends_id == contract)))
    together = _sharing(session, contract)
    if together:
        found.update(
            session.scalars(
                sa.select(ContractRow.id).where(ContractRow.id.in_(together), ContractRow.kind == "amendment")
            )
        )
    return sorted(found - {contract})


def _sharing(session: Session, contract: str) -> list[str]:
    """The contracts that share two parties with ``contract``; looked up by the rarest of them."""
    parties = _parties(session, contract)
    if len(parties) < 2:
        return []
    mention = sa.select(PartyRow.contract_id).join(IdentityRow, IdentityRow.id == PartyRow.identity_id)
    by_party = {}
    for party in parties:
        count = session.scalar(
            sa.select(sa.func.count()).select_from(mention.where(IdentityRow.counterparty_id == party).subquery())
        )
        by_party[party] = count or 0
    rare = sorted((p for p in parties if by_party[p] <= _COMMON), key=lambda p: by_party[p])
    found: set[str] = set()
    # two shared parties out of n include at least one of the n - 1 rarest
    for party in rare[: len(parties) - 1]:
        near = mention.where(IdentityRow.counterparty_id == party)
        counted = (
            sa.select(PartyRow.contract_id)
            .join(IdentityRow, IdentityRow.id == PartyRow.identity_id)
            .where(PartyRow.contract_id.in_(near), IdentityRow.counterparty_id.in_(parties))
            .group_by(PartyRow.contract_id)
            .having(sa.func.count(sa.distinct(IdentityRow.counterparty_id)) >= 2)
        )
        found.update(session.scalars(counted))
    return sorted(found - {contract})
