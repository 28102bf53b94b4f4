"""HTML pages: what a browser shows, block by block."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml.html import HtmlElement

from agent.documents import plain
from agent.documents.encoding import decode, decode_as
from agent.documents.pages import BlockKind, Document, Draft, assemble
from agent.documents.rows import Row, row_drafts
from agent.documents.sniff import HTML
from agent.documents.words import clean, lines_of

_SKIPPED = frozenset((
    "script", "style", "template", "noscript", "head", "iframe", "object", "embed", "svg", "canvas", "audio", "video",
    "map", "datalist", "button", "del",
))  # fmt: skip
_BLOCKS = frozenset((
    "html", "body", "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "dialog", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "legend", "li", "main", "nav", "ol", "p", "section", "summary", "tbody", "td", "tfoot", "th", "thead",
    "tr", "ul",
))  # fmt: skip
_STRUCK = frozenset(("s", "strike"))
_MARGINS: dict[str, BlockKind] = {"header": "header", "nav": "header", "footer": "footer"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_LINE_THROUGH = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(name: str, content: bytes) -> Document:
    """An HTML file in the encoding of its mark or meta element, or by its looks."""
    return assemble(name, content, HTML, drafts(decode_page(content)))


def decode_page(content: bytes) -> str:
    """The source of a page: by byte order mark, else UTF-8 that holds, else as declared."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[:3] == b"\xef\xbb\xbf":
        return decode(content) or ""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        declared = _CHARSET.search(content[:4096])
        charset = declared[1].decode("ascii", "replace").lower() if declared else None
        western = {"iso-8859-1", "latin-1", "latin1", "us-ascii", "utf-8"}  # browsers take these for cp1252 too
        return decode_as(content, None if charset in western else charset)


def drafts(source: str) -> Iterator[Draft]:
    """The blocks of a page in document order."""
    source = _DECLARATION.sub("", source.replace("\x00", ""))
    if not source.strip():
        return
    root = lxml.html.document_fromstring(source, parser=lxml.html.HTMLParser(remove_comments=True, huge_tree=True))
    page = _Page()
    page.walk(root)
    page.flush()
    yield from page.drafts


