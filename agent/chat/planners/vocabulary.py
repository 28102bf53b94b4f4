"""The portfolio's own words that a model plans with: the contracts nearest to a question, a line each; never a
contract's text, and nothing of a contract that a person marked as confidential."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property

from agent.chat.holdings import Held, Holdings
from agent.chat.planners.reading import read
from agent.chat.subjects import Subjects
from agent.privacy import is_confidential

LINES = 40
"""Contracts at most that are shown for one question."""
_LONGEST = 120


class Vocabulary:
    """The lines of one portfolio; those that ``holdings`` may show."""

    def __init__(self, holdings: Holdings, subjects: Subjects) -> None:
        self._holdings = holdings
        self._subjects = subjects

    def near(self, question: str, before: Sequence[str] = ()) -> tuple[Held, ...]:
        """The contracts that may be meant, the likeliest first; ``before``: stems that the conversation was about."""
        shown = self._shown
        if len(shown) <= LINES:
            return shown
        found = self._subjects.resolve(read(question, self._subjects).question, frozenset())
        ranked = {held.id: n for n, held in enumerate([*found.named, *(s.held for s in found.scored)])}
        ranked |= {held.id: -1 for held in shown if held.stem in before}
        return tuple(sorted(shown, key=lambda held: ranked.get(held.id, len(ranked)))[:LINES])

    @cached_property
    def _shown(self) -> tuple[Held, ...]:
        return tuple(h for h in self._holdings.contracts if not any(is_confidential(c) for c in h.all))

    @staticmethod
    def lines(contracts: Sequence[Held]) -> str:
        """A line of JSON a contract: key, title, reference, type, other parties, places, tags."""
        return "\n".join(json.dumps(_line(held), ensure_ascii=False) for held in contracts)


def _line(held: Held) -> dict[str, object]:
    reference = held.terms.value("reference")
    sites = {str(place) for site in held.terms.values("sites") if (place := site.city or site.name)}
    line: dict[str, object] = {
        "key": held.stem,
        "title": _short(held.title),
        "reference": _short(str(reference)) if reference else None,
        "type": held.terms.value("contract_type"),
        "with": [_short(name) for name in held.others[:3]],
        "places": sorted(_short(place) for place in sites)[:6],
        "tags": list(held.base.tags[:5]),
    }
    return {key: value for key, value in line.items() if value}


def _short(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]
