"""Views of the portfolio that people keep under a name, for themselves or for everybody."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from portfolio.errors import InvalidValue, NotFound
from portfolio.listing.models import SavedViewRow
from portfolio.register.store import Register

LONGEST_NAME = 80
LONGEST_STATE = 4000


@dataclass(frozen=True)
class SavedView:
    """``state``: filters, order and columns as the address of the page writes them."""

    owner: str
    name: str
    state: str
    shared: bool = False


def views(register: Register, owner: str) -> tuple[SavedView, ...]:
    """The views of ``owner`` and those that others share, by name."""
    with register.database.reading() as session:
        found = sa.select(SavedViewRow).where(sa.or_(SavedViewRow.owner == owner, SavedViewRow.shared))
        rows = session.scalars(found.order_by(SavedViewRow.name, SavedViewRow.owner))
        return tuple(SavedView(row.owner, row.name, row.state, row.shared) for row in rows)


def save_view(register: Register, view: SavedView) -> None:
    """Keeps ``view``, in place of the owner's view of the same name. Raises InvalidValue."""
    name = view.name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise InvalidValue.of("view_name", longest=LONGEST_NAME)
    if len(view.state) > LONGEST_STATE:
        raise InvalidValue.of("view_long")
    with register.database.writing() as session:
        session.merge(SavedViewRow(owner=view.owner, name=name, state=view.state, shared=view.shared))


def forget_view(register: Register, owner: str, name: str) -> None:
    """Deletes a view of ``owner``. Raises NotFound."""
    with register.database.writing() as session:
        row = session.get(SavedViewRow, (owner, name))
        if row is None:
            raise NotFound.of("no_view", name=name)
        session.delete(row)
