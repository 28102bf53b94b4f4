"""Recognition by rapidocr and onnxruntime, with the models that their package carries."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rapidocr import RapidOCR
from rapidocr.utils.output import RapidOCROutput

from agent.documents.layout.printed import Rect
from agent.documents.ocr.scans import ScannedWord, blanks, mark_bold

Point = Sequence[float]
Piece = tuple[str, float, list[list[int]] | None]
"""A character, confidence, four corners."""
Letter = tuple[str, Rect]

LEAST_CONFIDENCE = 0.5
"""Lines that the engine is less sure of are stamps, signatures and noise."""
_MIDDLE_TRIM = 0.15
"""Share of a line's height left out above and below when blanks are looked for: accents of the next line reach in."""
_MOST_BLANKS = 0.34
"""Where more of a word's letters than this stand apart, it is spaced out on purpose."""


class Rapid:
    """The engine, loaded; it gives lines with four corners and characters, which are put into words here."""

    def __init__(self, threads: int) -> None:
        self._engine = RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.text_score": LEAST_CONFIDENCE,
                "Rec.rec_batch_num": 1,  # lines of one batch are padded to the longest: slower than one by one
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def words(self, picture: Image.Image) -> list[ScannedWord]:
        colours = np.asarray(picture.convert("RGB"))
        result = self._engine(colours, use_cls=False, return_word_box=True, return_single_char_box=True)
        if not isinstance(result, RapidOCROutput) or result.boxes is None or result.txts is None:
            return []
        grey: NDArray[np.uint8] = np.asarray(picture)
        lines: list[list[ScannedWord]] = []
        for index, (text, corners) in enumerate(zip(result.txts, result.boxes, strict=True)):
            pieces = result.word_results[index] if index < len(result.word_results) else ()
            lines.append(list(_words(text, corners, pieces, grey)))  # type: ignore[arg-type]  # declared one tuple short
        found = [word for line in _without_doubles(lines) for word in line]
        mark_bold(found, picture)
        return found


def _without_doubles(lines: list[list[ScannedWord]]) -> list[list[ScannedWord]]:
    """The lines, without words that are the end of another line read a second time where two boxes overlap."""
    spans = [(min(word.x0 for word in line), max(word.x1 for word in line)) if line else (0.0, 0.0) for line in lines]
    for index, line in enumerate(lines):
        near = [
            word
            for other, words in enumerate(lines)
            if other != index and spans[other][0] < spans[index][1] and spans[index][0] < spans[other][1]
            for word in words
        ]
        lines[index] = [word for word in line if not any(_doubles(word, other) for other in near)]
    return lines


def _doubles(word: ScannedWord, other: ScannedWord) -> bool:
    across = min(word.x1, other.x1) - max(word.x0, other.x0)
    down = min(word.y1, other.y1) - max(word.y0, other.y0)
    inside = across > 0.6 * (word.x1 - word.x0) and down > 0.6 * (word.y1 - word.y0)
    return inside and len(word.text) < len(other.text) and word.text in other.text


def _words(
    text: str, corners: Sequence[Point], pieces: Sequence[Piece], grey: NDArray[np.uint8]
) -> Iterator[ScannedWord]:
    """The words of one line, cut at its spaces and where the picture shows a space that the engine passed over."""
    (x0, y0), (x1, y1), (_, y2), (_, y3) = ((float(x), float(y)) for x, y in corners)
    high = max(1.0, ((y3 - y0) + (y2 - y1)) / 2)
    slope = (y1 - y0) / (x1 - x0) if x1 - x0 > 2 * high else 0.0
    middle = (y0 + y1 + y2 + y3) / 4
    for letters in _tokens(text, pieces) or _shares(text, corners):
        for part in _parted(letters, grey):
            left, right = min(box[0] for _, box in part), max(box[2] for _, box in part)
            down = middle + slope * ((left + right) / 2 - (x0 + x1) / 2)
            reach = high / 2 + abs(slope) * (right - left) / 2
            word = "".join(letter for letter, _ in part)
            yield ScannedWord(word, left, down - reach, right, down + reach, math.atan(slope))


def _tokens(text: str, pieces: Sequence[Piece]) -> list[list[Letter]] | None:
    """The line's tokens as characters with boxes; None where the pieces do not spell the text."""
    letters: list[Letter] = []
    for sign, _, corners in pieces:
        if corners and sign.strip():
            across, down = [point[0] for point in corners], [point[1] for point in corners]
            box = float(min(across)), float(min(down)), float(max(across)), float(max(down))
            letters.extend((one, box) for one in sign if not one.isspace())
    tokens = text.split()
    if "".join(letter for letter, _ in letters) != "".join(tokens):
        return None
    found: list[list[Letter]] = []
    start = 0
    for token in tokens:
        found.append(letters[start : start + len(token)])
        start += len(token)
    return found


def _shares(text: str, corners: Sequence[Point]) -> list[list[Letter]]:
    """The line's tokens with boxes as if all its characters were equally wide."""
    (x0, y0), (x1, y1), (_, y2), (_, y3) = corners
    top, bottom = float(min(y0, y1)), float(max(y2, y3))
    wide = float(x1 - x0) / max(1, len(text))
    found: list[list[Letter]] = [[]]
    for index, sign in enumerate(text):
        if sign.isspace():
            found.append([])
        else:
            found[-1].append((sign, (x0 + index * wide, top, x0 + (index + 1) * wide, bottom)))
    return [token for token in found if token]


def _parted(letters: list[Letter], grey: NDArray[np.uint8]) -> list[list[Letter]]:
    """A token's letters, parted where the picture is blank for the width of a space."""
    if len(letters) < 2:
        return [letters]
    left, top, right, bottom = _around(letters)
    trim = _MIDDLE_TRIM * (bottom - top)
    cuts: set[int] = set()
    for blank in blanks(grey, (left, top + trim, right, bottom - trim)):
        index = sum(1 for _, box in letters if (box[0] + box[2]) / 2 < blank)
        if 0 < index < len(letters) and not _belongs(letters[index - 1][0], letters[index][0]):
            cuts.add(index)
    if len(cuts) > max(1.0, _MOST_BLANKS * len(letters)):
        return [letters]
    edges = [0, *sorted(cuts), len(letters)]
    return [letters[start:end] for start, end in itertools.pairwise(edges)]


def _belongs(before: str, after: str) -> bool:
    """Signs that stand apart in print and belong together: figures (a slim 1), dots of a blank, a hyphen's sides."""
    figures = before.isdigit() and after.isdigit()
    return figures or before == after == "." or "-" in (before, after) or before in "'’" or after in ",.)"


def _around(letters: Sequence[Letter]) -> Rect:
    boxes = [box for _, box in letters]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
