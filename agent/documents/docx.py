"""Word documents (DOCX): what Word prints with all changes accepted: text, numbers, tables, boxes, notes, margins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from lxml import etree

from agent.documents.docx_math import M, linear
from agent.documents.docx_numbering import Numbering
from agent.documents.docx_styles import Styles, W, on, value
from agent.documents.package import Package
from agent.documents.pages import Attachment, BlockKind, Document, Draft, PageInfo, assemble
from agent.documents.pieces import all_struck, standing
from agent.documents.rows import Row, row_drafts
from agent.documents.sniff import DOCX
from agent.documents.words import clean, lines_of, symbol

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_DROPPED = frozenset(
    W + name
    for name in (
        "del", "moveFrom", "instrText", "delText", "delInstrText", "annotationRef", "rt", "rPr", "pPr", "sdtPr",
        "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr",
    )
)  # fmt: skip
_CHARACTERS = {
    W + "tab": " ", W + "ptab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "softHyphen": "",
}  # fmt: skip
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
_PICTURE_BYTES = 30_000


def read(name: str, content: bytes) -> Document:
    """A Word document. Pages are those of its last printing in Word, or by its page breaks.

    Where it holds pictures and next to no text (scanned pages put into Word), the pictures come as attachments.
    """
    package = Package(name, content)
    main = next(
        (part for kind, part in package.relations("").values() if kind == "officeDocument"), "word/document.xml"
    )
    body = package.required(main)
    related = package.relations(main)
    parts = dict(related.values())
    styles = Styles(package.tree(parts.get("styles", "word/styles.xml")))
    numbering = Numbering(package.tree(parts.get("numbering", "word/numbering.xml")), styles)
    notes = {kind: _notes(package.tree(parts[kind])) for kind in _NOTES.values() if kind in parts}
    printed = next(body.iter(W + "lastRenderedPageBreak"), None) is not None
    story = _Story(styles, numbering, notes, printed)
    drafts = list(story.blocks(body))
    margins = [
        draft
        for kind in ("header", "footer")
        for draft in _margins(package, [part for known, part in related.values() if known == kind], kind, styles)
    ]
    pictures: list[Attachment] = []
    if sum(len(draft.text) for draft in drafts) < 200:
        pictures = list(_pictures(package))
    return assemble(
        name, content, DOCX, [*drafts, *margins], map(PageInfo, range(1, story.page + 1)), attachments=pictures
    )


def _notes(tree: etree._Element | None) -> dict[str, etree._Element]:
    if tree is None:
        return {}
    return {
        note.get(W + "id", ""): note
        for note in tree
        if note.get(W + "type", "normal") == "normal" and note.get(W + "id") is not None
    }


def _margins(package: Package, parts: list[str], kind: str, styles: Styles) -> Iterator[Draft]:
    """The running heads or feet, each text once."""
    seen: set[str] = set()
    for part in sorted(set(parts)):
        tree = package.tree(part)
        story = _Story(styles, Numbering(None, styles), {}, printed=False)
        for draft in story.blocks(tree) if tree is not None else ():
            if draft.text not in seen:
                seen.add(draft.text)
                yield Draft("header" if kind == "header" else "footer", draft.text.replace("\t", " "))


def _pictures(package: Package) -> Iterator[Attachment]:
    for part in sorted(name for name in package.names if name.startswith("word/media/")):
        content = package.part(part)
        if content is not None and len(content) > _PICTURE_BYTES:
            yield Attachment(part.rsplit("/", 1)[-1], content)


@dataclass
class _Run:
    """What a paragraph's content gathers: pieces of text with whether they are struck, and what hangs on it."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    after: list[etree._Element] = field(default_factory=list)
    """Text boxes and notes: told after the paragraph that they are anchored in."""
    page: int = 1
    begun: bool = False

    @property
    def struck(self) -> bool:
        return all_struck(self.pieces)

    @property
    def text(self) -> str:
        return standing(self.pieces)


