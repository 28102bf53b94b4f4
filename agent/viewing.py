"""What a person may look at of the documents: a page with words marked, the text around them, passages found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.documents.picture import has_pictures, page_picture
from agent.pipeline import Pipeline
from portfolio.accounts.desk import Desk
from portfolio.errors import NotFound
from portfolio.evidence import Box, Evidence
from portfolio.register.records import Contract, ContractDocument
from portfolio.register.store import Register
from vectorstore.passages import Passages
from vectorstore.records import Filters, Passage

AROUND = 700
"""Characters shown at least before and after the words, where a format has no pages."""
LONGEST_MARK = 4000
"""Characters that are marked at most: a longer span in an address is cut."""


@dataclass(frozen=True)
class Place:
    """Words of a document to look at, or a whole page: then ``start`` and ``end`` are equal."""

    document: ContractDocument
    page: int
    start: int = 0
    end: int = 0
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True)
class Excerpt:
    """Words with what stands around them."""

    before: str
    words: str
    after: str


class Viewer:
    """Documents as the account of ``desk`` may see them."""

    def __init__(self, desk: Desk, register: Register, passages: Passages) -> None:
        self._desk = desk
        self._passages = passages
        self._pipeline = Pipeline(register, passages)

    def proof(self, contract: Contract, evidence: Evidence) -> Place:
        """Where ``evidence`` of a fact of ``contract`` stands. Raises NotFound for a document of another contract."""
        document = _document(contract, evidence.document)
        return Place(document, evidence.page, evidence.start, evidence.end, evidence.boxes)

    def span(self, contract: Contract, sha: str, start: int, end: int) -> Place:
        """The words ``[start, end)`` of a document's text, as a citation names them. Raises NotFound."""
        document = _document(contract, sha)
        self._desk.contract(contract.id)
        read = self._pipeline.document(sha, document.name)
        if read is None or not 0 <= start < end <= len(read.text):
            raise NotFound.of("words_gone", document=document.name)
        end = min(end, start + LONGEST_MARK)
        return Place(document, read.page_at(start), start, end, read.boxes(start, end))

    def has_pages(self, document: ContractDocument) -> bool:
        return has_pictures(document.media_type) and document.pages > 0

    def picture(self, place: Place) -> bytes:
        """The page as PNG with the words marked. Raises NotFound where the file is not there or out of scope."""
        content = self._desk.file(place.document.sha256)
        page = min(max(1, place.page), max(1, place.document.pages))
        return page_picture(content, place.document.media_type, page, place.boxes)

    def excerpt(self, contract: Contract, place: Place) -> Excerpt:
        """The words with the text around them; without words, the beginning of the text. Raises NotFound."""
        self._desk.contract(contract.id)
        read = self._pipeline.document(place.document.sha256, place.document.name)
        if read is None:
            raise NotFound(f"{place.document.name} is not in the data folder any more; ingest it again.")
        text = read.text
        before = text.rfind("\n", 0, max(0, place.start - AROUND)) + 1
        line_end = text.find("\n", place.end + AROUND)
        after = len(text) if line_end < 0 else min(line_end, place.end + 3 * AROUND)
        return Excerpt(text[before : place.start], text[place.start : place.end], text[place.end : after])

    def text(self, contract: Contract, sha: str, page: int | None = None) -> str:
        """The text that was read of a document, or of one of its pages. Raises NotFound."""
        document = _document(contract, sha)
        self._desk.contract(contract.id)
        read = self._pipeline.document(sha, document.name)
        if read is None:
            raise NotFound(f"{document.name} is not in the data folder any more; ingest it again.")
        return read.text if page is None else "\n".join(block.text for block in read.blocks if block.page == page)

    def search(self, question: str, k: int = 10) -> Sequence[Passage]:
        """The passages that answer ``question`` best, of contracts in scope."""
        scoped = None if self._desk.account.scope.whole else sorted(self._desk.visible())
        return [hit.passage for hit in self._passages.search(question, Filters(contracts=scoped), k)]

    def by_words_only(self) -> str | None:
        """Why there is no search by meaning, or None where there is."""
        return self._passages.state().unavailable


def _document(contract: Contract, sha: str) -> ContractDocument:
    for document in contract.documents:
        if document.sha256 == sha:
            return document
    raise NotFound(f"{contract.stem} has no document {sha[:12]}.")
