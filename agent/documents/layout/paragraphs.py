"""Lines of a column of text grouped into paragraphs, list items, headings; paragraphs that go on over a page end."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from agent.documents.layout.headings import is_heading
from agent.documents.layout.passages import Passage, Type
from agent.documents.layout.printed import Line

_BULLET = re.compile(r"[•●▪■◆♦❖➢➤►‣○◦·*✓✔\uf0b7\uf0a7\uf0d8\ue00c]|[-–—](?:\s|$|(?=[^\W\d_]))|[☐☒]|o\s+(?=[^\W\d_])")
_LETTERED = re.compile(r"\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})\s?\)\s?|\d{1,2}°\)?\s")
_NUMBERED = re.compile(
    r"\d{1,2}\.(?:\s|$)|\d{1,2}(?:\.\d{1,2}){1,3}\.?\s*[-–—:]?\s*(?=[^\W\d_a-zß-ÿ])|[A-Z]\.(?:\d{1,2}\.?)*\s|[IVX]{1,5}\.\s|"
    r"(?:ARTICLE|Article|ART\.|Art\.|ANNEXE|Annexe|SECTION|Section|SCHEDULE|Schedule|EXHIBIT|Exhibit|CLAUSE|Clause|TITRE|"
    r"Titre|CHAPITRE|Chapitre)\s+(?:\d|[IVXL]+\b|[A-Z]\b|premier|PREMIER)"
)
_ENDS = (".", ";", ":", "!", "?")


def paragraphs(lines: Sequence[Line], body: Type, *, ocr: bool) -> list[Passage]:
    """The passages of one column's lines, from top to bottom."""
    if not lines:
        return []
    right = _right_edge(lines)
    groups: list[list[Line]] = [[lines[0]]]
    for above, line in itertools.pairwise(lines):
        if _begins(groups[-1], above, line, right, body, ocr):
            groups.append([line])
        else:
            groups[-1].append(line)
    found = [Passage("paragraph", group[0].page, group, right=right, ocr=ocr) for group in groups]
    for passage in found:
        if is_heading(passage, body):
            passage.kind = "heading"
        elif _is_item(passage.text):
            passage.kind = "list_item"
    return found


def _is_item(text: str) -> bool:
    return bool(_BULLET.match(text) or _LETTERED.match(text))


def _right_edge(lines: Sequence[Line]) -> float:
    ends = sorted(line.x1 for line in lines)
    return ends[int(0.95 * (len(ends) - 1))] if len(ends) > 6 else ends[-1]


def _begins(group: Sequence[Line], above: Line, line: Line, right: float, body: Type, ocr: bool) -> bool:
    """Whether ``line`` begins a new passage, rather than going on from ``above``."""
    size = max(above.size, line.size)
    gap = line.y0 - above.y1
    text, before = line.text, above.text
    if gap > body.gap * size + 0.45 * size:
        return True
    if gap < -1.5 * size:  # back to the top of another column
        return not _goes_on(group, line, right)
    ended, full = before.endswith(_ENDS), _full(above, line, right)
    runs_on = text[0].islower() and not ended
    same_size = ocr or abs(above.size - line.size) <= 0.1 * size
    if not same_size:
        return not runs_on
    if _BULLET.match(text) and (
        text[0] not in "-–—*·o" or ended or before.endswith(",") or not full or _beside(group[0], line)
    ):
        return True
    if (_NUMBERED.match(text) or _LETTERED.match(text)) and (ended or not full):
        return True
    if line.x0 < group[0].x0 - 0.5 * size and _is_item(group[0].text) and not runs_on:
        return True  # back from a list to the margin
    if above.bold != line.bold and not body.bold and (ended or not full):
        return not runs_on
    large = (above.bold and line.bold and not body.bold) or min(above.size, line.size) > 1.1 * body.size
    if large and not ocr:
        return ended
    if full:
        indented = line.x0 > max(above.x0, group[0].x0) + 1.2 * size
        return ended and indented and text[0].isupper()
    return ended or not (text[0].islower() or text[0].isdigit() or before.endswith(("-", "'", "’", "(")))


def _beside(first: Line, line: Line) -> bool:
    """Whether both begin with the same sign at the same place."""
    return first.words[0].text[0] == line.words[0].text[0] and abs(first.x0 - line.x0) < 0.3 * line.size


def _full(above: Line, line: Line, right: float) -> bool:
    """Whether the first word of ``line`` had no room at the end of ``above``."""
    word = line.words[0]
    return above.x1 + (word.x1 - word.x0) + 0.25 * above.size > right - 0.6 * above.size


def _goes_on(group: Sequence[Line], line: Line, right: float) -> bool:
    """Whether ``line``, on the next page or in the next column, goes on with the paragraph of ``group``."""
    above = group[-1]
    text, before = line.text, above.text
    if before.endswith(_ENDS) or _is_item(text) or _NUMBERED.match(text):
        return False
    if text[0].islower() or before.endswith(("-", ",", "'", "’")):
        return True
    return len(group) > 1 and above.x1 > right - 3 * above.size


def joined(passages: Sequence[Passage]) -> list[Passage]:
    """Passages with those made one that were parted by a page's or column's end; footnotes between them come after."""
    found: list[Passage] = []
    open_passage: Passage | None = None
    for passage in passages:
        if passage.kind == "footnote":
            found.append(passage)
            continue
        if (
            open_passage is not None
            and open_passage.kind in ("paragraph", "list_item")
            and passage.kind == "paragraph"
            and _apart(open_passage, passage)
            and _goes_on(open_passage.lines, passage.lines[0], open_passage.right)
        ):
            open_passage.lines.extend(passage.lines)
            open_passage.right = passage.right
            continue
        found.append(passage)
        open_passage = passage
    return found


def _apart(first: Passage, second: Passage) -> bool:
    """Whether the second stands on a later page, or higher on the same page: in another column."""
    last = first.lines[-1]
    return second.page > last.page or second.lines[0].y0 < last.y0
