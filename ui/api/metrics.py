"""Figures for Prometheus: how many requests, how long they take. By route, never by what was asked for."""

from __future__ import annotations

import time

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The figures of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        names = ("method", "route")
        self.requests = Counter(
            "contratheque_api_requests", "Requests answered.", (*names, "status"), registry=self._registry
        )
        self.seconds = Histogram(
            "contratheque_api_request_seconds", "Time to answer.", names, buckets=_BUCKETS, registry=self._registry
        )

    def text(self) -> bytes:
        return generate_latest(self._registry)


class Measured:
    """Middleware: every request counts, under the pattern of its route."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, told)
        finally:
            route = getattr(scope.get("route"), "path_format", "unknown")
            # any word can be a method: only those that routes have make a series of their own
            method = scope["method"] if scope["method"] in ("GET", "POST", "DELETE") else "other"
            self._metrics.requests.labels(method, route, str(status)).inc()
            self._metrics.seconds.labels(method, route).observe(time.perf_counter() - began)
