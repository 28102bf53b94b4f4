"""Tick boxes, bullets and strokes made plain: drawn or set in a symbol font, a box becomes ☐ or ☒ before its label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.documents.layout.printed import Mark, PrintedPage, PrintedWord, Rect, Rule

EMPTY, TICKED = "☐", "☒"

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("☐□▢❏❐❑❒◻⬜🗆", EMPTY),
        **dict.fromkeys("☒☑⊠⊗🗹🗷🗵", TICKED),
        **dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\ue00c\ue00a\uf02d➢➤►‣●", "•"),
    }
)
_SIGN = re.compile("[□▢❏❐❑❒◻⬜🗆☑⊠⊗🗹🗷🗵\uf000-\uf0ff\ue00a\ue00c➢➤►‣●]")
_TICKS = frozenset("✓✔✗✘")
_CROSS = re.compile(r"[xX✓✔✗✘×]")
_NEAR = 30.0
"""Points between a drawn box and its label, at most."""


def make_plain(page: PrintedPage) -> None:
    """Rewrites the page's words in place; words under strokes become emphasised or struck."""
    if page.origin == "text":
        _strokes(page)
    if page.marks:
        _drawn_boxes(page)
    plain: list[PrintedWord] = []
    for word in page.words:
        if _SIGN.search(word.text):
            word.text = word.text.translate(_SIGNS)
        if word.text[0] in (EMPTY, TICKED) and len(word.text) > 1:
            plain.extend(_split(word, 1))
        else:
            plain.append(word)
    page.words = _bracketed(plain)
    if any(word.text == EMPTY for word in page.words):
        for word in page.words:
            if word.text in _TICKS:
                word.text = TICKED


def _split(word: PrintedWord, at: int) -> tuple[PrintedWord, PrintedWord]:
    middle = word.x0 + (word.x1 - word.x0) * at / len(word.text)
    return replace(word, text=word.text[:at], x1=middle), replace(word, text=word.text[at:], x0=middle)


def _bracketed(words: Sequence[PrintedWord]) -> list[PrintedWord]:
    """`[x]`, `[ ]` and `[]` as boxes."""
    if not any(word.text[0] == "[" for word in words):
        return list(words)
    found: list[PrintedWord] = []
    index = 0
    while index < len(words):
        for length in (1, 2, 3):
            part = words[index : index + length]
            spelt = "".join(word.text for word in part)
            if len(part) == length and re.fullmatch(r"\[[xX_✓✔]?\]", spelt):
                sign = EMPTY if spelt in ("[]", "[_]") else TICKED
                first, last = part[0], part[-1]
                found.append(PrintedWord(sign, first.page, first.x0, first.y0, last.x1, last.y1, first.size))
                index += length
                break
        else:
            found.append(words[index])
            index += 1
    return found


def _strokes(page: PrintedPage) -> None:
    """A rule through the middle of a word strikes it out; one at its foot, no longer than its line, stresses it."""
    flat = [rule for rule in page.rules if rule.horizontal]
    if not flat or len(flat) > 500:
        return
    for word in page.words:
        height = word.y1 - word.y0
        wide = word.x1 - word.x0
        for rule in flat:
            share = (rule.y0 - word.y0) / height
            if 0.35 < share < 1.05 and min(rule.x1, word.x1) - max(rule.x0, word.x0) > 0.7 * wide:
                if 0.42 < share < 0.72:
                    word.struck = True
                elif share > 0.78:
                    word.bold = True


def _drawn_boxes(page: PrintedPage) -> None:
    squares = [mark for mark in page.marks if mark.square]
    for square in squares:
        if any(_touches(square.rect, other.rect) for other in squares if other is not square):
            continue  # the boxes of a number to be filled in figure by figure
        inside = [word for word in page.words if _within(word, square.rect)]
        if any(not _CROSS.fullmatch(word.text) for word in inside):
            continue
        label = _label(page.words, square.rect)
        if label is None:
            continue
        ticked = square.ticked or bool(inside) or _stroked(page, square)
        if inside:
            page.words = [word for word in page.words if not any(word is one for one in inside)]
        x0, _, x1, _ = square.rect
        index = next(i for i, word in enumerate(page.words) if word is label)
        sign = TICKED if ticked else EMPTY
        page.words.insert(index, PrintedWord(sign, page.number, x0, label.y0, x1, label.y1, label.size))


def _label(words: Sequence[PrintedWord], box: Rect) -> PrintedWord | None:
    middle = (box[1] + box[3]) / 2
    right = [word for word in words if word.y0 < middle < word.y1 and 0 <= word.x0 - box[2] + 2 < _NEAR]
    return min(right, key=lambda word: word.x0, default=None)


def _stroked(page: PrintedPage, square: Mark) -> bool:
    """Whether another drawing lies in the square: a cross, a tick, a smaller filled square."""
    x0, y0, x1, y1 = square.rect
    for mark in page.marks:
        a0, b0, a1, b1 = mark.rect
        if mark is not square and x0 - 2 <= (a0 + a1) / 2 <= x1 + 2 and y0 - 2 <= (b0 + b1) / 2 <= y1 + 2:
            return True
    return any(_crosses(rule, square.rect) for rule in page.rules)


def _crosses(rule: Rule, box: Rect) -> bool:
    return box[0] < rule.x0 and rule.x1 < box[2] and box[1] < rule.y0 and rule.y1 < box[3]


def _touches(a: Rect, b: Rect) -> bool:
    apart = max(a[0], b[0]) - min(a[2], b[2])
    level = min(a[3], b[3]) - max(a[1], b[1]) > 0.7 * (a[3] - a[1])
    return level and -1 < apart < 1.5


def _within(word: PrintedWord, box: Rect) -> bool:
    return box[0] <= (word.x0 + word.x1) / 2 <= box[2] and box[1] <= (word.y0 + word.y1) / 2 <= box[3]
