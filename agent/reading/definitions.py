"""Defined terms: « le Client » and whom it stands for; « Période » and what it means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from agent.reading.clauses import Sentence
from agent.reading.text import fold

_QUOTED = r"[\"']\s?(?:(?:le|la|les|l'|the|un|une|an?)\s*(?=\S))?(?P<{name}>[^\"\n]{{1,50}}?)\s?[\"']"
_HERE = r"(?:ci[- ]?apres|hereinafter|hereafter|herein|designee?s?|denommee?s?|denomination|appelee?s?)[^\"().]{0,70}?"
_PARTY = re.compile(
    rf"{_HERE}{_QUOTED.format(name='a')}"
    rf"|\((?:[^\"()]{{0,60}}?)(?:the |each,? an? |collectively,? |together,? |individually,? "
    rf")*{_QUOTED.format(name='b')}"
    r"|(?:ci[- ]?apres|hereinafter|hereafter)(?: (?:denomme|designe|appele|dit|referred to as|"
    r"called)[es]{0,2})? (?:(?:comme|par|as) )?(?:le |la |l'|les |"
    r"the )(?P<c>[a-z][a-z-]{2,30}(?: [a-z-]{4,20})?)(?=[,.;) ]|$)"
)
_MEANING = re.compile(
    r"^\W{0,4}(?:\d[\d.]*\W{1,3}|\(?[a-z]\)\s)?(?:(?:le|la|les|l'|the|par|"
    r"by)\s*)?\"\s?(?P<name>[^\"]{1,60}?)\s?\"\s*(?:\([^)]*\)\s*)?(?:designe(?:nt)?|signifie(?:nt)?|s'entend(?:ent)?|"
    r"correspond|means?|shall mean|refers? to|has the meaning|:|=)\s*"
)
_INSIDE = re.compile(r"\"\s?(?P<name>[^\"]{1,60}?)\s?\" (?:designe(?:nt)?|means?|shall mean)\b")


@dataclass(frozen=True)
class Definition:
    """``kind`` `party`: the expansion is the description before the name; `meaning`: what follows it.

    ``start`` and ``end`` of the expansion, and ``at`` of the name, are offsets into ``sentence``.
    """

    name: str
    kind: Literal["party", "meaning"]
    sentence: Sentence
    start: int
    end: int
    at: int

    @property
    def expansion(self) -> str:
        return self.sentence.text[self.start : self.end].strip()

    @property
    def folded_name(self) -> str:
        return fold(self.name)


def definitions(sentences: Iterable[Sentence]) -> Iterator[Definition]:
    """Every defined term, in reading order; of several names for one description, each ends the expansion."""
    for sentence in sentences:
        folded = sentence.folded
        if '"' not in folded and "apres" not in folded and "hereinafter" not in folded:
            continue
        if match := _MEANING.match(folded):
            yield _definition(sentence, match, "name", "meaning")
            continue
        for match in _PARTY.finditer(folded):
            yield _definition(sentence, match, next(g for g in "abc" if match[g]), "party")
        for match in _INSIDE.finditer(folded):
            yield _definition(sentence, match, "name", "meaning")


def _definition(sentence: Sentence, match: re.Match[str], group: str, kind: Literal["party", "meaning"]) -> Definition:
    at, to = match.span(group)
    name = sentence.text[at:to].strip(" ,.«»“”\"'")
    start, end = (0, match.start()) if kind == "party" else (match.end(), len(sentence.text))
    return Definition(name, kind, sentence, start, end, at)
