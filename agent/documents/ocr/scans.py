"""What recognition needs to know of a picture: skew, ruled lines, bold print. Boxes are in pixels."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from agent.documents.layout.printed import Rect, Rule

LEAST_SKEW = 0.002
"""Radians; smaller angles don't disturb layout."""
MOST_SKEW = 0.3
"""Larger angles are those of turned pages or of a few slanted words."""
_DARK = 128
_SURROUNDINGS, _DARKER = 31, 16
"""A pixel of a ruled line, which may be grey, is this much darker than the square of pixels around it on average."""
_SPACE = 0.34
"""Share of a line's height (without accents and tails) that the space between two words is wide, at least."""
_BOLD = 1.3
"""Bold print covers this many times as much of its box as the page's usual print."""


@dataclass(slots=True)
class ScannedWord:
    """A word as recognised; ``angle`` is that of its line, in radians, positive clockwise."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    angle: float = 0.0
    bold: bool = False


def skew(words: Sequence[ScannedWord]) -> float:
    """The usual angle of the lines, in radians, positive clockwise; 0 where it does not disturb layout."""
    angle = median(word.angle for word in words) if words else 0.0
    return angle if LEAST_SKEW <= abs(angle) <= MOST_SKEW else 0.0


def straightened(words: Sequence[ScannedWord], angle: float, x: float, y: float) -> list[tuple[ScannedWord, Rect]]:
    """Each word with its box after turning the page around (x, y) back by ``angle``."""
    if angle == 0.0:
        return [(word, (word.x0, word.y0, word.x1, word.y1)) for word in words]
    cosine, sine = math.cos(-angle), math.sin(-angle)
    placed: list[tuple[ScannedWord, Rect]] = []
    for word in words:
        across, down = (word.x0 + word.x1) / 2 - x, (word.y0 + word.y1) / 2 - y
        centre = x + across * cosine - down * sine, y + across * sine + down * cosine
        wide = (word.x1 - word.x0) / 2
        high = max(1.0, (word.y1 - word.y0) / 2 - abs(math.sin(angle)) * wide)
        placed.append((word, (centre[0] - wide, centre[1] - high, centre[0] + wide, centre[1] + high)))
    return placed


def mark_bold(words: Sequence[ScannedWord], picture: Image.Image) -> None:
    """Marks the words whose strokes are clearly thicker than is usual on the page."""
    pixels: NDArray[np.uint8] = np.asarray(picture)
    shares = [_ink(pixels, word) for word in words]
    known = [share for share, word in zip(shares, words, strict=True) if share > 0 and len(word.text) > 2]
    if len(known) < 20:
        return
    usual = median(known)
    for word, share in zip(words, shares, strict=True):
        word.bold = share > _BOLD * usual


def _ink(pixels: NDArray[np.uint8], word: ScannedWord) -> float:
    part = pixels[max(0, int(word.y0)) : int(word.y1), max(0, int(word.x0)) : int(word.x1)]
    return float(np.mean(part < _DARK)) if part.size else 0.0


def dark_ruled_lines(picture: Image.Image, angle: float, scale: float) -> list[Rule]:
    """The long straight dark lines of a picture turned back by ``angle``, times ``scale``: its tables' lines."""
    if angle:
        picture = picture.rotate(math.degrees(angle), Image.Resampling.BILINEAR, fillcolor=255)
    dark = cv2.adaptiveThreshold(
        np.asarray(picture), 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _SURROUNDINGS, _DARKER
    )
    rules: list[Rule] = []
    for horizontal in (True, False):
        length = picture.width // 15 if horizontal else picture.width // 30  # longer than any letter
        shape = (length, 1) if horizontal else (1, length)
        whole = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((1, 5) if horizontal else (5, 1), np.uint8))
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, shape)
        lines = cv2.morphologyEx(whole, cv2.MORPH_OPEN, kernel)
        thick = cv2.getStructuringElement(cv2.MORPH_RECT, (9, 3) if horizontal else (3, 9))
        count, _, boxes, _ = cv2.connectedComponentsWithStats(cv2.dilate(lines, thick))
        for x, y, width, height, _ in boxes[1:count]:
            middle = (y + height / 2) * scale if horizontal else (x + width / 2) * scale
            if horizontal and width > 10 * height:
                rules.append(Rule(float(x) * scale, middle, float(x + width) * scale, middle))
            elif not horizontal and height > 5 * width:
                rules.append(Rule(middle, float(y) * scale, middle, float(y + height) * scale))
    return rules


def blanks(pixels: NDArray[np.uint8], rect: Rect) -> list[float]:
    """The middles, left to right, of the blank strips inside ``rect`` that are as wide as a space between words."""
    x0, y0, x1, y1 = (int(value) for value in rect)
    part = pixels[max(0, y0) : y1, max(0, x0) : x1]
    if part.size == 0:
        return []
    dark = 0.6 * float(np.median(part)) + 0.4 * float(np.percentile(part, 2))  # grey print is print too
    inked = np.flatnonzero(np.count_nonzero(part < dark, axis=0) > 1)
    least = _SPACE * (y1 - y0)
    return [
        max(0, x0) + (int(before) + int(after)) / 2
        for before, after in itertools.pairwise(inked)
        if after - before > least
    ]
