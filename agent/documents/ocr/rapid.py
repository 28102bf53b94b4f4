"""Recognition by rapidocr and onnxruntime, with the models that their package carries."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from PIL import Image
from rapidocr import RapidOCR
from rapidocr.utils.output import RapidOCROutput

from agent.documents.layout.printed import Rect
from agent.documents.ocr.scans import ScannedWord, mark_bold

Point = Sequence[float]
Piece = tuple[str, float, Sequence[Point] | None]
"""Letters, confidence, corners."""
LEAST_CONFIDENCE = 0.5
"""Lines that the engine is less sure of are stamps, signatures and noise."""


class Rapid:
    """The engine, loaded; it gives lines with four corners, which are cut into words here."""

    def __init__(self, threads: int) -> None:
        self._engine = RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.text_score": LEAST_CONFIDENCE,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def words(self, picture: Image.Image) -> list[ScannedWord]:
        pixels = np.asarray(picture.convert("RGB"))
        result = self._engine(pixels, use_cls=False, return_word_box=True)
        if not isinstance(result, RapidOCROutput) or result.boxes is None or result.txts is None:
            return []
        found: list[ScannedWord] = []
        pieces = result.word_results or [()] * len(result.txts)
        for text, corners, line in zip(result.txts, result.boxes, pieces, strict=False):
            found.extend(_words(text, corners, line))
        mark_bold(found, picture)
        return found


def _words(text: str, corners: Sequence[Point], pieces: Sequence[Piece]) -> Iterator[ScannedWord]:
    """The words of one line: the engine's own pieces where they add up to its text, else shares of the line."""
    (x0, y0), (x1, y1) = corners[0], corners[1]
    angle = math.atan2(y1 - y0, x1 - x0) if x1 - x0 > 4 * abs(corners[3][1] - y0) else 0.0
    tokens = text.split()
    places = _places(tokens, pieces)
    if places is None:
        places = _shares(text, corners)
    for token, (left, top, right, bottom) in zip(tokens, places, strict=True):
        yield ScannedWord(token, left, top, right, bottom, angle)


def _places(tokens: Sequence[str], pieces: Sequence[Piece]) -> list[Rect] | None:
    """A box a token, from pieces that may be smaller than tokens; None where they don't agree."""
    places: list[Rect] = []
    queue = [(piece[0].strip(), piece[2]) for piece in pieces if piece[2] and piece[0].strip()]
    index = 0
    for token in tokens:
        letters, points = "", list[Point]()
        while index < len(queue) and len(letters) < len(token):
            letters += queue[index][0].replace(" ", "")
            points.extend(queue[index][1])
            index += 1
        if letters != token:
            return None
        places.append(
            (
                float(min(point[0] for point in points)),
                float(min(point[1] for point in points)),
                float(max(point[0] for point in points)),
                float(max(point[1] for point in points)),
            )
        )
    return places


def _shares(text: str, corners: Sequence[Point]) -> list[Rect]:
    """A box a token, as if all characters of the line were equally wide."""
    left, right = float(corners[0][0]), float(corners[1][0])
    tops, bottoms = (float(corners[0][1]), float(corners[1][1])), (float(corners[3][1]), float(corners[2][1]))
    places: list[Rect] = []
    position = 0
    for token in text.split():
        start = text.index(token, position)
        position = start + len(token)
        shares = start / len(text), position / len(text)
        at = [left + share * (right - left) for share in shares]
        top = min(tops[0] + share * (tops[1] - tops[0]) for share in shares)
        bottom = max(bottoms[0] + share * (bottoms[1] - bottoms[0]) for share in shares)
        places.append((at[0], top, at[1], bottom))
    return places
