"""The vocabulary of questions as data: phrases by topic, operation, kind of contract, action and refusal.

A phrase is folded words in order. `word*` has any ending, `...` stands for up to five words, `(a|b)` for either,
`(a )?` for maybe; `^` at its beginning: only where it orders something. A new way to ask is one more phrase in a
TOML file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Match:
    """A phrase found: of which entry, between which characters of the folded question, and the stretches in it that the
    phrase leaves open."""

    name: str
    start: int
    end: int
    gaps: tuple[tuple[int, int], ...] = ()

    @property
    def length(self) -> int:
        return self.end - self.start - sum(end - start for start, end in self.gaps) // 2


@dataclass(frozen=True)
class Entry:
    """The phrases of one name."""

    name: str
    patterns: tuple[re.Pattern[str], ...]

    def find(self, folded: str) -> Iterator[Match]:
        for pattern in self.patterns:
            for found in pattern.finditer(folded):
                if found.end() > found.start():
                    gaps = tuple(found.span(n) for n in range(1, pattern.groups + 1) if found.start(n) >= 0)
                    yield Match(self.name, found.start(), found.end(), gaps)

    def longest(self, folded: str) -> Match | None:
        return max(self.find(folded), key=lambda match: match.length, default=None)


@dataclass(frozen=True)
class Rule:
    """What a phrase for a condition sets: on which topic, how compared, with which value; ``denied``: what it sets
    after a negation, where that is not the bare opposite; ``unit``: of the number that the question gives instead of a
    value; ``weak``: it only mentions the fact; ``largest``: which end of a ranking it means."""

    topic: str
    is_: str = "equals"
    value: str | None = None
    denied: Mapping[str, str] | None = None
    unit: str | None = None
    weak: bool = False
    largest: bool = True


Table = Mapping[str, Entry]


@cache
def rules(room: str) -> Mapping[str, Rule]:
    """The rules of `<room>.toml`, by the name of their entry."""
    return {
        name: Rule(
            entry["topic"],
            entry.get("is", "equals"),
            entry.get("value"),
            entry.get("denied"),
            entry.get("unit"),
            entry.get("weak", False),
            entry.get("largest", True),
        )
        for name, entry in _tree(room).items()
    }


@cache
def table(room: str, part: str | None = None) -> Table:
    """The entries of `<room>.toml`, by name; of each entry only the phrases listed under ``part``, where given."""
    return {
        name: Entry(name, tuple(_compiled(p) for p in (_phrases(value) if part is None else value.get(part, []))))
        for name, value in _tree(room).items()
    }


@cache
def words_of(*rooms: str) -> frozenset[str]:
    """Every whole word that occurs in the phrases of some rooms: what a mistyped word may have been meant to be."""
    return frozenset(
        word
        for room in rooms
        for value in _tree(room).values()
        for phrase in _phrases(value)
        for word in re.findall(r"[a-z]{4,}(?!\*|[a-z])", phrase)
    )


@cache
def beginnings_of(*rooms: str) -> tuple[str, ...]:
    """The beginnings that phrases of some rooms give of words (`word*`)."""
    return tuple(
        sorted(
            {
                beginning
                for room in rooms
                for value in _tree(room).values()
                for phrase in _phrases(value)
                for beginning in re.findall(r"([a-z]{4,})\*", phrase)
            }
        )
    )


@cache
def texts(room: str, entry: str) -> Mapping[str, str]:
    """A plain table of words for words: `[entry]` of `<room>.toml`."""
    return dict(_tree(room)[entry])


@cache
def words(room: str, entry: str) -> frozenset[str]:
    """The words of an entry, written one after the other in its texts."""
    return frozenset(word for text in _tree(room)[entry].values() for word in text.split())


@cache
def groups(room: str) -> tuple[tuple[str, ...], ...]:
    """The groups of words that mean the same, of `<room>.toml`."""
    return tuple(tuple(words) for words in _tree(room)["groups"].values())


def _tree(room: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(f"{room}.toml").read_text(encoding="utf-8"))


def _phrases(value: Any) -> list[str]:
    return [
        phrase
        for key, phrases in value.items()
        if key != "first_words" and isinstance(phrases, list)
        for phrase in phrases
    ]


def first_words(room: str, entry: str) -> frozenset[str]:
    """The words that alone at the beginning of a question say as much as a phrase of the entry."""
    return frozenset(_tree(room)[entry]["first_words"])


_ORDERING = (
    r"(?:^|\b(?:et|puis|and|then|please|stp|svp|merci de|peux tu|pouvez vous|tu peux|vous pouvez|can you|could you|"
    r"il faut|veuillez|va|vas y) )"
)
"""What may stand before a word that orders something."""


def _compiled(phrase: str) -> re.Pattern[str]:
    parts: list[str] = []
    orders = phrase.startswith("^")
    for part in phrase.removeprefix("^").strip().split(" "):
        literal = re.sub(r"\((?!\?)", "(?:", re.sub(r"(?<=[a-z0-9])\*", r"\\w*", part))
        parts.append(r"((?:\w+ ){0,5}?)" if part == "..." else literal + " ")
    body = "".join(parts).removesuffix(" ")
    end = "" if body.endswith("}?)") else r"\b"
    return re.compile(f"{_ORDERING if orders else ''}\\b{body}{end}")
