"""The register's database: engine, transactions, schema kept up to date."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portfolio.errors import ContrathequeError
from portfolio.register.migrations import HEAD

WAIT_SECONDS = 60
"""How long a writer waits for another one."""
_WRITERS = 0x636F6E74
"""The PostgreSQL advisory lock that writers take: one at a time, as SQLite has it."""


class Database:
    """An engine with the two kinds of session: `reading` and `writing` (one writer at a time, all or nothing).

    SQLite runs in WAL mode: readers never wait for a writer. `synchronous` is FULL: in WAL mode NORMAL survives a crash
    of the process but may lose the last minutes at a power cut, and among them what a person decided. Writers begin
    with BEGIN IMMEDIATE, since a reader that turns writer would fail at once when another one writes.
    """

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._writer = self.engine.execution_options(writes=True)
        self._migrate()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent view of the register."""
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back on any error."""
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            if self.engine.dialect.name == "postgresql":
                session.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITERS)))
            yield session

    def close(self) -> None:
        self.engine.dispose()

    def _migrate(self) -> None:
        if self._version() == HEAD:
            return
        with self._writer.begin() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITERS)))
            upgrade(connection)

    def _version(self) -> str | None:
        try:
            with self.engine.connect() as connection:
                return connection.execute(sa.text("select version_num from alembic_version")).scalar()
        except (OperationalError, sa.exc.ProgrammingError) as error:
            if "alembic_version" in str(error.orig):
                return None
            raise _unreachable(self.engine.url, error) from error
        except sa.exc.DatabaseError as error:
            raise _unreachable(self.engine.url, error) from error


def upgrade(connection: sa.Connection, revision: str = "head") -> None:
    """Brings the schema to ``revision`` inside the connection's transaction; does nothing where it is there already."""
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError as error:
        raise ContrathequeError(
            f"The register was made by a newer version of Contrathèque ({error}); update the program."
        ) from error


def _engine(url: str) -> sa.Engine:
    try:
        parsed = sa.make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise ContrathequeError(f"{parsed.drivername} is not supported; use sqlite:///… or postgresql://….")
        sqlite = parsed.get_backend_name() == "sqlite"
        engine = sa.create_engine(
            parsed,
            json_serializer=_dump,
            pool_pre_ping=not sqlite,
            connect_args={"timeout": WAIT_SECONDS, "check_same_thread": False} if sqlite else {},
        )
    except sa.exc.ArgumentError as error:
        raise ContrathequeError(
            f"The database address cannot be read: {error}. Write sqlite:///… or postgresql://…."
        ) from error
    except ModuleNotFoundError as error:
        raise ContrathequeError("PostgreSQL needs the package psycopg; install contratheque[postgresql].") from error
    if sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _dump(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _prepare_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={WAIT_SECONDS * 1000}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA cache_size=-32000")
    if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        _patiently(lambda: cursor.execute("PRAGMA journal_mode=WAL"))
    cursor.close()


def _patiently(action: Callable[[], object]) -> None:
    """Retries while another process holds the file: changing the journal's mode does not heed the busy timeout."""
    import sqlite3

    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            action()
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _unreachable(url: sa.URL, error: Exception) -> ContrathequeError:
    shown = url.render_as_string(hide_password=True)
    return ContrathequeError(f"The register {shown} cannot be opened: {getattr(error, 'orig', error)}.")
