"""The application: routes, what is before them, and what becomes of errors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from agent.asking import keep_ready
from ui.api import openapi, problems
from ui.api.bounds import Bounded
from ui.api.metrics import Measured
from ui.api.parts import Parts
from ui.api.routes import (
    alerts,
    asking,
    calendars,
    columns,
    contracts,
    deadlines,
    decisions,
    documents,
    exports,
    imports,
    obligations,
    prices,
    proposals,
    state,
    tables,
    webhooks,
)  # fmt: skip

ROUTERS = (
    state, contracts, decisions, documents, deadlines, alerts, obligations, prices, asking, proposals, columns, imports,
    exports, webhooks, tables, calendars,
)  # fmt: skip


def create(parts: Parts) -> FastAPI:
    """The API over opened parts, which it closes when it ends."""

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        stop = await run_in_threadpool(lambda: keep_ready(parts.register, parts.passages))
        yield
        stop()
        await run_in_threadpool(parts.close)

    # no pages of documentation: they would fetch their programs from elsewhere
    app = FastAPI(
        docs_url=None, redoc_url=None, openapi_url=None, lifespan=life, generate_unique_id_function=openapi.operation_id
    )  # fmt: skip
    app.state.parts = parts
    problems.install(app)
    for module in ROUTERS:
        app.include_router(module.routes)
    app.add_middleware(Bounded, largest_upload=parts.api.largest_upload)
    app.add_middleware(Measured, metrics=parts.metrics)
    app.openapi = lambda: openapi.described(app)  # type: ignore[method-assign]
    return app
