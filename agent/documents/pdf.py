"""PDF: pages with text are laid out from it, pages without are recognised from their picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from agent.documents.errors import UnreadableDocument
from agent.documents.layout.blocks import lay_out
from agent.documents.layout.printed import PrintedPage
from agent.documents.ocr import engine as ocr
from agent.documents.pages import Document, PageInfo, assemble
from agent.documents.pdfium import TextLayer, text_layer

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 1_000
"""Longer PDFs are refused: every word is kept with its place, about 0.5 MB a page."""
MOST_OCR_PAGES = 200
"""Pages recognised in one PDF; the pages after them are named in the warnings."""


def read(name: str, content: bytes) -> Document:
    """The document in a PDF's bytes.

    Raises UnreadableDocument: encrypted, damaged, empty (no page), too_large (more than MOST_PAGES pages).
    """
    with _opened(name, content) as document:
        count = len(document)
        if count == 0:
            raise _empty(name)
        if count > MOST_PAGES:
            raise UnreadableDocument(
                "too_large", f"{name} has {count} pages; at most {MOST_PAGES} are read. Split it into several files."
            )
        pages: list[PrintedPage] = []
        unread: list[int] = []
        warnings: list[str] = []
        recognised = 0
        for index in range(count):
            layer = _layer(document, index)
            if layer is None:
                warnings.append(f"Page {index + 1} of {name} is damaged and was not read.")
                pages.append(PrintedPage(index + 1, 0.0, 0.0, []))
                continue
            page = layer.page
            if _needs_ocr(layer):
                if recognised >= MOST_OCR_PAGES:
                    unread.append(index + 1)
                else:
                    recognised += 1
                    try:
                        page = ocr.recognise_page(_picture(document, index), page)
                    except ocr.RecognitionFailed as error:
                        warnings.append(f"Page {index + 1} of {name} was not read: {error}")
            pages.append(page)
    if unread:
        warnings.append(
            f"{name}: {len(unread)} scanned pages ({unread[0]} to {unread[-1]}) were not read; "
            f"at most {MOST_OCR_PAGES} are. Split it into several files."
        )
    infos = [PageInfo(page.number, page.width, page.height, page.origin) for page in pages]
    return assemble(name, content, MEDIA_TYPE, lay_out(pages), infos, warnings=warnings)


_NO_PAGES = re.compile(rb"/Kids\s*\[\s*\]")
"""An empty page tree: pdfium refuses it without telling why."""
_OVER_PAGE = frozenset(
    {pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STRIKEOUT, pdfium.FPDF_ANNOT_INK}
)


@contextmanager
def _opened(name: str, content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if _NO_PAGES.search(content):
            raise _empty(name) from error
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise UnreadableDocument(
                "encrypted", f"{name} needs a password; save a copy without one and give that."
            ) from error
        raise UnreadableDocument("damaged", f"{name} is damaged or cut short; get it again from its source.") from error
    with closing(document):
        if document.get_formtype() != pdfium.FORMTYPE_NONE:
            document.init_forms()
        yield document


def _empty(name: str) -> UnreadableDocument:
    return UnreadableDocument("empty", f"{name} has no page; export it again.")


def _layer(document: pypdfium2.PdfDocument, index: int) -> TextLayer | None:
    page = pdfium.FPDF_LoadPage(document.raw, index)
    if not page:
        return None
    if _draws_over(page):
        # what was filled in or typed over the page becomes part of it; the page has to be loaded anew to be read so
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(document.raw, index)
    try:
        return text_layer(page, index + 1)
    finally:
        pdfium.FPDF_ClosePage(page)


def _draws_over(page: pdfium.FPDF_PAGE) -> bool:
    """Whether form fields, typed notes or strokes lie over the page."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            pdfium.FPDFPage_CloseAnnot(annotation)
            if kind in _OVER_PAGE:
                return True
    return False


def _picture(document: pypdfium2.PdfDocument, index: int) -> Image.Image:
    """The page as a grey picture, at OCR_DPI unless that were more than MOST_PIXELS pixels."""
    page = document[index]
    with closing(page):
        width, height = page.get_size()
        scale = min(ocr.DPI / 72, (ocr.MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        with closing(bitmap):
            picture: Image.Image = bitmap.to_pil().convert("L")
            picture.load()
            return picture.copy()


def _needs_ocr(layer: TextLayer) -> bool:
    """Whether a page's own text is missing or unusable, and there is something to recognise."""
    if layer.pictures < 0.02 and layer.drawings < 50 and layer.characters == 0:
        return False
    if layer.characters == 0:
        return True
    if layer.unmapped > 0.3 * layer.characters:
        return True
    return layer.characters < 150 and layer.pictures > 0.5
