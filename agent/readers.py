"""Who reads: the built-in reader, a language model, or both, by what is asked for and what is configured."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from agent.model.client import Access, new_run
from agent.model.settings import load
from agent.reading.facts import readers


@dataclass(frozen=True)
class Readers:
    """``names`` of `agent.reading.facts.READERS`; ``access`` where one of them asks a model."""

    choice: str
    names: tuple[str, ...]
    access: Access | None


def chosen(home: Path, database_url: str | None, choice: str | None = None) -> Readers:
    """The readers of ``choice`` (`rules`, `llm`, `hybrid`); without one, both where an endpoint is configured, else the
    built-in one. Raises ContrathequeError where a model is asked for and none is configured, or a setting is wrong."""
    settings = load(home)
    choice = choice or ("hybrid" if settings.configured else "rules")
    names = readers(choice)
    if "llm" not in names:
        return Readers(choice, names, None)
    settings.require()
    return Readers(choice, names, Access(settings, home, database_url, new_run()))
