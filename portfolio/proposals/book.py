"""The book of proposals: each waits until a person says yes or no, and is taken up at most once, also where two persons
say yes at the same moment or the program stops in the middle."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.errors import InvalidValue, NotFound
from portfolio.obligations.log import person
from portfolio.proposals.models import ProposalRow
from portfolio.register.store import Register

State = Literal["waiting", "begun", "done", "failed", "refused"]
"""``begun``: a person said yes and it is being done; where it stays so, the program was stopped in the middle."""
_LONGEST = 800


@dataclass(frozen=True)
class Proposal:
    """``contract``: id of a base contract or amendment. ``given``: what doing it takes; ``seen``: what it would change,
    as it stood. ``outcome``: what came of it, or why it failed."""

    id: str
    contract: str
    kind: str
    given: Mapping[str, Any]
    seen: Mapping[str, Any]
    asked_by: str
    question: str
    at: datetime
    state: State = "waiting"
    decided_by: str | None = None
    decided_at: datetime | None = None
    outcome: str | None = field(default=None)


class ProposalBook:
    """Proposals of the whole register."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def add(
        self, contract: str, kind: str, given: Mapping[str, Any], seen: Mapping[str, Any], who: str, question: str
    ) -> Proposal:
        """Notes a proposal, made on a question of ``who``; an equal one that waits already is given back."""
        with self._register.database.writing() as session:
            for row in session.scalars(_waiting().where(ProposalRow.contract_id == contract, ProposalRow.kind == kind)):
                if row.given == dict(given) and row.seen == dict(seen) and row.asked_by == person(who):
                    return _proposal(row)
            row = ProposalRow(
                id=secrets.token_hex(4),
                contract_id=contract,
                kind=kind,
                given=dict(given),
                seen=dict(seen),
                asked_by=person(who),
                question=question[:_LONGEST],
                at=datetime.now(UTC),
                state="waiting",
            )
            session.add(row)
            session.flush()
            return _proposal(row)

    def get(self, id_: str) -> Proposal:
        """One proposal. Raises NotFound."""
        with self._register.database.reading() as session:
            return _proposal(_row(session, id_))

    def waiting(self) -> tuple[Proposal, ...]:
        """Those that nobody decided on, oldest first."""
        with self._register.database.reading() as session:
            return tuple(_proposal(row) for row in session.scalars(_waiting()))

    def begin(self, id_: str, who: str) -> Proposal:
        """``who`` says yes: it is theirs to do now, and nobody else's. Raises InvalidValue where it was decided on."""
        return self._decide(id_, who, "begun")

    def refuse(self, id_: str, who: str) -> Proposal:
        """``who`` says no. Raises InvalidValue where it was decided on."""
        return self._decide(id_, who, "refused")

    def end(self, id_: str, state: Literal["done", "failed"], outcome: str) -> Proposal:
        """What came of a proposal that was begun."""
        with self._register.database.writing() as session:
            row = _row(session, id_)
            row.state, row.outcome = state, outcome[:_LONGEST]
            return _proposal(row)

    def _decide(self, id_: str, who: str, state: State) -> Proposal:
        with self._register.database.writing() as session:
            row = _row(session, id_)
            if row.state != "waiting":
                raise InvalidValue.of("proposal_decided", id=id_, state=row.state, who=row.decided_by)
            row.state, row.decided_by, row.decided_at = state, person(who), datetime.now(UTC)
            return _proposal(row)


def _waiting() -> sa.Select[ProposalRow]:
    return sa.select(ProposalRow).where(ProposalRow.state == "waiting").order_by(ProposalRow.at, ProposalRow.id)


def _row(session: Session, id_: str) -> ProposalRow:
    row = session.get(ProposalRow, id_)
    if row is None:
        raise NotFound.of("no_proposal", id=id_)
    return row


def _proposal(row: ProposalRow) -> Proposal:
    return Proposal(
        id=row.id,
        contract=row.contract_id,
        kind=row.kind,
        given=row.given,
        seen=row.seen,
        asked_by=row.asked_by,
        question=row.question,
        at=row.at,
        state=row.state,  # type: ignore[arg-type]
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        outcome=row.outcome,
    )
