"""The built-in reader: one module a subject, each with the phrases that it was written for.

A subject is a module with ``read(view, known)`` that yields candidates; it may look at what the subjects before it in
`SUBJECTS` found. It never raises for what a contract says.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Protocol

from agent.reading.reader import Candidate, Dossier
from agent.reading.rules import (
    amounts,
    dates,
    kind,
    language,
    law,
    nature,
    notice,
    obligations,
    parties,
    payment,
    reference,
    renewal,
    revision,
    sites,
    status,
    term,
    termination,
    title,
)
from agent.reading.rules.known import Known
from agent.reading.structure import ContractView, view

_log = logging.getLogger(__name__)


class Subject(Protocol):
    """What a module of this folder offers."""

    __name__: str

    def read(self, view: ContractView, known: Known, /) -> Iterator[Candidate]: ...


SUBJECTS: tuple[Subject, ...] = (
    language,
    title,
    reference,
    kind,
    parties,
    sites,
    nature,
    status,
    dates,
    term,
    renewal,
    notice,
    amounts,
    revision,
    payment,
    obligations,
    termination,
    law,
)
"""In reading order: identity first, since dates, money and obligations ask who the parties are and what it is about."""


class RulesReader:
    """Reads a dossier with every subject. ``strict``: a subject's error is raised, not logged (for tests)."""

    name = "rules"

    def __init__(self, subjects: Sequence[Subject] = SUBJECTS, *, strict: bool = False) -> None:
        self._subjects = subjects
        self._strict = strict

    def read(self, dossier: Dossier) -> Sequence[Candidate]:
        """All candidates; a subject that fails is logged and left out, the others go on."""
        laid_out = view(dossier)
        known = Known(dossier.companies)
        for subject in self._subjects:
            try:
                found = tuple(subject.read(laid_out, known))
            except Exception:
                if self._strict:
                    raise
                _log.exception("The rules of « %s » failed on %s.", subject.__name__, dossier.documents[0].name)
                continue
            for candidate in found:
                known.add(candidate)
        return known.candidates
