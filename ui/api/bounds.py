"""How large a request may be, and what no request may hold. Counted while it comes in, whatever it says of itself."""

from __future__ import annotations

from urllib.parse import unquote

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api import problems

LARGEST = 1_000_000
"""Bytes of a request that brings no files."""
_FILES = "/v1/imports"


class _TooLargeError(Exception):
    pass


class Bounded:
    """Middleware: a request beyond the bounds is answered with a problem."""

    def __init__(self, app: ASGIApp, largest_upload: int) -> None:
        self.app = app
        self._largest_upload = largest_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        most = self._largest_upload if scope["path"] == _FILES else LARGEST
        said = request.headers.get("content-length", "0")
        if not said.isdecimal() or len(said) > 15 or int(said) > most:
            await problems.answer(request, "too_large")(scope, receive, send)
            return
        if "\0" in scope["path"] or "\0" in unquote(scope["query_string"].decode("latin-1")):
            # no database holds it, and PostgreSQL refuses to be asked for it
            await problems.answer(request, "invalid")(scope, receive, send)
            return
        got, began = 0, False

        async def counted() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > most:
                raise _TooLargeError
            return message

        async def noted(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self.app(scope, counted, noted)
        except _TooLargeError:
            if began:
                raise
            await problems.answer(request, "too_large")(scope, receive, send)
