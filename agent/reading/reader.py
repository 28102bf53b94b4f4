"""What a reader is: one object with one method that turns a dossier into candidate facts with quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from agent.documents.pages import Document


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that prove a value: ``document`` is an index into the dossier; ``start`` an offset into that document's
    text where the reader knows it, else the evidence step looks the words up."""

    text: str
    document: int = 0
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that a reader proposes for a field of `portfolio.schema.FIELDS`, with the words that prove it.

    ``confidence`` between 0 and 1 orders a reader's own candidates; ``rule`` names the rule, or the prompt and its
    version; ``basis`` is the arithmetic where the value was computed from the quotes.
    """

    field: str
    value: Any
    quotes: tuple[Quote, ...]
    confidence: float
    rule: str
    basis: str | None = None


@dataclass(frozen=True)
class Dossier:
    """The documents that make one contract (a mail and its attachment, several files), and whose portfolio it is for.

    ``companies`` are our own company's names, empty where they are not known; ``documents[0]`` is the file given.
    """

    documents: tuple[Document, ...]
    companies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """Something that a reader could not read: ``reason`` is a short code, ``message`` tells the user."""

    reason: str
    message: str


@dataclass(frozen=True)
class Statement:
    """What a reader says of a dossier. ``covered`` are the fields that it looked for in all words there are, so that
    its silence on them says something; ``problems`` tell what it did not come to read."""

    candidates: tuple[Candidate, ...] = ()
    covered: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


class Reader(Protocol):
    """``name`` is stored with every value read (`rules`, `llm`, `hybrid`)."""

    @property
    def name(self) -> str: ...

    def read(self, dossier: Dossier) -> Sequence[Candidate]: ...
