"""Which passages are headings, and of which level: by type size, weight, capitals and numbering."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from agent.documents.layout.passages import Passage, Type
from agent.documents.layout.printed import Line

LONGEST = 160
"""Characters of the longest heading."""

_WORDED = re.compile(
    r"(?:article|art\.|chapitre|chapter|titre|section|annexe|annex|appendix|appendice|schedule|exhibit|clause|volet|"
    r"partie|part)\s+(?:n°\s*)?(?:\d{1,3}|[ivxl]{1,6}\b|[a-z]\b|premier|1er|première)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-Z])\s*[.)°–—-]{0,2}\s+(?=[^\W\d_a-zß-ÿ])")
_NUMBER = re.compile(r"(?:[A-Z]\.?)?(\d{1,2}(?:[.-]\d{1,2}){0,3})\b")
_SENTENCE_END = (".", ";", ",", ":")
_OUTER = re.compile(r"(?:annexe|annex|appendix|appendice|schedule|exhibit|titre|chapitre|chapter|partie|volet)\b", re.I)


def body_type(lines: Sequence[Line]) -> Type:
    """The type of most letters; the usual gap between two lines of one paragraph, in type sizes."""
    sizes: Counter[float] = Counter()
    bold = letters = 0
    for line in lines:
        count = len(line.text)
        sizes[round(line.size * 2) / 2] += count
        letters += count
        bold += count if line.bold else 0
    size = max(sizes, key=lambda key: (sizes[key], key)) if sizes else 10.0
    gaps = sorted(
        (below.y0 - above.y1) / size
        for above, below in itertools.pairwise(lines)
        if above.page == below.page and abs(above.size - below.size) < 0.1 * size
        if -0.5 * size < below.y0 - above.y1 < 2 * size and abs(above.x1 - below.x1) < 2 * size
    )
    return Type(size, letters > 0 and bold > 0.5 * letters, gaps[len(gaps) // 3] if gaps else 0.2)


def is_heading(passage: Passage, body: Type) -> bool:
    """Whether a passage of one to three lines is a heading, by how it is set and how it begins."""
    text = passage.text
    if len(passage.lines) > 3 or not 2 < len(text) <= LONGEST or not any(char.isalpha() for char in text):
        return False
    numbered = bool(_WORDED.match(text) or _NUMBERED.match(text))
    if text.endswith(_SENTENCE_END) and not (numbered and len(text) < 90 and text.endswith((":", "."))):
        return False
    size = max(line.size for line in passage.lines)
    larger = size > body.size * (1.25 if passage.ocr else 1.1)
    bold = all(line.bold for line in passage.lines) and not body.bold
    if text.endswith(_SENTENCE_END):
        return (bold or larger) and numbered
    if larger or bold:
        return not text[0].islower()
    if size < body.size * 0.9:
        return False
    if _WORDED.match(text):
        return len(text) <= 100 and text[0].isupper()
    return numbered and text.isupper() and sum(char.isalpha() for char in text) > 3


def set_levels(passages: Iterable[Passage]) -> None:
    """Gives headings their levels: larger type above smaller, bold above plain, 2 above 2.1."""
    headings = [passage for passage in passages if passage.kind == "heading"]
    styles: Counter[tuple[float, bool]] = Counter(_style(passage) for passage in headings)
    ranks = {style: rank for rank, style in enumerate(sorted(styles, reverse=True), start=1)}
    for passage in headings:
        number = _NUMBER.match(passage.text)
        depth = 0 if number is None or _OUTER.match(passage.text) else len(re.findall(r"[.-]", number[1]))
        passage.level = ranks[_style(passage)] + depth


def _style(passage: Passage) -> tuple[float, bool]:
    size = max(line.size for line in passage.lines)
    if passage.ocr:
        return round(size / 2.5) * 2.5, False
    return round(size), all(line.bold for line in passage.lines)
