"""Lines of a plain text with the page each stands on; page numbers and repeated feet are taken out of the flow."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ENDS = re.compile(r"\r\n?|[\x0b\x1c-\x1e\x85\u2028\u2029]")
_PAGE_NUMBER = re.compile(
    r"(?:#+\s*)?(?:[-–—]\s*(?P<dashed>\d{1,4})\s*[-–—]|(?:page|p\.)\s*(?P<named>\d{1,4})(?:\s*(?:/|sur|of|"
    r"de)\s*\d{1,4})?|"
    r"(?P<ratio>\d{1,4})\s*(?:/|sur|of)\s*\d{1,4}|(?P<bare>\d{1,3})|<page>)\.?",
    re.IGNORECASE,
)
_FILING_FOOT = re.compile(r"Source: .+, \d{1,2}/\d{1,2}/\d{4}")
"""How texts of American securities filings end a page."""

_LEADERS = re.compile(r"\.{4,}\s*\d{1,4}\s*$|(?:\s\.){4,}\s*\d{1,4}\s*$|…{2,}\s*\.*\s*\d{1,4}\s*$")
_FILING_TAG = re.compile(
    r"</?(?:TABLE|CAPTION|S|C|FN|DOCUMENT|TYPE|TEXT|SEQUENCE|FILENAME|DESCRIPTION)>(?:[\s<>SC]*)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Line:
    """``raw`` keeps its indentation and tabs; ``text`` is stripped, and empty for a blank line."""

    raw: str
    page: int

    @property
    def text(self) -> str:
        return self.raw.strip()


def numbered_pages(text: str) -> tuple[list[Line], list[Line]]:
    """The lines of ``text`` with their pages, and apart from them the running heads and feet, each once.

    A page ends at a form feed, or, in a text without any, at a line that only holds the next number of a sequence.
    Dotted lines of a table of contents are left out: they repeat the headings.
    """
    sheets = _ENDS.sub("\n", text).split("\f")
    lines = [
        Line(_FILING_TAG.sub("", raw.expandtabs(8) if raw[:1] == "\t" else raw), page)
        for page, sheet in enumerate(sheets, 1)
        for raw in sheet.split("\n")
    ]
    lines = [line for line in lines if not _LEADERS.search(line.text[-150:])]
    marks = _page_marks(lines)
    if len(sheets) == 1:
        lines = _paged(lines, marks)
    repeated = _repeated(lines, set(marks), len(sheets) > 1)
    margins = [line for index, line in enumerate(lines) if index in repeated]
    feet = list({re.sub(r"\d+", "#", line.text): line for line in reversed(margins)}.values())[::-1]
    drop = repeated | set(marks)
    return [line for index, line in enumerate(lines) if index not in drop], feet


def _page_marks(lines: list[Line]) -> dict[int, bool]:
    """Line index to whether the page begins there (a head) instead of ending: the longest run of lines that count up
    by one from page to page, each alone between blank lines."""
    runs: dict[int, list[int]] = {}
    best: list[int] = []
    for index, line in enumerate(lines):
        match = _PAGE_NUMBER.fullmatch(line.text) if line.text else None
        if match is None or not match[match.lastgroup or 0] or not _alone(lines, index, bool(match["bare"])):
            continue
        number = int(match[match.lastgroup or 0])
        run = [*runs.get(number - 1, []), index]
        if len(run) >= len(runs.get(number, [])):
            runs[number] = run
        if len(run) > len(best):
            best = run
    if len(best) < 2:
        return {}
    return {index: lines[index].text.startswith("#") for index in best}


def _alone(lines: list[Line], index: int, both: bool) -> bool:
    before = index == 0 or not lines[index - 1].text
    after = index + 1 == len(lines) or not lines[index + 1].text
    return (before and after) if both else (before or after)


def _paged(lines: list[Line], marks: dict[int, bool]) -> list[Line]:
    if not marks:
        marks = {index: False for index, line in enumerate(lines) if _FILING_FOOT.fullmatch(line.text)}
    page, counted, paged = 1, False, []
    for index, line in enumerate(lines):
        if index in marks:
            page += 0 if marks[index] and not counted else 1
            counted = True
        paged.append(Line(line.raw, page))
    return paged


def _repeated(lines: list[Line], marks: set[int], sheets: bool) -> set[int]:
    """Lines that come back at page ends: feet of filings, and lines that stand next to page marks or form feeds, or
    next to such lines, at least three times."""
    shown = [index for index, line in enumerate(lines) if line.text]
    found = {index for index in shown if _FILING_FOOT.fullmatch(lines[index].text)}
    for _ in range(2):
        places: dict[str, list[int]] = {}
        edges = marks | found
        for place, index in enumerate(shown):
            near = shown[max(0, place - 1) : place] + shown[place + 1 : place + 2]
            ends = len(near) < 2 or (sheets and any(lines[other].page != lines[index].page for other in near))
            if index not in edges and len(lines[index].text) <= 150 and (ends or edges.intersection(near)):
                places.setdefault(re.sub(r"\d+", "#", lines[index].text), []).append(index)
        found |= {index for again in places.values() if len(again) > 2 for index in again}
    return found


def typical_width(lines: list[Line]) -> int:
    """How long a full line is, in characters, where the lines were broken by hand; `UNBROKEN` where they were not.

    Where each line is a paragraph, some are much longer than most.
    """
    lengths = sorted(len(line.raw.rstrip()) for line in lines if line.text)
    if not lengths:
        return UNBROKEN
    width = lengths[min(len(lengths) - 1, int(0.9 * len(lengths)))]
    return UNBROKEN if lengths[-1] > max(_LONGEST, _UNEVEN * width) else width


UNBROKEN = 10_000
_LONGEST = 150
"""Nobody breaks lines by hand that late."""
_UNEVEN = 1.2
