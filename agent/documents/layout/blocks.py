"""Printed pages laid out as blocks: running heads and feet, tables, columns, headings, paragraphs, in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from agent.documents.layout.alignment import aligned_tables
from agent.documents.layout.contents import contents_row
from agent.documents.layout.grids import Grid, grids
from agent.documents.layout.headings import body_type, set_levels
from agent.documents.layout.joining import join, join_cells, vocabulary
from agent.documents.layout.lines import lines_of, rows, zones
from agent.documents.layout.margins import Margins, take_margins
from agent.documents.layout.paragraphs import joined, paragraphs
from agent.documents.layout.passages import Passage, Type
from agent.documents.layout.printed import Line, PrintedPage, PrintedWord, line_of
from agent.documents.layout.signs import make_plain
from agent.documents.layout.tables import aligned_rows, grid_rows, number_tables
from agent.documents.pages import Draft
from portfolio.evidence import Box


def lay_out(pages: Sequence[PrintedPage]) -> list[Draft]:
    """The blocks of a document, running heads and feet last of each page (`assemble` moves them to the end)."""
    known = vocabulary(word for page in pages for word in page.words)
    for page in pages:
        make_plain(page)
    margins = take_margins(pages)
    contents = [_page_contents(page) for page in pages]
    body = body_type([line for groups, _ in contents for group in groups for line in group if line.words])
    passages: list[Passage] = []
    for page, (groups, found) in zip(pages, contents, strict=True):
        passages.extend(_with_footnotes(_page_passages(page, groups, found, body), body))
    passages = joined(passages)
    set_levels(passages)
    number_tables(passages)
    box_of = _boxes(pages)
    drafts = [draft for passage in passages for draft in _drafts(passage, box_of, known)]
    drafts.extend(_margin_drafts(margins, box_of, known))
    return drafts


_BOX_FIELDS = set(Box.model_fields)
_NOTE = re.compile(r"(?:\(?\d{1,2}\)?|\*{1,3})\s*\S")

Group = list[Line]
Contents = tuple[list[Group], dict[int, Grid]]
"""Lines in groups in reading order; a ruled table stands among them as an empty line, found by its ``id``."""


def _page_contents(page: PrintedPage) -> Contents:
    found, rest = grids(page.rules, page.words)
    lines = lines_of(rest)
    standing: dict[int, Grid] = {}
    for grid in found:
        x0, y0, x1, y1 = grid.rect
        line = Line([], x0, y0, x1, y1, 10.0, False)
        standing[id(line)] = grid
        lines.append(line)
    return zones(lines), standing


def _page_passages(page: PrintedPage, groups: Sequence[Group], standing: dict[int, Grid], body: Type) -> list[Passage]:
    found: list[Passage] = []
    for group in groups:
        stretch: list[list[Line]] = []
        for row in rows(group):
            grid = next((standing[id(line)] for line in row if id(line) in standing), None)
            text = [line for line in row if line.words]
            if grid is not None:
                found.extend(_stretch_passages(page, stretch, body))
                found.extend(grid_rows(grid, page.number))
                stretch = []
            if text:
                stretch.append(text)
        found.extend(_stretch_passages(page, stretch, body))
    return found


def _stretch_passages(page: PrintedPage, stretch: Sequence[list[Line]], body: Type) -> list[Passage]:
    """The passages of rows of print without ruled tables among them."""
    ocr = page.origin == "ocr"
    found: list[Passage] = []
    start = 0

    def text(end: int) -> list[Passage]:
        made: list[Passage] = []
        lines: list[Line] = []
        for row in stretch[start:end]:
            line = line_of([word for line in row for word in line.words])
            entry = contents_row(line, ocr)
            if entry is None:
                lines.append(line)
            else:
                made.extend((*paragraphs(lines, body, ocr=ocr), entry))
                lines = []
        return [*made, *paragraphs(lines, body, ocr=ocr)]

    for table in aligned_tables(stretch):
        found.extend(text(table.first))
        found.extend(aligned_rows(table, page.number))
        start = table.last + 1
    found.extend(text(len(stretch)))
    return found


def _with_footnotes(passages: list[Passage], body: Type) -> list[Passage]:
    """The page's passages, the last ones in small print that begin with a mark made footnotes."""
    for passage in reversed(passages):
        small = passage.kind != "table_row" and max(line.size for line in passage.lines) < 0.92 * body.size
        if passage.ocr or not small or not _NOTE.match(passage.text):
            break
        passage.kind = "footnote"
    return passages


def _boxes(pages: Sequence[PrintedPage]) -> Callable[[PrintedWord], Box]:
    sizes = {page.number: (page.width or 1.0, page.height or 1.0) for page in pages}

    def box_of(word: PrintedWord) -> Box:
        width, height = sizes[word.page]
        x0, y0, x1, y1 = word.place or (word.x0, word.y0, word.x1, word.y1)
        return Box.model_construct(
            _BOX_FIELDS,  # shared: a set of its own would be half the memory of a box
            page=word.page,
            x0=min(1.0, max(0.0, x0 / width)),
            y0=min(1.0, max(0.0, y0 / height)),
            x1=min(1.0, max(0.0, x1 / width)),
            y1=min(1.0, max(0.0, y1 / height)),
        )

    return box_of


def _drafts(passage: Passage, box_of: Callable[[PrintedWord], Box], known: frozenset[str]) -> Iterator[Draft]:
    """The passage's block; words that are struck out become a block of their own after it."""
    lines = [line for cell in passage.cells for line in cell] or passage.lines
    struck = [word for line in lines for word in line.words if word.struck]
    if struck:
        passage.lines = _kept(passage.lines)
        passage.cells = [_kept(cell) for cell in passage.cells]
    if not struck or any(passage.cells) or (passage.lines and not passage.cells):
        yield _draft(passage, box_of, known)
    if struck:
        text, words = join([line_of(struck)], box_of, known)
        yield Draft("paragraph", text, passage.page, words=words, struck=True)


def _kept(lines: Iterable[Line]) -> list[Line]:
    """The lines without their struck words."""
    kept = ([word for word in line.words if not word.struck] for line in lines)
    return [line_of(words) for words in kept if words]


def _draft(passage: Passage, box_of: Callable[[PrintedWord], Box], known: frozenset[str]) -> Draft:
    if passage.kind == "table_row":
        text, words = join_cells(passage.cells, box_of, known)
    else:
        text, words = join(passage.lines, box_of, known)
    return Draft(
        passage.kind, text, passage.page, level=passage.level, heads=passage.heads, table=passage.table, words=words
    )


def _margin_drafts(
    margins: Iterable[Margins], box_of: Callable[[PrintedWord], Box], known: frozenset[str]
) -> Iterable[Draft]:
    for margin in margins:
        for line in margin.heads:
            text, words = join([line], box_of, known)
            yield Draft("header", text, line.page, words=words)
        for line in margin.feet:
            text, words = join([line], box_of, known)
            yield Draft("footer", text, line.page, words=words)
