"""LibreOffice texts (ODT): what is printed with all changes accepted: text, numbers, tables, boxes, notes, margins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from agent.documents.errors import UnreadableDocument
from agent.documents.odt_numbering import OUTLINE, STYLE, TEXT, OdtNumbering
from agent.documents.package import Package
from agent.documents.pages import BlockKind, Document, Draft, PageInfo, assemble
from agent.documents.pieces import all_struck, standing
from agent.documents.rows import Row, row_drafts
from agent.documents.sniff import ODT
from agent.documents.words import clean, lines_of

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_FORM = "{urn:oasis:names:tc:opendocument:xmlns:form:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_MATH_ANNOTATION = "{http://www.w3.org/1998/Math/MathML}annotation"

_SKIPPED = frozenset((
    TEXT + "tracked-changes", TEXT + "table-of-content", TEXT + "illustration-index", TEXT + "alphabetical-index",
    TEXT + "hidden-text", TEXT + "ruby-text", TEXT + "note-citation", TEXT + "number", _OFFICE + "annotation",
    _OFFICE + "forms", TEXT + "sequence-decls", TEXT + "user-field-decls", TEXT + "variable-decls", _DRAW + "image",
    "{http://www.w3.org/2000/svg}title", "{http://www.w3.org/2000/svg}desc",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}title",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc",
))  # fmt: skip
_MARGINS: tuple[tuple[str, BlockKind], ...] = (
    ("header", "header"), ("header-left", "header"), ("header-first", "header"),
    ("footer", "footer"), ("footer-left", "footer"), ("footer-first", "footer"),
)  # fmt: skip


def read(name: str, content: bytes) -> Document:
    """An OpenDocument text. Pages are those that LibreOffice last laid out, or by its page breaks."""
    package = Package(name, content)
    if b"encryption-data" in (package.part("META-INF/manifest.xml") or b""):
        raise UnreadableDocument("encrypted", f"{name} is protected by a password; open it and save it without.")
    tree, shared = package.required("content.xml"), package.tree("styles.xml")
    body = tree.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise UnreadableDocument("damaged", f"{name} is damaged (it has no text part); save it again.")
    looks = _Looks(shared, tree)
    story = _Story(package, looks, OdtNumbering(shared, tree), _boxes(body), printed=_is_printed(body))
    drafts = list(story.blocks(body))
    seen: set[tuple[str, str]] = set()
    for tag, kind in _MARGINS:
        for margin in shared.iter(STYLE + tag) if shared is not None else ():
            for draft in _Story(package, looks, OdtNumbering(), {}, printed=True).blocks(margin):
                if (kind, draft.text) not in seen:
                    seen.add((kind, draft.text))
                    drafts.append(Draft(kind, draft.text.replace("\t", " ")))
    return assemble(name, content, ODT, drafts, map(PageInfo, range(1, story.page + 1)))


def _is_printed(body: etree._Element) -> bool:
    return next(body.iter(TEXT + "soft-page-break"), None) is not None


def _boxes(body: etree._Element) -> dict[str, str]:
    """Form controls by their id: boxes as ☒ or ☐, fields as what was entered."""
    found: dict[str, str] = {}
    for control in body.iter(_FORM + "checkbox", _FORM + "radio", _FORM + "text", _FORM + "listbox"):
        identity = control.get(_XML_ID) or control.get(_FORM + "id") or ""
        if control.tag in (_FORM + "checkbox", _FORM + "radio"):
            state = control.get(_FORM + "current-state") or control.get(_FORM + "state")
            selected = control.get(_FORM + "current-selected") or control.get(_FORM + "selected")
            found[identity] = "☒" if state == "checked" or selected == "true" else "☐"
        else:
            found[identity] = control.get(_FORM + "current-value") or control.get(_FORM + "value") or ""
    return found


class _Looks:
    """What styles say of their text: struck, hidden, a page before it, the list it belongs to."""

    def __init__(self, *trees: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        for tree in trees:
            for style in tree.iter(STYLE + "style") if tree is not None else ():
                self._styles[style.get(STYLE + "name", "")] = style

    def _chain(self, name: str | None) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while name and name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = self._styles[name].get(STYLE + "parent-style-name")

    def _property(self, name: str | None, kind: str, key: str) -> str:
        for style in self._chain(name):
            properties = style.find(f"{STYLE}{kind}-properties")
            if properties is not None and (value := properties.get(key)) is not None:
                return value
        return ""

    def struck(self, name: str | None) -> bool:
        return self._property(name, "text", STYLE + "text-line-through-style") not in ("", "none")

    def hidden(self, name: str | None) -> bool:
        return self._property(name, "text", TEXT + "display") == "none"

    def page_before(self, name: str | None) -> bool:
        """Break attributes, and a master page of its own, which begins on a new page."""
        own = self._styles.get(name or "")
        master = own.get(STYLE + "master-page-name") if own is not None else None
        return self._property(name, "paragraph", _FO + "break-before") == "page" or bool(master)

    def list_style(self, name: str | None) -> str:
        for style in self._chain(name):
            if (value := style.get(STYLE + "list-style-name")) is not None:
                return value
        return ""

    def is_title(self, name: str | None) -> bool:
        return any(style.get(STYLE + "name") == "Title" for style in self._chain(name))


@dataclass
class _Gathered:
    """A paragraph's pieces with whether they are struck, and what is anchored in it, told after it."""

    page: int
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    after: list[etree._Element] = field(default_factory=list)

    @property
    def struck(self) -> bool:
        return all_struck(self.pieces)

    @property
    def text(self) -> str:
        return standing(self.pieces)


