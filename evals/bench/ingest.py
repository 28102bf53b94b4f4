"""Bringing in whole folders: time, and the peak memory of all processes that work on it."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from evals.bench import material
from evals.bench.measure import Figure, Run, run

SIZES = (50, 200, 400)


def growth(pages: int) -> Iterator[Figure]:
    """Generated folders of more and more contracts of ``pages`` pages: memory must stay flat."""
    first: Run | None = None
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            material.folder(Path(folder) / "contracts", size, pages)
            ingested = _ingest(Path(folder) / "contracts", Path(folder) / "home")
            again = _ingest(Path(folder) / "contracts", Path(folder) / "home")
        first = first or ingested
        against = f"{SIZES[0]} files"
        case = f"{size} files of {pages} pages"
        yield Figure(
            "peak memory", case, ingested.peak_mb, "MB", ingested.peak_mb / first.peak_mb, against, _note(ingested)
        )
        yield Figure("ingest", case, size / ingested.seconds, "files/s", note=_note(ingested))
        yield Figure(
            "ingest again", case, again.seconds, "s", again.seconds / ingested.seconds, "the first time", _note(again)
        )


def folder(path: Path) -> Iterator[Figure]:
    """A folder of one's own."""
    files = sum(file.is_file() for file in path.rglob("*"))
    path = path.resolve()
    with tempfile.TemporaryDirectory() as home:
        ingested = _ingest(path, Path(home))
    case = f"{path.parent.name}/{path.name}: {files} files"
    yield Figure("ingest", case, ingested.seconds, "s", note=_note(ingested))
    yield Figure("ingest", case, files / ingested.seconds, "files/s")
    yield Figure("peak memory", case, ingested.peak_mb, "MB")


def _ingest(path: Path, home: Path) -> Run:
    return run([sys.executable, "-m", "evals.bench.bring_in", str(path), str(home)], os.environ)


def _note(done: Run) -> str:
    """How many files met which outcome, or the last line of the errors."""
    if done.code:
        return f"exit code {done.code}: {(done.errors.strip().splitlines() or [''])[-1][:100]}"
    return ", ".join(f"{count} {outcome}" for outcome, count in json.loads(done.output).items())
