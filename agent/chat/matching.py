"""How well a text speaks of the words of a question: by stem, by synonym, by a common beginning."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz.distance import OSA

from agent.chat.subjects import synonyms
from agent.chat.texts import BEGINNING, KIN
from agent.chat.texts import LIKE as LIKE
from agent.chat.texts import SAME as SAME
from portfolio.folding import fold
from vectorstore.keywords import STOP_WORDS, stems

_NEAR = 0.8
"""How nearly two words are written alike that are taken for one: `urban`, `urbain`."""

_CLIPPED = re.compile(r"[a-z]{3,}o")
"""A short word that is cut off after an « o », as speech does: `labo` for `laboratoire`."""

Weight = Callable[[str], float]


@lru_cache(maxsize=1 << 16)
def _text_words(text: str) -> tuple[frozenset[str], frozenset[str]]:
    words = [w for w in fold(text).split() if w not in STOP_WORDS]
    return frozenset(s for w in words for s in stems(w)), frozenset(w[:BEGINNING] for w in words if len(w) >= BEGINNING)


@lru_cache(maxsize=1 << 14)
def _like_stems(word: str) -> frozenset[str]:
    return frozenset(stem for like in synonyms(word) for stem in stems(like))


def likeness(word: str, text: str) -> float:
    """How surely ``text`` holds a folded word: 1 for the word or a form of it, less for a synonym or a relative."""
    text_stems, beginnings = _text_words(text)
    if not text_stems.isdisjoint(stems(word)):
        return SAME
    if not text_stems.isdisjoint(_like_stems(word)):
        return LIKE
    if len(word) >= BEGINNING:
        return KIN if not word.isdigit() and word[:BEGINNING] in beginnings else 0.0
    return LIKE if _CLIPPED.fullmatch(word) and any(start.startswith(word) for start in beginnings) else 0.0


_LEFT_OUT = re.compile(
    r"\b(?:hors|sans|excluding|exclusive of|without|net of)(?: (?:de|des|du|d|la|le|les|l|any|the))* (?P<what>\w+)"
)


@lru_cache(maxsize=1 << 14)
def without_left_out(label: str, question: str) -> str:
    """A label, folded, without the things that it leaves out (« loyer hors charges »), unless the question leaves the
    same out."""
    folded = fold(label)
    out = {m["what"] for m in _LEFT_OUT.finditer(fold(question))}
    return _LEFT_OUT.sub(lambda m: m[0] if m["what"] in out else " ", folded)


_BESIDE = 5
"""Words between two that are said as one thing, at most."""


def near(one: str, other: str, text: str) -> bool:
    """Whether ``text`` says two folded words, or synonyms of them, near each other."""
    if likeness(one, text) < LIKE or likeness(other, text) < LIKE:
        return False
    words = fold(text).split()
    places = [[n for n, word in enumerate(words) if likeness(w, word) >= LIKE] for w in (one, other)]
    return any(abs(i - j) - 1 <= _BESIDE for i in places[0] for j in places[1])


@lru_cache(maxsize=1 << 14)
def names_it(word: str, handles: str) -> bool:
    """Whether a folded word is one of those that name a contract, a form of one or nearly written like it."""
    own = [w for w in fold(handles).split() if w not in STOP_WORDS]
    alike = [word, *synonyms(word)]
    if any(not stems(one).isdisjoint(stems(w)) for one in alike for w in own):
        return True
    if len(word) < BEGINNING or word.isdigit():
        return False
    return any(
        OSA.normalized_similarity(word, w) >= _NEAR or (w.startswith(word) and len(word) >= BEGINNING) for w in own
    )


def coverage(words: Sequence[str], text: str, weight: Weight = lambda _: 1.0) -> float:
    """The share of ``words`` that ``text`` holds, weighted; 0 where there are none."""
    total = sum(weight(word) for word in words)
    return sum(weight(word) * likeness(word, text) for word in words) / total if total else 0.0


@dataclass(frozen=True)
class Rarity:
    """What a word tells among some texts: much where few hold it."""

    texts: tuple[str, ...]

    @cached_property
    def _counted(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for text in self.texts:
            for stem in _text_words(text)[0]:
                found[stem] = found.get(stem, 0) + 1
        return found

    def __call__(self, word: str) -> float:
        count = max((self._counted.get(stem, 0) for stem in stems(word)), default=0)
        total = len(self.texts) + 1
        return max(0.1, math.log(total / (count + 1)) / math.log(total)) if total > 2 else 1.0

    def holds(self, word: str) -> bool:
        """Whether any text has the word, a synonym, or a relative of it."""
        return any(likeness(word, text) for text in self.texts)


def content(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(w for w in words if w not in STOP_WORDS and (len(w) > 1 or w.isdigit())))
