"""What every route does before and after its own work: who calls, may they, how often, twice?, did anything change?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from portfolio.accounts.answers import LONGEST_KEY, Answers, KeptAnswer
from portfolio.errors import NotAllowed
from ui.api.door import Caller
from ui.api.problems import ProblemError
from ui.api.roles import ROLES_BY_ROUTE

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
_LARGEST_KEPT = 2_000_000


class GuardedRoute(APIRoute):
    """A route whose row in `ui.api.roles` says who may call it; without a row it cannot be made (KeyError)."""

    def get_route_handler(self) -> Handler:
        own = super().get_route_handler()
        method = next(iter(self.methods or ()))
        needs = ROLES_BY_ROUTE[f"{method} {self.path_format}"]

        async def handle(request: Request) -> Response:
            if needs is None:
                return await own(request)
            parts = request.app.state.parts
            try:
                caller: Caller = await run_in_threadpool(parts.door.caller, request)
            except ProblemError:
                if "authorization" in request.headers:
                    parts.limits.failed(request.client.host if request.client else "")
                raise
            told = parts.limits.spend(caller.id)
            if not caller.account.may(needs):
                raise NotAllowed(needs)
            request.state.account = caller.account
            key = request.headers.get("idempotency-key") if method == "POST" else None
            response = await own(request) if key is None else await _once(own, request, caller, key)
            response.headers.update({"Cache-Control": "private, no-cache", "Vary": "Authorization, Accept-Language"})
            response.headers.update(told)
            return _unchanged(request, response) if method == "GET" else response

        return handle


def router(prefix: str, tag: str) -> APIRouter:
    """A router whose routes are guarded."""
    return APIRouter(prefix=prefix, tags=[tag], route_class=GuardedRoute)


async def _once(own: Handler, request: Request, caller: Caller, key: str) -> Response:
    """Does the request, unless it was done under this key already: then the same answer again."""
    if not 1 <= len(key) <= LONGEST_KEY or not key.isprintable():
        raise ProblemError("conflict", name=key[:40])
    answers = Answers(request.app.state.parts.register)
    found = await run_in_threadpool(answers.begin, caller.id, key, await _asked(request))
    if isinstance(found, KeptAnswer):
        return Response(found.body, found.status, {"Idempotency-Replayed": "true"}, found.media_type or None)
    if found != "first":
        raise ProblemError("conflict", name=key)
    done = False
    try:
        response = await own(request)
        body = getattr(response, "body", None)
        if response.status_code < 300 and isinstance(body, bytes) and len(body) <= _LARGEST_KEPT:
            kept = KeptAnswer(response.status_code, response.headers.get("content-type", ""), body)
            await run_in_threadpool(answers.keep, caller.id, key, kept)
            done = True
        return response
    finally:
        if not done:
            await run_in_threadpool(answers.forget, caller.id, key)


async def _asked(request: Request) -> bytes:
    """All that a request consists of. The boundary of a form is chosen anew each time and says nothing."""
    kind, _, boundary = request.headers.get("content-type", "").partition("boundary=")
    body = await request.body()
    if boundary:
        body = body.replace(boundary.strip('"').encode(), b"")
    head = f"{request.method} {request.url.path}?{request.url.query}\n{kind}\n"
    return head.encode() + body


def tag_of(body: bytes) -> str:
    """The ETag of a content."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _unchanged(request: Request, response: Response) -> Response:
    """The response under a tag of its content; only the tag where the caller has that content already (RFC 9110)."""
    body = getattr(response, "body", None)
    if response.status_code != 200 or not isinstance(body, bytes):
        return response
    tag = tag_of(body)
    response.headers["ETag"] = tag
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if tag not in known and "*" not in known:
        return response
    kept = ("etag", "cache-control", "vary", "ratelimit-limit", "ratelimit-remaining", "ratelimit-reset")
    return Response(status_code=304, headers={name: response.headers[name] for name in kept})
