"""Reads a file of any known format: the format by its content, the reader by the table below."""

from __future__ import annotations

import importlib
import logging
from typing import Protocol, cast

from agent.documents.errors import UnreadableDocument
from agent.documents.pages import Document
from agent.documents.sniff import CSV, DOCX, EML, HTML, MARKDOWN, MSG, ODT, PDF, PPTX, RTF, TEXT, XLSX, ZIP, media_type

logger = logging.getLogger(__name__)

_READERS: dict[str, str] = {
    PDF: "pdf",
    "image/png": "images",
    "image/jpeg": "images",
    "image/tiff": "images",
    "image/gif": "images",
    "image/bmp": "images",
    "image/webp": "images",
    "image/jp2": "images",
    "image/heic": "images",
    DOCX: "docx",
    XLSX: "office",
    PPTX: "office",
    ODT: "odt",
    RTF: "rtf",
    HTML: "web",
    TEXT: "plain",
    MARKDOWN: "plain",
    CSV: "sheet",
    EML: "mail",
    MSG: "msg",
    ZIP: "archive",
}
"""Media type to the module of this package that reads it. Modules are imported when first needed: some are slow to."""


class FormatReader(Protocol):
    """What each of those modules offers. Raises UnreadableDocument; anything else it raises counts as damage."""

    def read(self, name: str, content: bytes) -> Document: ...


def read(name: str, content: bytes) -> Document:
    """The document in ``content``; ``name`` is for messages, and decides between kinds of plain text.

    Raises UnreadableDocument, and nothing else, for whatever cannot be read. An archive, or a mail that only carries
    files, comes back without text and with attachments.
    """
    kind = media_type(content, name)
    reader = cast(FormatReader, importlib.import_module(f"agent.documents.{_READERS[kind]}"))
    try:
        document = reader.read(name, content)
    except UnreadableDocument:
        raise
    except MemoryError as error:
        raise UnreadableDocument("too_large", f"{name} is too large for this machine; split it.") from error
    except Exception as error:
        logger.debug("reading %s as %s failed", name, kind, exc_info=True)
        raise UnreadableDocument(
            "damaged",
            f"{name} is damaged or not a proper {kind} file; open it, save it again, or get it from its source.",
        ) from error
    if not document.text.strip() and not document.attachments:
        raise UnreadableDocument("no_text", f"{name} holds no text; give the complete contract, or a sharper scan.")
    return document
