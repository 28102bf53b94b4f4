"""Whom a raise is told to: who it is assigned to, else who answers for the contract, else the general list.

A person who is away is replaced by their deputy; one who does not want the kind is passed over. An escalation goes to
the deputy too, or to the general list where there is none. Nobody found means that it waits: it is never dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.alerts.reading import CHUNK
from portfolio.alerts.records import Raise
from portfolio.delivery import people
from portfolio.delivery.models import ChargeRow, PersonRow
from portfolio.folding import fold
from portfolio.register.models import ContractRow, ContractSiteRow, LabelRow, SiteRow

_ORDER = ("contract", "category", "tag", "site", "type")
"""The nearer goes first: a contract's own before those of what it is about, these before those of where it is."""
_Mark = tuple[str, str]


class Recipients:
    """Finds the persons for raises, in one session."""

    def __init__(self, session: Session, contracts: Collection[str]) -> None:
        self._session = session
        self._by_id = {row.id: row for row in session.scalars(sa.select(PersonRow).order_by(PersonRow.id))}
        self._by_key = {row.key: row for row in self._by_id.values()}
        self._charges: dict[_Mark, list[int]] = defaultdict(list)
        for charge in session.scalars(sa.select(ChargeRow).order_by(ChargeRow.id)):
            self._charges[charge.scope, charge.value].append(charge.person_id)
        self._marks = _marks(session, contracts) if self._charges else {}

    def of(self, raised: Raise) -> tuple[PersonRow, ...]:
        """The persons who are to be told of ``raised``; none where nobody is known."""
        first = self._willing(self._first(raised), raised) or self._willing(self._general(), raised)
        if raised.reason != "escalated":
            return first
        second = [self._by_id[row.deputy_id] for row in first if row.deputy_id in self._by_id] or self._general()
        return tuple(dict.fromkeys((*first, *self._willing(second, raised))))

    def _first(self, raised: Raise) -> list[PersonRow]:
        if raised.alert.assignee:
            known = self._by_key.get(fold(raised.alert.assignee)) or self._from_account(raised.alert.assignee)
            if known is not None:
                return [known]
        return self.answering(raised.alert.contract)

    def keepers(self, contract: str) -> list[PersonRow]:
        """Who answers for a contract, else the general list."""
        return self.answering(contract) or self._general()

    def answering(self, contract: str) -> list[PersonRow]:
        """Who answers for a contract, present or not."""
        marks = self._marks.get(contract, ())
        for scope in _ORDER:
            found = [id_ for mark in marks if mark[0].partition(":")[0] == scope for id_ in self._charges.get(mark, ())]
            if found:
                return [self._by_id[id_] for id_ in dict.fromkeys(found)]
        return []

    def _from_account(self, name: str) -> PersonRow | None:
        row = people.from_account(self._session, name)
        if row is not None:
            self._by_id[row.id] = self._by_key[row.key] = row
        return row

    def _general(self) -> list[PersonRow]:
        return [row for row in self._by_id.values() if row.general]

    def _willing(self, rows: Iterable[PersonRow], raised: Raise) -> tuple[PersonRow, ...]:
        present = (self._present(row) for row in rows)
        return tuple(
            dict.fromkeys(
                row for row in present if row is not None and (not row.kinds or raised.alert.kind in row.kinds)
            )
        )

    def _present(self, row: PersonRow) -> PersonRow | None:
        """The person, or the first of their deputies who is there."""
        seen: set[int] = set()
        found: PersonRow | None = row
        while found is not None and found.away and found.id not in seen:
            seen.add(found.id)
            found = self._by_id.get(found.deputy_id or 0)
        return found if found is not None and not found.away else None


def _marks(session: Session, contracts: Collection[str]) -> dict[str, list[_Mark]]:
    """What each contract can be answered for by: itself, its type, its labels and sites."""
    found: dict[str, list[_Mark]] = defaultdict(list)
    for ids in _chunks(sorted(contracts)):
        for id_, type_ in session.execute(
            sa.select(ContractRow.id, ContractRow.contract_type).where(ContractRow.id.in_(ids))
        ):
            found[id_] += [("contract", id_), *([("type", type_)] if type_ else [])]
        labels = sa.select(LabelRow.contract_id, LabelRow.dimension, LabelRow.value).where(
            LabelRow.contract_id.in_(ids)
        )
        for id_, dimension, value in session.execute(labels):
            found[id_].append((f"category:{dimension}" if dimension else "tag", fold(value)))
        sites = sa.select(ContractSiteRow.contract_id, SiteRow.name, SiteRow.city).join(
            SiteRow, SiteRow.id == ContractSiteRow.site_id
        )
        for id_, *names in session.execute(sites.where(ContractSiteRow.contract_id.in_(ids))):
            found[id_] += [("site", fold(name)) for name in names if name]
    return found


def _chunks(ids: list[str]) -> Iterator[list[str]]:
    return (ids[n : n + CHUNK] for n in range(0, len(ids), CHUNK))
