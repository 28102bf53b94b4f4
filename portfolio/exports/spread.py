"""The contracts of a large portfolio shared out among processes, which each read the register for themselves."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache, partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from portfolio.errors import ContrathequeError
from portfolio.exports.batch import Asked, Rows, gathered
from portfolio.register.store import Register

HELPED = 2000
"""From so many contracts on helpers are worth the second that they take to start."""
_MOST = 4
"""Helpers, however many processors there are: what they find is put together by one process all the same."""


def spread(register: Register, asked: Asked, batches: Sequence[tuple[str, ...]]) -> Iterator[Rows]:
    """The rows of each batch of base contracts (ids), in the order of ``batches``."""
    jobs = min(_MOST, os.cpu_count() or 1, len(batches))
    if jobs < 2:
        yield from (gathered(register, asked, ids) for ids in batches)
        return
    address = register.database.engine.url.render_as_string(hide_password=False)
    work = partial(_gathered, register.files.root.parent, address, asked)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_prepare) as pool:
        try:
            yield from pool.map(work, batches)
        except BrokenProcessPool as error:
            raise ContrathequeError.of("export_process_died") from error


def _prepare() -> None:
    """Sets a helper up: Ctrl-C is for the one that asked, and it ends when that one is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _gathered(home: Path, address: str, asked: Asked, ids: tuple[str, ...]) -> Rows:
    return gathered(_register(home, address), asked, ids)


@lru_cache(maxsize=1)
def _register(home: Path, address: str) -> Register:
    """The register as this process opened it, for all batches."""
    return Register.open(home, address)
