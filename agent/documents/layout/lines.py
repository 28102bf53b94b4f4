"""From words to lines, rows and text columns, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from agent.documents.layout.printed import Line, PrintedWord, line_of

WIDEST_SPACE = 1.8
"""Words further apart than this many type sizes do not stand in one line: another cell, or another column."""


def lines_of(words: Iterable[PrintedWord]) -> list[Line]:
    """Lines in the order in which the words come; pieces of a line that come apart are put together again."""
    runs: list[list[PrintedWord]] = []
    last: PrintedWord | None = None
    for word in words:
        if last is not None and follows(last, word):
            runs[-1].append(word)
        else:
            runs.append([word])
        last = word
    return _rejoined([line_of(run) for run in runs])


def follows(last: PrintedWord, word: PrintedWord) -> bool:
    """Whether ``word`` goes on where ``last`` ended."""
    overlap = min(last.y1, word.y1) - max(last.y0, word.y0)
    if overlap < 0.5 * min(last.y1 - last.y0, word.y1 - word.y0):
        return False
    size = max(last.size, word.size)
    return -0.4 * size <= word.x0 - last.x1 <= WIDEST_SPACE * size


def _rejoined(lines: list[Line]) -> list[Line]:
    """The lines, with those put together that touch on one baseline: some files draw a line in several goes."""
    out: list[Line] = []
    for row in rows(lines):
        current = row[0]
        for line in row[1:]:
            gap = line.x0 - current.x1
            size = max(current.size, line.size)
            if -0.4 * size <= gap <= 0.9 * size:
                current = line_of(current.words + line.words)
            elif line.x0 >= current.x0 - 1 and line.x1 <= current.x1 + 1 and line.text in current.text:
                continue  # drawn twice, to look bold
            else:
                out.append(current)
                current = line
        out.append(current)
    return out


def rows(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines side by side, from top to bottom, each row from left to right."""
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda item: item.middle):
        if found:
            first = found[-1][0]
            if abs(line.middle - first.middle) < 0.4 * min(line.height, first.height):
                found[-1].append(line)
                continue
        found.append([line])
    for row in found:
        row.sort(key=lambda item: item.x0)
    return found


def zones(lines: list[Line], depth: int = 0) -> list[list[Line]]:
    """The lines in groups, one a column of text, in reading order; one group where the page has no columns."""
    if depth > 2 or len(lines) < 8:
        return [lines]
    gutter = _gutter(lines)
    if gutter is None:
        return [lines]
    found: list[list[Line]] = []
    spanning: list[Line] = []
    band: list[Line] = []

    def close() -> None:
        left = [line for line in band if line.x1 <= gutter]
        right = [line for line in band if line.x1 > gutter]
        if _reads_as_columns(left, right):
            if spanning:
                found.append(list(spanning))
                spanning.clear()
            found.extend(zones(left, depth + 1))
            found.extend(zones(right, depth + 1))
        else:
            spanning.extend(band)
        band.clear()

    for line in sorted(lines, key=lambda item: item.y0):
        if line.x0 < gutter < line.x1:
            close()
            spanning.append(line)
        else:
            band.append(line)
    close()
    if spanning:
        found.append(spanning)
    return found


def _reads_as_columns(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Columns of running text are tall, mostly filled, and of more than a few words a line."""
    for side in (left, right):
        if len(side) < 4:
            return False
        width = max(line.x1 for line in side) - min(line.x0 for line in side)
        filled = sum(line.x1 - line.x0 for line in side) / (width * len(side))
        letters = sum(len(line.text) for line in side) / len(side)
        if filled < 0.6 or letters < 18:
            return False
    return True


def _gutter(lines: Sequence[Line]) -> float | None:
    """The x that fewest lines cross, in the middle of the text; None where many cross every x."""
    left = min(line.x0 for line in lines)
    right = max(line.x1 for line in lines)
    if right - left < 150:
        return None
    step = 2.0
    size = int((right - left) / step) + 2
    change = [0] * (size + 1)
    for line in lines:
        change[int((line.x0 - left) / step)] += 1
        change[min(size, int((line.x1 - left) / step) + 1)] -= 1
    crossing: list[int] = []
    count = 0
    for delta in change:
        count += delta
        crossing.append(count)
    first, last = int(0.2 * size), int(0.8 * size)
    fewest = min(crossing[first:last])
    if fewest > 0.25 * len(lines):
        return None
    best = (0, 0)
    start: int | None = None
    for index in range(first, last + 1):
        if index < last and crossing[index] == fewest:
            start = index if start is None else start
        elif start is not None:
            if index - start > best[1] - best[0]:
                best = (start, index)
            start = None
    if (best[1] - best[0]) * step < 6:
        return None
    return left + step * (best[0] + best[1]) / 2
