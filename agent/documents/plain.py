"""Plain text and Markdown: paragraphs from lines, headings, lists, tables drawn with characters, page ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.documents import text_grids
from agent.documents.encoding import decode
from agent.documents.errors import UnreadableDocument
from agent.documents.pages import BlockKind, Document, Draft, PageInfo, assemble
from agent.documents.rows import Row, row_drafts
from agent.documents.sniff import MARKDOWN, media_type
from agent.documents.text_lines import Line, numbered_pages, typical_width
from agent.documents.text_markup import boxes, plain_markdown
from agent.documents.words import clean

_LIST = re.compile(r"(?:[-*+•·▪‣◦–—➢❖o]|\(?[a-z]\)|\(?[ivx]{1,4}\)|\(?\d{1,2}\)|[☐☒☑]|\[[ xX_]\])\s+\S")
_NUMBERED = re.compile(
    r"(?:(?:article|art\.|clause|section|chapitre|titre|annexe|annex|appendix|schedule|exhibit|volet)\s+"
    r"(?:n°\s*)?(?:\d{1,2}(?:\.\d{1,2})*|[IVXL]{1,6}|[A-Z]|premier|1er)\b|"
    r"\d{1,2}(?:\.\d{1,2}){0,3}\s*[.)–-]?\s+[A-ZÀ-Þ«\"])",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.;:!?…][\"»)\]]?$")
_NAME_GOES_ON = re.compile(r"[dl]['’]|[^\W\d_]{1,4}-")
"""As in Val-d'Oise, Boulogne-sur-Mer."""
_HYPHEN = re.compile(r"([^\W\d_]+)([-\u2010\xad])$")
_THOUSANDS = re.compile(r"\d{3}(?!\d)")
_OPEN_END = re.compile(
    r"(?:\b(?:de|du|des|la|le|les|à|au|aux|et|ou|par|pour|sur|en|articles?|of|the|and|or|to|by|for|with)|,)$"
)
"""A line that cannot be the last of its paragraph."""
_FORM_LINE = re.compile(
    r"[A-ZÀ-Þ][\w'’/ -]{2,40}(?:\((?:[^()]{1,20})\) ?)?(?: ?: | \| | ?\.{4,} ?|\t)\S|"
    r"(?:Fait (?:à|le|en)|Signé (?:à|le|par|électroniquement)|Bon pour (?:accord|acceptation)|Lu et approuvé)\b"
)
"""A label with its value, or the first words of a signature: a line of its own, however long the line before it is."""
_LOWER = re.compile(r"[a-zß-öø-ÿœ,;)]")
_COMPOUND = frozenset((
    "rendez", "ci", "là", "celui", "celle", "ceux", "celles", "vis", "peut", "sous", "non", "après", "avant", "demi",
    "semi", "vice", "porte", "mi", "au", "par", "dix", "vingt", "trente", "quarante", "cinquante", "soixante", "quatre",
    "lui", "elle", "eux", "saint", "sainte", "sus", "hors", "co", "contre", "entre", "quasi", "pro", "ex", "tiers",
))  # fmt: skip
"""First parts of compound words, which keep their hyphen at a line end."""


def read(name: str, content: bytes) -> Document:
    """Plain text or Markdown in any encoding. Pages are counted by form feeds and printed page numbers."""
    text = decode(content)
    if text is None:
        raise UnreadableDocument("unknown_format", f"{name} is not a text file; save it as PDF, .docx or text.")
    kind = media_type(content, name)
    blocks = list(drafts(text, markdown=kind == MARKDOWN))
    last = max((draft.page for draft in blocks), default=1)
    return assemble(name, content, kind, blocks, map(PageInfo, range(1, last + 1)))


def drafts(text: str, *, markdown: bool = False) -> Iterator[Draft]:
    """The blocks of a text in reading order."""
    lines, margins = numbered_pages(text)
    width = typical_width(lines)
    table = 0
    paragraph: list[Line] = []
    for group in text_grids.groups(lines):
        if isinstance(group, text_grids.Grid):
            yield from _paragraph(paragraph, width, markdown)
            paragraph = []
            table += 1
            found = [
                Row(tuple(_inline(cell, markdown) for cell in row.cells), row.head, row.page) for row in group.rows
            ]
            yield from row_drafts(found, table)
        elif paragraph and _breaks(paragraph, group, width, markdown):
            yield from _paragraph(paragraph, width, markdown)
            paragraph = [group] if group.text else []
        elif group.text or paragraph:
            paragraph.append(group)
    yield from _paragraph(paragraph, width, markdown)
    yield from (Draft("footer", clean(line.text), page=line.page) for line in margins)


