"""A question looked at word by word: short forms and slips put right, phrases of the vocabulary found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from agent.chat import lexicon
from agent.chat.lexicon import Match
from agent.chat.subjects import token_places
from agent.chat.wording import Question, Token, language_of, tokens_of
from vectorstore.keywords import STOP_WORDS

_ROOMS = ("topics", "types", "operations", "actions")
LONGEST = 800
"""Characters of a question that are looked at."""
_CUT = 0.8
_SHORTEST = 5


class Names(Protocol):
    """The words that name contracts, parties and places."""

    def knows(self, word: str) -> bool:
        """Whether a folded word is one of the portfolio's own."""

    def nearest(self, word: str) -> str | None:
        """The name's word that a mistyped one was meant to be, where one is near."""


@dataclass(frozen=True)
class Read:
    """A question and the phrases found in it, by table."""

    question: Question

    @cached_property
    def asked(self) -> frozenset[int]:
        """The tokens that any phrase for a fact, an operation or an action takes up."""
        return self.covered(
            match
            for room in ("topics", "operations", "actions")
            for entry in lexicon.table(room).values()
            for match in entry.find(self.question.folded)
        )

    @cached_property
    def topics(self) -> dict[str, Match]:
        return _found(self.question, "topics")

    @cached_property
    def operations(self) -> dict[str, Match]:
        return _found(self.question, "operations")

    @cached_property
    def actions(self) -> dict[str, Match]:
        return _found(self.question, "actions")

    @cached_property
    def refusals(self) -> dict[str, Match]:
        return _found(self.question, "refusals")

    @property
    def folded(self) -> str:
        return self.question.folded

    def covered(self, matches: Iterable[Match]) -> frozenset[int]:
        """The tokens that some phrases take up."""
        return frozenset(
            place
            for m in matches
            for place in token_places(self.question, m.start, m.end)
            - {p for start, end in m.gaps if end > start for p in token_places(self.question, start, end - 1)}
        )

    def first(self) -> str:
        return self.question.tokens[0].folded if self.question.tokens else ""


def _found(question: Question, room: str) -> dict[str, Match]:
    longest = ((name, entry.longest(question.folded)) for name, entry in lexicon.table(room).items())
    return {name: match for name, match in longest if match is not None}


def read(text: str, subjects: Names) -> Read:
    """The question ``text``, its slips put right where a word of the vocabulary is near."""
    short = lexicon.texts("corrections", "short")
    tokens: list[Token] = []
    for token in tokens_of(text[:LONGEST]):
        written = short.get(token.folded)
        words = written.split() if written else [_righted(token, subjects)]
        tokens.extend(Token(token.text, word, token.name) for word in words)
    return Read(Question(text, language_of(text), tuple(tokens)))


def _righted(token: Token, subjects: Names) -> str:
    word = token.folded
    known = lexicon.words_of(*_ROOMS)
    if len(word) < _SHORTEST or word.isdigit() or word in known or word in STOP_WORDS or subjects.knows(word):
        return word
    if word.startswith(lexicon.beginnings_of(*_ROOMS, "refusals")):
        return word
    if token.name and subjects.nearest(word):
        return word
    found = process.extractOne(word, known, scorer=OSA.normalized_similarity, score_cutoff=_CUT)
    return str(found[0]) if found and found[0][0] == word[0] else word
