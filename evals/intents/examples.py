"""The labelled questions: JSON Lines, a file a writer. A label that nobody is sure of is left out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from agent.chat.plan import AnswerKind, Operation, Topic
from agent.chat.planners.intents import Head, Scope, Told

FOLDER = Path(__file__).parent


class Example(BaseModel):
    """``q``: the question, after those in ``prev``; its labels are for what is meant. ``writer``: its file's name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: str
    lang: Literal["fr", "en"]
    answer: AnswerKind | None = None
    operation: Operation | None = None
    topic: Topic | None = None
    scope: Scope | None = None
    told: Told | None = None
    prev: tuple[str, ...] = ()
    writer: str = ""

    def label(self, head: Head) -> str | None:
        told: str | None = getattr(self, head)
        return told


def examples(folder: Path = FOLDER) -> tuple[Example, ...]:
    """All examples, in the order of the files' names and of their lines, each question once."""
    found = {(example.q, example.prev): example for path in _files(folder) for example in _lines(path)}
    return tuple(found.values())


def digest(folder: Path = FOLDER) -> str:
    """What tells these examples from others."""
    told = hashlib.sha256()
    for path in _files(folder):
        told.update(path.name.encode() + b"\0" + path.read_bytes())
    return told.hexdigest()


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.jsonl"))


def _lines(path: Path) -> Iterator[Example]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield Example.model_validate_json(line).model_copy(update={"writer": path.stem})
