"""Erasing a contract for good: itself, its amendments, their history, and the files that no other contract holds."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from portfolio.obligations.models import ObligationActionRow
from portfolio.register import counterparties, finding, places
from portfolio.register.models import (
    ContractDocumentRow,
    ContractRow,
    ContractSiteRow,
    DocumentRow,
    FormerNameRow,
    HistoryRow,
    LedgerRow,
    PartyRow,
)
from portfolio.register.store import Register


@dataclass(frozen=True)
class Erased:
    """Ids and file stems of the contract and of its amendments, and the files (SHA-256) that were deleted."""

    contracts: tuple[str, ...]
    stems: tuple[str, ...]
    files: tuple[str, ...]


def erase(register: Register, ref: str) -> Erased:
    """Erases a contract (of a base contract: its amendments with it); nothing of it can be brought back.

    Raises NotFound. What was sent before (mails, exports) is out of reach.
    """
    with register.database.writing() as session:
        id_ = finding.contract_id(session, ref)
        rows = list(
            session.scalars(sa.select(ContractRow).where(sa.or_(ContractRow.id == id_, ContractRow.base_id == id_)))
        )
        ids, stems = [row.id for row in rows], [row.stem for row in rows]
        of_them = ContractDocumentRow.contract_id.in_(ids)
        shas = set(session.scalars(sa.select(ContractDocumentRow.sha).where(of_them)))
        shared = sa.select(ContractDocumentRow.sha).where(ContractDocumentRow.sha.in_(shas), ~of_them)
        alone = sorted(shas - set(session.scalars(shared)))
        touched = {
            *session.scalars(sa.select(PartyRow.identity_id).where(PartyRow.contract_id.in_(ids))),
            *session.scalars(sa.select(FormerNameRow.former_id).where(FormerNameRow.contract_id.in_(ids))),
        }
        sites = list(session.scalars(sa.select(ContractSiteRow.site_id).where(ContractSiteRow.contract_id.in_(ids))))
        for column in (ContractRow.base_id, ContractRow.amends_id):
            session.execute(sa.update(ContractRow).where(column.in_(ids)).values({column.key: None}))
        for table in (HistoryRow, ObligationActionRow):
            session.execute(sa.update(table).where(table.contract_id.in_(ids)).values(undoes=None))
        session.execute(sa.delete(LedgerRow).where(sa.or_(LedgerRow.contract_id.in_(ids), LedgerRow.sha.in_(alone))))
        session.execute(sa.delete(ContractDocumentRow).where(of_them))
        session.execute(sa.delete(ContractRow).where(ContractRow.id.in_(ids)))
        session.execute(sa.delete(DocumentRow).where(DocumentRow.sha.in_(alone)))
        session.flush()
        session.expire_all()
        places.forget_unused(session, sites)
        counterparties.settle(session, touched)
    for sha in alone:
        register.files.remove(sha)
    return Erased(tuple(ids), tuple(stems), tuple(alone))
