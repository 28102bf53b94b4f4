"""Whether it runs, whether it can work, how it fares, and its own description."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from fastapi import Request
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from ui.api.route import router

routes = router("", "state")


class State(BaseModel):
    status: Literal["ok"] = "ok"


@routes.get("/health")
def health() -> State:
    """The process answers."""
    return State()


@routes.get("/ready")
def ready(request: Request) -> State:
    """The register answers too; 503 where it does not."""
    with request.app.state.parts.register.database.reading() as session:
        session.execute(sa.text("SELECT 1"))
    return State()


@routes.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def metrics(request: Request) -> Response:
    """Figures in Prometheus' format."""
    return Response(request.app.state.parts.metrics.text(), media_type=CONTENT_TYPE_LATEST)


@routes.get("/v1/openapi.json", include_in_schema=False)
def description(request: Request) -> dict[str, Any]:
    """The OpenAPI description of all routes."""
    described: dict[str, Any] = request.app.openapi()
    return described
