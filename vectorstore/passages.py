"""The one door to the passages: what the pipeline writes, what search and chat read, what the worker still owes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from vectorstore.backlog import Backlog, Progress, Withheld, Worked, nothing_withheld, owed
from vectorstore.chunks import split
from vectorstore.embeddings import Embedder, EmbedderFactory, EmbeddingsUnavailable, bundled
from vectorstore.index import Folder, Server, VectorIndex, vector_index
from vectorstore.records import About, Filters, Hit, IndexState, Passage, PassagesError, Section, Source
from vectorstore.search import HybridSearch
from vectorstore.store import Store
from vectorstore.tokens import counter
from vectorstore.wordbook import Wordbook

EVERYTHING = Filters()
_KEPT = 64
"""Contracts whose passages are kept."""


class Passages:
    """Passages of all contracts under one data folder. Opening is cheap; model and Chroma load when first needed."""

    def __init__(
        self, home: Path, store: Store, index: VectorIndex, embedder: EmbedderFactory, withheld: Withheld
    ) -> None:
        self._home = home
        self._store = store
        self._index = index
        self._unavailable: str | None = None
        self._embedder: Embedder | None = None
        try:
            self._embedder = embedder()
        except EmbeddingsUnavailable as reason:
            self._unavailable = str(reason)
        self._backlog = Backlog(home, store, index, self._embedder, withheld) if self._embedder else None
        self._search = HybridSearch(store, index, self._embedder)
        self.words = Wordbook(store)
        self._read: OrderedDict[str, list[Passage]] = OrderedDict()
        self._revision: str | None = None

    @classmethod
    def open(
        cls,
        home: Path,
        url: str | None = None,
        chroma_url: str | None = None,
        embedder: EmbedderFactory = bundled,
        withheld: Withheld = nothing_withheld,
    ) -> Passages:
        """``url`` of a PostgreSQL database, ``chroma_url`` of a Chroma server; without them, files in ``home``.

        A SQLite ``url`` is the register's: the passages keep to a file of their own.
        """
        home = home.resolve()
        index = vector_index(Server(chroma_url) if chroma_url else Folder(home / "chroma"))
        return cls(home, Store(home, url), index, embedder, withheld)

    def close(self) -> None:
        self._index.close()
        self._store.close()

    def __enter__(self) -> Passages:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def replace(self, about: About, documents: Iterable[tuple[Source, Sequence[Section]]]) -> int:
        """Cuts a contract's documents into passages and puts them in the place of its old ones, in one transaction.

        Returns how many there are. They can be found by keyword at once; their embeddings are owed.
        """
        count = counter(self._home / "tokens")
        new = [p for source, sections in documents for p in split(about.contract, source, sections, count)]
        self._store.replace(about, new)
        return len(new)

    def contracts(self) -> frozenset[str]:
        """Ids of the contracts that have passages, or were found to have none."""
        return self._store.contracts()

    def describe(self, about: About) -> None:
        """Takes over new facts of a contract whose text did not change."""
        self._store.describe(about)

    def remove(self, contract: str) -> None:
        """Forgets a contract; search does not find it any more."""
        self._store.remove(contract)

    def search(self, question: str, filters: Filters = EVERYTHING, k: int = 10) -> list[Hit]:
        """The ``k`` passages that answer a question best, best first: by words, and by meaning as far as it can."""
        return self._search.search(question, filters, k)

    def by_words(self, question: str, filters: Filters = EVERYTHING, k: int = 10) -> list[Passage]:
        """The ``k`` passages that hold the words of a question best, best first, without regard to meaning."""
        ids = self._store.by_keyword(question, filters, k)
        found = self._store.get(ids)
        return [found[id] for id in ids if id in found]

    def of(self, contract: str) -> list[Passage]:
        """All passages of a contract, in reading order. Those of the contracts read last are kept: what a question is
        about is looked at several times."""
        revision = self._store.revision()
        if revision != self._revision:
            self._read, self._revision = OrderedDict(), revision
        read = self._read
        found = read.pop(contract, None)
        if found is None:
            found = self._store.of(contract)
        read[contract] = found
        while len(read) > _KEPT:
            read.popitem(last=False)
        return list(found)

    def around(self, passage: Passage, n: int = 1) -> list[Passage]:
        """The passage with up to ``n`` before and after it in its document."""
        return self._store.around(passage, n)

    def owed(self) -> int:
        """How many passages wait for their embedding."""
        return owed(self._store)

    def work(self, stop: Callable[[], bool] = lambda: False, progress: Progress = lambda done, owed: None) -> Worked:
        """Embeds what is owed, see `vectorstore.backlog`."""
        if self._backlog is None:
            return Worked(0, self.owed(), self._unavailable)
        return self._backlog.work(stop, progress)

    def rebuild(self) -> None:
        """Empties the vector index; `work` fills it again with the model in use."""
        if self._backlog is None:
            raise PassagesError(f"The vector index cannot be rebuilt. {self._unavailable}")
        self._backlog.rebuild()

    def state(self) -> IndexState:
        contracts, passages = self._store.count()
        waiting = self.owed()
        unavailable, stale = self._unavailable, None
        if self._backlog is not None:
            try:
                stale = self._backlog.stale()
            except PassagesError as error:
                unavailable = str(error)
        return IndexState(
            contracts=contracts,
            passages=passages,
            embedded=passages - waiting,
            owed=waiting,
            model=self._embedder.name if self._embedder else None,
            index_model=self._store.settings().get("model"),
            stale=stale is not None,
            unavailable=unavailable or stale,
        )
