"""The model's reader of a process: one client for all that the process reads."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from agent.model.client import Access, ModelClient
from agent.model.settings import ModelSettings
from agent.model.slots import shared
from agent.reading.llm.bases import terms_of
from agent.reading.llm.reader import LlmReader


def reader(access: Access | None) -> LlmReader:
    """The reader that asks through ``access``. Raises ModelError where no endpoint is configured."""
    if access is None:
        access = Access(ModelSettings(name=None, url=None, api_key=None), Path())
    return _reader(access)


@cache
def _reader(access: Access) -> LlmReader:
    return LlmReader(ModelClient(access, shared()), terms_of(access))
