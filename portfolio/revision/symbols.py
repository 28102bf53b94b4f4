"""What the symbols of a formula stand for: `ICHT-IME / ICHT-IME0` is one index now and at the base, `P0` a price."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from portfolio.folding import compact
from portfolio.revision import moments
from portfolio.revision.moments import BASE, CURRENT, Moment

Basis = Literal["base", "last"]
"""The price that is revised: the one agreed at the beginning, or the one in force before the revision."""

Mark = Literal["plain", "words", "back", "base", "now", "number"]
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉ₒₙₘₜ", "0123456789onmt")
_MARKS: tuple[tuple[re.Pattern[str], Mark], ...] = (
    (re.compile(r"[\s_]*[({]?(?P<letter>[nN]|(?<![a-z])[mM])\s*[-−–]\s*(?P<back>\d{1,2})[)}]?$"), "back"),
    (re.compile(r"[\s_\-]*[({]?(?:(?<![a-z])m\s*)?(?:[0oO°º]|base)[)}]?$"), "base"),
    (re.compile(r"[\s_\-]*[({]?(?:[nNmtri]|'|’|′)[)}]?$"), "now"),
    (re.compile(r"[\s_\-]*[({]?[12][)}]?$"), "number"),
)
"""What stands at the end of a symbol to say when it is read. ``number``: `S1` is S now, over `S0`; but below, `S / S1`,
it is S at the base."""
_LAST_PRICE = re.compile(
    r"\b(?:en cours|en vigueur|precedente?|anterieure?|actuel(?:le)?|current|previous|last|n ?- ?1)\b"
)
_BASE_PRICE = re.compile(r"\b(?:d['’]origine|initiale?s?|de base|de reference|basic|base|original|initial)\b")


@dataclass(frozen=True)
class Reading:
    """One way to read the symbol ``text``: the index's name and when it is read, by what mark."""

    name: str
    moment: Moment
    mark: Mark
    text: str
    earlier: bool = False

    def same_index(self, other: Reading) -> bool:
        return bool(compact(self.name)) and compact(self.name) == compact(other.name)


@dataclass(frozen=True)
class Pair:
    """An index now and at its reference."""

    index: str
    current: Moment
    reference: Moment


def readings(text: str) -> tuple[Reading, ...]:
    """All ways to read a symbol, the plainest first: `TP010` is TP010, or TP01 at the base."""
    found = moments.find(text)
    if found is not None:
        return (Reading(found.name, found.moment, "words", text, found.earlier),)
    plain = text.translate(_SUBSCRIPTS)
    ways = [Reading(plain, CURRENT, "plain", text)]
    for pattern, mark in _MARKS:
        match = pattern.search(plain)
        if match and match.start() > 0:
            moment = _back(match) if mark == "back" else BASE if mark == "base" else CURRENT
            ways.append(Reading(moments.tidy(plain[: match.start()].rstrip(" _-")), moment, mark, text))
    return tuple(ways)


def _back(match: re.Match[str]) -> Moment:
    """`n-1`: one revision before; `m-3`: three months before the revision."""
    return Moment("months" if match["letter"] in "mM" else "reading", -int(match["back"]))


def pair(current: str, reference: str) -> Pair | None:
    """The index whose value ``current`` stands over its value ``reference``; None where they are two indices."""
    for below in readings(reference):
        for above in readings(current):
            then = _reference(above, below) if above.same_index(below) else None
            if then is not None:
                return Pair(min(above.name, below.name, key=len), above.moment, then)
    return None


def _reference(above: Reading, below: Reading) -> Moment | None:
    """When the index below the line is read, beside the one above; None where ``below`` names no such moment."""
    if below.mark == "number":
        newer = above.mark == "number" and above.text > below.text
        return BASE if above.mark in ("plain", "now") or newer else None
    if below.mark == "plain":
        return BASE if above.mark == "now" else None
    if below.mark == "now":
        return None
    relative = below.moment.at in ("calendar", "latest") and below.moment.year is None
    if below.earlier or (relative and above.moment.at == "latest") or below.moment == above.moment:
        return above.moment.earlier
    return below.moment


def price(text: str) -> Basis | None:
    """The price that a symbol names: `P0`, `loyer en cours`; None where it does not say which."""
    plain = moments.plain(text)
    if _LAST_PRICE.search(plain):
        return "last"
    if _BASE_PRICE.search(plain):
        return "base"
    marks = [way.moment for way in readings(text) if way.mark != "plain"]
    if any(mark.at == "reading" and mark.offset for mark in marks):
        return "last"
    return "base" if BASE in marks else None
