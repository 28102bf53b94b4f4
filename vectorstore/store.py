"""The passages themselves, in SQL: SQLite (a file of its own, WAL) or PostgreSQL (tables of their own, by URL)."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError, ProgrammingError

from vectorstore.keywords import keyword_index, terms, words
from vectorstore.records import About, Filters, Passage, PassagesError, Source
from vectorstore.tables import contracts, labels, metadata, passages, removed, settings

_REVISION = "revision"


class Store:
    """Reads and writes passages; every write is one transaction."""

    def __init__(self, home: Path, url: str | None = None) -> None:
        self.engine = _engine(home, url)
        self.keywords = keyword_index(self.engine.dialect.name)
        try:
            with self.writing() as connection:
                metadata.create_all(connection)
                self.keywords.create(connection)
        except (OperationalError, ProgrammingError) as error:
            where = self.engine.url.render_as_string(hide_password=True)
            raise PassagesError(
                f"The passages cannot be opened in {where}: {error.orig}. Check that it can be written."
            ) from error

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A write transaction; on SQLite it takes the write lock at once, so that it never fails half-way."""
        with self.engine.execution_options(write=True).begin() as connection:
            yield connection

    def replace(self, about: About, new: Sequence[Passage]) -> None:
        """Puts a contract's passages and facts in the place of what was there. It can be found as soon as this returns.

        Passages that did not change stay in the vector index; those that are gone are noted for removal from it.
        """
        by_id = {passage.id: passage for passage in new}
        with self.writing() as connection:
            old = {
                row.id: row
                for row in connection.execute(
                    sa.select(passages.c.id, passages.c.text_hash, passages.c.build).where(
                        passages.c.contract == about.contract
                    )
                )
            }
            self._delete(connection, about.contract)
            rows = [
                _row(passage, old[id].build if id in old and old[id].text_hash == passage.text_hash else None)
                for id, passage in by_id.items()
            ]
            if rows:
                connection.execute(sa.insert(passages), rows)
                self.keywords.add(connection, about.contract)
            self._describe(connection, about)
            _forget_later(connection, [id for id in old if id not in by_id])
            for batch in batches(list(by_id)):
                connection.execute(sa.delete(removed).where(removed.c.id.in_(batch)))
            _revised(connection)

    def describe(self, about: About) -> None:
        """Writes a contract's facts anew; its passages stay."""
        with self.writing() as connection:
            self._describe(connection, about)

    def remove(self, contract: str) -> None:
        with self.writing() as connection:
            gone = list(connection.scalars(sa.select(passages.c.id).where(passages.c.contract == contract)))
            self._delete(connection, contract)
            for table in (contracts, labels):
                connection.execute(sa.delete(table).where(table.c.contract == contract))
            _forget_later(connection, gone)
            _revised(connection)

    def _delete(self, connection: sa.Connection, contract: str) -> None:
        self.keywords.remove(connection, contract)
        connection.execute(sa.delete(passages).where(passages.c.contract == contract))

    def _describe(self, connection: sa.Connection, about: About) -> None:
        for table in (contracts, labels):
            connection.execute(sa.delete(table).where(table.c.contract == about.contract))
        connection.execute(
            sa.insert(contracts).values(
                contract=about.contract, contract_type=about.contract_type, language=about.language
            )
        )
        named = [("site", name) for name in about.sites] + [("counterparty", name) for name in about.counterparties]
        if named:
            connection.execute(
                sa.insert(labels),
                [{"contract": about.contract, "kind": kind, "folded": _label(name)} for kind, name in named],
            )

    def by_keyword(self, question: str, filters: Filters, k: int) -> list[str]:
        """Ids of the ``k`` passages that match a question's words best, best first."""
        with self.engine.connect() as connection:
            return self.keywords.search(connection, terms(question), self._where(filters), k)

    def among(self, filters: Filters) -> list[str]:
        """The contracts that filters leave."""
        query = sa.select(passages.c.contract).where(*self._where(filters)).distinct()
        with self.engine.connect() as connection:
            return list(connection.scalars(query))

    def get(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages that are still there, by id."""
        found: dict[str, Passage] = {}
        with self.engine.connect() as connection:
            for batch in batches(ids):
                rows = connection.execute(sa.select(passages).where(passages.c.id.in_(batch)))
                found.update((row.id, _passage(row)) for row in rows)
        return found

    def of(self, contract: str) -> list[Passage]:
        """All passages of a contract, document by document, in reading order."""
        query = sa.select(passages).where(passages.c.contract == contract).order_by(passages.c.number)
        with self.engine.connect() as connection:
            return [_passage(row) for row in connection.execute(query)]

    def revision(self) -> str | None:
        """Another one whenever texts changed."""
        return self.setting(_REVISION)

    def around(self, passage: Passage, n: int) -> list[Passage]:
        """The passage with up to ``n`` before and after it in its document, in reading order."""
        query = (
            sa.select(passages)
            .where(
                passages.c.contract == passage.contract,
                passages.c.document == passage.source.sha256,
                passages.c.position.between(passage.position - n, passage.position + n),
            )
            .order_by(passages.c.position)
        )
        with self.engine.connect() as connection:
            return [_passage(row) for row in connection.execute(query)]

    def contracts(self) -> frozenset[str]:
        """Ids of all contracts written here."""
        with self.engine.connect() as connection:
            return frozenset(connection.scalars(sa.select(contracts.c.contract)))

    def count(self) -> tuple[int, int]:
        """How many contracts, how many passages."""
        with self.engine.connect() as connection:
            return (
                connection.scalar(sa.select(sa.func.count()).select_from(contracts)) or 0,
                connection.scalar(sa.select(sa.func.count()).select_from(passages)) or 0,
            )

    def any_of_build(self, build: str) -> bool:
        """Whether a build of the vector index holds any passage."""
        query = sa.select(passages.c.number).where(passages.c.build == build).limit(1)
        with self.engine.connect() as connection:
            return connection.scalar(query) is not None

    def settings(self) -> dict[str, str]:
        """`model` and `build` of the vector index, and its `generation`, which changes with every write to it."""
        with self.engine.connect() as connection:
            return {row.key: row.value for row in connection.execute(sa.select(settings))}

    def setting(self, key: str) -> str | None:
        return self.settings().get(key)

    def set(self, **values: str) -> None:
        with self.writing() as connection:
            connection.execute(sa.delete(settings).where(settings.c.key.in_(list(values))))
            connection.execute(sa.insert(settings), [{"key": key, "value": value} for key, value in values.items()])

    def _where(self, filters: Filters) -> list[sa.ColumnElement[bool]]:
        conditions: list[sa.ColumnElement[bool]] = []
        if filters.contracts is not None:
            conditions.append(passages.c.contract.in_(self._listed(filters.contracts)))
        if filters.contract_type is not None:
            typed = sa.select(contracts.c.contract).where(contracts.c.contract_type == filters.contract_type)
            conditions.append(passages.c.contract.in_(typed))
        for kind, name in (("site", filters.site), ("counterparty", filters.counterparty)):
            if name is not None:
                named = sa.select(labels.c.contract).where(
                    labels.c.kind == kind, labels.c.folded.contains(_label(name), autoescape=True)
                )
                conditions.append(passages.c.contract.in_(named))
        return conditions

    def _listed(self, values: Sequence[str]) -> sa.Select[Any]:
        """The values as one parameter: a portfolio has more contracts than a statement may have parameters."""
        if self.engine.dialect.name == "postgresql":
            listed = sa.func.json_array_elements_text(sa.cast(list(values), sa.JSON))
        else:
            listed = sa.func.json_each(json.dumps(list(values)))
        return sa.select(listed.table_valued("value").c.value)


def _engine(home: Path, url: str | None) -> sa.Engine:
    if url is not None and sa.make_url(url).get_backend_name() == "postgresql":
        return sa.create_engine(url, pool_pre_ping=True)
    home.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(f"sqlite:///{home / 'passages.db'}")
    sa.event.listen(engine, "connect", _on_connect)
    sa.event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("busy_timeout = 30000", "journal_mode = WAL", "synchronous = NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("write") else "BEGIN")


def batches(ids: Sequence[str], size: int = 1000) -> Iterator[Sequence[str]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


def _forget_later(connection: sa.Connection, ids: Sequence[str]) -> None:
    for batch in batches(ids):
        connection.execute(sa.delete(removed).where(removed.c.id.in_(batch)))
        connection.execute(sa.insert(removed), [{"id": id} for id in batch])


def _revised(connection: sa.Connection) -> None:
    connection.execute(sa.delete(settings).where(settings.c.key == _REVISION))
    connection.execute(sa.insert(settings), [{"key": _REVISION, "value": uuid.uuid4().hex}])


def _label(name: str) -> str:
    return " ".join(words(name))


def _row(passage: Passage, build: str | None) -> dict[str, object]:
    return {
        "id": passage.id,
        "contract": passage.contract,
        "document": passage.source.sha256,
        "document_name": passage.source.name,
        "document_kind": passage.source.kind,
        "position": passage.position,
        "page": passage.page,
        "last_page": passage.last_page,
        "start": passage.start,
        "end": passage.end,
        "path": list(passage.path),
        "headline": passage.headline,
        "text": passage.text,
        "embed_text": passage.embed_text,
        "text_hash": passage.text_hash,
        "build": build,
    }


def _passage(row: Any) -> Passage:
    return Passage(
        id=row.id,
        contract=row.contract,
        source=Source(row.document, row.document_name, row.document_kind),
        position=row.position,
        page=row.page,
        last_page=row.last_page,
        start=row.start,
        end=row.end,
        path=tuple(row.path),
        headline=row.headline,
        text=row.text,
        embed_text=row.embed_text,
        text_hash=row.text_hash,
    )
