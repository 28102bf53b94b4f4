"""The contracts and conditions that a question's exceptions leave out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.chat.holdings import Held, Holdings
from agent.chat.matching import coverage
from agent.chat.plan import Condition
from agent.chat.planners.conditions import Known, conditions_of, court_of
from agent.chat.planners.reading import Read, read
from agent.chat.subjects import Subjects
from portfolio.folding import fold

_AMENDMENT = re.compile(r"\b(?:avenants?|amendments?|actes? modificatifs?)\b")


@dataclass(frozen=True)
class LeftOut:
    """``contracts``: stems; ``conditions``: negated; ``unclear``: an exception of which nothing was understood."""

    contracts: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    unclear: bool = False


def left_out(pieces: tuple[str, ...], question: Read, holdings: Holdings, subjects: Subjects, known: Known) -> LeftOut:
    """What ``pieces``, the exceptions of ``question``, leave out."""
    contracts: list[str] = []
    conditions: list[Condition] = []
    unclear = False
    for piece in pieces:
        part = read(piece, subjects)
        if _AMENDMENT.search(part.folded):
            continue
        said = (s.condition for s in conditions_of(part, None, None, "list", known))
        own = [c for c in said if c.topic != "jurisdiction"]
        if question.topics.keys() & {"jurisdiction"} or "jurisdiction" in part.topics:
            court = court_of(part, known)
            own += [Condition(topic="jurisdiction", is_="contains", value=court[0])] if court else []
        if own:
            conditions += [c.model_copy(update={"negated": not c.negated}) for c in own]
            continue
        meant = _meant(part, holdings, subjects)
        contracts += [held.stem for held in meant]
        unclear = unclear or not meant
    return LeftOut(tuple(dict.fromkeys(contracts)), tuple(conditions), unclear)


def _meant(part: Read, holdings: Holdings, subjects: Subjects) -> list[Held]:
    found = subjects.resolve(part.question, frozenset())
    placed = [h for h in holdings.contracts if found.places and _at(h, found.places)]
    if found.types and not found.proper:
        typed = [h for h in holdings.contracts if h.terms.value("contract_type") in found.types]
        return [h for h in typed if h in placed] or typed
    if placed and not found.named:
        return placed
    return list(found.named) or [s.held for s in found.scored[:1] if s.named]


def _at(held: Held, places: tuple[str, ...]) -> bool:
    """Whether one of the places named is a site of the contract."""
    return any(
        coverage(fold(place).split(), fold(f"{site.name} {site.city}")) >= 0.99
        for place in places
        for site in held.terms.values("sites")
    )
