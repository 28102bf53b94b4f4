"""From files to the register and the passages: every file given is accounted for, at whatever moment it is stopped.

Files are kept by their content first, then read in processes of their own (a file that makes a library crash takes
nobody along), then each contract is written in one transaction, then its passages. What was not finished, the next run
finishes: nothing is read twice, nothing is doubled, nothing is lost.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.synchronize import BoundedSemaphore
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy.exc import DatabaseError

from agent.documents import kept
from agent.documents.discover import Found, Ignored, Refusal, Source
from agent.documents.errors import UnreadableDocument
from agent.documents.pages import Document
from agent.dossiers import open_file
from agent.model.client import Access, ModelClient
from agent.model.estimate import Estimate, estimate
from agent.passages import sections_of
from agent.privacy import CONFIDENTIAL, NEVER, is_confidential
from agent.worker import Job, ReadContract, Reading, measure_file, read_file, source_of
from portfolio.columns.book import Columns
from portfolio.errors import ContrathequeError
from portfolio.facts import Fact
from portfolio.register.records import Contract, LedgerLine
from portfolio.register.store import Register
from vectorstore.passages import Passages
from vectorstore.records import About, PassagesError

if TYPE_CHECKING:
    from agent.columns.filling import Filling

log = logging.getLogger(__name__)

_UNWRITABLE = (OSError, DatabaseError, PassagesError)
"""What writing into the data folder raises where there is no room or no right to."""
SAMPLE = 6
"""Files measured for an estimate."""
OWED = "model_unread"
"""The language model did not come to read a file: it is read again by the next run that asks a model."""
_PASSING = frozenset(("disk_full", "reader_crashed", OWED))
"""Reasons that lie with the machine and not with the file: it is read again by the next run."""

Status = Literal["registered", "updated", "duplicate", "attached", "refused", "ignored"]


@dataclass(frozen=True)
class Outcome:
    """What became of one file: the line of the report.

    ``contract`` is the id of the contract that it is or belongs to; ``reason`` and ``message`` say why it was refused
    or left.
    """

    name: str
    status: Status
    contract: str | None = None
    reason: str | None = None
    message: str | None = None
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0


class Pipeline:
    """Reads files into a register and its passages. ``jobs``: how many files are read at the same time."""

    def __init__(self, register: Register, passages: Passages, jobs: int | None = None) -> None:
        self._register = register
        self._passages = passages
        self._jobs = jobs or min(8, os.cpu_count() or 1)
        self._pool: ProcessPoolExecutor | None = None
        self._left: dict[str, LedgerLine] = {}
        self._again = False
        self._access: Access | None = None
        self._confidential = False
        self._owed: frozenset[str | None] = frozenset()
        self._touched: list[str] = []

    def ingest(
        self,
        found: Iterable[Found],
        *,
        readers: tuple[str, ...] = ("rules",),
        access: Access | None = None,
        confidential: bool = False,
        force: bool = False,
        again: bool = False,
    ) -> Iterator[Outcome]:
        """Reads what was found and registers it; an outcome a file, as each is done, attachments after their file.

        ``force`` registers what does not look like a contract, and reads again what was refused before; ``again`` reads
        again what is registered. ``access`` is what readers that ask a language model need; what is ``confidential``
        is marked so and never sent to one.
        """
        self._again, self._access, self._confidential = again, access, confidential
        self._touched = []
        companies = tuple(company.name for company in self._register.companies())
        account = self._register.ledger()
        self._owed = frozenset(line.sha256 for line in account if line.reason == OWED and line.contract is not None)
        self._left = {
            line.path: line
            for line in account
            if line.outcome in ("refused", "ignored") and line.reason not in _PASSING and not force
        }
        running: dict[Future[Reading], Job] = {}
        twins: list[Job] = []
        try:
            for item in found:
                job = self._accept(item, companies, readers, force)
                if isinstance(job, Outcome):
                    yield job
                elif any(job.sha256 == other.sha256 for other in running.values()):
                    twins.append(job)
                else:
                    try:
                        running[self._submit(job)] = job
                    except BrokenProcessPool:
                        yield from self._collect(running)
                        running[self._submit(job)] = job
                    if len(running) >= 2 * self._jobs:
                        yield from self._collect(running)
            while running:
                yield from self._collect(running)
            for job in twins:
                yield self._known(job.path, job.sha256) or self._refused(
                    job.path, job.sha256, "damaged", f"{job.path} has the same content as a file that was refused."
                )
            self._fill_columns()
        finally:
            self.close()

    def estimate(self, found: Sequence[Found], access: Access) -> Estimate:
        """What a language model will take to read ``found``, from the length of a few files spread over them."""
        files = [item for item in found if isinstance(item, Source)]
        step = max(1, len(files) // SAMPLE)
        measured: list[int] = []
        for item in files[::step][:SAMPLE]:
            try:
                sha = self._register.files.put(item.load())
                job = Job(item.name, item.file_name, sha, self._register.files.root)
                measured.append(self._pooled().submit(measure_file, job).result())
            except BrokenProcessPool:
                self.close()
            except (UnreadableDocument, OSError):
                continue
        self.close()
        return estimate(len(files), [tokens for tokens in measured if tokens])

    def close(self) -> None:
        """Stops the reading processes; what they had not finished is read by the next run."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def catch_up(self) -> Iterator[str]:
        """Writes the passages of contracts that have none, since a run was stopped or the index lost; ids, as done.

        Raises ContrathequeError where they cannot be written.
        """
        have = self._passages.contracts()
        for summary in self._register.contracts():
            if summary.id not in have:
                try:
                    self.index(self._register.contract(summary.id))
                except _UNWRITABLE as error:
                    raise ContrathequeError(_no_passages(error)) from error
                yield summary.id

    def index(self, contract: Contract) -> None:
        """Writes a registered contract's passages anew from its kept documents."""
        documents = []
        for item in contract.documents:
            document = self.document(item.sha256, item.name)
            if document is not None:
                documents.append((source_of(document, item.role), sections_of(document)))
        self._passages.replace(about(contract.id, [stored.fact for stored in contract.facts]), documents)

    def document(self, sha256: str, name: str) -> Document | None:
        """A registered document with its text and positions; read again from its bytes where what was kept is lost."""
        content = self._register.files.get_derived(sha256, kept.KEPT_AS)
        document = kept.load(content) if content is not None else None
        if document is None and self._register.files.exists(sha256):
            with suppress(UnreadableDocument):
                document = open_file(name, self._register.files.get(sha256)).bundles[0].parts[0].document
                self._register.files.put_derived(sha256, kept.KEPT_AS, kept.dump(document))
        return document

    def filling(self, access: Access | None = None) -> Filling:
        """What reads the users' own columns; by a language model where ``access`` to one is given."""
        from agent.columns.filling import Filling  # slow to import: only who has columns pays for it

        client = ModelClient(access) if access is not None else None
        return Filling(self._register, self._passages, self.document, client)

    def _fill_columns(self) -> None:
        """Reads the own columns of what this run touched; what cannot be written is owed to `column fill`."""
        if not Columns(self._register).all():
            return
        with suppress(*_UNWRITABLE):
            for filled in self.filling(self._access).fill(self._touched):
                if filled.problem is not None:
                    log.warning("own columns of %s: %s", filled.contract, filled.problem)

    def _accept(self, item: Found, companies: tuple[str, ...], readers: tuple[str, ...], force: bool) -> Job | Outcome:
        match item:
            case Ignored(name, message):
                self._register.ignore(name, "other_file", message)
                return Outcome(name, "ignored", reason="other_file", message=message)
            case Refusal(name, reason, message):
                return self._refused(name, None, reason, message)
            case Source():
                pass
        try:
            content = item.load()
            sha = self._register.files.put(content)
        except UnreadableDocument as error:
            return self._refused(item.name, None, error.reason, str(error))
        except OSError as error:
            return self._refused(item.name, None, "disk_full", _no_space(item.name, error))
        chosen = self._allowed(readers, sha)
        due = self._again or (sha in self._owed and set(chosen) - {"rules"})
        known = None if due else self._known(item.name, sha)
        if known is not None:
            return known
        return Job(item.name, item.file_name, sha, self._register.files.root, companies, chosen, force, self._access)

    def _allowed(self, readers: tuple[str, ...], sha: str) -> tuple[str, ...]:
        """``readers``, or the built-in one alone for what is confidential."""
        document = self._register.document(sha)
        marked = document is not None and any(
            is_confidential(self._register.contract(contract)) for contract in document.contracts
        )
        return ("rules",) if self._confidential or marked else readers

    def _known(self, path: str, sha: str) -> Outcome | None:
        """The outcome of a file whose content was dealt with before, or None when it is to be read."""
        document = self._register.document(sha)
        if document is not None and document.contracts:
            self._touched += document.contracts
            self._register.seen(sha, path)
            return Outcome(path, "duplicate", document.contracts[0])
        left = self._left.get(path)
        if left is not None and left.sha256 == sha:
            return Outcome(path, "refused" if left.outcome == "refused" else "ignored", None, left.reason, left.message)
        return None

    def _submit(self, job: Job) -> Future[Reading]:
        return self._pooled().submit(read_file, job)

    def _pooled(self) -> ProcessPoolExecutor:
        if self._pool is None:
            processes = get_context("spawn")
            # a slot that a dead process held is free again with the next pool
            slots = processes.BoundedSemaphore(self._access.settings.parallel) if self._access else None
            self._pool = ProcessPoolExecutor(
                self._jobs, mp_context=processes, initializer=_prepare, initargs=(slots,), max_tasks_per_child=500
            )
        return self._pool

    def _collect(self, running: dict[Future[Reading], Job]) -> Iterator[Outcome]:
        """Waits for a reading to end, and writes all that have."""
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        broken: list[Job] = []
        for future in done:
            job = running.pop(future)
            try:
                reading = future.result()
            except BrokenProcessPool:
                broken.append(job)
                continue
            except OSError as error:
                yield self._refused(job.path, job.sha256, "disk_full", _no_space(job.path, error))
                continue
            except Exception as error:
                log.warning("reading %s failed", job.name, exc_info=True)
                yield self._refused(job.path, job.sha256, "reader_crashed", _crashed(job.path, error))
                continue
            yield from self._write(job, reading)
        if broken:
            broken += running.values()
            running.clear()
            self.close()
            for job in broken:
                yield from self._alone(job)

    def _alone(self, job: Job) -> Iterator[Outcome]:
        """Reads one file with nobody beside it, to tell which of several made the process die."""
        try:
            reading = self._submit(job).result()
        except BrokenProcessPool as error:
            self.close()
            yield self._refused(job.path, job.sha256, "reader_crashed", _crashed(job.path, error))
        else:
            yield from self._write(job, reading)

    def _write(self, job: Job, reading: Reading) -> Iterator[Outcome]:
        if reading.reason == "not_a_contract":
            self._register.ignore(job.path, reading.reason, reading.message or "", job.sha256)
            yield Outcome(job.path, "ignored", reason=reading.reason, message=reading.message)
            yield from self._unread(job, reading)
            return
        if reading.reason is not None:
            yield self._refused(job.path, job.sha256, reading.reason, reading.message or "")
            return
        try:
            for contract in reading.contracts:
                yield from self._save(job, contract, reading)
        except _UNWRITABLE as error:
            yield self._refused(job.path, job.sha256, "disk_full", _no_space(job.path, error))
            return
        yield from self._unread(job, reading)

    def _unread(self, job: Job, reading: Reading) -> Iterator[Outcome]:
        """What could not be read in a file, also in one that is no contract itself."""
        for unread in reading.unread:
            yield self._refused(f"{job.path} › {unread.name}", None, unread.reason, unread.message)

    def _save(self, job: Job, contract: ReadContract, reading: Reading) -> Iterator[Outcome]:
        draft = contract.draft
        unread = " ".join(problem.message for problem in contract.problems)
        if unread and "rules" not in job.readers:
            yield self._refused(job.path, job.sha256, OWED, unread)
            return
        result = self._register.save(draft, "+".join(job.readers))
        if self._confidential:
            self._register.label(result.contract, CONFIDENTIAL)
        self._touched.append(result.contract)
        warnings = reading.warnings
        if unread:
            if any(problem.reason != NEVER for problem in contract.problems):
                self._register.owe(result.contract, OWED, unread)
            warnings = (*warnings, unread)
        try:
            self._passages.replace(about(result.contract, draft.facts), contract.passages)
        except _UNWRITABLE as error:
            warnings = (*warnings, _no_passages(error))
        yield Outcome(
            job.path,
            "registered" if result.created else "updated",
            result.contract,
            warnings=warnings,
            seconds=reading.seconds,
        )
        for document in draft.documents:
            if document.parent is not None:
                yield Outcome(document.path, "attached", result.contract)

    def _refused(self, path: str, sha: str | None, reason: str, message: str) -> Outcome:
        with suppress(*_UNWRITABLE):
            self._register.refuse(path, sha, reason, message)
        return Outcome(path, "refused", reason=reason, message=message)


