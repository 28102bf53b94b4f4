"""What falls due in a portfolio: one dated event, with the arithmetic that gave its date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from portfolio.register.records import Side
from portfolio.words.phrases import Phrase

EventKind = Literal["start", "end", "renewal", "final_end", "notice", "revision", "obligation", "document_expiry"]
"""``end``: the contract stops unless somebody acts; ``renewal``: it goes on by itself the day after ``on``;
``notice``: last day to give notice; ``document_expiry``: a document handed over is valid no longer."""


@dataclass(frozen=True)
class Event:
    """A day on which something of a contract falls due.

    ``key`` names the event whatever its date (`<contract id>:notice:2`): a changed fact moves it, a new computation
    finds it again. ``contract`` is the id of the base contract. ``steps`` are the facts, the rule and the arithmetic,
    in order. ``rests_on``: (contract or amendment id, field) of the facts used. ``unsure``: one of them was neither
    decided by a person nor certain as read, so that the event is to be shown as to be verified.
    """

    key: str
    kind: EventKind
    contract: str
    on: date
    what: Phrase
    steps: tuple[Phrase, ...] = ()
    rests_on: tuple[tuple[str, str], ...] = ()
    unsure: bool = False
    debtor: str | None = None
    side: Side | None = None


@dataclass(frozen=True)
class Undated:
    """Something that falls due on a day that cannot be known yet: ``missing`` says what has to be told first."""

    key: str
    kind: EventKind
    contract: str
    what: Phrase
    missing: Phrase
    unsure: bool = False
    debtor: str | None = None
    side: Side | None = None
