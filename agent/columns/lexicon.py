"""What a column asks of, from its words: facets, each with the ways in which contracts speak of it.

`lexicon.toml` holds the trade's own; a word that it does not know is looked for in all its forms.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from agent.reading.text import fold
from portfolio import folding
from vectorstore.keywords import STOP_WORDS, stems

_GAP = r"\W+(?:\w+\W+){0,9}?"
_SPACE = r"[\s'’.-]+"
_BEGINNING = 6
"""Letters that words of one family share: `bionettoyage`, `bionettoyer`."""
Asks = Literal["leave", "ban"]
KEY = 0.5
"""Weight from which on a facet must be spoken of."""


@dataclass(frozen=True)
class Facet:
    """One thing that a column's words ask of; ``cues`` match folded text. ``weight`` is 1 for what the column is about,
    less for what only narrows it (« minimum »)."""

    name: str
    weight: float
    cues: re.Pattern[str]


@dataclass(frozen=True)
class Subject:
    """``asks``: what the column wants to know of a clause, « cession interdite ? »;
    ``wanted``: kinds of value that a text answer should hold (« lieu d'hébergement »);
    ``negated``: such clauses are worded with a « not » (« n'excédera pas », « shall not solicit »)."""

    facets: tuple[Facet, ...]
    asks: Asks | None = None
    wanted: tuple[str, ...] = ()
    negated: bool = False

    @property
    def keys(self) -> tuple[Facet, ...]:
        """The facets that must all be spoken of."""
        heavy = tuple(facet for facet in self.facets if facet.weight >= KEY)
        return heavy or self.facets


@dataclass(frozen=True)
class _Concept:
    facet: Facet
    asks: Asks | None
    negated: bool


@lru_cache(maxsize=256)
def subject(words: str) -> Subject:
    """What a column asks of: the concepts that its words name, the longest names first, then its other words."""
    left = folding.fold(words)
    found: list[tuple[int, Facet]] = []
    asks: Asks | None = None
    negated = False
    concepts, frame = _lexicon()
    for concept, pattern in concepts:
        match = pattern.search(left)
        if match is not None:
            asks = asks or concept.asks
            negated = negated or concept.negated
            if concept.facet.weight:
                found.append((match.start(), concept.facet))
            left = left[: match.start()] + " " * len(match[0]) + left[match.end() :]
    for match in re.finditer(r"\w+", left):
        word = match[0]
        if word not in STOP_WORDS and not frame.fullmatch(word) and (len(word) > 1 or word.isdigit()):
            found.append((match.start(), Facet(word, 1.0, _forms(word))))
    facets = tuple(dict.fromkeys(facet for _, facet in sorted(found, key=lambda pair: pair[0])))
    wanted = tuple(kind for kind, names in _data()["wanted"].items() if _any(tuple(names)).search(folding.fold(words)))
    return Subject(facets, asks, wanted, negated)


def blanked(folded: str) -> str:
    """Folded text with the words that only look like cues blanked out, offsets kept."""
    return _ignored().sub(lambda match: " " * len(match[0]), folded)


@cache
def _lexicon() -> tuple[tuple[tuple[_Concept, re.Pattern[str]], ...], re.Pattern[str]]:
    """Each concept by each of its names, the longest names first; and the frame words."""
    data = _data()
    named: list[tuple[int, _Concept, re.Pattern[str]]] = []
    for entry in data["concept"]:
        cues = _any(entry["cues"] if entry.get("named_apart") else (*entry["names"], *entry["cues"]))
        facet = Facet(entry["names"][0], float(entry.get("weight", 1.0)), cues)
        concept = _Concept(facet, entry.get("asks"), entry.get("negated", False))
        named += [(-len(name.split()), concept, _any((name,))) for name in entry["names"]]
    ordered = tuple((concept, pattern) for _, concept, pattern in sorted(named, key=lambda item: item[0]))
    return ordered, _any(data["frame"])


@cache
def _ignored() -> re.Pattern[str]:
    return _any(_data()["ignored"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("agent.columns").joinpath("lexicon.toml").read_text(encoding="utf-8"))


def _any(phrases: Any) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_phrase, phrases))})(?!\w)")


def _phrase(phrase: str) -> str:
    """A phrase of the lexicon as a pattern of folded text."""
    parts: list[str] = []
    gap = ""
    for word in phrase.split():
        if word == "...":
            gap = _GAP
            continue
        parts += [gap if parts else "", _word(word)]
        gap = _SPACE
    return "".join(parts)


def _word(word: str) -> str:
    if word.startswith("("):
        return f"(?:{'|'.join(map(_word, word.strip('()').split('|')))})"
    return re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "")


def _forms(word: str) -> re.Pattern[str]:
    """The word in its forms: its stems with any ending, its beginning where it is long."""
    beginnings = {stem for stem in stems(word) if len(stem) >= 3} | {word}
    if len(word) > _BEGINNING and not word.isdigit():
        beginnings.add(word[:_BEGINNING])
    plain = [re.escape(fold(beginning)) + ("" if beginning.isdigit() else r"\w*") for beginning in beginnings]
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(plain, key=len, reverse=True))})(?!\w)")
