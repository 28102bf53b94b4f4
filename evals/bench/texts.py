"""Passages for a register full of generated contracts: clauses of the sample contracts, every copy a little apart.

They are cut once by the real indexing code and handed out to the contracts. Their vectors are the bundled model's,
moved by a little noise, so that no two are the same: half a million would take the model the better part of a day.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from agent.documents.read import read
from agent.passages import sections_of
from portfolio.register.store import Register
from vectorstore.chunks import split
from vectorstore.embeddings import Embedder, EmbeddingCache, Vectors, bundled
from vectorstore.passages import Passages
from vectorstore.records import About, Passage, Source
from vectorstore.store import Store
from vectorstore.tokens import counter

SAMPLES = ("clinique", "garrigue", "habitat", "termes", "tessier", "valmagne")
_NOISE = 0.02
"""Length of what a vector is moved by, of vectors of length 1."""
_MARK = "\n\nExemplaire "
"""Stands before what makes a copied passage another one."""


class TiledEmbedder:
    """The bundled model, asked once for each sample passage; its copies lie around it."""

    def __init__(self, model: Embedder) -> None:
        self.name = model.name
        self.dimension = model.dimension
        self._model = model
        self._made: dict[str, Vectors] = {}

    def passages(self, texts: Sequence[str]) -> Vectors:
        wanted = [text.partition(_MARK)[0] for text in texts]
        new = [text for text in dict.fromkeys(wanted) if text not in self._made]
        if new:
            self._made.update(zip(new, self._model.passages(new), strict=True))
        return np.stack([self._beside(self._made[own], text) for own, text in zip(wanted, texts, strict=True)])

    def query(self, text: str) -> Vectors:
        return self._model.query(text)

    def _beside(self, vector: Vectors, text: str) -> Vectors:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        moved = np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)
        found = vector + _NOISE * moved / np.linalg.norm(moved)
        return found / np.linalg.norm(found)


def sample_passages(home: Path, portfolios: Path) -> list[Passage]:
    """The passages of the sample contracts, cut as they are when they are brought in."""
    count = counter(home / "tokens")
    found: list[Passage] = []
    for name in SAMPLES:
        for file in sorted((portfolios / name).iterdir()):
            if file.suffix in (".txt", ".md", ".docx", ".html") and file.name != "README.md":
                document = read(file.name, file.read_bytes())
                source = Source(document.sha256, file.name)
                found += split("sample", source, sections_of(document), count)
    return found


def fill(home: Path, portfolios: Path, total: int, seed: int = 0) -> int:
    """Gives the contracts of the register in ``home`` about ``total`` passages together, with their vectors; tells how
    many there are."""
    chance = random.Random(seed)  # noqa: S311
    samples = sample_passages(home, portfolios)
    with Register.open(home) as register:
        contracts = [(c.id, c.documents[0].sha256, c.documents[0].name) for c in register.all_contracts()]
    each = max(1, total // len(contracts))
    model = TiledEmbedder(bundled())
    store = Store(home)
    cache = EmbeddingCache(store, model.name)
    for id_, sha, name in contracts:
        own = list(_own(chance, samples, id_, Source(sha, name), each))
        store.replace(About(id_), own)
        vectors = model.passages([passage.embed_text for passage in own])
        cache.put({passage.text_hash: vector for passage, vector in zip(own, vectors, strict=True)})
    store.close()
    with Passages.open(home, embedder=lambda: model) as passages:
        passages.work()
        return passages.state().passages


def _own(chance: random.Random, samples: Sequence[Passage], id_: str, source: Source, count: int) -> Iterator[Passage]:
    at = chance.randrange(len(samples))
    for position in range(count):
        sample = samples[(at + position) % len(samples)]
        text = f"{sample.embed_text}{_MARK}{source.name}"
        key = hashlib.sha256(f"{id_}{position}".encode()).hexdigest()
        yield replace(
            sample, id=key[:32], contract=id_, source=source, position=position, embed_text=text, text_hash=key
        )
