"""Fills columns for contracts: what is owed is found by stamps, so that a run goes on where it was stopped and a text
that changed, a column that was added or a model that was configured later is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from agent.columns import builtin
from agent.columns.model import Asked, Told, ask, label
from agent.columns.spoken import Meaning
from agent.documents.pages import Document
from agent.model.client import ModelClient
from agent.privacy import is_confidential
from agent.reading.reader import Dossier
from agent.reading.structure import view
from portfolio.columns.book import Columns
from portfolio.columns.records import Answer, Column
from portfolio.register.records import Contract
from portfolio.register.store import EVERYTHING, Register
from vectorstore.passages import Passages
from vectorstore.records import Filters, Hit, Passage

WHOLE = 6_000
"""Tokens up to which a contract is sent whole: below, choosing passages saves little and may lose the clause."""
PASSAGES = 5
"""Passages sent for each column of a longer contract."""
_FOUND = 12
_BUILT_IN = 0.6
"""What the built-in reader's value is worth where the model says that the contract does not say it."""
_AGREED = 0.94
"""Both say the same; never as sure as `CERTAIN`, since nobody measured this column."""

Opened = Callable[[str, str], Document | None]
"""The kept document with a content hash and a name."""


@dataclass(frozen=True)
class Filled:
    """One contract done: how many columns were answered with a value, how many are silent, how many values of the model
    were refused; ``problem`` says why the model did not answer: then the built-in reader did, for now."""

    contract: str
    said: int
    silent: int
    refused: int = 0
    problem: str | None = None


@dataclass(frozen=True)
class _Work:
    contract: Contract
    columns: tuple[Column, ...]
    stamps: dict[str, str]
    """Of each column, with the reader that is to answer it."""


