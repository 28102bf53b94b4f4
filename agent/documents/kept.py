"""Documents as they are kept beside their files: read once, so that showing, indexing or reading again costs no OCR."""

import zlib

from pydantic import TypeAdapter, ValidationError

from agent.documents.pages import Document

KEPT_AS = "document-1.json.z"
"""Name of the derived file; the number changes when the form does, which makes old ones be read anew."""

_ADAPTER = TypeAdapter(Document)
_LARGEST = 512 * 1024 * 1024


def dump(document: Document) -> bytes:
    """The document without its attachments' bytes (those are documents of their own), compressed."""
    return zlib.compress(_ADAPTER.dump_json(document, exclude={"attachments"}), level=3)


def load(content: bytes) -> Document | None:
    """The document that `dump` wrote, or None when the bytes are damaged or of another form: read the file again."""
    try:
        plain = zlib.decompressobj().decompress(content, _LARGEST)
        return _ADAPTER.validate_json(plain)
    except (zlib.error, ValidationError):
        return None
