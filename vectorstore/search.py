"""Hybrid search: passages by their words and by their meaning, fused by reciprocal rank."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from vectorstore.embeddings import Embedder
from vectorstore.index import VectorIndex
from vectorstore.records import Filters, Hit, PassagesError
from vectorstore.store import Store

RANK_CONSTANT = 60
"""Cormack, Clarke and Büttcher, Reciprocal Rank Fusion, SIGIR 2009."""
CANDIDATES = 50
"""How many passages each ranking gives to the fusion, at least."""

_log = logging.getLogger(__name__)


class HybridSearch:
    """Searches by words always; by meaning as far as passages are embedded and the index is of the model in use."""

    def __init__(self, store: Store, index: VectorIndex, embedder: Embedder | None) -> None:
        self._store = store
        self._index = index
        self._embedder = embedder

    def search(self, question: str, filters: Filters, k: int) -> list[Hit]:
        """The ``k`` passages that answer a question best, best first; fewer where fewer are left by the filters."""
        candidates = max(k, CANDIDATES)
        by_word = self._store.by_keyword(question, filters, candidates)
        by_meaning = self._by_meaning(question, filters, candidates)
        fused = fuse(by_word, by_meaning)
        found = self._store.get([id for id, _ in fused])
        word_rank, meaning_rank = _ranks(by_word), _ranks(by_meaning)
        hits = [Hit(found[id], score, word_rank.get(id), meaning_rank.get(id)) for id, score in fused if id in found]
        return hits[:k]

    def _by_meaning(self, question: str, filters: Filters, k: int) -> list[str]:
        embedder = self._embedder
        if embedder is None or not question.strip():
            return []
        settings = self._store.settings()
        if settings.get("model") != embedder.name or not self._store.any_of_build(settings["build"]):
            return []
        contracts = None if filters.empty else self._store.among(filters)
        if contracts == []:
            return []
        try:
            identity = self._index.identity()
            if identity is None or (identity.model, identity.build) != (embedder.name, settings["build"]):
                return []
            return self._index.query(embedder.query(question), k, contracts, settings.get("generation"))
        except PassagesError as error:
            _log.warning("Search goes by words alone: %s", error)
            return []


def fuse(*rankings: Sequence[str]) -> list[tuple[str, float]]:
    """Ids with their summed reciprocal ranks, best first; what an earlier ranking put first wins a tie."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, id in enumerate(ranking, start=1):
            scores[id] = scores.get(id, 0.0) + 1 / (RANK_CONSTANT + rank)
    return sorted(scores.items(), key=lambda item: -item[1])


def _ranks(ids: Sequence[str]) -> dict[str, int]:
    return {id: rank for rank, id in enumerate(ids, start=1)}
