"""Files kept by the hash of their content, with what was derived from them beside."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
from pathlib import Path

from portfolio.errors import InvalidValue, NotFound

_SHA = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


class FileStore:
    """A folder of files, each at `ab/abcdef…/content` after the SHA-256 of its bytes.

    A file is there whole or not at all: it is written under another name, flushed to the disk, then renamed. Several
    processes may put the same file at the same time.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes) -> str:
        """Keeps ``content`` and gives its SHA-256 in hexadecimal."""
        sha = hashlib.sha256(content).hexdigest()
        target = self.path(sha)
        if not target.exists():
            _write(target, content)
        return sha

    def get(self, sha: str) -> bytes:
        """The bytes whose SHA-256 is ``sha``; raises NotFound."""
        try:
            return self.path(sha).read_bytes()
        except FileNotFoundError:
            raise NotFound(f"The file {sha[:12]} is not in {self.root}; ingest it again.") from None

    def path(self, sha: str) -> Path:
        """Where the bytes are kept, whether they are there or not."""
        return self._folder(sha) / "content"

    def exists(self, sha: str) -> bool:
        return self.path(sha).exists()

    def remove(self, sha: str) -> None:
        """Deletes the bytes and what was made of them; nothing where they are not there."""
        shutil.rmtree(self._folder(sha), ignore_errors=True)

    def put_derived(self, sha: str, name: str, content: bytes) -> None:
        """Keeps ``content`` beside the file it was made from, under ``name``; replaces what was there."""
        _write(self._derived(sha, name), content)

    def get_derived(self, sha: str, name: str) -> bytes | None:
        """What was kept beside the file under ``name``, or None."""
        with contextlib.suppress(FileNotFoundError):
            return self._derived(sha, name).read_bytes()
        return None

    def _folder(self, sha: str) -> Path:
        if not _SHA.fullmatch(sha):
            raise InvalidValue(f"« {sha[:80]} » is not a SHA-256 in lower-case hexadecimal.")
        return self.root / sha[:2] / sha

    def _derived(self, sha: str, name: str) -> Path:
        if not _NAME.fullmatch(name) or name == "content":
            raise InvalidValue(
                f"« {name[:80]} » cannot name a derived file; use letters, digits, dot, dash, underscore."
            )
        return self._folder(sha) / name


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    _flush_folder(target.parent)


def _flush_folder(folder: Path) -> None:
    """Makes the new name itself durable, where the system can open a folder."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
