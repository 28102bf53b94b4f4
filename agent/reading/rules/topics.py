"""Sentences with what they are about: their clause's headings and the title that stands alone above them.

Deeds and short contracts have titles that are no headings (`Loyer` on a line of its own, `c) Prix` before its items).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.reading.rules.finding import spoken
from agent.reading.structure import ContractView, Sentence

Line = tuple[Sentence, str, str]
"""A sentence, its folded words, and its folded headings, outermost first, joined by ` > `."""

_TITLE = re.compile(r"\s*(?:[a-z0-9ivx]{1,4}\s?[.)°/-]+\s*)?[a-z][a-z' ,&()-]{2,58}\s*:?\s*")
_CAPITAL = re.compile(r"\s*(?:[\da-zA-Z]{1,4}\s?[.)°/-]+\s*)?[A-ZÀ-Þ]")
_NO_TITLE = re.compile(
    r"\b(?:et|de|du|des|la|le|les|a|au|par|pour|and|the|of|to)\s*$|[,;.]\s*$|^\s*[-*•]|^et\b|\sest\s"
)


def topical(view: ContractView) -> Iterator[Line]:
    """The lines of `spoken`, their headings continued by the nearest title above in the same clause."""
    clause, topic = None, ""
    for sentence, text, heading in spoken(view):
        if sentence.clause is not clause:
            clause, topic = sentence.clause, ""
        if _is_title(sentence, text):
            topic = text.strip(" :")
        yield sentence, text, f"{heading} > {topic}" if topic else heading


def topic_of(heading: str) -> str:
    """The innermost heading of a line's headings."""
    return heading.rpartition(" > ")[2]


def _is_title(sentence: Sentence, text: str) -> bool:
    return (
        sentence.block.kind in ("paragraph", "list_item")
        and len(sentence.text) == len(sentence.block.text.rstrip())
        and _CAPITAL.match(sentence.text) is not None
        and len(text.split()) <= 9
        and _TITLE.fullmatch(text) is not None
        and _NO_TITLE.search(text) is None
    )