class _Page:
    """Gathers inline text until a block begins or ends."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._pieces: list[tuple[str, bool]] = []
        self._kind: BlockKind = "paragraph"
        self._level = 0
        self._margin: BlockKind | None = None
        self._struck = 0
        self._tables = 0

    def walk(self, element: HtmlElement) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag and not self._skipped(element, tag):
            if tag == "table":
                self._table(element)
            elif tag == "pre":
                self.flush()
                self.drafts.extend(plain.drafts(element.text_content()))
            elif tag in _BLOCKS:
                self._block(element, tag)
            else:
                self._inline(element, tag)
        if element.tail:
            self._text(element.tail)

    def _skipped(self, element: HtmlElement, tag: str) -> bool:
        return (
            tag in _SKIPPED
            or element.get("hidden") is not None
            or bool(_HIDDEN.search(element.get("style") or ""))
            or (tag == "input" and element.get("type", "").lower() == "hidden")
        )

    def _children(self, element: HtmlElement) -> None:
        if element.text:
            self._text(element.text)
        for child in element:
            self.walk(child)

    def _text(self, text: str) -> None:
        self._pieces.append((text.replace("\n", " ").replace("\r", " "), self._struck > 0))

    def _inline(self, element: HtmlElement, tag: str) -> None:
        struck = tag in _STRUCK or bool(_LINE_THROUGH.search(element.get("style") or ""))
        self._struck += struck
        if tag == "br":
            self._pieces.append(("\n", False))
        elif tag == "input":
            self._text(_input(element))
        elif tag == "select":
            chosen = element.xpath(".//option[@selected]") or element.xpath(".//option")
            self._text(" ".join(option.text_content() for option in chosen[:1]))
        else:
            self._children(element)
        self._struck -= struck

    def _block(self, element: HtmlElement, tag: str) -> None:
        self.flush()
        before = self._kind, self._level, self._margin
        if tag in _MARGINS and not element.xpath(".//h1|.//h2|.//h3|ancestor::article|ancestor::section"):
            self._margin = _MARGINS[tag]
        if re.fullmatch("h[1-6]", tag):
            self._kind, self._level = "heading", int(tag[1])
        elif tag in ("li", "dd"):
            self._kind, self._level = "list_item", 0
        struck = bool(_LINE_THROUGH.search(element.get("style") or ""))
        self._struck += struck
        self._children(element)
        self.flush()
        self._struck -= struck
        self._kind, self._level, self._margin = before

    def flush(self) -> None:
        """Ends the block at hand. Struck words go, unless all of it is struck."""
        pieces, self._pieces = self._pieces, []
        shown = [(text, struck) for text, struck in pieces if text.strip() or "\n" in text or not struck]
        visible = [struck for text, struck in shown if text.strip()]
        struck = bool(visible) and all(visible)
        text = "".join(text for text, gone in shown if struck or not gone)
        for line in lines_of(text):
            self.drafts.append(Draft(self._margin or self._kind, line, level=self._level, struck=struck))

    def _table(self, table: HtmlElement) -> None:
        """A data table as rows; one that only lays out the page as the blocks in it."""
        self.flush()
        rows = [
            row
            for row in table.iter("tr")
            if next(row.iterancestors("table")) is table and not self._skipped(row, "tr")
        ]
        if _lays_out(table, rows):
            before, self._kind = self._kind, "paragraph"
            self._children(table)
            self.flush()
            self._kind = before
            return
        for caption in table.iterchildren("caption"):
            self._block(caption, "caption")
        self._tables += 1
        self.drafts.extend(row_drafts(_rows(rows), self._tables))


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _lays_out(table: HtmlElement, rows: list[HtmlElement]) -> bool:
    widest = max((len(_cells(row)) for row in rows), default=0)
    if widest < 2 or table.get("role") == "presentation":
        return True
    return bool(table.xpath(".//td//table|.//td//h1|.//td//h2|.//td//h3|.//td//pre"))


def _rows(rows: list[HtmlElement]) -> list[Row]:
    """The rows with spans resolved: a cell over several rows stands in each of them, one over several columns in the
    first of them."""
    found: list[Row] = []
    over: dict[int, tuple[int, str]] = {}
    for row in rows:
        cells: list[str] = []
        for cell in _cells(row):
            while len(cells) in over:
                cells.append(_hang(over, len(cells)))
            text, across, down = _cell_text(cell), _span(cell, "colspan"), _span(cell, "rowspan")
            for offset in range(across):
                cells.append("" if offset else text)
                if down > 1:
                    over[len(cells) - 1] = (down - 1, "" if offset else text)
        while len(cells) in over:
            cells.append(_hang(over, len(cells)))
        head = bool(row.xpath("parent::thead")) or all(cell.tag == "th" for cell in _cells(row))
        found.append(Row(tuple(cells), head=head and bool(cells)))
    return found


def _hang(over: dict[int, tuple[int, str]], column: int) -> str:
    left, text = over.pop(column)
    if left > 1:
        over[column] = (left - 1, text)
    return text


def _span(cell: HtmlElement, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(100, max(1, int(value))) if value.isdecimal() else 1


def _cell_text(cell: HtmlElement) -> str:
    inner = _Page()
    if cell.text:
        inner._text(cell.text)
    for child in cell:
        inner.walk(child)
    inner.flush()
    kept = [draft for draft in inner.drafts if not draft.struck] or inner.drafts
    return clean(" ".join(draft.text for draft in kept))


def _input(element: HtmlElement) -> str:
    kind = (element.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return "☒ " if element.get("checked") is not None else "☐ "
    return element.get("value") or "" if kind in ("text", "date", "number", "email", "tel", "url") else ""
