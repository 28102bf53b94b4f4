"""Time and memory: medians over different inputs on one core, and the peak of a command with all its children."""

from __future__ import annotations

import contextlib
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, TypeVar

import psutil


@dataclass(frozen=True)
class Figure:
    """One measured number. ``ratio`` is its multiple of ``against``, a floor or a peer measured in the same run, so
    that runs on different machines can be compared."""

    measure: str
    case: str
    value: float
    unit: str
    ratio: float | None = None
    against: str = ""
    note: str = ""


T = TypeVar("T")


def median_ms(
    action: Callable[[T], object], inputs: Sequence[T], clock: Callable[[], float] = time.process_time
) -> float:
    """Median time of ``action`` in milliseconds, each time on another input, so that no cache helps; the first input
    only warms up."""
    action(inputs[0])
    return 1000 * statistics.median(_seconds(action, given, clock) for given in inputs[1:])


def _seconds(action: Callable[[T], object], given: T, clock: Callable[[], float]) -> float:
    start = clock()
    action(given)
    return clock() - start


@dataclass(frozen=True)
class Run:
    """A finished command: wall seconds, peak memory in MB of it and its children together, exit code, output."""

    seconds: float
    peak_mb: float
    code: int
    output: str
    errors: str


def run(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Runs ``command`` to its end, looking at its memory twenty times a second (resident, of each process)."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        with subprocess.Popen(command, stdout=output, stderr=errors, env=dict(environment)) as child:  # noqa: S603
            watched = psutil.Process(child.pid)
            peak = 0
            while child.poll() is None:
                peak = max(peak, _memory(watched))
                time.sleep(0.05)
        seconds = time.perf_counter() - start
        return Run(seconds, peak / 1e6, child.returncode, _text(output), _text(errors))


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def _memory(process: psutil.Process) -> int:
    processes: Iterable[psutil.Process] = ()
    with contextlib.suppress(psutil.Error):
        processes = (process, *process.children(recursive=True))
    total = 0
    for one in processes:
        with contextlib.suppress(psutil.Error):
            total += one.memory_info().rss
    return total
