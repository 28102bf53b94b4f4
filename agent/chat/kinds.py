"""Kinds of amounts that are no price – deposits, guarantees, penalties, excesses – by the words of their labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from portfolio.folding import fold

KINDS: Mapping[str, str] = {
    "deposit": r"depots? de garantie|cautions?|(?:security |rent |rental )?deposits?",
    "guarantee": r"cautions?|cautionnements?|suret\w+|retenues? de garantie|retention(?: money)?|"
    r"garanties? (?:a premiere demande|financieres?|bancaires?|autonomes?)|"
    r"(?:bank|performance|parent company) (?:guarantees?|bonds?)",
    "penalty": r"penalites?|penalt\w+|liquidated damages|astreintes?|malus",
    "excess": r"(?<!contrat de )(?<!contrats de )franchises?"
    r"(?= (?:de|d|par|superieure?s?|inferieure?s?|plus|moins|\d)|$)|"
    r"deductibles?|excess",
    "liability": r"(?:plafon\w+|limit\w+|caps?)(?: \w+){0,3} (?:responsabilite|liability)|"
    r"(?:responsabilite|liability)(?: \w+){0,4} (?:plafon\w+|limit\w+|cap\w*)",
    "advance": r"avances?(?= (?:de|d|forfaitaire|versee|superieure?|\d)|$)|acomptes?|arrhes|down ?payments?|"
    r"advance payments?",
    "indemnity": r"indemnites?(?: de \w+)?|dedits?|termination (?:fees?|payments?)|compensation",
    "entry": r"droits? d entree|pas de porte|entry fees?|frais d installation|installation (?:charges?|fees?)|"
    r"set ?up fees?|mise en service",
}
"""The kind and how it is written, in questions and in labels alike."""
_FOUND = {kind: re.compile(rf"\b(?:{words})\b") for kind, words in KINDS.items()}


def kinds_in(folded: str) -> tuple[str, ...]:
    """The kinds of amounts that folded words name."""
    return tuple(kind for kind, words in _FOUND.items() if words.search(folded))


def place_of(folded: str, kinds: Iterable[str]) -> tuple[int, int] | None:
    """From where to where folded words name the kinds."""
    found = [match.span() for kind in kinds for match in _FOUND[kind].finditer(folded)]
    return (min(start for start, _ in found), max(end for _, end in found)) if found else None


def of_kind(label: str, kinds: Iterable[str]) -> bool:
    """Whether an amount's label says one of the kinds."""
    folded = fold(label)
    return any(_FOUND[kind].search(folded) for kind in kinds)
