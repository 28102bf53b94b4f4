"""Passages: cutting and storing, embedding, and the time of a search."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from agent.documents.read import read as read_file
from agent.passages import sections_of
from evals.bench import material
from evals.bench.measure import Figure, median_ms
from vectorstore.embeddings import EmbeddingsUnavailable, Vectors, bundled
from vectorstore.passages import Passages
from vectorstore.records import About, Source
from vectorstore.tokens import counter

QUESTIONS = (
    "Quel est le préavis pour dénoncer le contrat ?",
    "indexation ICHTrev-TS",
    "attestation de vigilance tous les six mois",
    "Qui doit remettre le rapport d'activité ?",
    "plafond de responsabilité",
    "when can the client terminate",
    "tribunal compétent à Rennes",
    "habilitations des agents",
    "pénalités de retard de paiement",
    "date d'effet",
    "montant annuel hors taxes",
)
EMBEDDED = 48
"""Passages embedded with the real model: about six seconds."""


class HashedEmbedder:
    """Vectors that say nothing, at once: to fill a large index for measuring search alone."""

    name = "hashed"
    dimension = 384

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> Vectors:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        vector = np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)
        return vector / np.linalg.norm(vector)


def passages(contracts: int) -> Iterator[Figure]:
    """Of ``contracts`` contracts of ten pages each."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        store = Passages.open(home, embedder=HashedEmbedder)
        yield _cutting(home, store, contracts)
        started = time.perf_counter()
        done = store.work().done
        yield Figure("indexing", f"{done} given vectors", done / (time.perf_counter() - started), "passages/s")
        yield _search(store, done)
        store.close()
    yield from _embedding()


def _cutting(home: Path, store: Passages, contracts: int) -> Figure:
    texts = [material.contract(10, seed=n).text for n in range(contracts)]
    documents = [read_file("contrat.txt", text.encode()) for text in texts]
    count = counter(home / "tokens")
    made = 0
    started = time.process_time()
    for document in documents:
        source = Source(document.sha256, document.name)
        made += store.replace(About(document.sha256), [(source, sections_of(document))])
    spent = time.process_time() - started
    started = time.process_time()
    for text in texts:
        count(text)
    floor = time.process_time() - started
    return Figure(
        "cutting and storing", f"{made} passages", made / spent, "passages/s", spent / floor, "counting tokens"
    )


def _search(store: Passages, size: int) -> Figure:
    vectors = HashedEmbedder().passages([str(n) for n in range(size)])
    query = HashedEmbedder().query("question")
    spent = median_ms(store.search, QUESTIONS, time.perf_counter)
    floor = median_ms(lambda _: np.argsort(vectors @ query)[-10:], QUESTIONS, time.perf_counter)
    return Figure("search", f"among {size} passages", spent, "ms", spent / floor, "comparing all vectors in memory")


def _embedding() -> Iterator[Figure]:
    try:
        model = bundled()
    except EmbeddingsUnavailable as reason:
        yield Figure("embedding", "bundled model", 0.0, "passages/s", note=str(reason))
        return
    with tempfile.TemporaryDirectory() as folder:
        store = Passages.open(Path(folder))
        model.passages(["warm"])
        document = read_file("contrat.txt", material.contract(20, seed=1).text.encode())
        store.replace(About("c"), [(Source(document.sha256, document.name), sections_of(document))])
        hits = store.search("contrat", k=EMBEDDED)
        started = time.perf_counter()
        model.passages([hit.passage.embed_text for hit in hits])
        floor = (time.perf_counter() - started) / len(hits)
        started = time.perf_counter()
        done = store.work().done
        spent = (time.perf_counter() - started) / done
        store.close()
    yield Figure("embedding", f"{done} passages", 1 / spent, "passages/s", spent / floor, "the model alone")
    asking = median_ms(model.query, QUESTIONS, time.perf_counter)
    yield Figure("embedding", "a question", asking, "ms")
