"""The parts of the product that all sessions of one process share, opened once for each data folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from agent.intake import Intake
from agent.model.embedding import open_passages
from agent.readers import chosen
from agent.settings import Settings
from portfolio.register.store import Register
from vectorstore.passages import Passages


def register() -> Register:
    settings = Settings()
    return _register(settings.home, settings.database_url)


def passages() -> Passages:
    settings = Settings()
    return _passages(settings.home, settings.database_url, settings.chroma_url)


def intake() -> Intake:
    """Begins to read what an earlier process left, the first time."""
    settings = Settings()
    return _intake(settings.home, settings.database_url, settings.chroma_url)


@cache
def _register(home: Path, url: str | None) -> Register:
    return Register.open(home, url)


@cache
def _passages(home: Path, url: str | None, chroma: str | None) -> Passages:
    return open_passages(home, url, chroma)


@cache
def _intake(home: Path, url: str | None, chroma: str | None) -> Intake:
    opened = Intake(_register(home, url), _passages(home, url, chroma), home)
    opened.resume(readers=chosen(home, url))
    return opened
