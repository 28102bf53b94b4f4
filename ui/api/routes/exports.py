"""The portfolio as a file, as far as the caller sees it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import Query
from fastapi.responses import Response

from portfolio.exports import csv, excel, files, ics, parquet
from portfolio.exports import json as json_form
from portfolio.exports.gather import DAYS, gather
from portfolio.register.records import Filters
from portfolio.register.store import Register
from portfolio.words.values import Wording
from ui.api.route import router
from ui.api.seat import AsOf, At, Chosen, Days, day_of

routes = router("/v1/exports", "exports")
Form = Literal["json", "xlsx", "csv", "parquet", "ics"]


@dataclass(frozen=True)
class _Wanted:
    filters: Filters
    as_of: date
    days: int
    plain: bool
    say: Wording


def _json(register: Register, wanted: _Wanted) -> bytes:
    make = json_form.plain if wanted.plain else json_form.full
    return json.dumps(make(register, wanted.filters), ensure_ascii=False).encode("utf-8", "replace")


def _xlsx(register: Register, wanted: _Wanted) -> bytes:
    return excel.render(gather(register, wanted.as_of, wanted.say, wanted.filters, wanted.days), wanted.say)


def _zipped(register: Register, wanted: _Wanted, *, suffix: str) -> bytes:
    tables = gather(register, wanted.as_of, wanted.say, wanted.filters, wanted.days)
    convention = csv.CONVENTIONS[wanted.say.texts.language]
    render = partial(csv.render, convention=convention) if suffix == ".csv" else parquet.render
    return files.zipped(files.contents(tables, render, suffix))


def _ics(register: Register, wanted: _Wanted) -> bytes:
    return ics.calendar(register, wanted.as_of, wanted.say, wanted.filters, wanted.days)


_FORMS: Mapping[Form, tuple[Callable[[Register, _Wanted], bytes], str, str]] = {
    "json": (_json, "application/json", "json"),
    "xlsx": (_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "csv": (partial(_zipped, suffix=".csv"), "application/zip", "zip"),
    "parquet": (partial(_zipped, suffix=".parquet"), "application/zip", "zip"),
    "ics": (_ics, "text/calendar", "ics"),
}
"""How each form is made, what it is, how its file ends."""
_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"content": {made[1]: {} for made in _FORMS.values()}}}


@routes.get("/{format}", response_class=Response, responses=_ANSWERS)
def export(
    at: At,
    format: Form,
    filters: Chosen,
    as_of: AsOf = None,
    days: Days = DAYS,
    plain: Annotated[bool, Query(description="json: plain records, without evidence.")] = False,
) -> Response:
    """JSON (with evidence), Excel, CSV and Parquet (a ZIP of the published tables), or a calendar."""
    make, media_type, ending = _FORMS[format]
    wanted = _Wanted(at.desk.seen(filters), day_of(as_of), days, plain, at.say)
    headers = {"Content-Disposition": f'attachment; filename="portfolio.{ending}"'}
    return Response(make(at.parts.register, wanted), headers=headers, media_type=media_type)
