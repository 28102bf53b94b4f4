"""The own columns of a register: added, answered, decided by a person, listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from portfolio.columns.models import OwnColumnRow, OwnHistoryRow, OwnValueRow
from portfolio.columns.records import (
    LONGEST_WORDS,
    MOST_CHOICES,
    Action,
    Answer,
    Column,
    ColumnHistory,
    InForce,
    Kind,
    OwnValue,
)
from portfolio.errors import InvalidValue, NotFound
from portfolio.evidence import Evidence
from portfolio.facts import PERSON, Review
from portfolio.folding import fold
from portfolio.register import finding
from portfolio.register.models import ContractRow
from portfolio.register.records import Filters
from portfolio.register.store import EVERYTHING, Register

MOST_COLUMNS = 100
_EVIDENCE: TypeAdapter[tuple[Evidence, ...]] = TypeAdapter(tuple[Evidence, ...])


class Columns:
    """The columns that users added to ``register``, and what its contracts say to them.

    Every writing method is one transaction. KEY in a parameter means a column's key, or its words.
    """

    def __init__(self, register: Register) -> None:
        self._db = register.database

    # --- columns

    def add(self, words: str, kind: Kind, who: str, choices: Iterable[str] = ()) -> Column:
        """A new column, named by ``words``; raises InvalidValue where it is there already or cannot be."""
        said = " ".join(words.split())
        options = tuple(dict.fromkeys(" ".join(choice.split()) for choice in choices))
        _check(said, kind, options)
        with self._db.writing() as session:
            there = _columns(session)
            if any(fold(column.words) == fold(said) for column in there):
                raise InvalidValue(f"There is a column « {said} » already.")
            if len(there) >= MOST_COLUMNS:
                raise InvalidValue(f"There are {MOST_COLUMNS} columns, which is all there can be; remove one first.")
            row = OwnColumnRow(
                key=_key(said, {column.key for column in there}), words=said, kind=kind, choices=list(options), who=who,
                at=datetime.now(UTC),
            )  # fmt: skip
            session.add(row)
            return _column(row)

    def all(self) -> tuple[Column, ...]:
        """Every column, in the order in which they were added."""
        with self._db.reading() as session:
            return tuple(_columns(session))

    def get(self, key: str) -> Column:
        """The column with this key or these words; raises NotFound with those there are."""
        return _named(self.all(), key)

    def remove(self, key: str) -> int:
        """Removes a column with all that was read and decided; gives how many contracts said something to it."""
        column = self.get(key)
        with self._db.writing() as session:
            said = sa.select(sa.func.count()).where(
                OwnValueRow.column_key == column.key, sa.cast(OwnValueRow.value, sa.Text).is_not(None)
            )
            count = session.scalar(said) or 0
            for table in (OwnHistoryRow, OwnValueRow):
                session.execute(sa.delete(table).where(table.column_key == column.key))
            session.execute(sa.delete(OwnColumnRow).where(OwnColumnRow.key == column.key))
            return count

    # --- what was read

    def put(self, contract: str, column: Column, answer: Answer, stamp: str) -> OwnValue:
        """Notes what was read of a contract; where a person decided, that stays, and only the stamp is renewed."""
        value = None if answer.value is None else column.validate(answer.value)
        shown = column.to_json(value)
        with self._db.writing() as session:
            row = session.get(OwnValueRow, (contract, column.key))
            if row is not None and row.review != "to_review":
                if shown != row.value and row.stamp != stamp:
                    _note(session, row, answer.reader, "kept", shown, row.value)
                row.stamp = stamp
                return _own(column, row)
            before = row.value if row is not None else None
            first = row is None
            if row is None:
                row = OwnValueRow(contract_id=contract, column_key=column.key, review="to_review")
                session.add(row)
            row.value, row.evidence = shown, _EVIDENCE.dump_python(answer.evidence, mode="json")
            row.confidence, row.reader, row.rule = answer.confidence, answer.reader, answer.rule
            row.stamp, row.at = stamp, datetime.now(UTC)
            if before != shown:
                _note(session, row, answer.reader, "read" if first else "reread", before, shown)
            return _own(column, row)

    def stamps(self, contracts: Iterable[str] | None = None) -> Mapping[tuple[str, str], str | None]:
        """The stamp of every reading there is, by (contract id, column key); of some contracts only where told."""
        with self._db.reading() as session:
            query = sa.select(OwnValueRow.contract_id, OwnValueRow.column_key, OwnValueRow.stamp)
            if contracts is not None:
                query = query.where(OwnValueRow.contract_id.in_(list(contracts)))
            return {(contract, column): stamp for contract, column, stamp in session.execute(query)}

    # --- listing

    def of(self, ref: str) -> tuple[tuple[Column, OwnValue | None], ...]:
        """Every column with what one contract says to it itself; None where it was not read yet."""
        with self._db.reading() as session:
            contract = finding.contract_id(session, ref)
            rows = {
                row.column_key: row
                for row in session.scalars(sa.select(OwnValueRow).where(OwnValueRow.contract_id == contract))
            }
            return tuple(
                (column, _own(column, rows[column.key]) if column.key in rows else None) for column in _columns(session)
            )

    def values(self, key: str | None = None, filters: Filters = EVERYTHING) -> tuple[OwnValue, ...]:
        """What the contracts that ``filters`` let through say to one column, or to all; by file stem, then column."""
        with self._db.reading() as session:
            columns = {column.key: column for column in _columns(session)}
            query = _of_contracts(filters)
            if key is not None:
                query = query.where(OwnValueRow.column_key == _named(columns.values(), key).key)
            return tuple(_own(columns[row.column_key], row) for row in session.scalars(query))

    def in_force(self, as_of: date | None = None, filters: Filters = EVERYTHING) -> Mapping[str, Mapping[str, InForce]]:
        """By contract id and column key: what holds on a day (today unless told), amendments counted in.

        An amendment that says a value sets it from its start (else its signature) on; one that says nothing to a column
        leaves it. An amendment's own id is there too, with what it says itself.
        """
        day = as_of or date.today()
        with self._db.reading() as session:
            columns = {column.key: column for column in _columns(session)}
            chosen = finding.selection(filters).order_by(None).with_only_columns(ContractRow.id)
            query = (
                sa.select(OwnValueRow, ContractRow.base_id, ContractRow.start_date, ContractRow.signature_date)
                .join(ContractRow, ContractRow.id == OwnValueRow.contract_id)
                .where(sa.or_(ContractRow.id.in_(chosen), ContractRow.base_id.in_(chosen)))
            )
            found: dict[str, dict[str, InForce]] = defaultdict(dict)
            later: list[tuple[date, str, OwnValue]] = []
            for row, base, start, signature in session.execute(query):
                own = _own(columns[row.column_key], row)
                found[own.contract][own.column] = InForce(own, own.contract)
                since = start or signature or date.min
                if base is not None and own.value is not None and since <= day:
                    later.append((since, base, own))
            for _, base, own in sorted(later, key=lambda entry: (entry[0], entry[2].contract)):
                found[base][own.column] = InForce(own, own.contract)
            return found

    def history(self, ref: str, key: str) -> tuple[ColumnHistory, ...]:
        """What happened to a contract's answer to a column, oldest first."""
        with self._db.reading() as session:
            contract, column = finding.contract_id(session, ref), _named(_columns(session), key)
            query = sa.select(OwnHistoryRow).where(
                OwnHistoryRow.contract_id == contract, OwnHistoryRow.column_key == column.key
            )
            return tuple(
                ColumnHistory(
                    row.contract_id, row.column_key, row.at, row.who,
                    row.action,  # type: ignore[arg-type]
                    row.before, row.after, row.reason,
                )
                for row in session.scalars(query.order_by(OwnHistoryRow.id))
            )  # fmt: skip

    # --- what a person decides

    def confirm(self, ref: str, key: str, who: str) -> None:
        """What was read is right; also that the contract does not say it."""
        self._decide(ref, key, who, "confirmed", "confirmed", None)

    def correct(self, ref: str, key: str, value: object, who: str, reason: str | None = None) -> None:
        """``value`` is right, whatever was read. Raises InvalidValue where it is not of the column's kind."""
        self._decide(ref, key, who, "corrected", "corrected", reason, value)

    def reject(self, ref: str, key: str, who: str, reason: str | None = None) -> None:
        """The value is wrong and there is no other."""
        self._decide(ref, key, who, "rejected", "rejected", reason)

    def _decide(
        self, ref: str, key: str, who: str, review: Review, action: Action, reason: str | None, value: object = None
    ) -> None:
        with self._db.writing() as session:
            contract, column = finding.contract_id(session, ref), _named(_columns(session), key)
            row = session.get(OwnValueRow, (contract, column.key))
            before = row.value if row is not None else None
            after = column.to_json(column.validate(value)) if review == "corrected" else before
            if row is None and review != "corrected":
                raise NotFound(
                    f"« {column.words} » was not read yet for {ref}; fill the column first, or write a value."
                )
            if row is None:
                row = OwnValueRow(
                    contract_id=contract, column_key=column.key, evidence=[], confidence=1.0, reader=PERSON,
                )  # fmt: skip
                session.add(row)
            if review == "corrected" and after != before:
                row.evidence, row.reader, row.rule, row.confidence = [], PERSON, None, 1.0
            row.review, row.value = review, None if review == "rejected" else after
            row.at = datetime.now(UTC)
            session.flush()
            _note(session, row, who, action, before, row.value, reason)


