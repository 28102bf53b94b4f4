"""Pages as pictures with marked words, for people who want to see where a value stands."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable

import pypdfium2
from PIL import Image, ImageDraw

from agent.documents.sniff import PDF
from portfolio.evidence import Box

_WIDTH = 1_100
_MOST_HEIGHT = 6_000
_MARK = (255, 214, 0, 110)
_PDFIUM = threading.Lock()
"""pdfium must not be called from two threads at once."""


def has_pictures(media_type: str) -> bool:
    """Whether documents of this type have pages that can be shown."""
    return media_type == PDF or media_type.startswith("image/")


def page_picture(content: bytes, media_type: str, page: int, boxes: Iterable[Box] = ()) -> bytes:
    """Page ``page`` (from 1) of a PDF or picture file as PNG, about 1,100 pixels wide, the boxes on it marked."""
    picture = (_pdf_page if media_type == PDF else _frame)(content, page).convert("RGB")
    marks = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(marks)
    for box in boxes:
        if box.page == page:
            left, top, right, bottom = (
                side * scale for side, scale in zip((box.x0, box.y0, box.x1, box.y1), picture.size * 2, strict=True)
            )
            draw.rectangle((left - 3, top - 2, right + 3, bottom + 2), fill=_MARK)
    picture.paste(marks, (0, 0), marks)
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


def _pdf_page(content: bytes, number: int) -> Image.Image:
    with _PDFIUM:
        document = pypdfium2.PdfDocument(content)
        try:
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(_WIDTH / max(width, 1), _MOST_HEIGHT / max(height, 1))
            picture: Image.Image = page.render(scale=scale).to_pil()
            page.close()
            return picture
        finally:
            document.close()


def _frame(content: bytes, number: int) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.seek(number - 1)
    picture.thumbnail((_WIDTH, _MOST_HEIGHT))
    return picture
