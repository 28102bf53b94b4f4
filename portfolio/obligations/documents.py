"""Documents that are asked for: their kind, how long they are valid, when one that was handed over is valid no more."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from portfolio.events import Event
from portfolio.folding import fold
from portfolio.obligations.log import Entry, HandedOver
from portfolio.schema import Obligation
from portfolio.values import Duration
from portfolio.words.phrases import Phrase, phrase

if TYPE_CHECKING:
    from portfolio.deadlines import Subject


@dataclass(frozen=True)
class DocumentKind:
    """``valid``: how long a document counts from its own date, None where it does not expire; ``fresh``: how old it may
    be on the day it is handed over; ``reference``: the law or usage that says so."""

    id: str
    words: re.Pattern[str]
    valid: Duration | None
    fresh: Duration | None
    reference: str

    @property
    def name(self) -> Phrase:
        return phrase(f"document.{self.id}")

    def valid_until(self, dated: date) -> date | None:
        """The last day on which a document of that date counts: six months from 10 May end on 9 November."""
        return self.valid.last_day_from(dated) if self.valid else None


@cache
def kinds() -> tuple[DocumentKind, ...]:
    """All kinds, in the order in which they are looked for."""
    data = tomllib.loads(files("portfolio.obligations").joinpath("documents.toml").read_text(encoding="utf-8"))
    return tuple(
        DocumentKind(
            kind["id"],
            re.compile(kind["words"]),
            Duration.parse(kind["valid"]) if "valid" in kind else None,
            Duration.parse(kind["fresh"]) if "fresh" in kind else None,
            kind["reference"],
        )
        for kind in data["kind"]
    )


def kind_of(obligation: Obligation) -> DocumentKind | None:
    """The kind of document that ``obligation`` asks for, by its document and action; None for any other."""
    said = fold(f"{obligation.document or ''} {obligation.action}")
    return next((kind for kind in kinds() if kind.words.search(said)), None)


def completed(handed: HandedOver, kind: DocumentKind | None) -> HandedOver:
    """``handed`` with the last day of its validity, where its date is told and its kind says how long it counts."""
    if handed.valid_until is not None or handed.dated is None or kind is None:
        return handed
    return HandedOver(handed.document, handed.dated, kind.valid_until(handed.dated), handed.sha)


def too_old(handed: HandedOver, kind: DocumentKind | None, on: date) -> Phrase | None:
    """What is wrong with a document that is older than it may be on the day it is handed over, or expired by then."""
    if handed.valid_until is not None and handed.valid_until < on:
        return phrase("document.expired", until=handed.valid_until)
    if kind is not None and kind.fresh is not None and handed.dated and kind.fresh.after(handed.dated) < on:
        return phrase("document.too_old", dated=handed.dated, fresh=kind.fresh, reference=kind.reference)
    return None


def expiries(handed: Iterable[Entry], subject: Subject) -> Iterator[Event]:
    """The documents that are valid no longer on a day of the subject's window, while the contract runs.

    The day is the first without a valid document; a newer document makes another event.
    """
    for entry in handed:
        document = entry.handed
        if document is None or document.valid_until is None:
            continue
        on = document.valid_until + timedelta(days=1)
        if not subject.as_of <= on <= subject.until or (subject.last_day is not None and on > subject.last_day):
            continue
        yield Event(
            key=f"{entry.contract}:document_expiry:{entry.obligation.rpartition(':')[2]}:{entry.id}",
            kind="document_expiry",
            contract=entry.contract,
            on=on,
            what=phrase("document.expires", document=document.document),
            steps=tuple(_steps(document, entry)),
            rests_on=((entry.contract, "obligations"),),
        )


def _steps(document: HandedOver, entry: Entry) -> Iterator[Phrase]:
    if document.dated is not None:
        yield phrase("document.dated", date=document.dated, who=entry.who)
    if document.valid_until is not None:
        yield phrase("document.valid_until", date=document.valid_until)
