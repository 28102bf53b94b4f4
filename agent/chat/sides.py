"""Who is meant by a word of a contract or a question: us or the other side, by name, by defined term, by what a side of
such a contract is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from agent.chat import lexicon
from agent.chat.holdings import Held
from portfolio.folding import fold
from vectorstore.keywords import STOP_WORDS
from vectorstore.records import Passage

Side = Literal["us", "them"]
SELLING = lexicon.words("sides", "selling")
BUYING = lexicon.words("sides", "buying")
ANY = SELLING | BUYING
_BUYERS = ("client", "tenant", "insured", "employee")
_LEGAL = lexicon.words("sides", "legal_forms")
_QUOTED = re.compile(
    r"[«“\"]\s*(?:le |la |les |l['’]|the )?(?P<term>[\w'’-]{2,20}(?: [\w'’-]{2,20})?)\s*[»”\"]", re.IGNORECASE
)
_FAR = 250
"""Letters between a party's name and the term that it is given."""
_MEANS = re.compile(r"\s*(?:désigne|designe|means?|s'entend de)\b", re.IGNORECASE)
_SHORTEST = 4
_PRONOUNS = ("nous", "vous", "we", "you", "us")
_WRITERS, _READERS = ("nous", "we"), ("vous", "you")
"""Who writes general terms, unless they say otherwise, and to whom."""


@dataclass(frozen=True)
class Sides:
    """The folded words by which each side of a contract is called."""

    us: frozenset[str]
    them: frozenset[str]

    def of(self, word: str) -> Side | None:
        return "us" if word in self.us else "them" if word in self.them else None

    def named(self, folded: str, *, asking: bool = False) -> list[tuple[int, Side]]:
        """The sides that a folded text names, with the place of the word, in order; « nous » of one who asks is no
        term of the contract."""
        words = enumerate(folded.split())
        found = ((n, None if asking and word in _PRONOUNS else self.of(word)) for n, word in words)
        return [(n, side) for n, side in found if side is not None]


def called(held: Held, side: Side) -> frozenset[str]:
    """What a side of such a contract is called, whoever it is."""
    return BUYING if (held.our_role in _BUYERS) == (side == "us") else SELLING


def sides_of(held: Held) -> Sides:
    """Names and defined terms before what such sides are called in general."""
    names = tuple((p.name, p.side) for c in held.all for p in c.parties if p.side)
    writers: Side = "us" if called(held, "us") is SELLING else "them"
    own: dict[str, Side | None] = dict.fromkeys(_WRITERS, writers)
    own.update(dict.fromkeys(_READERS, "them" if writers == "us" else "us"))
    own.update(_defined(names, held.passages))
    for name, side in names:
        for word in fold(name).split():
            if len(word) >= _SHORTEST and word not in _LEGAL and word not in STOP_WORDS:
                own[word] = None if own.get(word, side) != side else side
    us, them = (frozenset(w for w, s in own.items() if s == side) for side in ("us", "them"))
    if held.our_role is None or held.our_role in ("partner", "other", "disclosing", "receiving"):
        return Sides(us, them)
    return Sides(us | (called(held, "us") - them), them | (called(held, "them") - us))


@lru_cache(maxsize=64)
def _defined(names: tuple[tuple[str, Side], ...], passages: tuple[Passage, ...]) -> tuple[tuple[str, Side | None], ...]:
    """The terms that the text gives to the parties: `Transports Durand (« le transporteur »)`, `« Nous » désigne…`."""
    found: dict[str, Side | None] = {}
    for passage in passages:
        text = passage.text
        for match in _QUOTED.finditer(text):
            term = fold(match["term"])
            if " " in term or term in found:
                continue
            side = _said_by(names, text, match.start(), match.end())
            if side is not None:
                found[term] = side
    return tuple(found.items())


def _said_by(names: tuple[tuple[str, Side], ...], text: str, start: int, end: int) -> Side | None:
    """The side of the party named just before a term, or after « means »."""
    if _MEANS.match(text, end):
        after = text[end : end + 80]
        return next((side for name, side in names if name in after), None)
    before = text[max(0, start - _FAR) : start]
    at, side = max(((before.rfind(name), side) for name, side in names), default=(-1, None))
    return side if at >= 0 else None
