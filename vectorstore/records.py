"""What goes into the passage store and comes out of it. Plain values: no database, no index, no model here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class PassagesError(Exception):
    """The passages cannot be written or searched; the text tells the user what happened and what to do."""


@dataclass(frozen=True, slots=True)
class Section:
    """A block of a document (paragraph, heading, list item, table row, running head…), given in reading order.

    ``text == document.text[start : start + len(text)]``. ``path`` are the headings that the block stands under,
    outermost first; a heading is a section of its own, whose path may end with itself. ``kind`` is the block's kind;
    ``heads`` are the column heads of a table row whose cells are separated by tabs.
    """

    text: str
    path: tuple[str, ...]
    page: int
    start: int
    kind: str = "paragraph"
    heads: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Source:
    """The document that passages come from. ``kind`` is free: `contract`, `amendment`, `annex`, `mail`…"""

    sha256: str
    name: str
    kind: str = "contract"


@dataclass(frozen=True, slots=True)
class About:
    """What search filters by: the facts of a contract, repeated here so that filtering needs no register."""

    contract: str
    contract_type: str | None = None
    language: str | None = None
    sites: tuple[str, ...] = ()
    counterparties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause, a part of a long one, or a few short ones of the same parent.

    ``text`` is verbatim ``document.text[start:end]``. ``embed_text`` is what is embedded: the text under its heading
    path, table rows under their heads. ``headline`` is all headings that it stands under or holds; ``position`` counts
    the passages of a document from 0. ``id`` is the same whenever the same words stand at the same place.
    """

    id: str
    contract: str
    source: Source
    position: int
    page: int
    last_page: int
    start: int
    end: int
    path: tuple[str, ...]
    headline: str
    text: str
    embed_text: str
    text_hash: str


@dataclass(frozen=True, slots=True)
class Filters:
    """Which contracts to search; every part that is given must hold. ``contracts=()`` finds nothing, None all.

    ``site`` and ``counterparty`` match any part of a name, without regard to case and accents.
    """

    contracts: Sequence[str] | None = None
    contract_type: str | None = None
    site: str | None = None
    counterparty: str | None = None

    @property
    def empty(self) -> bool:
        return self == Filters()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. ``score`` is its fused rank; a rank is 1 for the best, None where that search missed it."""

    passage: Passage
    score: float
    rank_keyword: int | None
    rank_vector: int | None


@dataclass(frozen=True, slots=True)
class IndexState:
    """How far the index has come.

    ``embedded + owed == passages``. ``model`` embeds and searches here, ``index_model`` built the index; where they
    differ the index is ``stale``: search goes by keywords alone until it is rebuilt. ``unavailable`` says in plain
    words why there is no search by meaning, None where there is.
    """

    contracts: int
    passages: int
    embedded: int
    owed: int
    model: str | None
    index_model: str | None
    stale: bool
    unavailable: str | None
