"""The description of the API (OpenAPI 3.1): what all routes have in common is written once, here."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from ui.api.problems import MEDIA_TYPE, STATUS, Problem
from ui.api.roles import ROLES_BY_ROUTE

_ABOUT = """Contrathèque for other programs: contracts with their proof, what falls due, alerts and obligations.

Send `Authorization: Bearer KEY`. Sentences come in the language of `Accept-Language` (French, English). Errors are
problem details (RFC 9457). A GET gives an `ETag`; a POST may be repeated under the same `Idempotency-Key`. Lists go on
at `next`. Every route says the least role that it asks for (`x-role`); what is out of a key's scope is not there."""
_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_ALWAYS = ("invalid", "unavailable")
_GUARDED = ("unauthorised", "not_allowed", "not_found", "conflict", "too_large", "too_many")
_SECRET = ("not_found", "too_many")
"""Of a route whose path is the key."""
_ETAG = {
    "name": "If-None-Match", "in": "header", "required": False, "schema": {"type": "string"},
    "description": "The ETag of what you have: 304 without content where nothing changed.",
}  # fmt: skip
_ONCE = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[ -~]+$"},
    "description": "A name of your own for this request: repeated within a day, it is answered again, not done again.",
}  # fmt: skip


def operation_id(route: APIRoute) -> str:
    """What programs call a route: its function's name, which no other has."""
    return route.name


def described(app: FastAPI) -> dict[str, Any]:
    """The whole description, made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title="Contrathèque", version=version("contratheque"), description=_ABOUT, routes=app.routes,
            openapi_version="3.1.0",
        )  # fmt: skip
        parts = made.setdefault("components", {})
        parts["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
        schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        parts["schemas"] |= schema.pop("$defs", {}) | {"Problem": schema}
        for unused in ("HTTPValidationError", "ValidationError"):
            parts["schemas"].pop(unused, None)
        for path, operations in made["paths"].items():
            for method, operation in operations.items():
                _complete(operation, method, path, ROLES_BY_ROUTE[f"{method.upper()} {path}"])
        app.openapi_schema = made
    return app.openapi_schema


def _complete(operation: dict[str, Any], method: str, path: str, role: str | None) -> None:
    guarded = _GUARDED if role is not None else _SECRET if "{" in path else ()
    matched = ("changed",) if any(one["name"] == "If-Match" for one in operation.get("parameters", ())) else ()
    for kind in (*_ALWAYS, *guarded, *matched):
        operation["responses"][str(STATUS[kind])] = {
            "description": kind.replace("_", " "),
            "content": {MEDIA_TYPE: {"schema": _PROBLEM}},
        }
    if role is None:
        return
    operation["security"] = [{"bearer": []}]
    operation["x-role"] = role
    if method == "get":
        operation.setdefault("parameters", []).append(_ETAG)
        operation["responses"]["304"] = {"description": "nothing changed"}
    elif method == "post":
        operation.setdefault("parameters", []).append(_ONCE)
