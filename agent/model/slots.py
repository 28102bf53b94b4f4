"""How many requests are under way at once, over all processes of a run."""

from __future__ import annotations

from multiprocessing.synchronize import BoundedSemaphore

_shared: list[BoundedSemaphore] = []


def share(slots: BoundedSemaphore) -> None:
    """Says which semaphore, shared by the processes of a run, bounds the requests of this one."""
    _shared[:] = [slots]


def shared() -> BoundedSemaphore | None:
    """That semaphore; None where this process asks alone."""
    return _shared[0] if _shared else None
