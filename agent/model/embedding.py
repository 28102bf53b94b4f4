"""Vectors of passages from an endpoint's embedding model, where one is named in the settings.

Contracts that a person marked confidential are not sent: their passages are found by their words alone. Each request is
in the account of what was sent where.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from agent.model.failures import as_model_error
from agent.model.settings import ModelSettings, load
from agent.model.store import ModelStore, OverLimit
from agent.privacy import confidential_tag
from portfolio.register.records import Filters
from portfolio.register.store import Register
from vectorstore.embeddings import Embedder, EmbeddingsUnavailable, Vectors
from vectorstore.passages import Passages
from vectorstore.tokens import counter

PROMPT = "embedding"
"""What the account calls a request for vectors."""


def open_passages(home: Path, url: str | None = None, chroma_url: str | None = None) -> Passages:
    """The passages under ``home``, with the endpoint's embedding model where one is named, else the bundled one."""
    settings = load(home)
    if settings.embedding is None:
        return Passages.open(home, url, chroma_url)
    return Passages.open(home, url, chroma_url, _endpoint(settings, home, url), lambda: confidential(home, url))


def confidential(home: Path, url: str | None = None) -> frozenset[str]:
    """Ids of the contracts that nothing is sent of: those that a person marked, and their amendments."""
    with Register.open(home, url) as register:
        tags = [tag for dimension, tag, _ in register.labels() if not dimension and confidential_tag([tag])]
        found = [contract for tag in tags for contract in register.contracts(Filters(tag=tag))]
        return frozenset(id_ for contract in found for id_ in (contract.id, *contract.amendments))


def _endpoint(settings: ModelSettings, home: Path, url: str | None) -> Callable[[], Embedder]:
    def embedder() -> Embedder:
        if settings.mask:
            raise EmbeddingsUnavailable(
                "Masking is on, and vectors of masked texts find nothing: unset CONTRATHEQUE_EMBEDDING_MODEL to make "
                "them on this machine. Search goes by words alone."
            )
        return EndpointEmbedder(settings, home, url)

    return embedder


class EndpointEmbedder:
    """The model ``settings.embedding`` at the endpoint of ``settings``. Raises EmbeddingsUnavailable where it fails."""

    def __init__(self, settings: ModelSettings, home: Path, url: str | None = None) -> None:
        self._settings = settings
        self._home = home
        self._url = url
        self.name = f"{settings.embedding}/{settings.host}"

    @cached_property
    def dimension(self) -> int:
        return len(self.query("contrat"))

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._ask(texts)

    def query(self, text: str) -> Vectors:
        vector: Vectors = self._ask([text])[0]
        return vector

    def _ask(self, texts: Sequence[str]) -> Vectors:
        began = time.monotonic()
        sent = sum(map(self._count, texts))
        row = {
            "run": PROMPT,
            "subject": f"{len(texts)} × {PROMPT}",
            "prompt": PROMPT,
            "host": self._settings.host,
            "model": self._settings.embedding,
            "key": "",
            "masked": 0,
            "sent": sent,
            "received": 0,
            "cost": self._cost(sent),
            "seconds": 0.0,
            "outcome": "sent",
        }
        try:
            number = self._store.open_call(row, self._settings.spending_limit)
        except OverLimit as error:
            raise EmbeddingsUnavailable(f"The spending limit stops the embedding model: {error}") from error
        try:
            vectors = np.asarray(self._model.embed_documents(list(texts)), dtype=np.float32)
        except Exception as error:
            failure = as_model_error(error, self._settings.model_copy(update={"name": self._settings.embedding}))
            self._store.close_call(number, outcome=failure.reason, seconds=time.monotonic() - began)
            raise EmbeddingsUnavailable(f"The embedding model gave no vectors: {failure}") from error
        self._store.close_call(number, outcome="answered", seconds=time.monotonic() - began)
        if vectors.ndim != 2 or len(vectors) != len(texts):
            raise EmbeddingsUnavailable(f"{self._settings.host} gave other vectors than it was asked for.")
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(lengths == 0, 1, lengths), dtype=np.float32)

    def _cost(self, sent: int) -> float | None:
        price = self._settings.price_embedding
        return None if price is None else sent * price / 1_000_000

    @cached_property
    def _store(self) -> ModelStore:
        return ModelStore(self._home, self._url)

    @cached_property
    def _count(self) -> Callable[[str], int]:
        return counter(self._home / "tokens")

    @cached_property
    def _model(self) -> Any:
        from agent.model.endpoint import embeddings

        return embeddings(self._settings)
