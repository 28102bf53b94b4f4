"""The answers kept, the line a request, the month's spending: `model.db` in the data folder, or tables of PostgreSQL.

It can be deleted: what is lost is the cache and the account, never a contract.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import OperationalError, ProgrammingError

from agent.model.tables import answers, batch_requests, batches, calls, metadata
from portfolio.errors import ContrathequeError

_WAIT_SECONDS = 60


@dataclass(frozen=True)
class Call:
    """A request that was sent. ``cost`` is None where the prices are not known; ``sent`` and ``received`` in tokens."""

    run: str
    at: datetime
    subject: str
    prompt: str
    host: str
    model: str
    answered_by: str | None
    masked: int
    sent: int
    received: int
    cost: float | None
    seconds: float
    outcome: str


@dataclass(frozen=True)
class Usage:
    """What some requests took together; ``cost`` counts those whose prices were known."""

    calls: int = 0
    failed: int = 0
    sent: int = 0
    received: int = 0
    cost: float = 0.0
    seconds: float = 0.0


class OverLimit(ContrathequeError):
    """The request would go over the spending limit."""


class ModelStore:
    """Every write is one transaction; several processes may use it at once."""

    def __init__(self, home: Path, url: str | None = None) -> None:
        self._engine = _engine(home, url)
        try:
            with self._writing() as connection:
                metadata.create_all(connection)
        except (OperationalError, ProgrammingError) as error:
            where = self._engine.url.render_as_string(hide_password=True)
            raise ContrathequeError(
                f"The model's answers cannot be kept in {where}: {error.orig}. Check that it can be written."
            ) from error

    def close(self) -> None:
        self._engine.dispose()

    # --- answers

    def answer(self, key: str) -> str | None:
        """The answer kept for what was asked under ``key``."""
        with self._engine.connect() as connection:
            return connection.scalar(sa.select(answers.c.content).where(answers.c.key == key))

    def keep(self, key: str, model: str, prompt: str, content: str) -> None:
        with self._writing() as connection:
            row = {"key": key, "model": model, "prompt": prompt, "content": content, "at": time.time()}
            insert = postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert
            connection.execute(insert(answers).values(row).on_conflict_do_nothing())
            connection.execute(sa.delete(batch_requests).where(batch_requests.c.key == key))

    def forget(self, subjects: Sequence[str]) -> None:
        """Deletes the answers that were asked for about some documents (SHA-256); that they were asked stays."""
        about = sa.select(calls.c.key).where(calls.c.subject.in_(subjects))
        with self._writing() as connection:
            connection.execute(sa.delete(answers).where(answers.c.key.in_(about)))

    # --- what was sent where

    def open_call(self, row: dict[str, Any], limit: float | None) -> int:
        """Notes a request before it is sent, at its estimated cost, so that parallel ones never go over ``limit``.

        Raises OverLimit where the month's spending would.
        """
        with self._writing() as connection:
            if limit is not None:
                spent = self._spent(connection)
                if spent + (row["cost"] or 0.0) > limit:
                    raise OverLimit(f"{spent:.2f} of {limit:.2f} are spent this month.")
            added = sa.insert(calls).values(at=time.time(), **row).returning(calls.c.id)
            return int(connection.scalar(added) or 0)

    def close_call(self, id_: int, **values: Any) -> None:
        """What became of a request."""
        with self._writing() as connection:
            connection.execute(sa.update(calls).where(calls.c.id == id_).values(**values))

    def spent(self) -> float:
        """What the running calendar month (UTC) has cost, requests under way at their estimate."""
        with self._engine.connect() as connection:
            return self._spent(connection)

    def _spent(self, connection: sa.Connection) -> float:
        month = datetime.now(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp()
        return float(connection.scalar(sa.select(sa.func.sum(calls.c.cost)).where(calls.c.at >= month)) or 0.0)

    def usage(self, *, run: str | None = None, subjects: Sequence[str] = ()) -> Usage:
        """What all requests took, or those of a run, or those about some documents."""
        query = sa.select(
            sa.func.count(),
            sa.func.sum(sa.case((calls.c.outcome == "answered", 0), else_=1)),
            sa.func.sum(calls.c.sent),
            sa.func.sum(calls.c.received),
            sa.func.sum(calls.c.cost),
            sa.func.sum(calls.c.seconds),
        )
        if run is not None:
            query = query.where(calls.c.run == run)
        if subjects:
            query = query.where(calls.c.subject.in_(subjects))
        with self._engine.connect() as connection:
            row = connection.execute(query).one()
        return Usage(row[0], row[1] or 0, row[2] or 0, row[3] or 0, row[4] or 0.0, row[5] or 0.0)

    def by_month(self) -> tuple[tuple[date, Usage], ...]:
        """What the requests of each calendar month (UTC) took, oldest first."""
        columns = (calls.c.at, calls.c.outcome, calls.c.sent, calls.c.received, calls.c.cost, calls.c.seconds)
        months: dict[date, Usage] = {}
        with self._engine.connect() as connection:
            for at, outcome, sent, received, cost, seconds in connection.execute(sa.select(*columns)):
                month = datetime.fromtimestamp(at, UTC).date().replace(day=1)
                u = months.get(month, Usage())
                months[month] = Usage(
                    u.calls + 1,
                    u.failed + (outcome != "answered"),
                    u.sent + (sent or 0),
                    u.received + (received or 0),
                    u.cost + (cost or 0.0),
                    u.seconds + (seconds or 0.0),
                )
        return tuple(sorted(months.items()))

    def sent(self, limit: int | None = None) -> Iterator[Call]:
        """The requests, newest first."""
        with self._engine.connect() as connection:
            for row in connection.execute(sa.select(calls).order_by(calls.c.id.desc()).limit(limit)).mappings():
                kept = {key: value for key, value in row.items() if key not in ("id", "key", "at")}
                yield Call(at=datetime.fromtimestamp(row["at"], UTC), **kept)

    # --- batches

    def open_batch(self, id_: str, host: str, requests: Sequence[dict[str, Any]]) -> None:
        """Notes a batch that was handed over, with its requests."""
        with self._writing() as connection:
            connection.execute(
                sa.insert(batches).values(id=id_, host=host, at=time.time(), requests=len(requests), state="sent")
            )
            connection.execute(sa.insert(batch_requests), [{"batch": id_, **request} for request in requests])

    def close_batch(self, id_: str, state: str) -> None:
        """The batch came to an end; requests of it that got no answer may be asked anew."""
        with self._writing() as connection:
            connection.execute(sa.update(batches).where(batches.c.id == id_).values(state=state))
            connection.execute(sa.delete(batch_requests).where(batch_requests.c.batch == id_))

    def open_batches(self, host: str) -> list[str]:
        """Ids of the batches handed over to ``host`` that have not come to an end."""
        with self._engine.connect() as connection:
            query = sa.select(batches.c.id).where(batches.c.host == host, batches.c.state == "sent")
            return list(connection.scalars(query.order_by(batches.c.at)))

    def batch_requests(self, id_: str) -> dict[str, dict[str, Any]]:
        """The requests of a batch that wait, by their key."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(batch_requests).where(batch_requests.c.batch == id_)).mappings()
            return {row["key"]: dict(row) for row in rows}

    def in_batch(self, key: str) -> bool:
        """Whether the request was handed over in a batch and is not answered yet."""
        with self._engine.connect() as connection:
            return connection.scalar(sa.select(batch_requests.c.key).where(batch_requests.c.key == key)) is not None

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with self._engine.execution_options(writes=True).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITERS)))
            yield connection


_WRITERS = 0x6D6F6465
"""The PostgreSQL advisory lock that writers take, so that the spending limit is checked one request at a time."""


def _engine(home: Path, url: str | None) -> sa.Engine:
    parsed = sa.make_url(url) if url else None
    if parsed is not None and parsed.get_backend_name() in ("postgresql", "postgres"):
        return sa.create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    home.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(f"sqlite:///{home / 'model.db'}", connect_args={"timeout": _WAIT_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, record: object) -> None:
    connection.isolation_level = None
    for pragma in (f"busy_timeout={_WAIT_SECONDS * 1000}", "journal_mode=WAL", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")
