"""Lines of a table of contents, known by their dots: rows of title and page, so that no heading is read twice."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.documents.layout.passages import Passage
from agent.documents.layout.printed import Line, PrintedWord, line_of

_ENTRY = re.compile(r"\S.*?[\s.…_]*(?:\.\s?|…\s?|_){5,}\s*\d{1,3}")
_LEADER = re.compile(r"[.…_]{2,}|\.")
_PAGE = re.compile(r"\d{1,3}")


def contents_row(line: Line, ocr: bool) -> Passage | None:
    """The line as a table row if it is a title, dots and a page number; else None."""
    if not _ENTRY.fullmatch(line.text):
        return None
    parts = [part for word in line.words for part in _parts(word)]
    if len(parts) < 2 or not _PAGE.fullmatch(parts[-1].text):
        return None
    return Passage("table_row", line.page, [line], [[line_of(parts[:-1])], [line_of(parts[-1:])]], ocr=ocr)


def _parts(word: PrintedWord) -> list[PrintedWord]:
    """The word's pieces between dots."""
    wide = (word.x1 - word.x0) / len(word.text)
    found: list[PrintedWord] = []
    start = 0
    for match in [*_LEADER.finditer(word.text), None]:
        end = len(word.text) if match is None else match.start()
        if match is not None and match[0] == "." and len(word.text) > 1:
            continue
        if end > start:
            x0, x1 = word.x0 + start * wide, word.x0 + end * wide
            found.append(replace(word, text=word.text[start:end], x0=x0, x1=x1))
        start = end if match is None else match.end()
    return found
