"""Private addresses of calendars: who has one reads one person's calendar, or everybody's, with a filter; no more.

The secret is in the address, since calendar programs know no other way; the register keeps its hash alone, so that
nobody reads addresses out of it. Whoever serves them asks `Feeds.calendar`.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import get_args

import sqlalchemy as sa

from portfolio.delivery.addresses import one_line
from portfolio.delivery.feed import feed
from portfolio.delivery.models import CalendarFeedRow
from portfolio.delivery.people import People
from portfolio.errors import InvalidValue, NotFound
from portfolio.events import EventKind
from portfolio.obligations.log import person as named
from portfolio.register.records import Filters
from portfolio.register.store import EVERYTHING, Register
from portfolio.schema import ContractType
from portfolio.words.texts import LANGUAGES, Texts
from portfolio.words.values import Wording

PATH = "/calendar/{token}.ics"
"""Where an address leads, below that of the application."""


@dataclass(frozen=True)
class Feed:
    """``person`` None: everybody's. ``kinds``, ``contract_types`` empty: all; ``tag`` None: any. ``used_at``: when it
    was last read."""

    id: int
    name: str
    person: str | None
    kinds: tuple[EventKind, ...]
    contract_types: tuple[ContractType, ...]
    tag: str | None
    language: str
    created_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


class Feeds:
    """The calendars' addresses of a register."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._db = register.database

    def all(self) -> tuple[Feed, ...]:
        """All that were made, also those taken back, in that order."""
        with self._db.reading() as session:
            return tuple(map(_feed, session.scalars(sa.select(CalendarFeedRow).order_by(CalendarFeedRow.id))))

    def add(
        self,
        name: str,
        who: str,
        person: str | None = None,
        kinds: Sequence[EventKind] = (),
        contract_types: Sequence[ContractType] = (),
        tag: str | None = None,
        language: str = "fr",
    ) -> tuple[Feed, str]:
        """Makes an address; gives it with its path, which is never shown again. Raises InvalidValue, and NotFound for a
        person who is not among those who are told."""
        name = one_line(name, 200)
        if not name:
            raise InvalidValue("A calendar has a name, by which it is known when it is taken back.")
        if language not in LANGUAGES or not set(kinds) <= set(get_args(EventKind)):
            raise InvalidValue(f"Languages are {', '.join(LANGUAGES)}; kinds are {', '.join(get_args(EventKind))}.")
        if not set(contract_types) <= set(get_args(ContractType)):
            raise InvalidValue(f"Types of contracts are: {', '.join(get_args(ContractType))}.")
        owner = People(self._register).get(person).name if person is not None else None
        token = secrets.token_urlsafe(32)
        with self._db.writing() as session:
            row = CalendarFeedRow(
                name=name, token=_hash(token), person=owner, kinds=list(kinds), contract_types=list(contract_types),
                tag=tag, language=language, who=named(who), created_at=datetime.now(UTC), used_at=None,
                revoked_at=None,
            )  # fmt: skip
            session.add(row)
            session.flush()
            return _feed(row), PATH.format(token=token)

    def revoke(self, id_: int) -> Feed:
        """Takes an address back: from now on it leads nowhere. Raises NotFound."""
        with self._db.writing() as session:
            row = session.get(CalendarFeedRow, id_)
            if row is None:
                raise NotFound(f"There is no calendar {id_}; see contratheque calendar.")
            row.revoked_at = row.revoked_at or datetime.now(UTC)
            return _feed(row)

    def calendar(self, token: str, day: date) -> bytes:
        """The calendar (iCalendar) that a token opens, as of a day. Raises NotFound for one that is unknown or was
        taken back, without telling which, and for a person who is told no longer."""
        with self._db.writing() as session:
            query = sa.select(CalendarFeedRow).where(CalendarFeedRow.token == _hash(token))
            row = session.scalar(query.where(CalendarFeedRow.revoked_at.is_(None)))
            if row is None:
                raise NotFound("There is no calendar at this address; ask for a new one.")
            row.used_at = datetime.now(UTC)
            found = _feed(row)
        filters = EVERYTHING
        if found.contract_types or found.tag:
            filters = Filters(contract_type=found.contract_types, tag=found.tag)
        say = Wording(Texts(found.language))
        return feed(self._register, day, say, found.person, filters=filters, kinds=found.kinds)


def _hash(token: str) -> str:
    # a token is random enough that a slow hash would add nothing
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _feed(row: CalendarFeedRow) -> Feed:
    return Feed(
        row.id, row.name, row.person, tuple(row.kinds), tuple(row.contract_types), row.tag, row.language,
        row.created_at, row.used_at, row.revoked_at,
    )  # fmt: skip
