"""Runs a reader over labelled contracts: files to dossier to record, timed, judged against the labels.

Reading goes the product's own road, so that what is measured is what a user gets.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from agent.documents.read import read as read_file
from agent.dossiers import open_file
from agent.model.client import Access
from agent.reading import facts as reading
from agent.reading.confidence import Signs, signs
from agent.reading.facts import Found
from agent.reading.reader import Dossier
from agent.reading.reconcile import Rejected
from evals import cuad, cuad_spans, kleister, loaders, metrics
from evals.cuad_spans import SpanScore
from evals.loaders import Contract
from evals.metrics import Outcome, Score
from evals.opened import Opener
from evals.quotes import TextIndex
from portfolio.errors import ContrathequeError
from portfolio.facts import Fact
from portfolio.schema import ContractRecord, record

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reading:
    """What a reader made of one dossier. ``seconds``: opening the files, then reading their text."""

    facts: tuple[Fact, ...] = ()
    signs: tuple[Signs, ...] = ()
    """How each of ``facts`` was read."""
    rejected: tuple[Rejected, ...] = ()
    text: str = ""
    seconds: tuple[float, float] = (0.0, 0.0)
    problem: str | None = None
    """Why nothing, or not all, was read: a file could not be opened, the reader failed, a model gave no answer."""

    def record(self, document: str | tuple[str, ...] = "") -> ContractRecord:
        return record(document, ((fact.field, fact.value) for fact in self.facts))


@dataclass(frozen=True)
class Result:
    """A contract of any set, its reading, and the judgement of every fact.

    ``labels`` are there for contracts of a labelled folder, ``spans`` (by category) for those of CUAD.
    """

    contract: Contract
    reading: Reading
    outcomes: tuple[Outcome, ...]
    labels: ContractRecord | None = None
    spans: Mapping[str, SpanScore] = field(default_factory=dict)

    @property
    def score(self) -> Score:
        return Score.of(self.outcomes)

    @cached_property
    def quotes(self) -> tuple[int, int]:
        """(valid, all) of the reading's quotes."""
        return self._text.share(e.quote for fact in self.reading.facts for e in fact.evidence)

    @cached_property
    def gold_quotes(self) -> tuple[int, int]:
        """(valid, all) of the labels' quotes: how faithfully the files became text."""
        if self.labels is None:
            return 0, 0
        return self._text.share([*self.labels.quotes.values(), *(o.quote for o in self.labels.obligations)])

    @cached_property
    def _text(self) -> TextIndex:
        return TextIndex.of(self.reading.text)

    def rejected_for(self, outcome: Outcome) -> tuple[Rejected, ...]:
        """What the reader proposed for the field of ``outcome`` and reconciliation turned down."""
        return tuple(
            rejected
            for rejected in self.reading.rejected
            if rejected.candidate.field == outcome.field and rejected.reason != "duplicate"
        )

    def quote_of(self, outcome: Outcome) -> str:
        """The words that the reader gave for what ``outcome`` judges."""
        name, value = outcome.field, outcome.read
        if outcome.item is not None:
            name, value = name.rpartition(".")[0], outcome.item
        return next((quote for read, quote in self._quotes.get(name, ()) if read == value), "")

    @cached_property
    def _quotes(self) -> dict[str, list[tuple[object, str]]]:
        quotes: dict[str, list[tuple[object, str]]] = {}
        for fact in self.reading.facts:
            quotes.setdefault(fact.field, []).append((fact.value, " … ".join(e.quote for e in fact.evidence)))
        return quotes


Read = Callable[[Dossier], Found]


def reader(name: str, access: Access | None = None) -> Read:
    """The reader called ``name`` (`rules`, `llm`, `hybrid`), with the steps that turn what it says into facts;
    ``access`` is what those that ask a model need. Raises ContrathequeError where there is none of that name."""
    names = reading.readers(name)
    return lambda dossier: reading.read(dossier, names, access)


def dossier(files: Iterable[Path], companies: tuple[str, ...] = (), opener: Opener = open_file) -> Dossier:
    """The documents of one labelled contract; of a file that carries several contracts, the first's."""
    bundles = [opener(file.name, file.read_bytes()).bundles[0] for file in files]
    return Dossier(tuple(part.document for bundle in bundles for part in bundle.parts), companies)


def read_dossier(
    files: Iterable[Path], read: Read, companies: tuple[str, ...] = (), opener: Opener = open_file
) -> Reading:
    """One contract, read and timed. A file that cannot be opened is a reading with a problem, not an end of the run."""
    start = time.perf_counter()
    try:
        contract = dossier(files, companies, opener)
    except ContrathequeError as error:
        return Reading(problem=str(error))
    return read_opened(contract, read, time.perf_counter() - start)


def read_opened(contract: Dossier, read: Read, opening: float = 0.0) -> Reading:
    """A dossier that is open already; ``opening`` is the time that took."""
    text = "\n".join(document.text for document in contract.documents)
    start = time.perf_counter()
    try:
        found = read(contract)
        facts = found.facts
    except Exception as error:  # a reader's mistake costs its contract and is shown; the run goes on
        logger.debug("reading failed", exc_info=True)
        return Reading(text=text, seconds=(opening, 0.0), problem=f"{type(error).__name__}: {error}")
    seconds = (opening, time.perf_counter() - start)
    how = tuple(signs(contract, found.reconciled))
    unread = "; ".join(problem.message for problem in found.problems) or None
    return Reading(facts, how, found.reconciled.rejected, text, seconds, unread)


Wanted = Callable[[Contract], bool]
"""Whether a contract is to be read; called once a contract, just before it is."""


def read_set(folder: Path, read: Read, wanted: Wanted, opener: Opener = open_file) -> Iterator[Result]:
    """Reads the ``wanted`` contracts of whichever set lies in ``folder``, one result at a time, in the set's order.

    Raises LabelsNotFound where there is none.
    """
    match loaders.kind_of(folder):
        case "labelled":
            return read_folder(folder, read, wanted, opener)
        case "kleister":
            return read_kleister(folder, read, wanted)
        case "cuad":
            return read_cuad(folder, read, wanted)


def read_folder(
    folder: Path, read: Read, wanted: Wanted = lambda contract: True, opener: Opener = open_file
) -> Iterator[Result]:
    """The contracts of a labelled folder, in file-name order."""
    for contract in loaders.labelled(folder):
        if wanted(contract):
            labels = contract.record
            ours = (labels.perspective,) if labels.perspective else ()
            reading = read_dossier(contract.files, read, ours, opener)
            yield Result(contract, reading, metrics.compare(labels, reading.record(labels.document)), labels)


def read_kleister(folder: Path, read: Read, wanted: Wanted = lambda contract: True) -> Iterator[Result]:
    """Kleister-NDA, from the set's own texts."""
    for contract in loaders.kleister(folder):
        if wanted(contract):
            reading = _read_text(contract.name, contract.text, read)
            yield Result(contract, reading, kleister.compare(contract, reading.record()))


def read_cuad(folder: Path, read: Read, wanted: Wanted = lambda contract: True) -> Iterator[Result]:
    """CUAD, from the set's own texts."""
    for contract in loaders.cuad(folder):
        if wanted(contract):
            reading = _read_text(contract.name, contract.file.read_text(encoding="utf-8"), read)
            outcomes = cuad.compare(contract, reading.record())
            yield Result(contract, reading, outcomes, spans=cuad_spans.spans(contract, reading.facts))


def _read_text(name: str, text: str, read: Read) -> Reading:
    return read_opened(Dossier((read_file(f"{Path(name).stem}.txt", text.encode()),)), read)
