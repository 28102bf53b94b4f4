"""New and changed files of a watched folder."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from agent.documents.archive import is_skipped
from agent.watching.settings import WatchedFolder
from portfolio.errors import ContrathequeError
from portfolio.intake.book import key_of

_UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart", ".download")


@dataclass(frozen=True)
class NewFile:
    """``key`` and ``stamp`` as the notebook keeps them."""

    path: Path
    key: str
    stamp: str


def new_files(watched: WatchedFolder, known: Mapping[str, str]) -> Iterator[NewFile]:
    """The files that are not ``known`` as they are now, in sorted order; those still being written wait.

    Links are not followed: what somebody drops into the folder must not reach files outside it. Raises
    ContrathequeError where the folder itself cannot be read.
    """
    if not watched.path.is_dir():
        raise ContrathequeError(f"{watched.path} is no folder that can be read; check the path and the rights to it.")
    now = time.time()
    for folder, folders, names in os.walk(watched.path):
        folders[:] = sorted(name for name in folders if not is_skipped(name))
        for name in sorted(names):
            path = Path(folder, name)
            if is_skipped(name) or name.lower().endswith(_UNFINISHED) or path.is_symlink():
                continue
            try:
                state = path.stat()
            except OSError:
                continue  # gone again, or to be told when it can be looked at
            key, stamp = key_of(str(path)), f"{state.st_size}:{state.st_mtime_ns}"
            if known.get(key) != stamp and now - max(state.st_mtime, state.st_ctime) >= watched.settle:
                yield NewFile(path, key, stamp)