class _Story:
    """Walks one part of a document (body, head, note) in reading order."""

    def __init__(
        self, styles: Styles, numbering: Numbering, notes: dict[str, dict[str, etree._Element]], printed: bool
    ) -> None:
        self.page = 1
        self._styles, self._numbering, self._notes, self._printed = styles, numbering, notes, printed
        self._fields: list[bool] = []
        """Open fields, innermost last: whether their result is being shown (else their instruction is)."""
        self._tables = 0
        self._pending: _Run | None = None
        self._note = False

    def blocks(self, parent: etree._Element) -> Iterator[Draft]:
        """The blocks below an element: paragraphs, tables, and what wraps them."""
        for element in parent:
            tag = element.tag
            if tag == W + "p":
                yield from self._paragraph(element)
            elif tag == W + "tbl":
                yield from self._table(element)
            elif tag == W + "sdt":
                if element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery[@{W}val='Table of Contents']") is None:
                    yield from self.blocks(element)
            elif tag == _MC + "AlternateContent":
                yield from self.blocks(_alternative(element))
            elif isinstance(tag, str) and tag not in _DROPPED and tag != W + "sectPr":
                yield from self.blocks(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Draft]:
        properties = element.find(W + "pPr")
        style = value(properties, "pStyle") or self._styles.default
        run = self._pending or _Run(page=self.page)
        self._pending = None
        if on(properties, "pageBreakBefore") and not self._printed:
            self.page += 1
        for child in element:
            self._inline(child, run, style, struck=False)
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._pending = run  # its end was deleted: it goes on in the next paragraph
            return
        if self._styles.is_contents(style) and not self._note:
            return
        yield from self._drafts(run, properties, style)
        for hanging in run.after:
            yield from self._hanging(hanging)
        if properties is not None and (section := properties.find(W + "sectPr")) is not None and not self._printed:
            self.page += value(section, "type") != "continuous"

    def _drafts(self, run: _Run, properties: etree._Element | None, style: str | None) -> Iterator[Draft]:
        lines = lines_of(run.text)
        if not lines:
            return
        level = self._styles.heading_level(style, properties)
        place = self._numbering.place(properties, style)
        label = self._numbering.label(place) if place is not None else ""
        kind: BlockKind = "paragraph"
        if self._note:
            kind = "footnote"
        elif level:
            kind = "heading"
        elif place is not None or self._styles.is_list(style):
            kind = "list_item"
        if label:
            lines[0] = f"{label} {lines[0]}"
        for line in lines:
            yield Draft(kind, line, page=run.page, level=level if kind == "heading" else 0, struck=run.struck)

    def _hanging(self, element: etree._Element) -> Iterator[Draft]:
        if element.tag != W + "txbxContent":
            self._note, before = True, self._note
            yield from self.blocks(element)
            self._note = before
        else:
            yield from self.blocks(element)

    def _inline(self, element: etree._Element, run: _Run, style: str | None, *, struck: bool) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _DROPPED:
            return
        if tag == W + "r":
            self._run(element, run, style, struck)
        elif tag in (M + "oMath", M + "oMathPara"):
            self._say(run, f" {linear(element)} ", struck)
        elif tag == W + "sdt" and (box := element.find(f"{W}sdtPr/{_W14}checkbox")) is not None:
            state = box.find(_W14 + "checked")
            ticked = state is not None and state.get(_W14 + "val", "1").lower() in ("1", "true")
            self._say(run, "☒" if ticked else "☐", struck)
        elif tag == _MC + "AlternateContent":
            for child in _alternative(element):
                self._inline(child, run, style, struck=struck)
        elif tag == W + "txbxContent":
            run.after.append(element)
        else:
            for child in element:
                self._inline(child, run, style, struck=struck)

    def _run(self, element: etree._Element, run: _Run, style: str | None, struck: bool) -> None:
        properties = element.find(W + "rPr")
        hidden = self._toggled(properties, style, "vanish")
        struck = struck or self._toggled(properties, style, "strike") or self._toggled(properties, style, "dstrike")
        for child in element:
            tag = child.tag
            if tag == W + "fldChar":
                self._field(child, run, struck)
            elif tag == W + "lastRenderedPageBreak":
                self._turn(run)
            elif tag == W + "br" and child.get(W + "type") == "page":
                if not self._printed:
                    self._turn(run)
                self._say(run, "\n", struck)
            elif hidden:
                continue
            elif tag == W + "t":
                self._say(run, child.text or "", struck)
            elif tag == W + "sym":
                self._say(run, symbol(int(child.get(W + "char", "0"), 16)), struck)
            elif tag in _CHARACTERS:
                self._say(run, _CHARACTERS[tag], struck)
            elif tag in _NOTES:
                note = self._notes.get(_NOTES[tag], {}).get(child.get(W + "id", ""))
                if note is not None:
                    run.after.append(note)
            else:
                self._inline(child, run, style, struck=struck)

    def _toggled(self, properties: etree._Element | None, style: str | None, name: str) -> bool:
        own = on(properties, name)
        if own is not None:
            return own
        return self._styles.toggled(value(properties, "rStyle"), name) or self._styles.toggled(style, name)

    def _say(self, run: _Run, text: str, struck: bool) -> None:
        if all(self._fields):
            if text.strip() and not run.begun:
                run.begun, run.page = True, self.page
            run.pieces.append((text, struck))

    def _turn(self, run: _Run) -> None:
        self.page += 1
        if not run.begun:
            run.page = self.page

    def _field(self, element: etree._Element, run: _Run, struck: bool) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            data = element.find(W + "ffData")
            if data is not None:
                self._say(run, _form_field(data), struck)
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _table(self, table: etree._Element) -> Iterator[Draft]:
        """Rows; of a table with one column, which is a frame around text, the blocks in it."""
        rows = [row for row in _inside(table, W + "tr") if row.find(f"{W}trPr/{W}del") is None]
        cells = [[cell for cell in _inside(row, W + "tc") if cell.find(f"{W}tcPr/{W}cellDel") is None] for row in rows]
        if max(map(len, cells), default=0) < 2:
            for cell in chain.from_iterable(cells):
                yield from self.blocks(cell)
            return
        self._tables += 1
        number = self._tables
        found: list[Row] = []
        notes: list[Draft] = []
        above: dict[int, str] = {}
        for row, row_cells in zip(rows, cells, strict=True):
            page, texts, struck = 0, [""] * _skipped(row), []
            for cell in row_cells:
                properties = cell.find(W + "tcPr")
                drafts = list(self.blocks(cell))
                notes += [draft for draft in drafts if draft.kind == "footnote"]
                told = [draft for draft in drafts if draft.kind != "footnote" and draft.text]
                kept = [draft for draft in told if not draft.struck] or told
                struck += [draft.struck for draft in kept]
                page = page or (told[0].page if told else 0)
                text = clean(" ".join(draft.text for draft in kept))
                merge = properties.find(W + "vMerge") if properties is not None else None
                if merge is not None and merge.get(W + "val") != "restart":
                    text = text or above.get(len(texts), "")
                above[len(texts)] = text
                texts += [text] + [""] * (int(value(properties, "gridSpan") or 1) - 1)
            head = bool(on(row.find(W + "trPr"), "tblHeader"))
            found.append(Row(tuple(texts), head, page or self.page, bool(struck) and all(struck)))
        yield from row_drafts(found, number)
        yield from (replace(note, table=0) for note in notes)


def _skipped(row: etree._Element) -> int:
    return int(value(row, "trPr/gridBefore") or 0)


def _inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Children of that tag, also within content controls and tracked insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "moveTo", W + "customXml"):
            yield from _inside(child, tag)


def _alternative(element: etree._Element) -> etree._Element:
    """Of the two writings of a drawing, the one that holds its text; never both."""
    choice = element.find(_MC + "Choice")
    fallback = element.find(_MC + "Fallback")
    if choice is not None and (fallback is None or next(choice.iter(W + "t"), None) is not None):
        return choice
    return fallback if fallback is not None else element


def _form_field(data: etree._Element) -> str:
    """What a form field of Word's older kind shows by itself: a box, or the choice of a list."""
    box = data.find(W + "checkBox")
    if box is not None:
        state = on(box, "checked")
        return "☒" if (state if state is not None else on(box, "default")) else "☐"
    choices = data.find(W + "ddList")
    if choices is not None:
        entries = [entry.get(W + "val", "") for entry in choices.findall(W + "listEntry")]
        chosen = int(value(choices, "result") or value(choices, "default") or 0)
        return entries[chosen] if chosen < len(entries) else ""
    return ""
