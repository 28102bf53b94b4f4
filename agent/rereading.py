"""Registered contracts read again from their kept files: with a model that was configured later, or from a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from agent.documents.discover import Source
from agent.model import batch
from agent.model.batch import Batch
from agent.model.client import Access, ModelClient
from agent.pipeline import OWED, Outcome, Pipeline
from agent.privacy import is_confidential
from agent.readers import Readers
from agent.reading.llm.bases import terms_of
from agent.reading.llm.reader import LlmReader
from agent.reading.reader import Dossier
from portfolio.facts import PERSON
from portfolio.register.records import Contract
from portfolio.register.store import Register


def unread(register: Register, readers: Readers) -> list[Contract]:
    """The contracts that ``readers`` have not read, or not wholly, and may: none that a person handed over whole or
    marked as confidential."""
    owed = {line.contract for line in register.ledger() if line.reason == OWED}
    wanted = set(readers.names)
    return [
        contract
        for contract in register.all_contracts()
        if contract.reader != PERSON
        and not is_confidential(contract)
        and (contract.id in owed or not wanted <= set(contract.reader.split("+")))
    ]


def read_again(
    register: Register, pipeline: Pipeline, contracts: list[Contract], readers: Readers
) -> Iterator[Outcome]:
    """Reads the files of ``contracts`` again; what a person decided stays."""
    paths = {line.sha256: line.path for line in register.ledger("registered")}
    found = [
        Source(paths.get(given.sha256, given.name), _loader(register, given.sha256))
        for given in dict.fromkeys(contract.documents[0] for contract in contracts)
        if register.files.exists(given.sha256)
    ]
    yield from pipeline.ingest(found, readers=readers.names, access=readers.access, force=True, again=True)


def _loader(register: Register, sha: str) -> Callable[[], bytes]:
    return lambda: register.files.get(sha)


def hand_over(register: Register, pipeline: Pipeline, contracts: list[Contract], access: Access) -> list[Batch]:
    """Hands what a model must be asked about ``contracts`` over in batches; nothing where all answers are there.
    Raises ModelError."""
    collecting = replace(access, collect=True)
    client = ModelClient(collecting)
    try:
        reader = LlmReader(client, terms_of(collecting))
        companies = tuple(company.name for company in register.companies())
        for contract in contracts:
            opened = [pipeline.document(item.sha256, item.name) for item in contract.documents]
            documents = tuple(document for document in opened if document is not None)
            if documents:
                reader.read(Dossier(documents, companies))
        return batch.hand_over(client) if client.wanted else []
    finally:
        client.store.close()


def collect(access: Access) -> list[Batch]:
    """The batches handed over, the answers of those that have ended kept. Raises ModelError."""
    client = ModelClient(access)
    try:
        return list(batch.collect(client))
    finally:
        client.store.close()