def _breaks(paragraph: list[Line], line: Line, width: int, markdown: bool) -> bool:
    """Whether ``line`` begins a new block after the lines of ``paragraph``."""
    before = next((old for old in reversed(paragraph) if old.text), line)
    if not line.text:
        return _is_heading(before, markdown) or bool(_ENDED.search(before.text))
    if (markdown and line.text.startswith(("#", ">"))) or _is_rule(line.text):
        return True
    if _is_heading(before, markdown) or _LIST.match(line.text):
        return True
    if not paragraph[-1].text:
        turned = line.page != before.page and not _NUMBERED.match(line.text) and not _is_heading(line, markdown)
        goes_on = not _ENDED.search(before.text) and len(before.text) > 0.5 * width
        return not (goes_on and (turned or _OPEN_END.search(before.text) or _LOWER.match(line.text)))
    if _LOWER.match(line.text) or (_THOUSANDS.match(line.text) and before.text[-1].isdigit()):
        return False
    if _FORM_LINE.match(line.text) and not _OPEN_END.search(before.text):
        return True
    if _NUMBERED.match(line.text) and (_ENDED.search(before.text) or len(before.text) < 0.75 * width):
        return True
    return len(before.text) < 0.7 * width and line.page == before.page


def _is_rule(text: str) -> bool:
    return bool(re.fullmatch(r"[-=_*~.\s]{3,}", text)) and "___" not in text


def _is_heading(line: Line, markdown: bool) -> bool:
    if markdown and re.match(r"#{1,6}\s", line.text):
        return True
    letters = [char for char in line.text if char.isalpha()]
    if len(letters) >= 4 and len(line.text) <= 100 and sum(char.isupper() for char in letters) > 0.9 * len(letters):
        return not line.text.endswith((",", ";")) and "___" not in line.text
    return bool(
        len(line.text) <= 80
        and re.match(r"(?:article|clause|section|annexe|annex|schedule|exhibit)\b", line.text, re.IGNORECASE)
        and _NUMBERED.match(line.text)
        and not _ENDED.search(line.text)
    )


def _paragraph(lines: list[Line], width: int, markdown: bool) -> Iterator[Draft]:
    lines = [line for line in lines if line.text and not _is_rule(line.text)]
    if not lines:
        return
    text = joined([line.text for line in lines])
    level = 0
    kind: BlockKind = "paragraph"
    if markdown and (marks := re.match(r"(#{1,6})\s+", text)):
        kind, level, text = "heading", len(marks[1]), text[marks.end() :].rstrip("# ")
    elif len(lines) == 1 and _is_heading(lines[0], markdown):
        kind = "heading"
    elif _LIST.match(text):
        kind = "list_item"
    for part in _long_parts(text) if len(text) > 800 else [text]:
        yield Draft(kind, clean(_inline(part, markdown)), page=lines[0].page, level=level)


_SPREAD = re.compile(
    r"\s{3,}(?=[A-Z0-9(\"“])|(?<=[.;:])\s+(?=(?:ARTICLE|Article|SECTION|Section)\s+(?:\d{1,2}|[IVX]+)[.:]?\s+[A-Z]|"
    r"\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\.?\s+[A-Z\"“])|(?<=[.;:,])\s+(?=\d{1,2}\.\s+[A-Z][A-Za-z ,&/-]{2,60}[.:])"
)


def _long_parts(text: str) -> list[str]:
    """A page written on one line, cut before wide gaps and numbered clauses."""
    return [part for part in _SPREAD.split(text) if part.strip()]


def whole_paragraph(text: str, page: int) -> Draft:
    """A paragraph that came in one piece: heading, list item or plain, by its looks."""
    if _is_heading(Line(text, page), markdown=False):
        return Draft("heading", text, page=page)
    return Draft("list_item" if _LIST.match(text) else "paragraph", text, page=page)


def joined(lines: list[str]) -> str:
    """Lines of one paragraph as one text; a word divided at a line end is put together again."""
    parts = [lines[0]]
    for line in lines[1:]:
        hyphen = _HYPHEN.search(parts[-1][-40:])
        if hyphen is None:
            parts.append(f" {line}")
            continue
        kept = not line[:1].islower() or hyphen[1].lower() in _COMPOUND or bool(_NAME_GOES_ON.match(line))
        if hyphen[2] == "\xad" or not kept:
            parts[-1] = parts[-1][:-1]
        parts.append(line)
    return "".join(parts)


def _inline(text: str, markdown: bool) -> str:
    return boxes(plain_markdown(text) if markdown else text)
