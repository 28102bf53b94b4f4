"""The words of a question: folded, stemmed, its language, its slips of the keyboard."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from agent.chat import lexicon
from portfolio.folding import fold
from vectorstore.keywords import STOP_WORDS, stems

_WORD = re.compile(r"[^\W_]+(?:[-/.][^\W_]+)*")


@dataclass(frozen=True)
class Token:
    """A word: as written, folded, and whether it begins with a capital where no sentence begins."""

    text: str
    folded: str
    name: bool

    @cached_property
    def stems(self) -> frozenset[str]:
        return stems(self.folded)

    @property
    def content(self) -> bool:
        return self.folded not in STOP_WORDS and (len(self.folded) > 1 or self.folded.isdigit())


@dataclass(frozen=True)
class Question:
    """A question as it is looked at: ``folded`` are its words with one space between, mistypings put right."""

    text: str
    language: Literal["fr", "en"]
    tokens: tuple[Token, ...]

    @cached_property
    def folded(self) -> str:
        return " ".join(token.folded for token in self.tokens)

    @property
    def content(self) -> tuple[Token, ...]:
        return tuple(token for token in self.tokens if token.content)


_FRENCH, _ENGLISH = lexicon.words("empty", "small_french"), lexicon.words("empty", "small_english")
"""The small words that tell the language of a question."""


def language_of(text: str) -> Literal["fr", "en"]:
    """French or English, by the small words; French where neither shows."""
    words = fold(text).split()
    return "en" if sum(w in _ENGLISH for w in words) > sum(w in _FRENCH for w in words) else "fr"


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text; `l'an` is two, `M-22/1187` one of three folded parts."""
    found: list[Token] = []
    start = True
    last = 0
    for match in _WORD.finditer(text):
        start = start or bool(re.search(r"[.!?:;«\"]\s*$", text[last : match.start()].rstrip(" ")))
        written = match[0]
        named = written[0].isupper() and (not start or (len(written) > 1 and written.isupper()))
        found.extend(Token(written, part, named) for part in fold(written).split())
        start, last = False, match.end()
    return tuple(found)
