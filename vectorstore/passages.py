"""The one door to the passages: what the pipeline writes, what search and chat read, what the worker still owes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from vectorstore.chunks import split
from vectorstore.records import About, Filters, Hit, Passage, Section, Source
from vectorstore.search import fuse
from vectorstore.store import Store
from vectorstore.tokens import counter

CANDIDATES = 50
"""How many passages each search gives to the fusion, at least."""


class Passages:
    """Passages of all contracts under one data folder. Opening is cheap; models and Chroma load when first needed."""

    def __init__(self, home: Path, store: Store) -> None:
        self._home = home
        self._store = store

    @classmethod
    def open(cls, home: Path, url: str | None = None) -> Passages:
        """``url`` of a PostgreSQL database; without it, `passages.db` in ``home``."""
        return cls(home, Store(home, url))

    def close(self) -> None:
        self._store.close()

    def replace(self, about: About, documents: Iterable[tuple[Source, Sequence[Section]]]) -> int:
        """Cuts a contract's documents into passages and puts them in the place of its old ones, in one transaction.

        Returns how many there are. They can be found by keyword at once; their embeddings are owed.
        """
        count = counter(self._home / "tokens")
        new = [p for source, sections in documents for p in split(about.contract, source, sections, count)]
        self._store.replace(about, new)
        return len(new)

    def describe(self, about: About) -> None:
        """Takes over new facts of a contract whose text did not change."""
        self._store.describe(about)

    def remove(self, contract: str) -> None:
        self._store.remove(contract)

    def search(self, question: str, filters: Filters = Filters(), k: int = 10) -> list[Hit]:  # noqa: B008
        """The ``k`` passages that answer a question best, best first."""
        by_keyword = self._store.by_keyword(question, filters, max(k, CANDIDATES))
        fused = fuse(by_keyword)
        found = self._store.get([id for id, _ in fused])
        keyword_rank = {id: rank for rank, id in enumerate(by_keyword, start=1)}
        hits = [Hit(found[id], score, keyword_rank.get(id), None) for id, score in fused if id in found]
        return hits[:k]

    def around(self, passage: Passage, n: int = 1) -> list[Passage]:
        """The passage with up to ``n`` before and after it in its document."""
        return self._store.around(passage, n)
