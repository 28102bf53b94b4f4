"""A contract's documents: the files, their pages as pictures, their text as it was read."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import Query
from fastapi.responses import Response
from pydantic import BaseModel

from agent.viewing import Place
from portfolio.errors import NotFound
from portfolio.register.records import Contract, ContractDocument
from ui.api.route import router
from ui.api.seat import At, Number, Ref, Sha

routes = router("/v1/contracts/{ref}/documents", "documents")


class TextOut(BaseModel):
    """``text`` as the evidence's offsets count in it; of one page: that page's alone."""

    document: str
    sha256: str
    page: int | None
    text: str


@routes.get("")
def list_documents(at: At, ref: Ref) -> list[ContractDocument]:
    """The files of a contract, the one it is named after first."""
    return list(at.desk.contract(ref).documents)


@routes.get("/{sha256}", response_class=Response, responses={200: {"content": {"application/octet-stream": {}}}})
def document_file(at: At, ref: Ref, sha256: Sha) -> Response:
    """The file as it was given."""
    document = _document(at.desk.contract(ref), sha256)
    # never shown by a browser as a page of this address: a contract may be HTML
    disposition = f"attachment; filename*=UTF-8''{quote(document.name, safe='')}"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return Response(at.desk.file(sha256), headers=headers, media_type="application/octet-stream")


@routes.get("/{sha256}/text")
def document_text(
    at: At, ref: Ref, sha256: Sha, page: Annotated[int | None, Query(ge=1, le=100_000)] = None
) -> TextOut:
    """The text that was read, of the whole document or of a page."""
    contract = at.desk.contract(ref)
    document = _document(contract, sha256)
    return TextOut(document=document.name, sha256=sha256, page=page, text=at.viewer.text(contract, sha256, page))


@routes.get("/{sha256}/pages/{page}/image", response_class=Response, responses={200: {"content": {"image/png": {}}}})
def page_image(at: At, ref: Ref, sha256: Sha, page: Number) -> Response:
    """A page as PNG, of a PDF or a picture."""
    document = _document(at.desk.contract(ref), sha256)
    if not at.viewer.has_pages(document) or page > document.pages:
        raise NotFound(f"{document.name} has no page {page} that can be shown; its text can be read.")
    return Response(at.viewer.picture(Place(document, page)), media_type="image/png")


def _document(contract: Contract, sha256: str) -> ContractDocument:
    found = next((document for document in contract.documents if document.sha256 == sha256), None)
    if found is None:
        raise NotFound(f"{contract.stem} has no document {sha256[:12]}.")
    return found
