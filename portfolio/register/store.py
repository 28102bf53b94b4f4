"""The register: the one object through which contracts are written and read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.amendments import TermsInForce
from portfolio.facts import PERSON
from portfolio.register import (
    directory,
    finding,
    history,
    ledger,
    perspective,
    reading,
    review,
    writing,
)
from portfolio.register.database import Database
from portfolio.register.files import FileStore
from portfolio.register.models import ContractRow, DocumentRow
from portfolio.register.records import (
    Company,
    Contract,
    ContractDraft,
    ContractSummary,
    Counterparty,
    DocumentInfo,
    Filters,
    HistoryEntry,
    LedgerLine,
    Outcome,
    SaveResult,
    SiteView,
)

EVERYTHING = Filters()


class Register:
    """Contracts, documents, counterparties, sites and their history, in SQLite or PostgreSQL; files beside.

    Every writing method is one transaction: all of it is there afterwards, or nothing. Several processes may use the
    same register. REF in a parameter means an id or its beginning, a reference, or a file's stem.
    """

    def __init__(self, database: Database, files: FileStore) -> None:
        self._db = database
        self.files = files

    @classmethod
    def open(cls, home: Path, url: str | None = None) -> Self:
        """Opens the register in the folder ``home`` (made where it is missing), or in the database at ``url``
        (`postgresql://…`), with the files in ``home``. Brings the tables up to date. Raises ContrathequeError."""
        home = home.expanduser()
        home.mkdir(parents=True, exist_ok=True)
        return cls(Database(url or f"sqlite:///{home / 'register.db'}"), FileStore(home / "files"))

    @property
    def database(self) -> Database:
        """Where the other rooms of the portfolio (calendar, revision, alerts) keep their tables."""
        return self._db

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- files given

    def document(self, sha: str) -> DocumentInfo | None:
        """What is known of the file with this content hash, or None where it is not registered."""
        with self._db.reading() as session:
            return directory.document(session, sha)

    def document_hashes(self) -> frozenset[str]:
        """Content hashes of all registered documents."""
        with self._db.reading() as session:
            return frozenset(session.scalars(sa.select(DocumentRow.sha)))

    def seen(self, sha: str, path: str) -> tuple[str, ...]:
        """Notes that a registered file was given again, under ``path``: a duplicate, unless it is the same path.

        Gives the ids of its contracts; empty where the content is not registered.
        """
        with self._db.reading() as session:
            if session.get(DocumentRow, sha) is None:
                return ()
        with self._db.writing() as session:
            return directory.seen(session, sha, path)

    def refuse(self, path: str, sha: str | None, reason: str, message: str) -> None:
        """Accounts for a file that could not be read: ``reason`` is a short code, ``message`` tells the user."""
        with self._db.writing() as session:
            ledger.put(session, path, sha, "refused", reason=reason, message=message)

    def ignore(self, path: str, reason: str, message: str, sha: str | None = None) -> None:
        """Accounts for a file that is no contract."""
        with self._db.writing() as session:
            ledger.put(session, path, sha, "ignored", reason=reason, message=message)

    def owe(self, contract: str, reason: str, message: str) -> None:
        """Notes on the ledger lines of a registered contract that one of its readings is owed, and why."""
        with self._db.writing() as session:
            ledger.owe(session, contract, reason, message)

    def ledger(self, outcome: Outcome | None = None) -> tuple[LedgerLine, ...]:
        """What became of every file that was given (of those with one outcome), by path."""
        with self._db.reading() as session:
            return ledger.lines(session, outcome)

    # --- writing contracts

    def save(self, draft: ContractDraft, reader: str) -> SaveResult:
        """Writes a contract as it was read, with its parties, sites, links, history and ledger lines.

        A contract that is there already is read again: what a person decided stays.
        """
        with self._db.writing() as session:
            return writing.write(session, draft, reader, reader)

    def import_contract(self, draft: ContractDraft, who: str) -> SaveResult:
        """Writes a contract that a person hands over whole: its facts are confirmed ones and replace all others."""
        with self._db.writing() as session:
            return writing.write(session, draft, PERSON, who)

    # --- reading

    def count(self, filters: Filters = EVERYTHING) -> int:
        with self._db.reading() as session:
            query = finding.selection(filters).order_by(None).subquery()
            return session.scalar(sa.select(sa.func.count()).select_from(query)) or 0

    def contracts(
        self,
        filters: Filters = EVERYTHING,
        as_of: date | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[ContractSummary]:
        """The portfolio's lines, by file stem; dates and amounts as in force on ``as_of`` (today unless told).

        ``limit`` and ``offset`` give a page of them; `count` tells how many there are.
        """
        with self._db.reading() as session:
            query = finding.selection(filters).limit(limit).offset(offset)
            return list(reading.summaries(session, query, as_of or date.today()))

    def ids(self, filters: Filters = EVERYTHING) -> frozenset[str]:
        """Ids of the contracts that the filters let through."""
        with self._db.reading() as session:
            return frozenset(
                session.scalars(finding.selection(filters).order_by(None).with_only_columns(ContractRow.id))
            )

    def contract(self, ref: str) -> Contract:
        """One contract with all its facts. Raises NotFound, naming those that come near."""
        with self._db.reading() as session:
            return next(reading.contracts(session, [finding.contract_id(session, ref)]))

    def all_contracts(self, filters: Filters = EVERYTHING) -> Iterator[Contract]:
        """Whole contracts, by file stem, a few hundred in memory at a time."""
        with self._db.reading() as session:
            ids = [row.id for row in session.scalars(finding.selection(filters))]
            session.expunge_all()
            yield from reading.contracts(session, ids)

    def terms(self, ref: str, as_of: date | None = None) -> TermsInForce:
        """The terms in force on a day (today unless told) of a contract; of an amendment: those of its base."""
        with self._db.reading() as session:
            row = session.get_one(ContractRow, finding.contract_id(session, ref))
            return reading.terms(session, row.base_id or row.id, as_of or date.today())

    def history(self, ref: str, field: str | None = None) -> tuple[HistoryEntry, ...]:
        """What happened to a contract (to one field), oldest first."""
        with self._db.reading() as session:
            return history.of(session, finding.contract_id(session, ref), field)

    # --- what a person decides

    def confirm(self, ref: str, field: str, who: str, position: int = 0) -> None:
        """The value as it was read is right. ``position``: which value of a list field, from 0, as shown."""
        with self._acting(ref) as (session, row):
            review.confirm(session, row, field, position, who)

    def confirm_all(self, ref: str, who: str) -> int:
        """All values that wait for review are right; gives how many there were."""
        with self._acting(ref) as (session, row):
            return review.confirm_all(session, row, who)

    def correct(self, ref: str, field: str, value: Any, who: str, position: int = 0, reason: str | None = None) -> None:
        """``value`` is right instead of what was read; of a field that holds one it may also be a first value."""
        with self._acting(ref) as (session, row):
            review.correct(session, row, field, position, value, who, reason)

    def reject(self, ref: str, field: str, who: str, position: int = 0, reason: str | None = None) -> None:
        """The value is wrong and there is no other."""
        with self._acting(ref) as (session, row):
            review.reject(session, row, field, position, who, reason)

    def add(self, ref: str, field: str, value: Any, who: str, reason: str | None = None) -> None:
        """One more value of a list field."""
        with self._acting(ref) as (session, row):
            review.add(session, row, field, value, who, reason)

    def undo(self, entry: int, who: str) -> None:
        """Takes a person's action back, by its line of history. Raises InvalidValue where the values moved on since."""
        with self._db.writing() as session:
            review.undo(session, entry, who)

    def link(self, amendment: str, base: str, who: str) -> None:
        """``amendment`` changes ``base``, by a person's word: no later reading unlinks them."""
        with self._acting(amendment) as (session, row):
            review.link(session, row, finding.contract_id(session, base), who)

    def unlink(self, amendment: str, who: str) -> None:
        """``amendment`` changes no contract of the register, by a person's word."""
        with self._acting(amendment) as (session, row):
            review.link(session, row, None, who)

    def link_again(self, amendment: str, who: str) -> None:
        """Takes a person's word about an amendment back: it is linked by what it says again."""
        with self._acting(amendment) as (session, row):
            review.release(session, row, who)

    def label(self, ref: str, value: str, dimension: str = "") -> None:
        """Gives a contract a tag, or a category under any dimension (`site manager`: `Durand`)."""
        with self._acting(ref) as (session, row):
            directory.label(session, row, dimension, value)

    def unlabel(self, ref: str, value: str, dimension: str = "") -> None:
        with self._acting(ref) as (session, row):
            directory.unlabel(session, row, dimension, value)

    def labels(self) -> tuple[tuple[str, str, int], ...]:
        """All tags and categories in use: dimension (empty for tags), value, number of contracts."""
        with self._db.reading() as session:
            return directory.labels(session)

    # --- who and where

    def set_companies(self, companies: Sequence[Company]) -> None:
        """Says who we are; an empty list lets the register guess."""
        with self._db.writing() as session:
            perspective.set_companies(session, companies)

    def companies(self) -> tuple[Company, ...]:
        """Who we are, as said; empty where nobody said so."""
        with self._db.reading() as session:
            return perspective.companies(session)

    def counterparties(self) -> tuple[Counterparty, ...]:
        """All companies and persons that contracts are made with, ours marked, by name."""
        with self._db.reading() as session:
            return directory.counterparties(session)

    def counterparty(self, ref: str) -> Counterparty:
        """One of them, by id, SIREN or any of its names. Raises NotFound."""
        with self._db.reading() as session:
            return directory.counterparty(session, ref)

    def merge_counterparties(self, one: str, other: str, who: str) -> Counterparty:
        """Two counterparties are one company, by a person's word."""
        with self._db.writing() as session:
            return directory.merge(session, one, other, who)

    def split_counterparty(self, ref: str, name: str, who: str) -> tuple[Counterparty, Counterparty]:
        """``name`` is another company than the counterparty it was taken for, by a person's word."""
        with self._db.writing() as session:
            return directory.split(session, ref, name, who)

    def sites(self) -> tuple[SiteView, ...]:
        """All places where contracts are performed, by département, city and name."""
        with self._db.reading() as session:
            return directory.sites(session)

    @contextmanager
    def _acting(self, ref: str) -> Iterator[tuple[Session, ContractRow]]:
        with self._db.writing() as session:
            yield session, session.get_one(ContractRow, finding.contract_id(session, ref))
