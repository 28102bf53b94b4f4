"""Bringing files in through an interface: kept in the data folder until they are read, in the background, with
progress to look at; and reading a contract again.

An upload is kept under `incoming/<run>` of the data folder before its reading begins and goes when it is done: what a
stop leaves there is read when the interface starts again.
"""

from __future__ import annotations

import logging
import re
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath

from agent.documents.discover import Found, Source, sources
from agent.pipeline import Outcome, Pipeline
from agent.readers import Readers
from portfolio.accounts.desk import Desk
from portfolio.errors import ContrathequeError, InvalidValue
from portfolio.register.store import Register
from vectorstore.passages import Passages
from vectorstore.records import PassagesError

log = logging.getLogger(__name__)

_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]")
_LONGEST_PART = 180
"""Bytes of a name's part: file systems take 255."""
SHOWN_UNDER = "web"
"""What the register shows uploads under: `web/<run>/name`."""


@dataclass(frozen=True)
class Upload:
    """A file as the browser gave it; ``name`` may hold folders."""

    name: str
    content: bytes


@dataclass
class Run:
    """One bringing-in, to be looked at while it works. ``total`` is None until all files are counted."""

    id: str
    who: str
    began: datetime
    total: int | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    done: bool = False
    error: str | None = None

    @property
    def counts(self) -> Counter[str]:
        return Counter(outcome.status for outcome in tuple(self.outcomes))

    @property
    def given(self) -> int:
        """How many of the files are dealt with; attachments count with the file that they came in."""
        return sum(outcome.status != "attached" for outcome in tuple(self.outcomes))


class Intake:
    """Reads what people bring in, one run after another, in a thread of the interface's process."""

    def __init__(self, register: Register, passages: Passages, home: Path) -> None:
        self._register = register
        self._passages = passages
        self._incoming = home / "incoming"
        self._one_at_a_time = threading.Lock()
        self._runs: dict[str, Run] = {}

    def start(self, desk: Desk, uploads: Sequence[Upload], *, readers: Readers, force: bool = False) -> Run:
        """Keeps the uploads and begins to read them. Raises NotAllowed, InvalidValue where nothing is given."""
        desk.require("editor")
        if not uploads:
            raise InvalidValue("Nothing was given; choose files, or a ZIP archive.")
        run = self._run(desk.account.name)
        folder = self._incoming / run.id
        for number, upload in enumerate(uploads):
            target = folder / safe_path(upload.name)
            if target.exists():
                target = folder / f"{number + 1}" / safe_path(upload.name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(upload.content)
        return self._begin(run, partial(_kept, folder), readers, force=force, folder=folder)

    def retry(self, desk: Desk, paths: Iterable[str], *, readers: Readers) -> Run:
        """Reads refused files (by their paths in the register's account) once more, from what was kept of them."""
        register = desk.register_for("editor")
        wanted = set(paths)
        lines = [line for line in desk.ledger() if line.path in wanted and line.sha256]
        found = [Source(line.path, _loader(register, str(line.sha256))) for line in lines]
        return self._begin(self._run(desk.account.name), lambda: found, readers, force=True)

    def read_again(self, desk: Desk, ref: str, *, readers: Readers) -> tuple[Outcome, ...]:
        """Reads a contract's file again; what a person decided stays. Raises NotAllowed, NotFound, ContrathequeError
        where its file is not there any more."""
        register = desk.register_for("editor")
        contract = desk.contract(ref)
        given = contract.documents[0]
        path = next((line.path for line in desk.ledger("registered") if line.sha256 == given.sha256), given.name)
        if not register.files.exists(given.sha256):
            raise ContrathequeError(f"The file {given.name} is not in the data folder any more; ingest it again.")
        pipeline = Pipeline(register, self._passages, jobs=1)
        source = Source(path, _loader(register, given.sha256))
        with self._one_at_a_time:
            return tuple(
                pipeline.ingest([source], readers=readers.names, access=readers.access, force=True, again=True)
            )

    def resume(self, *, readers: Readers) -> None:
        """Reads what an earlier process left unread."""
        for folder in sorted(self._incoming.glob("*")) if self._incoming.exists() else ():
            if folder.is_dir() and folder.name not in self._runs:
                run = Run(folder.name, "", datetime.now(UTC))
                self._runs[run.id] = run
                self._begin(run, partial(_kept, folder), readers, force=False, folder=folder)

    def run(self, id_: str) -> Run | None:
        return self._runs.get(id_)

    def runs(self) -> tuple[Run, ...]:
        """Every run of this process, the earliest first."""
        return tuple(self._runs.values())

    def latest(self, who: str) -> Run | None:
        """The run that somebody began last."""
        return next((run for run in reversed(list(self._runs.values())) if run.who == who), None)

    def _run(self, who: str) -> Run:
        began = datetime.now(UTC)
        run = Run(f"{began:%Y-%m-%dT%H%M%S}-{len(self._runs):03d}", who, began)
        self._runs[run.id] = run
        return run

    def _begin(
        self,
        run: Run,
        find: Callable[[], Iterable[Found]],
        readers: Readers,
        *,
        force: bool,
        folder: Path | None = None,
    ) -> Run:
        work = threading.Thread(
            target=self._work, args=(run, find, readers, force, folder), name=f"intake-{run.id}", daemon=True
        )
        work.start()
        return run

    def _work(
        self, run: Run, find: Callable[[], Iterable[Found]], readers: Readers, force: bool, folder: Path | None
    ) -> None:
        try:
            with self._one_at_a_time:
                found = list(find())
                run.total = len(found)
                pipeline = Pipeline(self._register, self._passages)
                for outcome in pipeline.ingest(found, readers=readers.names, access=readers.access, force=force):
                    run.outcomes.append(outcome)
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)
        except ContrathequeError as error:
            run.error = str(error)
        except Exception as error:
            log.exception("bringing files in failed")
            run.error = f"{type(error).__name__}: {error}"
        finally:
            run.done = True
        try:
            self._passages.work()
        except PassagesError:
            log.warning("vectors are owed still", exc_info=True)


def safe_path(name: str) -> PurePosixPath:
    """``name`` as a path below a folder: no way up, no sign that a file system or a terminal takes amiss."""
    parts = [_UNSAFE.sub("_", part).strip(". ") for part in re.split(r"[/\\]", name)]
    kept = [part.encode()[:_LONGEST_PART].decode(errors="ignore") for part in parts[:-1] if part][-8:]
    last = _shortened(parts[-1]) or "file"
    return PurePosixPath(*kept, last)


def _shortened(name: str) -> str:
    """A file's name cut to what file systems take, its ending kept."""
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name.encode()[:_LONGEST_PART].decode(errors="ignore")
    return stem.encode()[: _LONGEST_PART - len(ending) - 1].decode(errors="ignore") + dot + ending


def _kept(folder: Path) -> Iterable[Found]:
    return sources([folder], names=lambda _: f"{SHOWN_UNDER}/{folder.name}")


def _loader(register: Register, sha: str) -> Callable[[], bytes]:
    return lambda: register.files.get(sha)
