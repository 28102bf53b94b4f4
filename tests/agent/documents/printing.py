"""Makes PDFs with planted text at known places, for the tests of reading them."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdfium2
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
Draw = Callable[[Canvas], None]


def pdf(*pages: Draw, **options: object) -> bytes:
    """A PDF of A4 pages, each drawn by one function (y grows upwards, as reportlab has it)."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **options)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines(
    *texts: str, x: float = 70, top: float = 100, leading: float = 14, size: float = 10, bold: bool = False
) -> Draw:
    """Draws lines from ``top`` points below the page's upper edge."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        for index, text in enumerate(texts):
            canvas.drawString(x, HEIGHT - top - index * leading, text)

    return draw


def together(*draws: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for one in draws:
            one(canvas)

    return draw


def table(*rows: tuple[str, ...], x: float = 70, top: float = 200, wide: float = 140, high: float = 24) -> Draw:
    """A ruled table; a cell's text may have several lines."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        columns = len(rows[0])
        for row in range(len(rows) + 1):
            canvas.line(x, HEIGHT - top - row * high, x + columns * wide, HEIGHT - top - row * high)
        for column in range(columns + 1):
            canvas.line(x + column * wide, HEIGHT - top, x + column * wide, HEIGHT - top - len(rows) * high)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                for k, text in enumerate(cell.split("\n")):
                    canvas.drawString(x + c * wide + 4, HEIGHT - top - r * high - 10 - k * 11, text)

    return draw


def picture(content: bytes, index: int = 0, dpi: int = 150) -> Image.Image:
    """A page of a PDF as a scanner sees it."""
    with pypdfium2.PdfDocument(content) as document:
        return document[index].render(scale=dpi / 72).to_pil().convert("L")


def scan(*pictures: Image.Image) -> bytes:
    """A PDF of pictures only."""
    buffer = io.BytesIO()
    pictures[0].save(buffer, "PDF", resolution=150, save_all=True, append_images=list(pictures[1:]))
    return buffer.getvalue()