def _check(words: str, kind: Kind, choices: tuple[str, ...]) -> None:
    if not fold(words) or len(words) > LONGEST_WORDS:
        raise InvalidValue(f"A column needs words of at least one letter and at most {LONGEST_WORDS} characters.")
    if kind != "choice":
        if choices:
            raise InvalidValue("Only a column of the kind choice has choices.")
        return
    if not 2 <= len(choices) <= MOST_CHOICES or any(not fold(c) or len(c) > LONGEST_WORDS for c in choices):
        raise InvalidValue(f"A choice is among 2 to {MOST_CHOICES} options in words; give each of them.")
    if len({fold(choice) for choice in choices}) < len(choices):
        raise InvalidValue("Two of the options are the same words; give each only once.")


def _key(words: str, taken: set[str]) -> str:
    plain = fold(words).replace(" ", "-")[:60].strip("-")
    number = 1
    while (key := plain if number == 1 else f"{plain}-{number}") in taken:
        number += 1
    return key


def _named(columns: Iterable[Column], key: str) -> Column:
    known = list(columns)
    for column in known:
        if key == column.key or fold(key) == fold(column.words):
            return column
    there = ", ".join(column.key for column in known) or "none yet"
    raise NotFound(f"There is no column « {key} »; the columns are: {there}.")


