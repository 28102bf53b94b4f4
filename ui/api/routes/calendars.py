"""Calendars by private address: the secret is in the path, so no key is asked for and no access is logged."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Request
from fastapi.responses import Response

from portfolio.alerts.clock import today
from portfolio.delivery.feeds import Feeds
from portfolio.errors import NotFound
from ui.api.route import router

routes = router("", "calendars")


@routes.get("/calendar/{token}.ics", response_class=Response, responses={200: {"content": {"text/calendar": {}}}})
def calendar(request: Request, token: Annotated[str, Path(min_length=1, max_length=200)]) -> Response:
    """What is due, for a calendar program (iCalendar). The address is made by `contratheque calendar`."""
    parts = request.app.state.parts
    try:
        content = Feeds(parts.register).calendar(token, today())
    except NotFound:
        parts.limits.failed(request.client.host if request.client else "")
        raise
    return Response(content, media_type="text/calendar", headers={"Cache-Control": "private, no-cache"})
