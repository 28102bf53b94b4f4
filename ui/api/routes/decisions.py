"""Decisions about values, in the caller's name: right, wrong, another one instead; and taking one back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Header, Path
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from portfolio.exports.json import ExportedContract
from ui.api.problems import ProblemError
from ui.api.route import router, tag_of
from ui.api.routes.alerts import Said
from ui.api.routes.contracts import contract_body
from ui.api.seat import At, Number, Ref, Seat

routes = router("/v1/contracts/{ref}", "decisions")
FieldName = Annotated[
    str, Path(min_length=1, max_length=60, description="As the contract's values name it.", examples=["payment_days"])
]
Match = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=1000,
        pattern="^[ -~]*$",
        description="The ETag of the contract that you decide on: nothing is done where it is another by now.",
    ),
]
Position = Annotated[int, Field(ge=0, le=100_000, description="Which value of a list field, from 0, as shown.")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ConfirmValue(_Body):
    position: Position = 0


class CorrectValue(_Body):
    value: Any = Field(examples=[45], description="In the form in which the contract shows the field's values.")
    position: Position = 0
    reason: Said | None = Field(default=None, examples=["L'avenant n° 2 fait foi."])


class RejectValue(_Body):
    position: Position = 0
    reason: Said | None = None


class AddValue(_Body):
    value: Any = Field(examples=[{"name": "Lyon", "city": "Lyon", "postal_code": "69003"}])
    reason: Said | None = None


@routes.post("/values/{field}/confirm", response_model=ExportedContract)
def confirm_value(at: At, ref: Ref, field: FieldName, body: ConfirmValue, if_match: Match = None) -> Response:
    """The value is right as it was read."""
    _still(at, ref, if_match)
    at.desk.confirm(ref, field, body.position)
    return _now(at, ref)


@routes.post("/values/{field}/correct", response_model=ExportedContract)
def correct_value(at: At, ref: Ref, field: FieldName, body: CorrectValue, if_match: Match = None) -> Response:
    """Another value is right; of a field that holds one it may also be a first value."""
    _still(at, ref, if_match)
    at.desk.correct(ref, field, body.value, body.position, body.reason)
    return _now(at, ref)


@routes.post("/values/{field}/reject", response_model=ExportedContract)
def reject_value(at: At, ref: Ref, field: FieldName, body: RejectValue, if_match: Match = None) -> Response:
    """The value is wrong and there is no other."""
    _still(at, ref, if_match)
    at.desk.reject(ref, field, body.position, body.reason)
    return _now(at, ref)


@routes.post("/values/{field}/add", response_model=ExportedContract)
def add_value(at: At, ref: Ref, field: FieldName, body: AddValue, if_match: Match = None) -> Response:
    """One more value of a list field."""
    _still(at, ref, if_match)
    at.desk.add(ref, field, body.value, body.reason)
    return _now(at, ref)


@routes.post("/history/{entry}/undo", response_model=ExportedContract)
def undo_decision(at: At, ref: Ref, entry: Number, if_match: Match = None) -> Response:
    """Takes a decision back, by its line of the contract's history."""
    _still(at, ref, if_match)
    at.desk.undo(ref, entry)
    return _now(at, ref)


def _still(at: Seat, ref: str, match: str | None) -> None:
    """Raises ProblemError where the caller decides on a contract that is another by now (RFC 9110, 13.1.1)."""
    tags = {one.strip() for one in (match or "*").split(",")}
    if "*" not in tags and tag_of(contract_body(at, ref)) not in tags:
        raise ProblemError("changed")


def _now(at: Seat, ref: str) -> Response:
    body = contract_body(at, ref)
    return Response(body, headers={"ETag": tag_of(body)}, media_type="application/json")
