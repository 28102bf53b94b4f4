"""Pictures of pages to printed words: tesseract where it is installed, else the models that come with rapidocr."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from PIL import Image

from agent.documents.layout.printed import PrintedPage, PrintedWord, Rect
from agent.documents.ocr.scans import ScannedWord, dark_ruled_lines, skew, straightened
from portfolio.errors import ContrathequeError

DPI = 200
"""Resolution at which PDF pages are rendered for recognition."""
MOST_PIXELS = 20_000_000
"""Pixels of the largest picture that is recognised; larger ones are scaled down."""
THREADS = max(1, min(4, os.cpu_count() or 1))


LEAST_WORDS = 12
"""With fewer words there is no telling whether a page lies on its side."""


class RecognitionFailed(ContrathequeError):
    """The engine could not cope with a picture."""


class Engine(Protocol):
    """Recognises a grey picture of a page; boxes are in pixels."""

    def words(self, picture: Image.Image) -> list[ScannedWord]: ...


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The engine of this machine, loaded once a process."""
    command = shutil.which("tesseract")
    if command is not None:
        from agent.documents.ocr.tesseract import Tesseract

        return Tesseract(command)
    from agent.documents.ocr.rapid import Rapid

    return Rapid(THREADS)


def recognise_page(picture: Image.Image, page: PrintedPage) -> PrintedPage:
    """``page`` with the words of its picture in place of its own. Raises RecognitionFailed.

    A page that lies on its side or upside down is laid out upright; its words' places stay those on the page.
    """
    try:
        turn, words = _recognised(picture)
    except (subprocess.SubprocessError, OSError) as error:
        raise RecognitionFailed("the text recognition gave up on it; scan it more sharply.") from error
    upright = picture.rotate(turn, expand=True) if turn else picture
    scale = page.width / picture.width
    angle = skew(words)
    placed = straightened(words, angle, upright.width / 2, upright.height / 2)
    printed: list[PrintedWord] = []
    for word, (x0, y0, x1, y1) in placed:
        box = _turned_back((word.x0, word.y0, word.x1, word.y1), turn, picture.width, picture.height)
        place = (box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale)
        size = (y1 - y0) * scale
        printed.append(
            PrintedWord(
                word.text, page.number, x0 * scale, y0 * scale, x1 * scale, y1 * scale, size, word.bold, place=place
            )
        )
    rules = dark_ruled_lines(upright, angle, scale)
    return PrintedPage(page.number, page.width, page.height, printed, rules=rules, origin="ocr")


def _recognised(picture: Image.Image) -> tuple[int, list[ScannedWord]]:
    """The words of the picture as it is, or turned by 90, 180, 270 degrees (counter-clockwise) if that reads better."""
    best: tuple[int, list[ScannedWord]] = (0, engine().words(picture))
    if not _doubtful(best[1]):
        return best
    for turn in (90, 270, 180):
        words = engine().words(picture.rotate(turn, expand=True))
        if not _doubtful(words):
            return turn, words
    return best


def _doubtful(words: Sequence[ScannedWord]) -> bool:
    """Whether there are words, but of two letters on average, or upright ones: signs of a page that is not."""
    if len(words) < LEAST_WORDS:
        return False
    letters = sum(len(word.text) for word in words)
    tall = sum(1 for word in words if len(word.text) > 3 and word.x1 - word.x0 < word.y1 - word.y0)
    return letters < 2.8 * len(words) or tall > 0.3 * len(words)


def _turned_back(box: Rect, turn: int, width: float, height: float) -> Rect:
    """A box on the picture turned by ``turn`` degrees counter-clockwise, on the picture of ``width`` x ``height``."""
    x0, y0, x1, y1 = box
    if turn == 90:
        return width - y1, x0, width - y0, x1
    if turn == 180:
        return width - x1, height - y1, width - x0, height - y0
    if turn == 270:
        return y0, height - x1, y1, height - x0
    return box
