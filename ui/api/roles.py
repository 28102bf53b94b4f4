"""Who may call what: the one table of routes and the least role that each asks for. Scope is heeded beneath, by the
facades of `portfolio.accounts` that the web application uses too."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.accounts.records import ROLES, AccountRole

ROLES_BY_ROUTE: Mapping[str, AccountRole | None] = {
    "GET /health": None,
    "GET /ready": None,
    "GET /v1/openapi.json": None,
    "GET /calendar/{token}.ics": None,
    "GET /metrics": "reader",
    "GET /v1/contracts": "reader",
    "GET /v1/contracts/{ref}": "reader",
    "GET /v1/contracts/{ref}/evidence": "reader",
    "GET /v1/contracts/{ref}/terms": "reader",
    "GET /v1/contracts/{ref}/history": "reader",
    "POST /v1/contracts/{ref}/history/{entry}/undo": "editor",
    "POST /v1/contracts/{ref}/values/{field}/confirm": "editor",
    "POST /v1/contracts/{ref}/values/{field}/correct": "editor",
    "POST /v1/contracts/{ref}/values/{field}/reject": "editor",
    "POST /v1/contracts/{ref}/values/{field}/add": "editor",
    "GET /v1/contracts/{ref}/revision": "reader",
    "GET /v1/contracts/{ref}/obligations": "reader",
    "GET /v1/contracts/{ref}/documents": "reader",
    "GET /v1/contracts/{ref}/documents/{sha256}": "reader",
    "GET /v1/contracts/{ref}/documents/{sha256}/text": "reader",
    "GET /v1/contracts/{ref}/documents/{sha256}/pages/{page}/image": "reader",
    "GET /v1/deadlines": "reader",
    "GET /v1/alerts": "reader",
    "GET /v1/alerts/{alert}": "reader",
    "GET /v1/alerts/{alert}/history": "reader",
    "POST /v1/alerts/{alert}/confirm": "editor",
    "POST /v1/alerts/{alert}/snooze": "editor",
    "POST /v1/alerts/{alert}/assign": "editor",
    "POST /v1/alerts/{alert}/done": "editor",
    "POST /v1/alerts/{alert}/dismiss": "editor",
    "POST /v1/alerts/{alert}/undo": "editor",
    "GET /v1/obligations": "reader",
    "POST /v1/obligations/{handle}/done": "editor",
    "POST /v1/obligations/{handle}/waive": "editor",
    "GET /v1/indices": "reader",
    "POST /v1/indices/{code}/values": "editor",
    "GET /v1/search": "reader",
    "POST /v1/ask": "reader",
    "POST /v1/ask/stream": "reader",
    "GET /v1/proposals": "reader",
    "GET /v1/proposals/{proposal}": "reader",
    "POST /v1/proposals/{proposal}/confirm": "editor",
    "POST /v1/proposals/{proposal}/refuse": "editor",
    "GET /v1/columns": "reader",
    "POST /v1/columns": "editor",
    "GET /v1/columns/{key}/values": "reader",
    "DELETE /v1/columns/{key}": "administrator",
    "POST /v1/imports": "editor",
    "POST /v1/imports/url": "editor",
    "GET /v1/imports/{run}": "editor",
    "GET /v1/exports/{format}": "reader",
    "GET /v1/webhooks": "administrator",
    "POST /v1/webhooks": "administrator",
    "DELETE /v1/webhooks/{hook}": "administrator",
    "GET /v1/deliveries": "administrator",
    "POST /v1/deliveries/{delivery}/replay": "administrator",
    "GET /v1/tables": "reader",
    "GET /v1/tables/{name}": "reader",
    "POST /v1/tables/refresh": "administrator",
}
"""None: anybody, also without a key; a calendar's address is a secret of its own."""


def table() -> str:
    """The table in Markdown, each role against each route: answered (✓), refused with 403 (–)."""
    lines = [f"| route | nobody | {' | '.join(ROLES)} |", f"| --- | --- |{' --- |' * len(ROLES)}"]
    for route, needs in ROLES_BY_ROUTE.items():
        may = ["✓" if needs is None or ROLES.index(role) >= ROLES.index(needs) else "–" for role in ROLES]
        lines.append(f"| `{route}` | {'✓' if needs is None else '–'} | {' | '.join(may)} |")
    return "\n".join(lines) + "\n"
