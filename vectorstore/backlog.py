"""Embeds the passages that are owed: in small batches, by one worker at a time, to be stopped or killed at any moment.

Each batch goes first into the cache of embeddings, then into Chroma, then is marked done; every step may be repeated. A
passage is marked with the build of the index that holds it, so that a new build owes them all, and with the hash of its
text, so that words which changed meanwhile stay owed.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa

from vectorstore.embeddings import Embedder, EmbeddingCache
from vectorstore.index import Identity, VectorIndex
from vectorstore.records import PassagesError
from vectorstore.store import Store, batches
from vectorstore.tables import passages, removed

BATCH = 16
"""Texts embedded and kept at once, after which the worker may be stopped: about two seconds with the bundled model."""
WRITTEN = 128
"""Texts that go into the index at once, at most."""
WINDOW = 512
"""Passages looked up in the cache at once."""
_ADVISORY_LOCK = 0x70617373

Progress = Callable[[int, int], None]
"""Is told how many passages were done so far, and how many are still owed."""

Withheld = Callable[[], frozenset[str]]
"""Contracts whose texts must not be given to the embedding model now; their passages are found by words alone."""


def nothing_withheld() -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True, slots=True)
class Worked:
    """``done`` passages went into the index; ``owed`` remain; ``blocked`` says why nothing could be done, if so."""

    done: int
    owed: int
    blocked: str | None = None


class Backlog:
    def __init__(self, home: Path, store: Store, index: VectorIndex, embedder: Embedder, withheld: Withheld) -> None:
        self._home = home
        self._store = store
        self._index = index
        self._embedder = embedder
        self._withheld = withheld

    def stale(self) -> str | None:
        """Why the index does not belong to this store and model, None where it does or there is none yet."""
        identity = self._index.identity()
        if identity is None:
            return None
        if identity.model != self._embedder.name:
            difference = f"was built with the embedding model {identity.model}, now {self._embedder.name} is in use"
        elif identity.build != self._store.setting("build"):
            difference = "belongs to other passages than those stored here"
        else:
            return None
        return f"The vector index {difference}. Search goes by words alone; build it again with `contratheque reindex`."

    def work(self, stop: Callable[[], bool], progress: Progress) -> Worked:
        """Embeds what is owed until nothing is, or ``stop()`` says so (asked after every batch)."""
        with _alone(self._home, self._store) as alone:
            if not alone:
                return Worked(0, owed(self._store), "Another process is embedding passages already.")
            self._index.close()
            stale = self.stale()
            if stale is not None:
                return Worked(0, owed(self._store), stale)
            if self._index.identity() is None:
                self._build()
            self._forget()
            done = 0
            for count in self._batches(stop):
                done += count
                progress(done, owed(self._store))
                if stop():
                    break
            return Worked(done, owed(self._store))

    def rebuild(self) -> None:
        """Starts an empty index of the model in use; every passage is owed again, most of them from the cache."""
        with _alone(self._home, self._store) as alone:
            if not alone:
                raise PassagesError("Another process is embedding passages. Stop it, then rebuild the index.")
            self._build()

    def _build(self) -> None:
        build = uuid.uuid4().hex
        self._store.set(build=build, model=self._embedder.name, generation=build)
        self._index.create(Identity(self._embedder.name, self._embedder.dimension, build))
        self._index.wrote(build)

    def _forget(self) -> None:
        """Takes passages that are gone out of the index."""
        query = sa.select(removed.c.id).limit(WINDOW)
        while True:
            with self._store.engine.connect() as connection:
                gone = list(connection.scalars(query))
            if not gone:
                return
            self._index.delete(gone)
            with self._store.writing() as connection:
                connection.execute(sa.delete(removed).where(removed.c.id.in_(gone)))
            self._advance()

    def _batches(self, stop: Callable[[], bool]) -> Iterator[int]:
        """Does batch after batch and gives the size of each; a smaller one where ``stop()`` says so."""
        cache = EmbeddingCache(self._store, self._embedder.name)
        build = self._store.setting("build")
        while window := self._window(build):
            withheld = self._withheld()
            if back := [row for row in window if row.contract in withheld]:
                self._mark(back, build)
                yield len(back)
                window = [row for row in window if row.contract not in withheld]
            vectors = cache.get(sorted({row.text_hash for row in window}))
            known = [row for row in window if row.text_hash in vectors]
            if known:
                self._index_rows(known, [vectors[row.text_hash] for row in known], build)
                yield len(known)
            texts = {row.text_hash: row.embed_text for row in window if row.text_hash not in vectors}
            fresh: dict[str, Any] = {}
            for hashes in batches(list(texts), BATCH):
                made = self._embedder.passages([texts[text_hash] for text_hash in hashes])
                new = dict(zip(hashes, made, strict=True))
                cache.put(new)
                fresh |= new
                if len(fresh) >= WRITTEN or hashes[-1] == next(reversed(texts)) or stop():
                    rows = [row for row in window if row.text_hash in fresh]
                    self._index_rows(rows, [fresh[row.text_hash] for row in rows], build)
                    yield len(rows)
                    fresh = {}

    def _window(self, build: str | None) -> Sequence[Any]:
        columns = (passages.c.id, passages.c.contract, passages.c.text_hash, passages.c.embed_text)
        query = sa.select(*columns).where(_is_owed(build)).order_by(passages.c.number).limit(WINDOW)
        with self._store.engine.connect() as connection:
            return connection.execute(query).all()

    def _index_rows(self, rows: Sequence[Any], vectors: Sequence[Any], build: str | None) -> None:
        self._index.upsert([row.id for row in rows], np.stack(vectors), [row.contract for row in rows])
        self._mark(rows, build)
        self._advance()

    def _mark(self, rows: Sequence[Any], build: str | None) -> None:
        mark = (
            sa.update(passages)
            .where(passages.c.id == sa.bindparam("row"), passages.c.text_hash == sa.bindparam("hash"))
            .values(build=build)
        )
        with self._store.writing() as connection:
            connection.execute(mark, [{"row": row.id, "hash": row.text_hash} for row in rows])

    def _advance(self) -> None:
        """Tells readers in other processes that the index has changed."""
        generation = uuid.uuid4().hex
        self._store.set(generation=generation)
        self._index.wrote(generation)


def owed(store: Store) -> int:
    """How many passages the index does not hold yet."""
    query = sa.select(sa.func.count()).select_from(passages).where(_is_owed(store.setting("build")))
    with store.engine.connect() as connection:
        return connection.scalar(query) or 0


def _is_owed(build: str | None) -> sa.ColumnElement[bool]:
    return sa.or_(passages.c.build.is_(None), passages.c.build != build)


@contextmanager
def _alone(home: Path, store: Store) -> Iterator[bool]:
    """Whether this is the only worker of the store for as long as the block runs; a killed worker's lock is free."""
    if store.engine.dialect.name == "postgresql":
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            held = bool(connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_ADVISORY_LOCK))))
            try:
                yield held
            finally:
                if held:
                    connection.execute(sa.select(sa.func.pg_advisory_unlock(_ADVISORY_LOCK)))
        return
    from filelock import FileLock, Timeout

    lock = FileLock(home / "passages.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
