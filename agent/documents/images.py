"""Pictures of pages (PNG, JPEG, TIFF with its pages, WEBP, BMP, GIF): recognised like scanned PDF pages."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from agent.documents.errors import UnreadableDocument
from agent.documents.layout.blocks import lay_out
from agent.documents.layout.printed import PrintedPage
from agent.documents.ocr import engine as ocr
from agent.documents.pages import Document, PageInfo, assemble

MOST_PIXELS = 100_000_000
"""Larger pictures are refused before they are decoded (A3 at 600 dots per inch has 70 million)."""
MOST_PAGES = 200
POINTS_WIDE = 595.0
"""The width given to a picture that does not tell its resolution: that of an A4 page."""


def read(name: str, content: bytes) -> Document:
    """The document in a picture's bytes.

    Raises UnreadableDocument: too_large (MOST_PIXELS, told from the header alone), damaged, unknown_format.
    """
    pages: list[PrintedPage] = []
    notes: list[str] = []
    picture = _opened(name, content)
    with picture:
        media_type = Image.MIME.get(picture.format or "", "image/png")
        count = getattr(picture, "n_frames", 1)
        if count > MOST_PAGES:
            notes.append(f"{name}: pages {MOST_PAGES + 1} to {count} were not read; at most {MOST_PAGES} are.")
        try:
            pages.extend(_pages(name, picture))
        except (OSError, SyntaxError, ValueError) as error:
            raise UnreadableDocument("damaged", f"{name} is a damaged picture; scan or save it again.") from error
    infos = [PageInfo(page.number, page.width, page.height, page.origin) for page in pages]
    return assemble(name, content, media_type, lay_out(pages), infos, warnings=notes)


def _opened(name: str, content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content))
    except Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise UnreadableDocument(
            "damaged", f"{name} is a damaged picture or of a kind that is not read; save it as PNG, JPEG or PDF."
        ) from error
    if picture.width * picture.height > MOST_PIXELS:
        picture.close()
        raise _too_large(name)
    return picture


def _too_large(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        "too_large",
        f"{name} has more than {MOST_PIXELS // 1_000_000} million pixels; scan it at 300 dots per inch or less.",
    )


def _pages(name: str, picture: Image.Image) -> Iterator[PrintedPage]:
    frames = ImageSequence.Iterator(picture)
    for number, frame in enumerate(frames, start=1):
        if number > MOST_PAGES:
            return
        if frame.width * frame.height > MOST_PIXELS:
            raise _too_large(name)
        seen = _grey(frame)
        points = _points_wide(frame, seen)
        page = PrintedPage(number, points, points * seen.height / seen.width, [], origin="ocr")
        try:
            yield ocr.recognise_page(seen, page)
        except ocr.RecognitionFailed as error:
            raise UnreadableDocument("no_text", f"{name} could not be read: {error}") from error


def _grey(frame: Image.Image) -> Image.Image:
    """The picture upright, on white, in grey, of at most ocr.MOST_PIXELS pixels."""
    upright = ImageOps.exif_transpose(frame)
    if upright.has_transparency_data:
        layer = upright.convert("RGBA")
        upright = Image.new("RGBA", layer.size, "white")
        upright.alpha_composite(layer)
    grey = upright.convert("L")
    pixels = grey.width * grey.height
    if pixels > ocr.MOST_PIXELS:
        share = (ocr.MOST_PIXELS / pixels) ** 0.5
        grey = grey.resize((max(1, int(grey.width * share)), max(1, int(grey.height * share))))
    return grey


def _points_wide(frame: Image.Image, seen: Image.Image) -> float:
    resolution = frame.info.get("dpi")
    try:
        dots = float(resolution[0]) if resolution else 0.0
    except (TypeError, ValueError):
        dots = 0.0
    if 100 <= dots <= 1200:
        wide = frame.height if (frame.width > frame.height) != (seen.width > seen.height) else frame.width
        return wide * 72 / dots
    return POINTS_WIDE