class Filling:
    """Answers columns. ``client`` asks a language model; without one the built-in reader answers alone."""

    def __init__(
        self, register: Register, passages: Passages, opened: Opened, client: ModelClient | None = None
    ) -> None:
        self._register = register
        self._passages = passages
        self._opened = opened
        self._client = client
        self._columns = Columns(register)

    def owed(
        self, contracts: Iterable[str] | None = None, columns: Sequence[Column] | None = None, *, again: bool = False
    ) -> list[str]:
        """Ids of the contracts that `fill` would read."""
        return [work.contract.id for work in self._work(contracts, columns, again=again)]

    def fill(
        self, contracts: Iterable[str] | None = None, columns: Sequence[Column] | None = None, *, again: bool = False
    ) -> Iterator[Filled]:
        """Reads what is owed (of some contracts and columns only, where told), a result a contract; ``again``: also
        what was read already. What a person decided stays."""
        parallel = self._client.settings.parallel if self._client else 1
        waiting: list[_Work] = []
        for work in self._work(contracts, columns, again=again):
            waiting.append(work)
            if len(waiting) == parallel:
                yield from self._answer(waiting)
                waiting = []
        yield from self._answer(waiting)

    def _work(
        self, contracts: Iterable[str] | None, columns: Sequence[Column] | None = None, *, again: bool = False
    ) -> Iterator[_Work]:
        wanted = tuple(columns) if columns is not None else self._columns.all()
        chosen = None if contracts is None else list(dict.fromkeys(contracts))
        if not wanted or chosen == []:
            return
        stamps = self._columns.stamps(chosen)
        every = (
            self._register.all_contracts(EVERYTHING)
            if chosen is None
            else (self._register.contract(contract) for contract in chosen)
        )
        for contract in every:
            mine = {column.key: self._stamp(contract, column, self._asks(contract)) for column in wanted}
            owed = tuple(
                column for column in wanted if again or stamps.get((contract.id, column.key)) != mine[column.key]
            )
            if owed:
                yield _Work(contract, owed, mine)

    def _asks(self, contract: Contract) -> bool:
        """Whether a model is asked about ``contract``: there is one, and neither it nor its base is confidential."""
        if self._client is None or is_confidential(contract):
            return False
        base = contract.link.base
        return base is None or not is_confidential(self._register.contract(base))

    def _stamp(self, contract: Contract, column: Column, asks: bool) -> str:
        """Stands for all that a reading depends on: the texts, the column, who reads."""
        reader = f"{self._model} {label('fr')}" if asks else builtin.RULE
        parts = [reader, column.words, column.kind, *column.choices, *(d.sha256 for d in contract.documents)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    @property
    def _model(self) -> str:
        return f"{self._client.settings.host} {self._client.settings.name}" if self._client else ""

    def _answer(self, work: Sequence[_Work]) -> Iterator[Filled]:
        """Retrieval and writing happen here, one after the other; only the requests to a model run side by side."""
        dossiers = [self._dossier(one.contract) for one in work]
        found = [self._found(one) for one in work]
        told: list[Told | None] = [None] * len(work)
        client = self._client
        if client is not None:
            asked = [
                self._asked(one, dossier, hits) if self._asks(one.contract) and dossier.documents else None
                for one, dossier, hits in zip(work, dossiers, found, strict=True)
            ]
            with ThreadPoolExecutor(max(1, client.settings.parallel)) as threads:
                told = list(
                    threads.map(
                        lambda pair: ask(client, pair[0], pair[1].columns) if pair[0] else None,
                        zip(asked, work, strict=True),
                    )
                )
        for one, dossier, hits, said in zip(work, dossiers, found, told, strict=True):
            yield self._write(one, dossier, hits, said)

    def _write(self, work: _Work, dossier: Dossier, hits: dict[str, list[Hit]], told: Told | None) -> Filled:
        laid_out = view(dossier)
        said = silent = 0
        for column in work.columns:
            own = builtin.answer(column, laid_out, _meaning(hits[column.key]))
            model = told.answers.get(column.key) if told is not None else None
            answered = told is None or column.key in told.answers or column.key in told.refused
            answer = _reconciled(own, model)
            # what the model still owes is asked again by the next run
            stamp = work.stamps[column.key] if answered else self._stamp(work.contract, column, asks=False)
            self._columns.put(work.contract.id, column, answer, stamp)
            said += answer.value is not None
            silent += answer.value is None
        problem = str(told.problem) if told is not None and told.problem is not None else None
        return Filled(work.contract.id, said, silent, len(told.refused) if told is not None else 0, problem)

    def _dossier(self, contract: Contract) -> Dossier:
        opened = (self._opened(item.sha256, item.name) for item in contract.documents)
        return Dossier(tuple(document for document in opened if document is not None))

    def _found(self, work: _Work) -> dict[str, list[Hit]]:
        where = Filters(contracts=(work.contract.id,))
        return {column.key: self._passages.search(column.words, where, _FOUND) for column in work.columns}

    def _asked(self, work: _Work, dossier: Dossier, hits: dict[str, list[Hit]]) -> Asked:
        contract = work.contract
        names = tuple(party.name for party in contract.parties)
        language = contract.value("language") or "fr"
        return Asked(contract.documents[0].sha256, dossier, self._text(work, hits), language, names)

    def _text(self, work: _Work, hits: dict[str, list[Hit]]) -> str:
        """The passages that matter in reading order: all of a short contract, else the best of each column."""
        assert self._client is not None
        every = self._passages.of(work.contract.id)
        whole = "\n".join(passage.text for passage in every)
        if self._client.count(whole) <= WHOLE:
            return whole
        room = self._client.settings.context // 2
        chosen: dict[str, Passage] = {}
        for rank in range(PASSAGES):
            for column in work.columns:
                if rank < len(hits[column.key]):
                    passage = hits[column.key][rank].passage
                    size = self._client.count(passage.text)
                    if passage.id not in chosen and size <= room:
                        chosen[passage.id] = passage
                        room -= size
        return "\n…\n".join(passage.embed_text for passage in every if passage.id in chosen)


def _meaning(hits: Sequence[Hit]) -> Meaning:
    ranked = [(hit.passage, 1 / (hit.rank_vector or len(hits) + 1)) for hit in hits]

    def near(sha: str, start: int) -> float:
        return max((worth for p, worth in ranked if p.source.sha256 == sha and p.start <= start < p.end), default=0.0)

    return near


def _reconciled(own: Answer, model: Answer | None) -> Answer:
    """The model's proven value goes first; what it leaves open or could not prove, the built-in reader answers."""
    if model is None:
        return own
    if model.value is None:
        return own if own.value is None else _with(own, min(own.confidence, _BUILT_IN))
    if own.value is None:
        return model
    same = _plain(own.value) == _plain(model.value)
    return _with(model, max(model.confidence, _AGREED) if same else min(model.confidence, _BUILT_IN))


def _plain(value: object) -> object:
    return (getattr(value, "value", value), getattr(value, "currency", None))


def _with(answer: Answer, confidence: float) -> Answer:
    return Answer(answer.value, answer.evidence, confidence, answer.reader, answer.rule)
