"""Who is told by mail: persons with their address and preferences, and what each of them answers for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.accounts.models import AccountRow
from portfolio.delivery.addresses import address, one_line
from portfolio.delivery.models import ChargeRow, PersonRow
from portfolio.errors import InvalidValue, NotFound
from portfolio.events import EventKind
from portfolio.folding import fold
from portfolio.obligations.log import person as named
from portfolio.register.store import Register
from portfolio.words.texts import LANGUAGES


@dataclass(frozen=True)
class Charge:
    """Answers for the contracts of a ``scope`` with a ``value``: `contract` (its id), `tag`, `category:<dimension>`,
    `site` (the name of a site or of a city) or `type` (a contract type). ``shown``: the value as it was given."""

    scope: str
    value: str
    shown: str


@dataclass(frozen=True)
class Person:
    """``kinds``: the kinds of events wanted, all where empty. ``general``: is told what is nobody's. ``away``: others
    are told instead. ``deputy``: the name of who is told when this person does not react, or is away."""

    name: str
    email: str
    language: str = "fr"
    kinds: tuple[EventKind, ...] = ()
    general: bool = False
    away: bool = False
    deputy: str | None = None
    charges: tuple[Charge, ...] = ()


class People:
    """The persons of a register. Names are compared folded, as alerts are assigned to them."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._db = register.database

    def all(self) -> tuple[Person, ...]:
        with self._db.reading() as session:
            return _people(session, sa.select(PersonRow).order_by(PersonRow.name))

    def get(self, name: str) -> Person:
        """Raises NotFound."""
        with self._db.reading() as session:
            row = _row(session, name)
            return _people(session, sa.select(PersonRow).where(PersonRow.id == row.id))[0]

    def put(self, person: Person) -> Person:
        """Adds a person, or changes the one of that name, without their charges. Raises InvalidValue, and NotFound for
        an unknown deputy."""
        _checked(person)
        with self._db.writing() as session:
            row = _find(session, person.name) or PersonRow(key=fold(person.name))
            deputy = _row(session, person.deputy) if person.deputy else None
            if deputy is not None and deputy.key == row.key:
                raise InvalidValue(f"{one_line(person.name, 60)} cannot stand in for themselves.")
            row.name, row.email, row.language = (
                one_line(named(person.name), 200),
                address(person.email),
                person.language,
            )
            row.kinds, row.general, row.away = list(person.kinds), person.general, person.away
            row.deputy_id = deputy.id if deputy else None
            session.add(row)
        return self.get(person.name)

    def remove(self, name: str) -> None:
        """What this person was not told yet goes to others. Raises NotFound."""
        with self._db.writing() as session:
            row = _row(session, name)
            session.delete(row)

    def charge(self, name: str, scope: str, value: str) -> Person:
        """Lets a person answer for the contracts of a scope. Raises InvalidValue, and NotFound for an unknown
        contract (REF) or person."""
        key = self._value(scope, value)
        with self._db.writing() as session:
            row = _row(session, name)
            if _charge(session, row, scope, key) is None:
                shown = one_line(value, 500)
                session.add(ChargeRow(person_id=row.id, scope=scope, value=key, shown=shown))
        return self.get(name)

    def discharge(self, name: str, scope: str, value: str) -> Person:
        """The opposite of `charge`."""
        key = self._value(scope, value)
        with self._db.writing() as session:
            found = _charge(session, _row(session, name), scope, key)
            if found is None:
                raise NotFound(f"{one_line(name, 60)} does not answer for {one_line(value, 60)}.")
            session.delete(found)
        return self.get(name)

    def _value(self, scope: str, value: str) -> str:
        if scope == "contract":
            found = self._register.contract(value)
            return found.link.base or found.id
        plain = scope in ("tag", "site", "type")
        if not plain and not (scope.startswith("category:") and fold(scope.partition(":")[2]) and len(scope) <= 200):
            raise InvalidValue("A person answers for a contract, a tag, a site, a type, or a category:<dimension>.")
        key = value if scope == "type" else fold(value)
        if not key or len(key) > 500:
            raise InvalidValue(f"« {one_line(value, 40)} » is no {scope}; write it as the portfolio shows it.")
        return key


def from_account(session: Session, name: str) -> PersonRow | None:
    """A new person from the account of that name, where it is open and has an address; None otherwise.

    An alert can be assigned to anybody with an account, whether the list of people knows them or not.
    """
    account = session.scalar(sa.select(AccountRow).where(AccountRow.name == fold(name), AccountRow.active))
    if account is None or not account.email:
        return None
    try:
        email = address(account.email)
    except InvalidValue:
        return None
    row = PersonRow(
        key=fold(name),
        name=one_line(account.shown, 200),
        email=email,
        language="fr",
        kinds=[],
        general=False,
        away=False,
    )
    session.add(row)
    session.flush()
    return row


def _checked(person: Person) -> None:
    if not fold(person.name):
        raise InvalidValue(f"« {one_line(person.name, 40)} » is no name of a person.")
    if person.language not in LANGUAGES:
        raise InvalidValue(f"There is no language « {one_line(person.language, 20)} »; choose fr or en.")
    for kind in person.kinds:
        if kind not in get_args(EventKind):
            raise InvalidValue(f"There is no kind of event « {one_line(kind, 20)} »: {', '.join(get_args(EventKind))}.")


def _find(session: Session, name: str) -> PersonRow | None:
    return session.scalar(sa.select(PersonRow).where(PersonRow.key == fold(name)))


def _row(session: Session, name: str) -> PersonRow:
    row = _find(session, name)
    if row is None:
        raise NotFound(
            f"« {one_line(name, 60)} » is not among the people who are told; see contratheque remind people."
        )
    return row


def _charge(session: Session, row: PersonRow, scope: str, value: str) -> ChargeRow | None:
    return session.scalar(
        sa.select(ChargeRow).where(ChargeRow.person_id == row.id, ChargeRow.scope == scope, ChargeRow.value == value)
    )


def _people(session: Session, query: sa.Select[Any]) -> tuple[Person, ...]:
    rows: Sequence[PersonRow] = session.scalars(query).all()
    names = dict(session.execute(sa.select(PersonRow.id, PersonRow.name)).tuples().all())
    charges = session.scalars(sa.select(ChargeRow).order_by(ChargeRow.scope, ChargeRow.shown)).all()
    return tuple(
        Person(
            row.name, row.email, row.language, tuple(row.kinds), row.general, row.away,
            names.get(row.deputy_id) if row.deputy_id else None,
            tuple(Charge(c.scope, c.value, c.shown) for c in charges if c.person_id == row.id),
        )
        for row in rows
    )  # fmt: skip
