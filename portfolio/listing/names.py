"""What contracts are called and where they are: what a long list says of each, without the rest of its line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from portfolio.register import finding
from portfolio.register.models import ContractRow, ContractSiteRow, SiteRow
from portfolio.register.records import Filters
from portfolio.register.store import Register


@dataclass(frozen=True)
class Named:
    """``sites``: the town of each site, else its name; those that an amendment adds stand with its base contract."""

    title: str | None
    sites: tuple[str, ...]


def named(register: Register, filters: Filters) -> Mapping[str, Named]:
    """By id, the contracts that the filters let through."""
    chosen = finding.selection(filters).order_by(None)
    base = sa.func.coalesce(ContractRow.base_id, ContractRow.id)
    at = (
        sa.select(ContractRow.id, base, sa.func.coalesce(sa.func.nullif(SiteRow.city, ""), SiteRow.name))
        .join(ContractSiteRow, ContractSiteRow.contract_id == ContractRow.id)
        .join(SiteRow, SiteRow.id == ContractSiteRow.site_id)
        .where(base.in_(chosen.with_only_columns(base)))
        .order_by(ContractRow.base_id.is_not(None), ContractRow.id, SiteRow.id)
    )
    sites: dict[str, dict[str, None]] = defaultdict(dict)
    with register.database.reading() as session:
        for id_, base_id, site in session.execute(at).tuples():
            if site:
                sites[id_][site] = sites[base_id][site] = None
        titles = session.execute(chosen.with_only_columns(ContractRow.id, ContractRow.title)).tuples()
        return {id_: Named(title, tuple(sites.get(id_, ()))) for id_, title in titles}
