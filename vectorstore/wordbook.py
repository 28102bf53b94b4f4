"""In which contracts a word stands, and how often: from the keyword index, a word at a time, and kept while the texts
are the same. So nobody has to hold the texts of a whole portfolio to tell which contracts speak of a thing."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from vectorstore.keywords import Numbers
from vectorstore.store import Store
from vectorstore.tables import passages

_KEPT = 500
"""Answers that are kept, the ones asked for last: a megabyte each for a word of a hundred thousand passages."""

Codes = NDArray[np.int32]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Form:
    """A word as the index writes it: for each of some contracts (``codes``: their places in `Wordbook.contracts`) how
    often it stands in the texts, and whether it stands in a headline."""

    word: str
    codes: Codes
    counts: Codes
    headed: Marks


class Wordbook:
    """The words of all passages of ``store``. Every call may come from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.RLock()
        self._revision: str | None = None
        self._filled = False
        self.contracts: list[str] = []
        self._places: dict[str, int] = {}
        self._owners: Codes = np.full(1, -1, np.int32)
        self._kept: OrderedDict[tuple[str, ...], Any] = OrderedDict()

    def refresh(self) -> str | None:
        """Takes over what changed in the texts since the last time; gives their revision."""
        with self._lock:
            revision = self._store.revision()
            if not self._filled or revision != self._revision:
                self._fill()
                self._kept.clear()
                self._revision, self._filled = revision, True
            return revision

    def forms(self, word: str) -> tuple[Form, ...]:
        """Where a folded word stands, by each form of it."""

        def look() -> tuple[Form, ...]:
            with self._store.engine.connect() as connection:
                keywords = self._store.keywords
                return tuple(
                    self._form(form, *keywords.places(connection, form)) for form in keywords.forms(connection, word)
                )

        found: tuple[Form, ...] = self._known(("forms", word), look)
        return found

    def phrase(self, words: Sequence[str]) -> Codes:
        """The contracts with a passage that holds the folded words one after the other."""

        def look() -> Codes:
            with self._store.engine.connect() as connection:
                return self._contracts(self._store.keywords.phrase(connection, words))

        found: Codes = self._known(("phrase", *words), look)
        return found

    def speaking(self, wanted: Sequence[Iterable[tuple[str, bool, float]]], least: float) -> Codes:
        """The contracts with one passage that holds enough of what is ``wanted``: for each part the words that say it
        (``True``: words that begin so) and what each is worth, at most 1; ``least``: what they come to, on average."""
        total = np.zeros(len(self._owners), np.float32)
        for part in wanted:
            best = np.zeros(len(self._owners), np.float32)
            for word, start, worth in part:
                at = self._within(self._numbers(word, start))
                best[at] = np.maximum(best[at], np.float32(worth))
            total += best
        return self._contracts(np.flatnonzero(total >= least * len(wanted) - 1e-6)) if len(wanted) else NOBODY

    def _numbers(self, word: str, start: bool) -> Numbers:
        """The passages that hold a form of a word, or a word that begins so."""

        def look() -> Numbers:
            keywords = self._store.keywords
            with self._store.engine.connect() as connection:
                written = [word] if start else keywords.forms(connection, word)
                return keywords.numbers(connection, written, start=start)

        found: Numbers = self._known(("numbers", word, str(start)), look)
        return found

    def _known(self, key: tuple[str, ...], look: Callable[[], Any]) -> Any:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            revision = self._revision
        found = look()
        with self._lock:
            if revision == self._revision:
                self._kept[key] = found
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return found

    def _form(self, word: str, text: Numbers, headline: Numbers) -> Form:
        counts, heads = self._by_contract(text), self._by_contract(headline)
        codes = np.flatnonzero(counts + heads).astype(np.int32)
        return Form(word, codes, counts[codes].astype(np.int32), heads[codes] > 0)

    def _by_contract(self, numbers: Numbers) -> Numbers:
        owners = self._owners[self._within(numbers)]
        return np.bincount(owners + 1, minlength=len(self.contracts) + 1)[1:].astype(np.int64)

    def _within(self, numbers: Numbers) -> Numbers:
        return numbers[numbers < len(self._owners)]

    def _contracts(self, numbers: Numbers) -> Codes:
        codes = np.unique(self._owners[self._within(numbers)])
        return codes[codes >= 0]

    def _fill(self) -> None:
        """Notes whose each passage is. Numbers are never given twice, so that only new ones need be looked at; on
        PostgreSQL they may become visible out of order."""
        last = len(self._owners) - 1
        query = sa.select(passages.c.contract, passages.c.number)
        if self._filled and self._store.engine.dialect.name == "sqlite":
            query = query.where(passages.c.number > last)
        with self._store.engine.connect() as connection:
            rows = connection.execute(query).all()
        if not rows:
            return
        codes = np.fromiter((self._code(contract) for contract, _ in rows), np.int32, len(rows))
        numbers = np.fromiter((number for _, number in rows), np.int64, len(rows))
        owners = np.full(max(last, int(numbers.max())) + 1, -1, np.int32)
        owners[: len(self._owners)] = self._owners
        owners[numbers] = codes
        self._owners = owners

    def _code(self, contract: str) -> int:
        code = self._places.setdefault(contract, len(self.contracts))
        if code == len(self.contracts):
            self.contracts.append(contract)
        return code


NOBODY: Codes = np.zeros(0, np.int32)