class _Story:
    """Walks the body of a document, or one of its margins, in reading order."""

    def __init__(
        self, package: Package, looks: _Looks, numbering: OdtNumbering, boxes: dict[str, str], *, printed: bool
    ) -> None:
        self.page = 1
        self._package, self._looks, self._numbering, self._boxes = package, looks, numbering, boxes
        self._printed = printed
        self._tables = 0
        self._begun = False

    def blocks(self, parent: etree._Element, kind: BlockKind = "paragraph", label: str = "") -> Iterator[Draft]:
        """The blocks below an element; ``label`` is the number of the list item that they are in."""
        for element in parent:
            tag = element.tag
            if tag in _SKIPPED or not isinstance(tag, str):
                continue
            if tag in (TEXT + "p", TEXT + "h"):
                yield from self._paragraph(element, kind, label)
                label = ""
            elif tag == TEXT + "list":
                yield from self._list(element, "", 1)
            elif tag == _TABLE + "table":
                yield from self._table(element)
            elif tag == TEXT + "soft-page-break":
                self.page += 1
            elif tag == TEXT + "section" and element.get(TEXT + "display") == "none":
                continue
            else:
                yield from self.blocks(element, kind, label)

    def _list(self, element: etree._Element, style: str, level: int) -> Iterator[Draft]:
        own = element.get(TEXT + "style-name")
        if own:
            style = own
        if (
            own
            and level == 1
            and not (element.get(TEXT + "continue-numbering") == "true" or element.get(TEXT + "continue-list"))
        ):
            self._numbering.restart(style)
        for item in element:
            if item.tag not in (TEXT + "list-item", TEXT + "list-header"):
                continue
            start = item.get(TEXT + "start-value")
            label = ""
            if item.tag == TEXT + "list-item" and any(child.tag in (TEXT + "p", TEXT + "h") for child in item):
                label = self._numbering.label(style, level, int(start) if start else None)
            for child in item:
                if child.tag == TEXT + "list":
                    yield from self._list(child, style, level + 1)
                elif child.tag in (TEXT + "p", TEXT + "h"):
                    yield from self._paragraph(child, "list_item", label)
                    label = ""

    def _paragraph(self, element: etree._Element, kind: BlockKind, label: str) -> Iterator[Draft]:
        style = element.get(TEXT + "style-name")
        if self._looks.hidden(style):
            return
        if not self._printed and self._begun and self._looks.page_before(style):
            self.page += 1
        self._begun = True
        gathered = _Gathered(self.page)
        self._inline(element, gathered, self._looks.struck(style))
        lines = lines_of(gathered.text)
        level = 0
        if element.tag == TEXT + "h":
            kind, level = "heading", int(element.get(TEXT + "outline-level", "1"))
            if lines and not label and element.get(TEXT + "is-list-header") != "true":
                label = self._numbering.label(self._looks.list_style(style) or OUTLINE, level)
        elif self._looks.is_title(style):
            kind, level = "heading", 1
        if lines and label:
            lines[0] = f"{label} {lines[0]}"
        for line in lines:
            yield Draft(kind, line, page=gathered.page, level=level, struck=gathered.struck)
        for hanging in gathered.after:
            yield from self.blocks(hanging, "footnote" if hanging.tag == TEXT + "note-body" else "paragraph")

    def _inline(self, element: etree._Element, gathered: _Gathered, struck: bool) -> None:
        self._say(gathered, element.text, struck)
        for child in element:
            self._child(child, gathered, struck)
            self._say(gathered, child.tail, struck)

    def _say(self, gathered: _Gathered, text: str | None, struck: bool) -> None:
        if text:
            gathered.pieces.append((text.replace("\n", " "), struck))

    def _child(self, child: etree._Element, gathered: _Gathered, struck: bool) -> None:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            return
        if tag in (TEXT + "s", TEXT + "tab"):
            self._say(gathered, " ", struck)
        elif tag == TEXT + "line-break":
            gathered.pieces.append(("\n", struck))
        elif tag == TEXT + "soft-page-break":
            self.page += 1
            if not any(text.strip() for text, _ in gathered.pieces):
                gathered.page = self.page
        elif tag in (TEXT + "note-body", _DRAW + "text-box"):
            gathered.after.append(child)
        elif tag == _DRAW + "control":
            self._say(gathered, self._boxes.get(child.get(_DRAW + "control", ""), ""), struck)
        elif tag == _DRAW + "object":
            self._say(gathered, self._formula(child), struck)
        else:
            style = child.get(TEXT + "style-name")
            if not self._looks.hidden(style):
                self._inline(child, gathered, struck or self._looks.struck(style))

    def _formula(self, element: etree._Element) -> str:
        """A formula as its author typed it."""
        part = (element.get(_XLINK) or "").removeprefix("./")
        tree = self._package.tree(f"{part}/content.xml") if part else None
        if tree is None:
            return ""
        return " " + " ".join(note.text or "" for note in tree.iter(_MATH_ANNOTATION)) + " "

    def _table(self, table: etree._Element) -> Iterator[Draft]:
        """Rows; of a table with one column, which is a frame around text, the blocks in it."""
        rows = list(_rows(table))
        cells = [
            [cell for cell in row if cell.tag in (_TABLE + "table-cell", _TABLE + "covered-table-cell")]
            for row, _ in rows
        ]
        if max(map(len, cells), default=0) < 2:
            for row_cells in cells:
                for cell in row_cells:
                    yield from self.blocks(cell)
            return
        self._tables += 1
        number = self._tables
        found: list[Row] = []
        notes: list[Draft] = []
        above: dict[int, str] = {}
        for (_, head), row_cells in zip(rows, cells, strict=True):
            texts: list[str] = []
            page, struck = 0, list[bool]()
            for cell in row_cells:
                drafts = list(self.blocks(cell))
                notes += [replace(draft, table=0) for draft in drafts if draft.kind == "footnote"]
                told = [draft for draft in drafts if draft.kind != "footnote"]
                kept = [draft for draft in told if not draft.struck] or told
                struck += [draft.struck for draft in kept]
                page = page or (told[0].page if told else 0)
                text = clean(" ".join(draft.text for draft in kept))
                covered = cell.tag == _TABLE + "covered-table-cell"
                for _ in range(min(50, int(cell.get(_TABLE + "number-columns-repeated", "1")))):
                    column = len(texts)
                    texts.append(above.get(column, "") if covered else text)
                    if not covered:
                        above.pop(column, None)
                    if int(cell.get(_TABLE + "number-rows-spanned", "1")) > 1:
                        above[column] = text
            while texts and not texts[-1] and len(texts) > max(map(len, cells)):
                texts.pop()
            found.append(Row(tuple(texts), head, page or self.page, bool(struck) and all(struck)))
        yield from row_drafts(found, number)
        yield from notes


def _rows(table: etree._Element, head: bool = False) -> Iterator[tuple[etree._Element, bool]]:
    """The rows of a table with whether they are its head."""
    for child in table:
        if child.tag == _TABLE + "table-row":
            yield child, head
        elif child.tag in (_TABLE + "table-header-rows", _TABLE + "table-rows", _TABLE + "table-row-group"):
            yield from _rows(child, child.tag == _TABLE + "table-header-rows")
