"""Cuts a document into passages: by clause, short neighbours joined, long clauses split between sentences and rows.

Sizes are in tokens of the embedded text. Clauses up to `TARGET` that stand under one parent are joined up to `TARGET`;
a clause is cut only above `LIMIT`, into parts of about equal size. No part ends inside a word, unless the word alone is
longer than the limit. Passages lie side by side: every word of every section is in exactly one.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from vectorstore.records import Passage, Section, Source
from vectorstore.tokens import Counter

LIMIT = 350
TARGET = 225
"""Where multilingual-e5-small works best; it reads 512 tokens at most."""
SMALL = 90
"""A clause below this says too little on its own to be found well: it takes its neighbours in."""

_SENTENCE_END = re.compile(r"(?<=[.;!?…:])\s+(?=\S)")
_CELL = re.compile(r"\t+")
_SPACE = re.compile(r"\s+")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Section text ``[start:end)`` that is never cut, with its tokens."""

    section: Section
    start: int
    end: int
    tokens: int

    @property
    def text(self) -> str:
        return self.section.text[self.start : self.end]

    @property
    def bare(self) -> bool:
        """It is nothing but the heading that its clause stands under."""
        return self.section.path[-1:] == (self.section.text,)


def split(
    contract: str, source: Source, sections: Sequence[Section], count: Counter, *, limit: int = LIMIT
) -> list[Passage]:
    """The passages of one document, in reading order. ``limit`` is at least 16 tokens."""
    chunks: list[list[_Piece]] = []
    for run in _touching([_storable(section) for section in sections]):
        clauses = [
            [piece for section in clause for piece in _pieces(section, count, limit // 2 - 4)]
            for _, clause in groupby(run, key=lambda section: section.path)
        ]
        chunks.extend(part for chunk in _joined(clauses, limit) for part in _parts(chunk, count, limit))
    return [_passage(contract, source, position, chunk, count, limit) for position, chunk in enumerate(chunks)]


def _storable(section: Section) -> Section:
    """Characters that no database and no model takes (NUL, lone surrogates) replaced one for one: offsets stay."""
    text = _UNSTORABLE.sub("\ufffd", section.text)
    path = tuple(_UNSTORABLE.sub("\ufffd", heading) for heading in section.path)
    return replace(section, text=text, path=path)


def _touching(sections: Sequence[Section]) -> Iterator[list[Section]]:
    """Runs of sections with nothing but one line end between them: only these make a verbatim text together."""
    run: list[Section] = []
    for section in sections:
        if not section.text.strip():
            continue
        margin = section.kind in ("header", "footer")
        if run and (section.start != run[-1].end + 1 or margin != (run[-1].kind in ("header", "footer"))):
            yield run
            run = []
        run.append(section)
    if run:
        yield run


def _joined(clauses: list[list[_Piece]], limit: int) -> Iterator[list[_Piece]]:
    """Puts small clauses together with the one before or after them, under the same parent, up to the target."""
    target = min(TARGET, limit * TARGET // LIMIT)
    small = target * SMALL // TARGET
    chunk: list[_Piece] = []
    last_size = 0
    for clause in clauses:
        size = _size(clause)
        short = min(size, last_size) < small and _size(chunk) + size <= target
        announced = all(piece.bare for piece in chunk)
        if chunk and not ((short or announced) and _siblings(chunk[0], clause[0])):
            yield chunk
            chunk = []
        chunk = chunk + clause
        last_size = size
    if chunk:
        yield chunk


def _size(pieces: Sequence[_Piece]) -> int:
    return sum(piece.tokens + 1 for piece in pieces)


def _siblings(a: _Piece, b: _Piece) -> bool:
    """Same parent heading, or one is the parent of the other; a chapter's bare heading goes with its first clause."""
    one, other = a.section.path, b.section.path
    return one[:-1] == other[:-1] or one == other[: len(one)]


def _parts(chunk: list[_Piece], count: Counter, limit: int) -> Iterator[list[_Piece]]:
    """The chunk, or parts of it of about equal size where it does not fit."""
    budget = limit - count(_lead(_common_path(chunk), count, limit)) - 1
    aim = math.ceil(_size(chunk) / math.ceil(_size(chunk) / budget))
    part: list[_Piece] = []
    size = 0
    heads: tuple[str, ...] = ()
    for piece in chunk:
        cost = piece.tokens + 1
        changed = piece.section.heads != heads
        extra = count(_heads_line(piece.section, count, limit)) + 1 if piece.section.heads else 0
        if part and (size + cost + (extra if changed else 0) > budget or size >= aim):
            yield part
            part, size, changed = [], 0, True
        part.append(piece)
        size += cost + (extra if changed else 0)
        heads = piece.section.heads
    yield part


def _pieces(section: Section, count: Counter, limit: int) -> Iterator[_Piece]:
    """A row or heading whole where it fits, else sentences, else cells, else words, else as many letters as fit."""
    levels = [_CELL, _SPACE] if section.kind == "table_row" else [_SENTENCE_END, _SPACE]
    text = section.text
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    whole = section.kind in ("table_row", "heading")
    sizes = _Sizes(section, count)
    if whole and sizes(start, end) <= limit:
        yield _Piece(section, start, end, sizes(start, end))
        return
    for a, b in _spans(text, start, end, levels[0]):
        tokens = sizes(a, b)
        if tokens <= limit:
            yield _Piece(section, a, b, tokens)
        else:
            yield from _packed(section, list(_spans(text, a, b, levels[1])), sizes, limit)


def _spans(text: str, start: int, end: int, boundary: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for match in boundary.finditer(text, start, end):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < end:
        yield start, end


@dataclass(frozen=True, slots=True)
class _Sizes:
    """The tokens of a stretch of a section, as it is embedded."""

    section: Section
    count: Counter

    def __call__(self, start: int, end: int) -> int:
        return self.count(_shown(self.section.text[start:end]))


def _shown(text: str) -> str:
    """As it is embedded: bars between cells, single spaces."""
    return " | ".join(" ".join(cell.split()) for cell in _CELL.split(text))


def _packed(section: Section, words: Sequence[tuple[int, int]], sizes: _Sizes, limit: int) -> Iterator[_Piece]:
    """Words put together up to the limit; a word that is longer than it is cut."""
    start = end = words[0][0]
    for a, b in words:
        if end > start and sizes(start, b) > limit:
            yield _Piece(section, start, end, sizes(start, end))
            start = a
        end = b
        while (tokens := sizes(start, end)) > limit:
            cut = start + max(1, (end - start) * limit // (2 * tokens))
            yield _Piece(section, start, cut, sizes(start, cut))
            start = cut
    if end > start:
        yield _Piece(section, start, end, sizes(start, end))


def _common_path(chunk: Sequence[_Piece]) -> tuple[str, ...]:
    first, *rest = {piece.section.path for piece in chunk}
    length = len(first)
    for path in rest:
        length = next((i for i, (a, b) in enumerate(zip(first, path, strict=False)) if a != b), min(length, len(path)))
        first = first[:length]
    return first


def _lead(path: Sequence[str], count: Counter, limit: int) -> str:
    """The heading path as one line of a quarter of the limit at most: outer headings go first, then words."""
    kept = list(path)
    while len(kept) > 1 and count(" > ".join(kept)) > limit // 4:
        del kept[0]
    return _clipped(" > ".join(kept), count, limit // 4)


def _heads_line(section: Section, count: Counter, limit: int) -> str:
    return _clipped(" | ".join(section.heads), count, limit // 4)


def _clipped(line: str, count: Counter, limit: int) -> str:
    while line and count(line) > limit:
        line = line[: len(line) * 3 // 4].rpartition(" ")[0] or line[: len(line) // 2]
    return line


def _passage(
    contract: str, source: Source, position: int, chunk: Sequence[_Piece], count: Counter, limit: int
) -> Passage:
    path = _common_path(chunk)
    first, last = chunk[0], chunk[-1]
    start = first.section.start + first.start
    end = last.section.start + last.end
    whole = "\n".join(section.text for section, _ in groupby(chunk, key=lambda piece: piece.section))
    text = whole[first.start : first.start + end - start]
    embed_text = _embed_text(path, chunk, count, limit)
    headings = dict.fromkeys(
        [*path, *(h for piece in chunk for h in piece.section.path)]
        + [piece.text for piece in chunk if piece.section.kind == "heading"]
    )
    identity = "\0".join((contract, source.sha256, source.name, str(start), text))
    return Passage(
        id=_hash(identity)[:32],
        contract=contract,
        source=source,
        position=position,
        page=first.section.page,
        last_page=last.section.page,
        start=start,
        end=end,
        path=path,
        headline=" > ".join(headings),
        text=text,
        embed_text=embed_text,
        text_hash=_hash(embed_text),
    )


def _embed_text(path: tuple[str, ...], chunk: Sequence[_Piece], count: Counter, limit: int) -> str:
    """The text under its heading path, a heading not said twice, each run of table rows under its column heads."""
    opens_with_heading = bool(path) and chunk[0].section.text.strip() == path[-1].strip()
    lines = [_lead(path[:-1] if opens_with_heading else path, count, limit)]
    heads: tuple[str, ...] = ()
    for section, run in ((s, list(r)) for s, r in groupby(chunk, key=lambda piece: piece.section)):
        if section.heads and section.heads != heads and section.text.split("\t") != list(section.heads):
            lines.append(_heads_line(section, count, limit))
        heads = section.heads
        lines.append(_shown(section.text[run[0].start : run[-1].end]))
    return "\n".join(line for line in lines if line)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
