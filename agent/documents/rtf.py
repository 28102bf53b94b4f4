"""Rich text (RTF): striprtf decodes; tables, pages, boxes, notes and margins are marked for it beforehand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from agent.documents import plain
from agent.documents.pages import BlockKind, Document, Draft, PageInfo, assemble
from agent.documents.rows import Row, row_drafts
from agent.documents.sniff import RTF
from agent.documents.words import clean, lines_of, symbol

_ROW, _CELL, _END, _LEVEL, _PAGE = "\x1d", "\x1f", "\x1e", "\x1b", "\x0c"

_GONE = re.compile(r"\{[^{}]*\\(?:deleted|v|strike|striked1)(?![a-z0-9-])[^{}]*\}")
"""Innermost groups of deleted, hidden or struck words."""

_MARKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\\trowd(?![a-z])"), r"\\'1d "),
    (re.compile(r"\\cell(?![a-z])"), r"\\'1f "),
    (re.compile(r"\\row(?![a-z])"), r"\\'1e "),
    (re.compile(r"\\nest(?:cell|row)(?![a-z])"), r"\\tab "),
    (re.compile(r"\\(?:page|pagebb)(?![a-z])"), r"\\'0c "),
    (re.compile(r"\\outlinelevel([0-8])(?!\d)"), r"\\'1b\1"),
    (re.compile(r"\{\\pntext(?![a-z])"), r"{\\listtext"),
)
_FORM_BOX = re.compile(r"\{\\\*\\formfield\s*\{\\fftype1(?!\d).{0,600}?\}\s*\}", re.DOTALL)
_SYMBOL = re.compile(r"\{\\\*\\fldinst[^{}]*(?:\{[^{}]*)?SYMBOL\s+(\d+)[^{}]*Wingdings", re.IGNORECASE)
_NESTED = 5
"""How deep groups of deleted words lie within one another."""

_ASIDE: dict[str, BlockKind] = {
    "header": "header", "headerl": "header", "headerr": "header", "headerf": "header",
    "footer": "footer", "footerl": "footer", "footerr": "footer", "footerf": "footer", "footnote": "footnote",
}  # fmt: skip


def read(name: str, content: bytes) -> Document:
    """An RTF file. Pages are counted by its page breaks."""
    source = content.decode("latin-1")
    source = _FORM_BOX.sub(_form_box, source)
    source = _SYMBOL.sub(
        lambda found: rf"\\u{ord(symbol(int(found[1])))}?".replace("\\\\", "\\") + " " + found[0], source
    )
    for _ in range(_NESTED):
        source = _GONE.sub("", source)
    source, asides = _cut_asides(source)
    prologue = source[: _prologue_end(source)]
    drafts = list(_blocks(_text(source)))
    seen: set[tuple[str, str]] = set()
    for kind, group in asides:
        for line in lines_of(
            _text(f"{prologue}{group}}}").translate({ord(mark): " " for mark in "\x1d\x1e\x1f\x1b\x0c"})
        ):
            if (kind, line) not in seen:
                seen.add((kind, line))
                drafts.append(Draft(kind, line))
    last = max((draft.page for draft in drafts), default=1)
    return assemble(name, content, RTF, drafts, map(PageInfo, range(1, last + 1)))


def _text(source: str) -> str:
    for pattern, mark in _MARKS:
        source = pattern.sub(mark, source)
    text: str = rtf_to_text(source, encoding="cp1252", errors="replace")  # type: ignore[no-untyped-call]
    # pairs of surrogates come as two characters
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _form_box(found: re.Match[str]) -> str:
    state = re.search(r"\\ffres(\d+)", found[0])
    default = re.search(r"\\ffdefres(\d+)", found[0])
    value = state[1] if state and state[1] in "01" else default[1] if default else "0"
    return r"\u9746?" if value == "1" else r"\u9744?"


def _prologue_end(source: str) -> int:
    """Where the font table ends: what a part of the document needs to be decoded by itself."""
    start = source.find(r"{\fonttbl")
    if start < 0:
        return source.find("{", 1) if source.find("{", 1) > 0 else len(source)
    return _group_end(source, start)


def _group_end(source: str, start: int) -> int:
    depth = 0
    for brace in re.compile(r"\\[\\{}]|[{}]").finditer(source, start):
        if brace[0] == "{":
            depth += 1
        elif brace[0] == "}":
            depth -= 1
            if depth == 0:
                return brace.end()
    return len(source)


def _cut_asides(source: str) -> tuple[str, list[tuple[BlockKind, str]]]:
    """The text without its notes, heads and feet; and these, each with what it is."""
    pieces: list[str] = []
    asides: list[tuple[BlockKind, str]] = []
    at = 0
    for found in re.finditer(r"\{\\(header[lrf]?|footer[lrf]?|footnote)(?![a-z])", source):
        if found.start() < at:
            continue
        end = _group_end(source, found.start())
        pieces.append(source[at : found.start()])
        asides.append((_ASIDE[found[1]], "{" + source[found.end() : end]))
        at = end
    return "".join([*pieces, source[at:]]), asides


def _blocks(text: str) -> Iterator[Draft]:
    page, table = 1, 0
    rows: list[Row] = []
    for piece in re.split(f"({_ROW}[^{_END}]*{_END})", text):
        if piece.startswith(_ROW) and piece.endswith(_END):
            body = piece.translate({ord(_ROW): "", ord(_END): "", ord(_LEVEL): ""})
            cells = body.split(_CELL)[:-1] or [body]
            rows.append(Row(tuple(clean(cell.replace(_PAGE, " ")) for cell in cells), page=page))
            page += piece.count(_PAGE)
            continue
        if rows and piece.strip(f"{_ROW}{_LEVEL} \n"):
            table += 1
            yield from row_drafts(rows, table)
            rows = []
        for line in re.split(rf"(\n|{_PAGE})", piece.translate({ord(_ROW): "", ord(_CELL): " ", ord(_END): "\n"})):
            page += line == _PAGE
            yield from _line(line, page)
    if rows:
        yield from row_drafts(rows, table + 1)


def _line(line: str, page: int) -> Iterator[Draft]:
    outline = re.match(rf"\s*{_LEVEL}(\d)", line)
    text = clean(re.sub(rf"{_LEVEL}\d", "", line))
    if text:
        if outline:
            yield Draft("heading", text, page=page, level=int(outline[1]) + 1)
        else:
            yield plain.whole_paragraph(text, page)
