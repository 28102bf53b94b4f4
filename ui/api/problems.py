"""What went wrong, as problem details (RFC 9457) in the caller's language."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Literal

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import DatabaseError, DataError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from portfolio.errors import ContrathequeError, InvalidValue, NotAllowed, NotFound
from portfolio.words.errors import said
from portfolio.words.texts import LANGUAGES
from portfolio.words.values import Wording
from ui.texts import Texts
from vectorstore.records import PassagesError

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
Kind = Literal[
    "unauthorised", "not_allowed", "not_found", "no_route", "method", "invalid", "conflict", "changed", "too_large",
    "too_many", "not_ready", "unavailable", "unexpected",
]  # fmt: skip
STATUS: Mapping[Kind, int] = {
    "unauthorised": 401,
    "not_allowed": 403,
    "not_found": 404,
    "no_route": 404,
    "method": 405,
    "conflict": 409,
    "not_ready": 409,
    "changed": 412,
    "too_large": 413,
    "invalid": 422,
    "too_many": 429,
    "unexpected": 500,
    "unavailable": 503,
}
_BY_STATUS: Mapping[int, Kind] = {404: "no_route", 405: "method", 413: "too_large", 422: "invalid", 401: "unauthorised"}
_LONGEST = 2000


class FieldProblem(BaseModel):
    """A part of the request that cannot be used: its place (`query.days`), and why."""

    field: str
    message: str


class Problem(BaseModel):
    """``type`` names the kind whatever the language; ``detail`` says what happened, to what, and what to do."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:contratheque:problem:not_found",
                    "title": "Introuvable",
                    "status": 404,
                    "detail": "There is no contract « 02-netoyage ». Near it: 02-bionettoyage.",
                    "instance": "/v1/contracts/02-netoyage",
                    "errors": [],
                }
            ]
        }
    )

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: tuple[FieldProblem, ...] = ()


class ProblemError(Exception):
    """A refusal of the API itself; ``values`` fill the text `api_problem.<kind>_detail`."""

    def __init__(self, kind: Kind, headers: Mapping[str, str] | None = None, **values: object) -> None:
        super().__init__(kind)
        self.kind: Kind = kind
        self.headers = dict(headers or {})
        self.values = values


def texts_of(request: Request) -> Texts:
    """The texts in the language that the caller prefers (Accept-Language), else in the settings' one."""
    return Texts(language(request.headers.get("accept-language", ""), request.app.state.parts.settings.lang))


def language(header: str, otherwise: str) -> str:
    """The language of ours that an Accept-Language header likes best (RFC 9110, 12.5.4)."""
    liked: list[tuple[float, str]] = []
    for part in header[:1000].split(","):
        tag, _, quality = part.strip().partition(";q=")
        code = tag.strip().lower().partition("-")[0]
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        if code in LANGUAGES and weight > 0:
            liked.append((-weight, code))
    return min(liked, key=lambda pair: pair[0])[1] if liked else otherwise


def install(app: FastAPI) -> None:
    """Every error that can come up becomes a problem; what was not expected is logged and not told."""
    app.add_exception_handler(ProblemError, _refused)
    app.add_exception_handler(ContrathequeError, _expected)
    app.add_exception_handler(PassagesError, _expected)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(DataError, _not_storable)
    app.add_exception_handler(DatabaseError, _unavailable)
    app.add_exception_handler(OSError, _unavailable)
    app.add_exception_handler(Exception, _unexpected)


def answer(
    request: Request,
    kind: Kind,
    detail: str | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    errors: tuple[FieldProblem, ...] = (),
    values: Mapping[str, object] | None = None,
) -> Response:
    """The problem as a response; without ``detail`` the catalogue's own words."""
    texts = texts_of(request)
    problem = Problem(
        type=f"urn:contratheque:problem:{kind}",
        title=texts(f"api_problem.{kind}"),
        status=STATUS[kind],
        detail=(detail or texts(f"api_problem.{kind}_detail", **values or {}))[:_LONGEST],
        instance=request.url.path,
        errors=errors,
    )
    more = {"Content-Language": texts.language, "Vary": "Accept-Language"} | dict(headers or {})
    return JSONResponse(problem.model_dump(mode="json"), STATUS[kind], more, MEDIA_TYPE)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return answer(request, error.kind, headers=error.headers, values=error.values)


async def _expected(request: Request, error: Exception) -> Response:
    if isinstance(error, NotAllowed):
        role = texts_of(request)(f"account_role.{error.needs}")
        return answer(request, "not_allowed", values={"role": role})
    kind: Kind = "conflict"
    if isinstance(error, NotFound):
        kind = "not_found"
    elif isinstance(error, InvalidValue):
        kind = "invalid"
    elif isinstance(error, PassagesError):
        kind = "unavailable"
    return answer(request, kind, said(error, Wording(texts_of(request))))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    problems = tuple(
        FieldProblem(field=".".join(map(str, one["loc"])), message=str(one["msg"])) for one in error.errors()[:50]
    )
    return answer(request, "invalid", errors=problems)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return answer(request, _BY_STATUS.get(error.status_code, "invalid"), headers=error.headers)


async def _not_storable(request: Request, _: Exception) -> Response:
    # what no database holds, a NUL in a text before all
    return answer(request, "invalid")


async def _unavailable(request: Request, error: Exception) -> Response:
    log.error("the data folder cannot be used", exc_info=error)
    return answer(request, "unavailable", headers={"Retry-After": "30"})


async def _unexpected(request: Request, error: Exception) -> Response:
    log.error("unexpected error", exc_info=error)
    return answer(request, "unexpected")
