"""One look at all watched places: what is new is read and registered, and what became of it remembered.

What is remembered is written after what was registered: who is stopped between the two meets the same file again, knows
it by its content, and doubles nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from agent.documents.discover import MAX_FILE_BYTES, Found, Refusal, Source, sources
from agent.pipeline import Outcome, Pipeline
from agent.readers import Readers
from agent.watching.folder import new_files
from agent.watching.mailbox import Message, first_day, opened
from agent.watching.settings import Watched, WatchedFolder, WatchedMailbox
from portfolio.errors import ContrathequeError
from portfolio.intake.book import Dealt, Intake, Kind, Position, key_of
from portfolio.register.store import Register
from vectorstore.passages import Passages

log = logging.getLogger("contratheque.watch")

T = TypeVar("T")
LOCK = "watch.lock"
_AT_ONCE = 20
"""Files or messages that are read and then remembered together."""
_PASSING = frozenset(("disk_full",))
"""Reasons for which a thing is tried again at the next look."""
_GRAVEST = ("refused", "registered", "updated", "attached", "duplicate", "ignored")


@dataclass(frozen=True)
class Looked:
    """What one place gave. ``error``: why it could not be gone through to its end, in words."""

    name: str
    dealt: tuple[Dealt, ...]
    error: str | None = None


def look(
    home: Path,
    register: Register,
    passages: Passages,
    watched: Watched,
    readers: Callable[[bool], Readers],
    stop: Callable[[], bool] = lambda: False,
    jobs: int | None = None,
) -> Iterator[Looked]:
    """Goes through every place once; ``readers`` gives who reads, told whether it is confidential.

    One process of a data folder looks at a time; another gives nothing. A place that fails leaves the others alone.
    """
    try:
        with FileLock(home / LOCK, timeout=0):
            looker = _Looker(register, Pipeline(register, passages, jobs), readers, stop)
            for folder in watched.folder:
                yield looker.at(folder.name, "folder", str(folder.path), partial(looker.folder, folder))
            for box in watched.mailbox:
                shown = f"{box.user} · {box.host} · {box.folder}"
                yield looker.at(box.name, "mailbox", shown, partial(looker.mailbox, box))
    except Timeout:
        log.info("another process looks at the watched places")


class _Looker:
    def __init__(
        self, register: Register, pipeline: Pipeline, readers: Callable[[bool], Readers], stop: Callable[[], bool]
    ) -> None:
        self._book = Intake(register)
        self._pipeline = pipeline
        self._readers = readers
        self._stop = stop

    def at(self, name: str, kind: Kind, shown: str, through: Callable[[Position], Iterator[Dealt]]) -> Looked:
        position = self._book.open(name, kind, shown)
        dealt: list[Dealt] = []
        error: str | None = None
        try:
            dealt.extend(through(position))
        except ContrathequeError as failed:
            error = str(failed)
            log.warning("%s", error)
        self._book.looked(name, error)
        return Looked(name, tuple(dealt), error)

    def folder(self, watched: WatchedFolder, _: Position) -> Iterator[Dealt]:
        found = new_files(watched, self._book.stamps(watched.name))
        for batch in _batches(found, self._stop):
            given = [(str(file.path), list(sources([file.path]))) for file in batch]
            outcomes = self._ingest([item for _, items in given for item in items], watched.confidential)
            dealt = [
                _summed(file.key, file.stamp, name, _of(name, outcomes))
                for file, (name, _) in zip(batch, given, strict=True)
            ]
            kept = [one for one in dealt if one.reason not in _PASSING]
            self._book.note(watched.name, kept)
            yield from dealt

    def mailbox(self, watched: WatchedMailbox, position: Position) -> Iterator[Dealt]:
        with opened(watched) as box:
            numbers = box.numbers(position, first_day(watched, date.today()))
            for batch in _batches(iter(numbers), self._stop):
                messages = [message for message in map(box.fetch, batch) if message is not None]
                names = {message.uid: _name(watched, message) for message in messages}
                found = [_found(names[message.uid], message) for message in messages]
                outcomes = self._ingest(found, watched.confidential)
                dealt = [
                    _summed(key_of(f"{box.validity}:{message.uid}"), str(message.size), name, _of(name, outcomes))
                    for message in messages
                    for name in (names[message.uid],)
                ]
                if any(one.reason in _PASSING for one in dealt):
                    raise ContrathequeError(next(one.message or "" for one in dealt if one.reason in _PASSING))
                self._book.note(watched.name, dealt, Position(box.validity, batch[-1]))
                yield from dealt

    def _ingest(self, found: Sequence[Found], confidential: bool) -> list[Outcome]:
        readers = self._readers(confidential)
        return list(
            self._pipeline.ingest(found, readers=readers.names, access=readers.access, confidential=confidential)
        )


def _batches(items: Iterable[T], stop: Callable[[], bool]) -> Iterator[list[T]]:
    rest = iter(items)
    while not stop() and (batch := list(islice(rest, _AT_ONCE))):
        yield batch


def _name(watched: WatchedMailbox, message: Message) -> str:
    """What the register shows a message under."""
    subject = "".join("_" if char in '/\\›<>:"|?*' else char for char in message.subject).strip(" .") or "mail"
    return f"{watched.name}/{message.uid}/{subject}.eml"


def _found(name: str, message: Message) -> Found:
    content = message.content
    if content is None:
        return Refusal(name, "too_large", f"{name} is larger than {MAX_FILE_BYTES // 1_000_000} MB; save it apart.")
    return Source(name, lambda: content)


def _of(name: str, outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.name == name or outcome.name.startswith(f"{name} › ")]


def _summed(key: str, stamp: str, name: str, outcomes: Sequence[Outcome]) -> Dealt:
    """All that became of one thing as one line: the gravest of it, and every refusal in words."""
    if not outcomes:
        return Dealt(key, stamp, name, "ignored", "other_file")
    worst = min(outcomes, key=lambda outcome: _GRAVEST.index(outcome.status))
    said = [outcome.message for outcome in outcomes if outcome.status == worst.status and outcome.message]
    contract = next((outcome.contract for outcome in outcomes if outcome.contract is not None), None)
    return Dealt(key, stamp, name, worst.status, worst.reason, "\n".join(said[:50]) or None, contract)
