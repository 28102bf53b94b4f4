"""Which files are to be read: folders and archives walked in sorted order, every file accounted for."""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from agent.documents import archive
from agent.documents.archive import Allowance, Limits, Refused
from agent.documents.errors import Reason, UnreadableDocument
from agent.documents.sniff import ZIP, package_type

MAX_FILE_BYTES = 200_000_000

_IGNORED: dict[str, str] = {
    ".json": "is a data file beside the contracts",
    ".jsonl": "is a data file beside the contracts",
}
"""By suffix: files that lie in folders of contracts and are none."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. ``name`` is shown to the user (`dossier.zip › contrats/bail.pdf`); ``load`` gives its bytes
    when they are needed, or raises UnreadableDocument (vanished, not_permitted, too_large, damaged, encrypted)."""

    name: str
    load: Callable[[], bytes]

    @property
    def file_name(self) -> str:
        """The name of the file itself, without folders and archives."""
        return re.split(r"[/\\]| › ", self.name)[-1]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A path that cannot be read at all: one line for the user."""

    name: str
    reason: Reason
    message: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file that is no contract by its kind: said, not read."""

    name: str
    message: str


Found = Source | Refusal | Ignored


def sources(
    paths: Iterable[Path | str], limits: Limits | None = None, names: Callable[[Path], str] = str
) -> Iterator[Found]:
    """Every file under ``paths`` (files, folders, ZIP archives), in the order given and sorted within; each path is
    shown to the user as ``names`` says.

    Hidden and lock files are passed over. A folder that is reached twice, through links, is walked once. Nothing is
    kept in memory but the last nested archive.
    """
    allowed = limits or Limits()
    walked: set[tuple[int, int]] = set()
    for given in map(Path, paths):
        pending = [(given, names(given))]
        while pending:
            path, name = pending.pop()
            try:
                state = path.stat()
                if not stat.S_ISDIR(state.st_mode):
                    yield from _file(path, name, state.st_mode, allowed, given=path == given)
                elif (state.st_dev, state.st_ino) not in walked:
                    walked.add((state.st_dev, state.st_ino))
                    children = sorted((child.name for child in path.iterdir()), reverse=True)
                    pending += [
                        (path / child, f"{name.rstrip('/')}/{child}")
                        for child in children
                        if not archive.is_skipped(child)
                    ]
            except OSError as error:
                yield _refusal(name, error, given=path == given)


def _file(path: Path, name: str, mode: int, limits: Limits, *, given: bool) -> Iterator[Found]:
    if not stat.S_ISREG(mode):
        yield Ignored(name, f"{name} is no file but a device or a pipe; it was left out.")
        return
    if not given and path.suffix.lower() in _IGNORED:
        yield Ignored(name, f"{name} {_IGNORED[path.suffix.lower()]}; it was left out.")
        return
    with path.open("rb") as stream:
        packed = stream.read(2) == b"PK"
    if packed and _is_archive(name, path):
        yield from _archive(_Place(path, name), limits)
    else:
        yield Source(name, lambda: load(path, name))


def load(path: Path, name: str, limit: int = MAX_FILE_BYTES) -> bytes:
    """The bytes of a file. Raises UnreadableDocument where it went away, may not be read or is too large."""
    try:
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except OSError as error:
        refusal = _refusal(name, error, given=False)
        raise UnreadableDocument(refusal.reason, refusal.message) from error
    except MemoryError as error:
        raise UnreadableDocument("too_large", f"{name} is too large for this machine; split it.") from error
    if len(content) > limit:
        raise UnreadableDocument("too_large", f"{name} is larger than {limit // 1_000_000} MB; split it.")
    return content


@dataclass(frozen=True, slots=True)
class _Place:
    """An archive on disk, or one nested in it: ``inner`` are the entries (by index) that lead to it."""

    path: Path
    name: str
    inner: tuple[int, ...] = ()

    def open(self) -> zipfile.ZipFile:
        return archive.open_archive(self.name, _unpacked(self) if self.inner else self.path)

    def unpack(self, index: int) -> bytes:
        try:
            with self.open() as packed:
                return archive.unpack(self.name, packed, packed.infolist()[index])
        except IndexError as error:
            raise UnreadableDocument("vanished", f"{self.name} was changed while it was read; start again.") from error


@lru_cache(maxsize=1)
def _unpacked(place: _Place) -> bytes:
    return _Place(place.path, place.name.rpartition(" › ")[0], place.inner[:-1]).unpack(place.inner[-1])


def _is_archive(name: str, source: Path | bytes) -> bool:
    """Whether a file that begins like a ZIP is an archive of files and not a document of an office program."""
    try:
        with archive.open_archive(name, source) as packed:
            return package_type(packed, name) == ZIP
    except UnreadableDocument:
        return False  # reading it tells why


def _archive(place: _Place, limits: Limits, allowance: Allowance | None = None) -> Iterator[Found]:
    allowance = allowance or Allowance(limits)
    try:
        with place.open() as packed:
            places = {id(info): number for number, info in enumerate(packed.infolist())}
            listed = [
                entry
                if isinstance(entry, Refused)
                else (places[id(entry)], archive.entry_name(entry), _begins(packed, entry))
                for entry in archive.entries(place.name, packed, allowance)
            ]
    except UnreadableDocument as error:
        yield Refusal(place.name, error.reason, str(error))
        return
    for entry in listed:
        if isinstance(entry, Refused):
            yield Refusal(entry.name, entry.reason, entry.message)
            continue
        yield from _entry(place, *entry, limits, allowance)


def _begins(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The first two bytes of an entry; none where it is broken, which loading it will tell."""
    try:
        with packed.open(info) as stream:
            return stream.read(2)
    except (*archive.BROKEN, RuntimeError):
        return b""


def _entry(
    place: _Place, number: int, path: str, start: bytes, limits: Limits, allowance: Allowance
) -> Iterator[Found]:
    name = f"{place.name} › {path}"
    nested = _Place(place.path, name, (*place.inner, number))
    if Path(path).suffix.lower() in _IGNORED:
        yield Ignored(name, f"{name} {_IGNORED[Path(path).suffix.lower()]}; it was left out.")
        return
    if start == b"PK":
        try:
            packed = _is_archive(name, _unpacked(nested))
        except UnreadableDocument as error:
            yield Refusal(name, error.reason, str(error))
            return
        if packed and len(nested.inner) >= limits.depth:
            yield Refusal(
                name, "unsafe_archive", f"{name} is an archive too deep within archives; unpack it and give its files."
            )
            return
        if packed:
            yield from _archive(nested, limits, allowance)
            return
    yield Source(name, lambda: place.unpack(number))


def _refusal(name: str, error: OSError, *, given: bool) -> Refusal:
    if isinstance(error, FileNotFoundError):
        what = "there is nothing of that name; check the path" if given else "it vanished while reading; give it again"
        return Refusal(name, "vanished", f"{name}: {what}.")
    if isinstance(error, PermissionError):
        return Refusal(name, "not_permitted", f"{name} may not be read; give yourself the right to read it.")
    return Refusal(name, "damaged", f"{name} cannot be read ({error.strerror or error}); check the disk or the link.")
