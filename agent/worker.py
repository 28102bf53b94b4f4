"""What a reading process does: one kept file in, the contracts in it out, as facts and passages ready to be written.

It runs in a process of its own and touches neither register nor index; what it returns is small and plain.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from agent.documents import kept
from agent.documents.errors import Reason, UnreadableDocument
from agent.documents.pages import Document
from agent.dossiers import Bundle, Unread, open_file
from agent.model.client import Access
from agent.passages import sections_of
from agent.reading.reader import Problem
from agent.reading.recognise import is_no_contract
from portfolio.facts import Fact
from portfolio.register.files import FileStore
from portfolio.register.records import ContractDraft, DocumentDraft
from vectorstore.records import Section, Source
from vectorstore.tokens import counter


@dataclass(frozen=True)
class Job:
    """A kept file to read. ``force``: register it even when it does not look like a contract; ``access``: what readers
    that ask a language model need."""

    path: str
    name: str
    sha256: str
    files: Path
    companies: tuple[str, ...] = ()
    readers: tuple[str, ...] = ("rules",)
    force: bool = False
    access: Access | None = None


@dataclass(frozen=True)
class ReadContract:
    """A contract read: its draft for the register, its documents laid out for the passages, and what a reader did not
    come to read."""

    draft: ContractDraft
    passages: tuple[tuple[Source, tuple[Section, ...]], ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What became of a file: its contracts, or the reason why there are none; and attachments that were not read."""

    contracts: tuple[ReadContract, ...] = ()
    unread: tuple[Unread, ...] = ()
    warnings: tuple[str, ...] = ()
    reason: Reason | Literal["not_a_contract"] | None = None
    message: str | None = None
    seconds: float = 0.0


def read_file(job: Job) -> Reading:
    """Opens and reads the file of ``job``. Never raises for what a file holds: the reason is in the result."""
    began = time.perf_counter()
    store = FileStore(job.files)
    try:
        opened = open_file(job.name, store.get(job.sha256))
    except UnreadableDocument as error:
        return Reading(reason=error.reason, message=str(error), seconds=time.perf_counter() - began)
    if not job.force and all(is_no_contract(bundle.main) for bundle in opened.bundles):
        message = f"{job.name} does not look like a contract; to register it all the same, ingest it with --all."
        seconds = time.perf_counter() - began
        return Reading(unread=opened.unread, reason="not_a_contract", message=message, seconds=seconds)
    contracts = tuple(_contract(job, bundle, store) for bundle in opened.bundles)
    warnings = tuple(w for bundle in opened.bundles for part in bundle.parts for w in part.document.warnings)
    return Reading(contracts, opened.unread, tuple(dict.fromkeys(warnings)), seconds=time.perf_counter() - began)


def measure_file(job: Job) -> int:
    """Tokens of the text of the file of ``job``, all documents in it together; 0 where it cannot be opened."""
    try:
        opened = open_file(job.name, FileStore(job.files).get(job.sha256))
    except UnreadableDocument:
        return 0
    count = counter(job.files.parent / "tokens")
    return sum(count(part.document.text) for bundle in opened.bundles for part in bundle.parts)


def _contract(job: Job, bundle: Bundle, store: FileStore) -> ReadContract:
    from agent.reading.facts import read  # slow to import: only the processes that read pay for it

    found = read(bundle.dossier(job.companies), job.readers, job.access)
    return replace(drafted(job.path, job.sha256, bundle, found.facts, store), problems=found.problems)


def drafted(path: str, sha256: str, bundle: Bundle, facts: tuple[Fact, ...], store: FileStore) -> ReadContract:
    """``bundle`` of the file at ``path`` with its facts, ready to register; its documents are kept in ``store``."""
    drafts: list[DocumentDraft] = []
    for part in bundle.parts:
        document = part.document
        given = document.sha256 == sha256
        if part.content is not None:
            store.put(part.content)
        store.put_derived(document.sha256, kept.KEPT_AS, kept.dump(document))
        drafts.append(
            DocumentDraft(
                sha256=document.sha256,
                path=path if given else f"{path} › {document.name}",
                media_type=document.media_type,
                size=store.path(document.sha256).stat().st_size,
                pages=len(document.pages),
                role=part.role,
                parent=None if given else sha256,
                origin=origin(document),
            )
        )
    passages = tuple((source_of(part.document, part.role), sections_of(part.document)) for part in bundle.parts)
    return ReadContract(ContractDraft(tuple(drafts), facts, stem=bundle.stem), passages)


def origin(document: Document) -> str:
    """How its text was had: `text`, `ocr` or `mixed`."""
    origins = {page.origin for page in document.pages}
    return origins.pop() if len(origins) == 1 else "mixed"


def source_of(document: Document, role: str) -> Source:
    return Source(document.sha256, document.name, role)
