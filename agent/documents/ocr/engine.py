"""Pictures of pages to printed words: tesseract where it is installed, else the models that come with rapidocr."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import lru_cache
from typing import Protocol

from PIL import Image

from agent.documents.layout.printed import PrintedPage, PrintedWord
from agent.documents.ocr.scans import ScannedWord, dark_ruled_lines, skew, straightened
from portfolio.errors import ContrathequeError

DPI = 200
"""Resolution at which PDF pages are rendered for recognition."""
MOST_PIXELS = 20_000_000
"""Pixels of the largest picture that is recognised; larger ones are scaled down."""
THREADS = max(1, min(4, os.cpu_count() or 1))


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
    """``page`` with the words of its picture in place of its own. Raises RecognitionFailed."""
    try:
        words = engine().words(picture)
    except (subprocess.SubprocessError, OSError) as error:
        raise RecognitionFailed("the text recognition gave up on it; scan it more sharply.") from error
    scale = page.width / picture.width
    angle = skew(words)
    placed = straightened(words, angle, picture.width / 2, picture.height / 2)
    return PrintedPage(
        page.number,
        page.width,
        page.height,
        [
            PrintedWord(
                word.text,
                page.number,
                x0 * scale,
                y0 * scale,
                x1 * scale,
                y1 * scale,
                (y1 - y0) * scale,
                word.bold,
                place=(word.x0 * scale, word.y0 * scale, word.x1 * scale, word.y1 * scale),
            )
            for word, (x0, y0, x1, y1) in placed
        ],
        rules=dark_ruled_lines(picture, angle, scale),
        origin="ocr",
    )
