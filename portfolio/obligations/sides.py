"""On which side the debtors of a whole portfolio stand, in two queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.register import perspective
from portfolio.register.models import CounterpartyRow, IdentityRow, PartyRow
from portfolio.register.records import PartyView, Side

_FEW = 1000
"""Up to so many contracts the parties of those only are fetched; of more, all."""


def debtor_sides(
    session: Session, names: Mapping[str, Iterable[str]], chains: Mapping[str, str]
) -> dict[str, Mapping[str, Side]]:
    """The side of each name, by base contract; nothing where we do not know who we are. ``names``: those wanted, by
    base contract; ``chains``: the base contract of every contract and amendment."""
    us, _ = perspective.ours(session)
    if not us:
        return {}
    parties = _parties(session, chains, us)
    return {base: perspective.debtors(session, wanted, parties[base], us) for base, wanted in names.items()}


def _parties(session: Session, chains: Mapping[str, str], us: frozenset[str]) -> dict[str, list[PartyView]]:
    found: dict[str, list[PartyView]] = defaultdict(list)
    columns = (PartyRow.contract_id, PartyRow.name, PartyRow.role, PartyRow.registration)
    query = (
        sa.select(*columns, CounterpartyRow.id, CounterpartyRow.name)
        .join(IdentityRow, IdentityRow.id == PartyRow.identity_id)
        .join(CounterpartyRow, CounterpartyRow.id == IdentityRow.counterparty_id)
        .order_by(PartyRow.contract_id, PartyRow.position)
    )
    if len(chains) <= _FEW:
        query = query.where(PartyRow.contract_id.in_(chains))
    for contract, name, role, registration, id_, known in session.execute(query):
        base = chains.get(contract)
        if base is not None:
            side = perspective.side(id_, us)
            found[base].append(PartyView(name, role, registration, id_, known, side))  # type: ignore[arg-type]
    return found
