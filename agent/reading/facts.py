"""From a dossier to its facts: the readers asked, what they say proven and reconciled, confidence calibrated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from agent.reading.confidence import calibrated
from agent.reading.reader import Dossier, Reader
from agent.reading.reconcile import reconcile
from agent.reading.rules import RulesReader
from portfolio.facts import Fact

READERS: Mapping[str, Callable[[], Reader]] = {"rules": RulesReader}
"""The readers there are, by the name that users choose them by."""


@cache
def _reader(name: str) -> Reader:
    return READERS[name]()


def read_facts(dossier: Dossier, readers: Sequence[str]) -> tuple[Fact, ...]:
    """The facts that ``readers`` (names of `READERS`) prove in ``dossier``."""
    return calibrated(dossier, reconcile(dossier, {name: _reader(name).read(dossier) for name in readers}))
