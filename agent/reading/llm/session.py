"""The model's reader of a process: one client for all that the process reads, its requests counted with those of the
other reading processes of a run."""

from __future__ import annotations

from functools import cache
from multiprocessing.synchronize import BoundedSemaphore

from agent.model.client import Access, ModelClient
from agent.model.settings import ModelSettings
from agent.reading.llm.bases import terms_of
from agent.reading.llm.reader import LlmReader

_shared: list[BoundedSemaphore] = []


def share(slots: BoundedSemaphore) -> None:
    """Says which semaphore, shared by the processes of a run, bounds the requests under way."""
    _shared[:] = [slots]


def reader(access: Access | None) -> LlmReader:
    """The reader that asks through ``access``. Raises ModelError where no endpoint is configured."""
    if access is None:
        ModelSettings(name=None).require()
        raise AssertionError  # require() has raised
    return _reader(access)


@cache
def _reader(access: Access) -> LlmReader:
    client = ModelClient(access, _shared[0] if _shared else None)
    return LlmReader(client, terms_of(access))
