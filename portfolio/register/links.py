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
_LIKELY = 0.3
"""A score from which a contract counts as one of several that may be meant."""
_ROUNDS = 5
"""How often one amendment is looked at again while those it builds on move."""
_COMMON = 2000
"""A party with more contracts than this says nothing about which of them an amendment means."""


def settle(session: Session, changed: Iterable[str]) -> None:
    """Links the amendments among the ``changed`` contracts (ids), and those that one of them could be the base of."""
    linker = _Linker(session)
    queue = list(dict.fromkeys(id_ for c in changed for id_ in (c, *linker.meaning(c))))
    rounds: dict[str, int] = {}
    while queue:
        id_ = queue.pop(0)
        row = session.get_one(ContractRow, id_)
        before = (row.amends_id, row.base_id)
        linker.link(row)
        rounds[id_] = rounds.get(id_, 0) + 1
        if (row.amends_id, row.base_id) != before and rounds[id_] < _ROUNDS:
            session.flush()
            queue.extend(d for d in linker.meaning(id_) if d not in queue)
    session.flush()


def meaning(session: Session, contract: str) -> list[str]:
    """The amendments that are linked to ``contract`` or could be."""
    return _Linker(session).meaning(contract)


def keys_of(row: ContractRow) -> frozenset[str]:
    """The folded references by which a base that arrives later finds this amendment."""
    return reference_keys(row.amends, row.reference) if row.kind == "amendment" else frozenset()


def dated(row: ContractRow) -> date | None:
    """The day that a contract is from: its signature, else its start."""
    return row.signature_date or row.start_date


class _Linker:
    """Links amendments while parties stay as they are: what is looked up of them is remembered."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._parties: dict[str, frozenset[str]] = {}
        self._together: dict[str, frozenset[str]] = {}

    def link(self, row: ContractRow) -> None:
        if row.kind == "base":
            row.link_state, row.base_id, row.amends_id, row.linked_by = "base", None, None, None
            row.link_reasons, row.link_candidates = [], []
            return
        if row.linked_by is not None:
            row.base_id = self._root(row)
            return
        matches = rank(self._profile(row), [self._profile(c) for c in self._candidates(row)])
        chosen = choose(matches)
        row.amends_id = chosen.candidate.id if chosen else None
        row.base_id = self._root(row)
        row.link_reasons = list(chosen.reasons) if chosen else []
        row.link_candidates = [] if row.base_id else [_shown(match) for match in matches[:_SHOWN]]
        likely = [m for m in matches if m.score >= _LIKELY]
        row.link_state = "linked" if row.base_id else "ambiguous" if not chosen and len(likely) > 1 else "waiting"

    def meaning(self, contract: str) -> list[str]:
        """The amendments that are linked to ``contract`` or could be."""
        key = sa.select(ContractRow.reference_key).where(ContractRow.id == contract).scalar_subquery()
        named = sa.select(AmendsKeyRow.contract_id).where(AmendsKeyRow.key == key)
        tied = sa.select(ContractRow.id).where(ContractRow.amends_id == contract)
        found = set(self._session.scalars(sa.union(named, tied)))
        found |= self._of_kind(self._sharing(contract), "amendment")
        return sorted(found - {contract})

    def _root(self, row: ContractRow) -> str | None:
        """The base at the end of the chain of amendments, or None where it breaks off or runs in a circle."""
        seen = {row.id}
        target = row.amends_id
        while target is not None and target not in seen:
            seen.add(target)
            next_row = self._session.get_one(ContractRow, target)
            if next_row.kind == "base":
                return next_row.id
            target = next_row.amends_id
        return None

    def _profile(self, row: ContractRow) -> Profile:
        return Profile(
            id=row.id,
            title=row.title,
            reference=row.reference,
            amends=row.amends,
            contract_type=row.contract_type,
            parties=self._parties_of(row.id),
            dated=dated(row),
            is_amendment=row.kind == "amendment",
            root=row.id if row.kind == "base" else row.base_id,
        )

    def _parties_of(self, contract: str) -> frozenset[str]:
        if contract not in self._parties:
            mine = sa.select(IdentityRow.counterparty_id).join(PartyRow, PartyRow.identity_id == IdentityRow.id)
            ids = self._session.scalars(mine.where(PartyRow.contract_id == contract))
            self._parties[contract] = frozenset(id_ for id_ in ids if id_)
        return self._parties[contract]

    def _candidates(self, row: ContractRow) -> list[ContractRow]:
        """The contracts whose reference the amendment may mean, and the bases between the same parties."""
        ids = set(self._session.scalars(sa.select(ContractRow.id).where(ContractRow.reference_key.in_(keys_of(row)))))
        ids |= self._of_kind(self._sharing(row.id), "base")
        query = sa.select(ContractRow).where(ContractRow.id.in_(ids - {row.id})).order_by(ContractRow.id)
        return list(self._session.scalars(query)) if ids else []

    def _of_kind(self, ids: frozenset[str], kind: str) -> set[str]:
        if not ids:
            return set()
        return set(
            self._session.scalars(sa.select(ContractRow.id).where(ContractRow.id.in_(ids), ContractRow.kind == kind))
        )

    def _sharing(self, contract: str) -> frozenset[str]:
        """The contracts that share two parties with ``contract``; looked up by the rarest of them."""
        if contract not in self._together:
            self._together[contract] = self._share(contract, self._parties_of(contract))
        return self._together[contract]

    def _share(self, contract: str, parties: frozenset[str]) -> frozenset[str]:
        if len(parties) < 2:
            return frozenset()
        mentions = sa.select(IdentityRow.counterparty_id, PartyRow.contract_id).join(
            PartyRow, PartyRow.identity_id == IdentityRow.id
        )
        all_of = mentions.where(IdentityRow.counterparty_id.in_(parties)).subquery()
        counted = sa.select(all_of.c.counterparty_id, sa.func.count()).group_by(all_of.c.counterparty_id)
        by_party = sorted((count, party) for party, count in self._session.execute(counted))
        # two shared parties out of n include at least one of the n - 1 rarest
        rare = [party for count, party in by_party if count <= _COMMON][: len(parties) - 1]
        near = mentions.where(IdentityRow.counterparty_id.in_(rare)).subquery()
        found = set(self._session.scalars(sa.select(near.c.contract_id).distinct())) - {contract}
        shared: dict[str, set[str]] = {id_: set() for id_ in found}
        for party, id_ in self._session.execute(mentions.where(PartyRow.contract_id.in_(found))) if found else ():
            shared[id_].add(party or "")
        return frozenset(id_ for id_, theirs in shared.items() if len(parties & theirs) >= 2)


def _shown(match: Match) -> dict[str, object]:
    return {"contract": match.candidate.id, "score": match.score, "reasons": list(match.reasons)}