def about(contract: str, facts: Iterable[Fact]) -> About:
    """What the passages of a contract are filtered by."""
    values: dict[str, list[Any]] = {}
    for fact in facts:
        values.setdefault(fact.field, []).append(fact.value)
    return About(
        contract=contract,
        contract_type=next(iter(values.get("contract_type", ())), None),
        language=next(iter(values.get("language", ())), None),
        sites=tuple(" ".join(filter(None, (s.name, s.postal_code, s.city))) for s in values.get("sites", ())),
        counterparties=tuple(party.name for party in values.get("parties", ())),
    )


def _prepare(slots: BoundedSemaphore | None) -> None:
    """Sets a reading process up: Ctrl-C is for the one that asked, and it ends when that one is gone. ``slots`` bound
    the requests to a language model of all processes together."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if slots is not None:
        from agent.model.slots import share

        share(slots)
    parent = parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _crashed(path: str, error: BaseException) -> str:
    what = "its reading process died" if isinstance(error, BrokenProcessPool) else f"{type(error).__name__}: {error}"
    return (
        f"{path} could not be read ({what}); nothing else is touched. Report it, and save it anew as PDF to try again."
    )


def _no_space(path: str, error: Exception) -> str:
    return f"{path} could not be written to the data folder ({str(error)[:200]}); free some space, then run again."


def _no_passages(error: Exception) -> str:
    return (
        f"The passages could not be written ({str(error)[:200]}): search does not find them yet. Free some space, "
        "then run: contratheque reindex --owed"
    )
