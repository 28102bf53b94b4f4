"""The vector index: a Chroma collection in a folder or on a Chroma server, of ids, vectors and contract ids only.

The collection's metadata tell which model made its vectors and which build of the store they belong to.
A folder has one writer at a time, but Chroma does not tell readers in other processes of new vectors: a reader gives
the store's generation, and the folder is opened again when it has changed (about 90 ms at 20,000 passages).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast
from urllib.parse import urlsplit

from vectorstore.embeddings import Vectors
from vectorstore.records import PassagesError
from vectorstore.store import batches

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection
    from chromadb.api.types import Metadata, Where

COLLECTION = "passages"
BATCH = 5_000
"""Rows a call; Chroma takes 5,461 at most."""
CONTRACTS = 5_000
"""Contract ids a query; SQLite, within Chroma, takes 32,766 parameters at most."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a collection was built with. Vectors of another identity are never searched nor added to."""

    model: str
    dimension: int
    build: str


class Connector(Protocol):
    """How a Chroma client is had. ``shared`` clients see the writes of other processes, others are opened again."""

    @property
    def shared(self) -> bool: ...

    def connect(self) -> Client: ...


@dataclass(frozen=True, slots=True)
class Folder:
    path: Path
    shared: bool = False

    def connect(self) -> Client:
        chromadb, settings = _chroma()
        self.path.mkdir(parents=True, exist_ok=True)
        client: Client = chromadb.PersistentClient(str(self.path), settings=settings)
        return client


@dataclass(frozen=True, slots=True)
class Server:
    url: str
    shared: bool = True

    def connect(self) -> Client:
        chromadb, settings = _chroma()
        parts = urlsplit(self.url if "://" in self.url else f"http://{self.url}")
        secure = parts.scheme == "https"
        try:
            client: Client = chromadb.HttpClient(
                host=parts.hostname or "localhost",
                port=parts.port or (443 if secure else 8000),
                ssl=secure,
                settings=settings,
            )
        except Exception as error:
            raise PassagesError(
                f"The Chroma server {self.url} does not answer: {error}. Start it, or correct its address."
            ) from error
        return client


def _chroma() -> tuple[Any, Any]:
    import chromadb
    from chromadb.config import Settings

    return chromadb, Settings(anonymized_telemetry=False)


class VectorIndex:
    """One collection, opened when first needed. Every call may come from any thread."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector
        self._lock = threading.RLock()
        self._client: Client | None = None
        self._collection: Collection | None = None
        self._generation: str | None = None

    def close(self) -> None:
        with self._lock:
            client, self._client, self._collection = self._client, None, None
            if client is not None:
                client.close()

    def identity(self) -> Identity | None:
        """What the collection was built with; None where there is no collection."""
        collection = self._call(self._open)
        if collection is None:
            return None
        found = collection.metadata or {}
        return Identity(str(found.get("model")), int(found.get("dimension") or 0), str(found.get("build")))

    def create(self, identity: Identity) -> None:
        """An empty collection in the place of any that was there."""
        metadata = {"model": identity.model, "dimension": identity.dimension, "build": identity.build}

        def build() -> None:
            client = self._connected()
            if self._open() is not None:
                client.delete_collection(COLLECTION)
            self._collection = client.create_collection(
                COLLECTION, metadata=metadata, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
            )

        self._call(build)

    def upsert(self, ids: Sequence[str], vectors: Vectors, contracts: Sequence[str]) -> None:
        """Adds passages, or replaces those of the same id. ``vectors`` have the shape (ids, dimension)."""

        def upsert(part: slice, collection: Collection) -> None:
            metadata: list[Metadata] = [{"contract": contract} for contract in contracts[part]]
            collection.upsert(ids=list(ids[part]), embeddings=vectors[part], metadatas=metadata)

        for at in range(0, len(ids), BATCH):
            self._on(partial(upsert, slice(at, at + BATCH)))

    def delete(self, ids: Sequence[str]) -> None:
        """Takes passages out; ids that it does not hold are no error."""
        for part in batches(ids, BATCH):
            self._on(partial(_delete, list(part)))

    def count(self) -> int:
        return self._on(lambda collection: collection.count())

    def query(self, vector: Vectors, k: int, contracts: Sequence[str] | None, generation: str | None) -> list[str]:
        """Ids of the ``k`` nearest passages (of ``contracts``, where given), nearest first."""
        if not self._connector.shared and generation != self._generation:
            with self._lock:
                self.close()
                self._generation = generation

        def nearest(where: Where | None, collection: Collection) -> list[tuple[float, str]]:
            result = collection.query(
                query_embeddings=vector.reshape(1, -1), n_results=k, where=where, include=["distances"]
            )
            distances = result["distances"] or [[]]
            return list(zip(distances[0], result["ids"][0], strict=True))

        if contracts is None:
            found = self._on(partial(nearest, None))
        else:
            parts = batches(contracts, CONTRACTS)
            found = [pair for part in parts for pair in self._on(partial(nearest, _within(part)))]
        return [id for _, id in sorted(found)[:k]]

    def wrote(self, generation: str) -> None:
        """This process itself brought the index to ``generation``: it need not be opened again."""
        self._generation = generation

    def _on(self, action: Callable[[Collection], _T]) -> _T:
        def on_collection() -> _T:
            collection = self._open()
            if collection is None:
                raise PassagesError("There is no vector index yet. Build it with `contratheque reindex`.")
            return action(collection)

        return self._call(on_collection)

    def _call(self, action: Callable[[], _T]) -> _T:
        """Runs one call at a time. One that fails is tried again on a fresh connection: the server may have been
        started again, or another process may have written to the folder in between."""
        with self._lock:
            try:
                return action()
            except PassagesError:
                raise
            except Exception:
                self.close()
            try:
                return action()
            except PassagesError:
                raise
            except Exception as error:
                self.close()
                raise PassagesError(
                    f"The vector index failed: {error}. If this stays, build it again with `contratheque reindex`."
                ) from error

    def _connected(self) -> Client:
        if self._client is None:
            self._client = self._connector.connect()
        return self._client

    def _open(self) -> Collection | None:
        if self._collection is None:
            from chromadb.errors import NotFoundError

            try:
                self._collection = self._connected().get_collection(COLLECTION, embedding_function=None)
            except NotFoundError:
                return None
        return self._collection


def _within(contracts: Sequence[str]) -> Where:
    # Chroma's own type of a filter leaves `$in` on a field of text out
    return cast("Where", {"contract": {"$in": list(contracts)}})


def _delete(ids: list[str], collection: Collection) -> None:
    collection.delete(ids=ids)


@cache
def vector_index(connector: Connector) -> VectorIndex:
    """The one index object of a folder or server in this process: Chroma's clients of a folder share their state."""
    return VectorIndex(connector)
