"""ZIP archives: their files one by one, within bounds, never written to disk."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from agent.documents.errors import Reason, UnreadableDocument
from agent.documents.pages import Attachment, Document, assemble
from agent.documents.sniff import ZIP

_MB = 1_000_000
_SYSTEM_FILES = frozenset((".ds_store", "thumbs.db", "desktop.ini", "__macosx"))
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError)
"""What reading a broken archive raises."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may unpack to. ``ratio`` counts for entries of more than ``ratio_from`` bytes."""

    entries: int = 20_000
    file_bytes: int = 200 * _MB
    total_bytes: int = 4_000 * _MB
    ratio: int = 200
    ratio_from: int = 20 * _MB
    depth: int = 3


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that is not given out, and why."""

    name: str
    reason: Reason
    message: str


@dataclass
class Allowance:
    """What is left of the limits while an archive and those nested in it are gone through."""

    limits: Limits = field(default_factory=Limits)
    entries: int = 0
    total_bytes: int = 0


def is_skipped(path: str) -> bool:
    """Hidden files, locks of open documents, and what systems leave in folders: no documents."""
    return any(
        part.startswith((".", "~$", ".~lock")) or part.lower() in _SYSTEM_FILES
        for part in PurePosixPath(path).parts
        if part != ".."
    )


def open_archive(name: str, source: Path | bytes) -> zipfile.ZipFile:
    """The archive in a file or in memory. Raises UnreadableDocument where it is broken."""
    try:
        return zipfile.ZipFile(source if isinstance(source, Path) else io.BytesIO(source))
    except BROKEN as error:
        raise _damaged(name) from error


def entries(name: str, archive: zipfile.ZipFile, allowance: Allowance) -> Iterator[zipfile.ZipInfo | Refused]:
    """The files of an archive in sorted order, as far as ``allowance`` goes; every other file as refused.

    Sizes are those declared: `unpack` never gives more than them.
    """
    for info in sorted(archive.infolist(), key=lambda entry: entry.filename):
        path = entry_name(info)
        shown = f"{name} › {path}"
        if info.is_dir() or is_skipped(path):
            continue
        limits = allowance.limits
        allowance.entries += 1
        if allowance.entries > limits.entries:
            yield Refused(name, "unsafe_archive", f"{name} holds more than {limits.entries} files; split it.")
            return
        if path.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", path) or ".." in re.split(r"[\\/]", path):
            message = f"{shown} points outside its archive and was left out; pack the file again under a plain name."
            yield Refused(shown, "unsafe_archive", message)
        elif info.flag_bits & 1:
            message = f"{shown} is protected by a password; unpack it and give the files."
            yield Refused(shown, "encrypted", message)
        elif info.file_size > limits.file_bytes:
            message = f"{shown} is larger than {limits.file_bytes // _MB} MB; split it."
            yield Refused(shown, "too_large", message)
        elif info.file_size > limits.ratio_from and info.file_size > limits.ratio * max(1, info.compress_size):
            message = f"{shown} would unpack to more than {limits.ratio} times its size; give the file unpacked."
            yield Refused(shown, "unsafe_archive", message)
        elif allowance.total_bytes + info.file_size > limits.total_bytes:
            message = (
                f"{shown} was left out: the archive unpacks to more than {limits.total_bytes // _MB} MB; split it."
            )
            yield Refused(shown, "unsafe_archive", message)
        else:
            allowance.total_bytes += info.file_size
            yield info


def unpack(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """One file of an archive, read in pieces and never beyond its declared size. Raises UnreadableDocument."""
    shown = f"{name} › {entry_name(info)}"
    content = bytearray()
    try:
        with archive.open(info) as stream:
            while piece := stream.read(_MB):
                content += piece
                if len(content) > info.file_size:
                    raise UnreadableDocument(
                        "unsafe_archive", f"{shown} unpacks to more than it declares and was left out; pack it again."
                    )
    except RuntimeError as error:  # zipfile's way to ask for a password
        raise UnreadableDocument("encrypted", f"{shown} is protected by a password; give it without.") from error
    except BROKEN as error:
        raise _damaged(shown) from error
    return bytes(content)


def entry_name(info: zipfile.ZipInfo) -> str:
    """The path of an entry; names without the UTF-8 flag are tried as UTF-8, then as the code page of Windows here."""
    path = info.filename
    if not info.flag_bits & 0x800 and not path.isascii():
        try:
            raw = path.encode("cp437")
        except UnicodeEncodeError:
            return path
        try:
            path = raw.decode("utf-8")
        except UnicodeDecodeError:
            path = raw.decode("cp850")
    return path


def read(name: str, content: bytes) -> Document:
    """An archive that came within another file (a mail): its files as attachments, what was refused as warnings."""
    attachments: list[Attachment] = []
    warnings: list[str] = []
    with open_archive(name, content) as archive:
        for entry in entries(name, archive, Allowance(Limits(total_bytes=400 * _MB, entries=1000))):
            if isinstance(entry, Refused):
                warnings.append(entry.message)
                continue
            try:
                attachments.append(Attachment(posixpath.normpath(entry_name(entry)), unpack(name, archive, entry)))
            except UnreadableDocument as error:
                warnings.append(str(error))
    if not attachments:
        raise UnreadableDocument(
            "empty", " ".join(warnings) or f"{name} holds no files; give the documents themselves."
        )
    return assemble(name, content, ZIP, (), attachments=attachments, warnings=warnings)


def _damaged(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        "damaged", f"{name} is a damaged archive; get it again from its source, or pack it again."
    )
