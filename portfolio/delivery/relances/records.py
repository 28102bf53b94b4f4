"""Relances as they come out of the book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from portfolio.agenda.packing import pack, unpack
from portfolio.delivery.relances.missing import Missing
from portfolio.words.phrases import Phrase

RelanceState = Literal["draft", "approved", "closed", "refused", "stopped"]
"""``draft`` waits for a person; ``approved`` goes out every week; ``closed``: all of it is in, or owed no
longer; ``refused`` and ``stopped`` are a person's word, before and after the first sending."""
COVERING = ("draft", "approved")


@dataclass(frozen=True)
class Ask:
    """One document asked for, with the words of `Missing`."""

    contract: str
    stem: str
    title: str
    obligation: str
    what: Phrase
    since: date
    expired: bool
    unsure: bool

    @property
    def about(self) -> tuple[str, str]:
        """What is owed, whatever the day."""
        return self.contract, self.obligation

    def plain(self) -> dict[str, Any]:
        return vars(self) | {"what": pack(self.what), "since": self.since.isoformat()}

    @classmethod
    def read(cls, line: dict[str, Any]) -> Ask:
        return cls(**line | {"what": unpack(line["what"]), "since": date.fromisoformat(line["since"])})

    @classmethod
    def of(cls, one: Missing) -> Ask:
        return cls(one.contract, one.stem, one.title, one.obligation, one.what, one.since, one.expired, one.unsure)


@dataclass(frozen=True)
class Contact:
    """Where a supplier is written to."""

    supplier: str
    name: str
    email: str
    language: str


@dataclass(frozen=True)
class Relance:
    """A request to a supplier. ``contact``: None where nobody said yet where to write to. ``sent``: how often it went
    out; ``next_on``: when it goes out next, once approved. ``note``: a person's own words in it."""

    id: int
    supplier: str
    name: str
    state: RelanceState
    asks: tuple[Ask, ...]
    contact: Contact | None
    note: str | None
    sent: int
    next_on: date | None
    decided_by: str | None
    decided_at: datetime | None
    reason: str | None
    created_on: date
