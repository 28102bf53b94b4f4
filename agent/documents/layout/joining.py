"""Lines of print joined into the running text of a block, every word with its offsets and its box."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from agent.documents.layout.printed import Line, PrintedWord
from agent.documents.pages import Word
from portfolio.evidence import Box

BoxOf = Callable[[PrintedWord], Box]

_KEEPS_HYPHEN = frozenset(
    {
        *("sous", "non", "ci", "au", "avant", "après", "arrière", "contre", "demi", "vice", "quasi", "mi", "semi"),
        *("celui", "celle", "ceux", "celles", "rendez", "peut", "là", "vis", "dix", "vingt", "trente", "quarante"),
        *("cinquante", "soixante", "quatre", "est", "sont", "doit", "main", "chef", "chefs", "saint", "sainte", "plus"),
        *("moins", "procès", "bien", "compte", "garde", "mot", "porte", "nord", "sud", "centre", "co", "self", "third"),
        *("so", "well", "long", "short", "high", "low", "off", "up", "post", "anti", "cross", "full", "half", "one"),
        *("two", "three"),
    }
)
"""First halves of compounds that keep their hyphen when a line ends at it, French and English."""
_RAISED = frozenset({"th", "st", "nd", "rd", "er", "ère", "re", "e", "ème", "nde"})
_LAST = re.compile(r"[^\W\d_]+$")
_NEXT = re.compile(r"[^\W\d_]+")


def join(lines: Iterable[Line], box_of: BoxOf, known: frozenset[str]) -> tuple[str, tuple[Word, ...]]:
    """The text of ``lines`` and its words; ``known`` are the document's words in lower case, to undo hyphenation."""
    parts: list[str] = []
    words: list[Word] = []
    length = 0
    glue = True
    for line in lines:
        for position, word in enumerate(line.words):
            text = word.text
            if not glue:
                if position == 0 and parts and parts[-1].endswith("-") and len(parts[-1]) > 1 and text[0].isalpha():
                    if not keeps_hyphen(parts[-1], text, known):
                        parts[-1] = parts[-1][:-1]
                        length -= 1
                        previous = words[-1]
                        words[-1] = Word(previous.start, length, previous.box)
                elif not (text in _RAISED and position and _is_raised(line.words[position - 1], word)):
                    parts.append(" ")
                    length += 1
            glue = False
            parts.append(text)
            words.append(Word(length, length + len(text), box_of(word)))
            length += len(text)
    return "".join(parts), tuple(words)


def _is_raised(before: PrintedWord, word: PrintedWord) -> bool:
    """Whether ``word`` is the raised, smaller ending of a number, as in 9th, 1er."""
    return before.text[-1].isdigit() and word.size < 0.85 * before.size and word.x0 - before.x1 < 0.2 * before.size


def keeps_hyphen(before: str, after: str, known: frozenset[str]) -> bool:
    """Whether the hyphen that ends ``before`` belongs to the word: sous-|traitant does, entre|prise does not."""
    last = _LAST.search(before[:-1])
    following = _NEXT.match(after)
    if last is None or following is None or after[0].isupper():
        return True
    head, tail = last[0].lower(), following[0].lower()
    if head + tail in known:
        return False
    return f"{head}-{tail}" in known or head in _KEEPS_HYPHEN or before[: last.start()].endswith("-")


def join_cells(cells: Sequence[Sequence[Line]], box_of: BoxOf, known: frozenset[str]) -> tuple[str, tuple[Word, ...]]:
    """The text of a table row, its cells parted by tabs, and its words."""
    texts: list[str] = []
    words: list[Word] = []
    length = 0
    for cell in cells:
        text, inside = join(cell, box_of, known)
        words.extend(Word(word.start + length, word.end + length, word.box) for word in inside)
        texts.append(text)
        length += len(text) + 1
    return "\t".join(texts), tuple(words)


def vocabulary(words: Iterable[PrintedWord]) -> frozenset[str]:
    """The words of a document in lower case, without the signs around them."""
    return frozenset(word.text.strip(".,;:!?()«»\"'’").lower() for word in words)
