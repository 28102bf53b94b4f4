"""Searching the contracts' own words, and questions answered with their proof, whole or as they come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from agent.asking import LONGEST, Reply
from portfolio.alerts.clock import today
from ui.api.route import router
from ui.api.seat import At, Day, Seat

routes = router("/v1", "questions")


class PassageOut(BaseModel):
    """A clause: ``text`` is the document's own from ``start`` to ``end``; ``path`` are the headings above it."""

    contract: str
    document: str
    sha256: str
    page: int
    start: int
    end: int
    path: list[str]
    text: str


class SearchOut(BaseModel):
    """``words_only``: why there is no search by meaning, null where there is."""

    passages: list[PassageOut]
    words_only: str | None


class Question(BaseModel):
    """``session``: questions of one name may refer to the one before."""

    model_config = ConfigDict(extra="forbid")
    question: str = Field(min_length=1, max_length=LONGEST, examples=["Quels contrats finissent avant fin mars ?"])
    as_of: Day | None = None
    session: str | None = Field(default=None, pattern="^[A-Za-z0-9_.-]{1,60}$", examples=["erp-42"])


class CitationOut(BaseModel):
    """The words ``[start, end)`` of the text of the document ``sha256``, equal where they could not be found in it."""

    contract: str
    document: str
    page: int
    quote: str
    sha256: str
    start: int
    end: int


class AnswerOut(BaseModel):
    """``plan``: what was understood; ``proposal``: the number of what it proposes to do, which an editor confirms by
    `/v1/proposals`, in the web application or by `contratheque ask --confirm`; ``problem``: why nothing could be
    proposed."""

    answer: str
    kind: str | None
    value: Any
    rows: list[dict[str, Any]]
    steps: list[str]
    citations: list[CitationOut]
    plan: dict[str, Any]
    route: str | None
    session: str
    proposal: str | None
    problem: str | None


@routes.get("/search")
def search(
    at: At,
    q: Annotated[str, Query(min_length=1, max_length=LONGEST, examples=["quand peut-on dénoncer le contrat"])],
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> SearchOut:
    """Passages that speak of something, by words and by meaning, best first."""
    found = at.viewer.search(q, limit)
    return SearchOut(
        passages=[
            PassageOut(
                contract=one.contract, document=one.source.name, sha256=one.source.sha256, page=one.page,
                start=one.start, end=one.end, path=list(one.path), text=one.text,
            )
            for one in found
        ],
        words_only=at.viewer.by_words_only(),
    )  # fmt: skip


@routes.post("/ask")
def ask(at: At, body: Question) -> AnswerOut:
    """The answer to a question in French or English, with the words that prove it."""
    return _answered(at, body)


@routes.post(
    "/ask/stream",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}},
)
def ask_stream(at: At, body: Question) -> StreamingResponse:
    """The same as events: `begun` at once, then `answer`, each `row`, each `citation`, and `done` with the whole."""
    return StreamingResponse(_events(at, body), media_type="text/event-stream")


def _events(at: Seat, body: Question) -> Iterator[str]:
    yield _event("begun", {"question": body.question})
    try:
        answer = _answered(at, body).model_dump(mode="json")
    except Exception:
        yield _event("failed", {"detail": at.texts("api_problem.unexpected_detail")})
        raise
    yield _event("answer", {"answer": answer["answer"]})
    for name, items in (("row", answer["rows"]), ("citation", answer["citations"])):
        for item in items:
            yield _event(name, item)
    yield _event("done", answer)


def _event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _answered(at: Seat, body: Question) -> AnswerOut:
    session = body.session or at.asking.new_session()
    before = at.asking.conversation(session) if body.session else ()
    previous = before[-1].plan if before else None
    return _out(at.asking.ask(body.question, body.as_of or today(), session, previous), session)


def _out(reply: Reply, session: str) -> AnswerOut:
    told = reply.turn.answer
    return AnswerOut(
        answer=reply.text,
        kind=told.get("kind"),
        value=told.get("value"),
        rows=[dict(row) for row in reply.rows],
        steps=list(reply.steps),
        citations=[
            CitationOut(
                contract=one.contract, document=one.citation.document, page=one.citation.page,
                quote=one.citation.quote, sha256=one.sha256, start=one.start, end=one.end,
            )
            for one in reply.cited
        ],
        plan=dict(told["plan"]),
        route=told.get("route"),
        session=session,
        proposal=reply.proposal,
        problem=reply.problem,
    )  # fmt: skip
