"""A fast stand-in for the embedding model, contracts of a few clauses, and passages over them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from vectorstore.embeddings import Vectors
from vectorstore.keywords import stems, words
from vectorstore.passages import Passages
from vectorstore.records import Section, Source
from vectorstore.tokens import Counter, counter


class WordVectors:
    """Texts that share word stems are near each other; counts what it embeds."""

    dimension = 64

    def __init__(self, name: str = "word-vectors") -> None:
        self.name = name
        self.embedded: list[str] = []

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded.extend(texts)
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> Vectors:
        vector = np.full(self.dimension, 0.01, dtype=np.float32)
        for stem in sorted({min(stems(word)) for word in words(text)}):
            seed = int.from_bytes(hashlib.sha256(stem.encode()).digest()[:4], "little")
            vector += np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)
        return vector / np.linalg.norm(vector)


def sections(*clauses: tuple[str, str], page: int = 1) -> list[Section]:
    """Clauses (heading, text) one after the other, as sections of one document."""
    made: list[Section] = []
    start = 0
    for heading, text in clauses:
        for kind, words_ in (("heading", heading), ("paragraph", text)):
            made.append(Section(words_, (heading,), page, start, kind))
            start += len(words_) + 1
    return made


def document(name: str, *clauses: tuple[str, str]) -> tuple[Source, list[Section]]:
    return Source(hashlib.sha256(name.encode()).hexdigest(), name), sections(*clauses)


# long enough that neighbours are not joined into one passage
FILLER = " Les parties conviennent de bonne foi des modalités pratiques de la présente clause." * 8
CLEANING = (
    ("Article 1 – Objet", "Le prestataire assure le nettoyage des locaux et de la vitrerie." + FILLER),
    ("Article 2 – Durée", "Le contrat est conclu pour trois ans. Chacun peut s'opposer à sa reconduction." + FILLER),
    ("Article 3 – Pénalités", "Tout retard donne lieu à une pénalité de 150 euros." + FILLER),
)


@pytest.fixture(scope="session")
def count(tmp_path_factory: pytest.TempPathFactory) -> Counter:
    return counter(tmp_path_factory.mktemp("tokens"))


@pytest.fixture
def model() -> WordVectors:
    return WordVectors()


@pytest.fixture
def store(tmp_path: Path, model: WordVectors) -> Iterator[Passages]:
    opened = Passages.open(tmp_path, embedder=lambda: model)
    yield opened
    opened.close()


@pytest.fixture
def reopen(tmp_path: Path) -> Iterator[Callable[[WordVectors], Passages]]:
    """Opens the same folder once more, with a model of choice."""
    made: list[Passages] = []

    def open_again(model: WordVectors) -> Passages:
        made.append(Passages.open(tmp_path, embedder=lambda: model))
        return made[-1]

    yield open_again
    for passages in made:
        passages.close()
