"""The one type that all readers of files return: text in reading order, in blocks, with pages and word positions.

A document's text is its blocks joined by line ends, one block a line: a block holds no line end of its own, its words
are separated by one space, the cells of a table row by one tab. Numbers and words that were broken over lines are put
together again. Running heads and feet come last, whatever their page, so that sentences go on over page ends.
All offsets are into that text.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from portfolio.evidence import Box

BlockKind = Literal["heading", "paragraph", "list_item", "table_row", "footnote", "header", "footer"]
Origin = Literal["text", "ocr"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands on its page: ``start`` and ``end`` are offsets into its block's text."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before it has its place in the document; what the readers of formats make."""

    kind: BlockKind
    text: str
    page: int = 1
    level: int = 0
    """Of a heading: 1 is the highest; 0 where the format does not tell."""
    heads: tuple[str, ...] = ()
    """Of a table row: the column heads, as many as cells, or empty."""
    table: int = 0
    """Of a table row: which table of the document it belongs to, from 1."""
    words: tuple[Word, ...] = ()
    struck: bool = False
    """The words are visibly struck out."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table row, footnote, running head or foot.

    ``text == document.text[start:end]``.
    """

    kind: BlockKind
    text: str
    start: int
    page: int
    level: int = 0
    heads: tuple[str, ...] = ()
    table: int = 0
    words: tuple[Word, ...] = ()
    struck: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def cells(self) -> tuple[str, ...]:
        """Of a table row: its cells' texts; of any other block: its text alone."""
        return tuple(self.text.split("\t")) if self.kind == "table_row" else (self.text,)


@dataclass(frozen=True, slots=True)
class PageInfo:
    """``width`` and ``height`` in points, 0 where the format has no pages; ``origin`` tells whether it was OCRed."""

    number: int
    width: float = 0.0
    height: float = 0.0
    origin: Origin = "text"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a file (of a mail or an archive), not read yet."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Document:
    """A file that was read. ``sha256`` is of its bytes; ``media_type`` was sniffed from its content.

    ``properties`` are what the file says of itself (mail: `subject`, `from`, `to`, `date` in ISO form).
    """

    name: str
    sha256: str
    media_type: str
    pages: tuple[PageInfo, ...]
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...] = ()
    properties: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks)

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    def block_at(self, offset: int) -> Block:
        """The block that holds ``offset``; a line end belongs to the block before it."""
        return self.blocks[max(0, bisect_right(self._starts, offset) - 1)]

    def blocks_between(self, start: int, end: int) -> Sequence[Block]:
        """The blocks that share at least one character with ``[start, end)``."""
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_right(self._starts, max(start, end - 1))
        return self.blocks[first:last]

    def page_at(self, offset: int) -> int:
        return self.block_at(offset).page

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """The rectangles that cover ``text[start:end]``, one a line of print; empty where the format has no pages."""
        lines: list[Box] = []
        for block in self.blocks_between(start, end):
            for word in block.words:
                if block.start + word.end <= start or block.start + word.start >= end:
                    continue
                if lines and _same_line(lines[-1], word.box):
                    last, box = lines[-1], word.box
                    lines[-1] = Box(
                        page=box.page,
                        x0=min(last.x0, box.x0),
                        y0=min(last.y0, box.y0),
                        x1=max(last.x1, box.x1),
                        y1=max(last.y1, box.y1),
                    )
                else:
                    lines.append(word.box)
        return tuple(lines)


def _same_line(a: Box, b: Box) -> bool:
    overlap = min(a.y1, b.y1) - max(a.y0, b.y0)
    return a.page == b.page and overlap > 0.5 * min(a.y1 - a.y0, b.y1 - b.y0) and b.x0 >= a.x0


def assemble(
    name: str,
    content: bytes,
    media_type: str,
    drafts: Iterable[Draft],
    pages: Iterable[PageInfo] = (),
    *,
    attachments: Iterable[Attachment] = (),
    properties: dict[str, str] | None = None,
    warnings: Iterable[str] = (),
) -> Document:
    """Puts drafts in their places: empty ones dropped, running heads and feet last, offsets counted."""
    kept = [draft for draft in drafts if draft.text.strip()]
    body = [draft for draft in kept if draft.kind not in ("header", "footer")]
    margins = [draft for draft in kept if draft.kind in ("header", "footer")]
    blocks: list[Block] = []
    offset = 0
    for draft in body + margins:
        if "\n" in draft.text:
            raise ValueError(f"a block of {name} holds a line end: {draft.text[:60]!r}")
        blocks.append(
            Block(
                kind=draft.kind,
                text=draft.text,
                start=offset,
                page=draft.page,
                level=draft.level,
                heads=draft.heads,
                table=draft.table,
                words=draft.words,
                struck=draft.struck,
            )
        )
        offset += len(draft.text) + 1
    return Document(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type=media_type,
        pages=tuple(pages) or (PageInfo(1),),
        blocks=tuple(blocks),
        attachments=tuple(attachments),
        properties=properties or {},
        warnings=tuple(warnings),
    )
