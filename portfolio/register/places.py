"""Sites as entities: the places where contracts are performed, with their département."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.folding import fold
from portfolio.geography import department_of, departments
from portfolio.register.models import ContractSiteRow, SiteRow
from portfolio.register.records import SiteView
from portfolio.schema import Site


def site_id(site: Site) -> str:
    parts = (fold(site.name or ""), fold(site.city or ""), (site.postal_code or "").replace(" ", ""))
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:24]


def remember(session: Session, sites: Iterable[Site]) -> None:
    """Writes the sites that are not there yet; of two spellings the one with more accents is kept."""
    wanted = {site_id(site): site for site in sites}
    there = {row.id: row for row in session.scalars(sa.select(SiteRow).where(SiteRow.id.in_(wanted)))}
    for id_, site in sorted(wanted.items()):
        if id_ in there:
            row = there[id_]
            row.name, row.city = _finer(row.name, site.name), _finer(row.city, site.city)
        else:
            department = department_of(site.postal_code)
            session.add(
                SiteRow(
                    id=id_,
                    name=site.name,
                    city=site.city,
                    postal_code=site.postal_code,
                    name_key=fold(site.name or ""),
                    city_key=fold(site.city or ""),
                    department=department.code if department else None,
                )
            )
    session.flush()


def _finer(a: str | None, b: str | None) -> str | None:
    written = [text for text in (a, b) if text]
    return max(written, key=lambda t: (sum(not c.isascii() for c in t), not t.isupper(), t), default=None)


def forget_unused(session: Session, ids: Iterable[str]) -> None:
    """Drops those of the sites (ids) where no contract is performed any more."""
    session.execute(
        sa.delete(SiteRow).where(SiteRow.id.in_(list(ids)), ~sa.exists().where(ContractSiteRow.site_id == SiteRow.id))
    )


def view(row: SiteRow, contracts: tuple[str, ...] = ()) -> SiteView:
    department = departments().get(row.department) if row.department else None
    return SiteView(row.id, row.name, row.city, row.postal_code, department, contracts)
