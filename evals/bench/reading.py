"""How long the built-in reader takes, and whether that grows with the contract and no faster."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2

from agent.documents.read import read as read_file
from agent.reading.reader import Dossier
from evals.bench import material
from evals.bench.measure import Figure, median_ms
from evals.run import reader

PAGES = (5, 10, 20, 40)


def reading(repeat: int) -> Iterator[Figure]:
    """Milliseconds to read a contract whose text is there, by length; against finding all words of that text."""
    read = reader("rules")
    per_page: dict[int, float] = {}
    for pages in PAGES:
        contracts = [material.contract(pages, seed=1000 * pages + n).text for n in range(repeat + 1)]
        dossiers = [Dossier((read_file("contrat.txt", text.encode()),)) for text in contracts]
        spent = median_ms(read, dossiers)
        floor = median_ms(lambda text: re.findall(r"\w+", text), contracts)
        per_page[pages] = spent / pages
        yield Figure("reading", f"{pages} pages", spent, "ms", spent / floor, "finding its words")
    short, long = PAGES[0], PAGES[-1]
    growth = per_page[long] / per_page[short]
    against = f"a page of {short} pages (1: linear)"
    yield Figure("reading", f"a page of {long} pages", per_page[long], "ms", growth, against)


def opening(repeat: int) -> Iterator[Figure]:
    """Milliseconds a page to open a PDF with a text layer; against pypdfium2 giving its bare text."""
    for pages in (10, 40):
        contents = [material.contract(pages, seed=1000 * pages + n).pdf for n in range(repeat + 1)]
        with pypdfium2.PdfDocument(contents[-1]) as document:
            count = len(document)
        spent = median_ms(lambda content: read_file("contrat.pdf", content), contents)
        floor = median_ms(_bare_text, contents)
        case = f"a page of {count} pages"
        yield Figure("opening a PDF", case, spent / count, "ms", spent / floor, "its bare text by pypdfium2")


def _bare_text(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_range() for page in document]