def _columns(session: Session) -> list[Column]:
    return [
        _column(row) for row in session.scalars(sa.select(OwnColumnRow).order_by(OwnColumnRow.at, OwnColumnRow.key))
    ]


def _column(row: OwnColumnRow) -> Column:
    return Column(
        row.key,
        row.words,
        row.kind,  # type: ignore[arg-type]
        tuple(row.choices),
        row.who,
        row.at,
    )


def _own(column: Column, row: OwnValueRow) -> OwnValue:
    value = None if row.value is None else column.validate(row.value)
    evidence = _EVIDENCE.validate_python(row.evidence)
    return OwnValue(
        contract=row.contract_id,
        column=row.column_key,
        answer=Answer(value, evidence, row.confidence, row.reader, row.rule),
        review=row.review,  # type: ignore[arg-type]
        stamp=row.stamp,
        at=row.at,
    )


def _of_contracts(filters: Filters) -> sa.Select[Any]:
    chosen = finding.selection(filters).order_by(None).with_only_columns(ContractRow.id)
    return (
        sa.select(OwnValueRow)
        .join(ContractRow, ContractRow.id == OwnValueRow.contract_id)
        .join(OwnColumnRow, OwnColumnRow.key == OwnValueRow.column_key)
        .where(OwnValueRow.contract_id.in_(chosen))
        .order_by(ContractRow.stem, ContractRow.id, OwnColumnRow.at, OwnColumnRow.key)
    )


def _note(
    session: Session,
    row: OwnValueRow,
    who: str,
    action: Action,
    before: Any,
    after: Any,
    reason: str | None = None,
) -> None:
    session.add(
        OwnHistoryRow(
            contract_id=row.contract_id, column_key=row.column_key, at=datetime.now(UTC), who=who, action=action,
            before=before, after=after, reason=reason,
        )
    )  # fmt: skip
