"""Tables as text (CSV): price lists and schedules that come beside a contract."""

from __future__ import annotations

import csv
import io

from agent.documents.encoding import decode
from agent.documents.errors import UnreadableDocument
from agent.documents.pages import Document, assemble
from agent.documents.rows import Row, row_drafts
from agent.documents.sniff import CSV
from agent.documents.words import clean


def read(name: str, content: bytes) -> Document:
    """One table row a line; the separator by the looks of the first lines."""
    text = decode(content)
    if text is None:
        raise UnreadableDocument("unknown_format", f"{name} is not a text file; save it as PDF, .docx or text.")
    text = text.replace("\x00", "")
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(text[:10_000], delimiters=";,\t|")
    except csv.Error:
        dialect = csv.excel
    rows = [Row(tuple(map(clean, cells))) for cells in csv.reader(io.StringIO(text, newline=""), dialect)]
    return assemble(name, content, CSV, row_drafts([row for row in rows if any(row.cells)], 1))
