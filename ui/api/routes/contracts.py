"""Contracts: the portfolio page by page, one contract with its proof, its terms on a day, what happened to it."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Annotated, Any, get_type_hints

from fastapi import Query
from fastapi.responses import Response
from pydantic import BaseModel, create_model

from portfolio.columns.book import Columns
from portfolio.errors import InvalidValue
from portfolio.exports.json import ExportedContract, Value, exported
from portfolio.listing.cursor import stretch
from portfolio.listing.lines import Sort, SortKey
from portfolio.register.records import ContractSummary, HistoryEntry
from portfolio.schema import FIELDS
from ui.api.route import router
from ui.api.seat import AsOf, At, Chosen, Cursor, Ref, Seat, Short, day_of

routes = router("/v1/contracts", "contracts")

_NAMES = tuple(field.name for field in dataclasses.fields(ContractSummary))
_HINTS: dict[str, Any] = {name: hint for name, hint in get_type_hints(ContractSummary).items() if name in _NAMES}
ContractLine = create_model(
    "ContractLine",
    __doc__="A contract's line in the portfolio, on the day asked for; only the fields that were asked for.",
    **{name: (hint, ... if name == "id" else None) for name, hint in _HINTS.items()},  # type: ignore[call-overload]
)


class ContractPage(BaseModel):
    """``total`` counts all that the filters let through; ``next`` is the cursor of what follows, null at the end."""

    as_of: date
    contracts: list[ContractLine]
    total: int
    next: str | None


class TermOut(BaseModel):
    """A value in force. ``set_by``: id of the contract or amendment that set it; ``since``: the day it took effect."""

    field: str
    value: Any
    set_by: str
    since: date | None
    review: str
    quote: str | None


class ChangeOut(BaseModel):
    """What an amendment did to one value."""

    field: str
    amendment: str
    on: date | None
    before: Any
    after: Any


class TermsOut(BaseModel):
    """``applied``: amendments in force, in their order; ``coming``: the later ones."""

    contract: str
    as_of: date
    applied: list[str]
    coming: list[str]
    terms: list[TermOut]
    changes: list[ChangeOut]


@routes.get("", response_model_exclude_unset=True)
def list_contracts(
    at: At,
    filters: Chosen,
    as_of: AsOf = None,
    sort: SortKey = "file",
    descending: bool = False,
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    fields: Annotated[
        Short | None, Query(description="Only these, separated by commas.", examples=["title,end_date"])
    ] = None,
) -> ContractPage:
    """The portfolio, a line a contract; all filters given hold. Cursors stay right while contracts come and go."""
    wanted = _fields(fields)
    day = day_of(as_of)
    sorting = Sort(sort, descending)
    found = stretch(at.parts.register, at.desk.seen(filters), sorting, day, cursor=cursor, limit=limit)
    lines = [ContractLine.model_construct(wanted, **_kept(line, wanted)) for line in found.lines]
    return ContractPage.model_construct(as_of=day, contracts=lines, total=found.total, next=found.next)


@routes.get("/{ref}", response_model=ExportedContract)
def show_contract(at: At, ref: Ref) -> Response:
    """One contract with all its values and the words that prove them, and what it says to your own columns."""
    return Response(contract_body(at, ref), media_type="application/json")


@routes.get("/{ref}/evidence")
def contract_evidence(
    at: At,
    ref: Ref,
    field: Annotated[Short | None, Query(description="Only this field.", examples=["notice_period"])] = None,
) -> list[Value]:
    """The words that prove each value, with the document, the page and the place on it."""
    return [value for value in exported(at.desk.contract(ref)).values if field in (None, value.field)]


@routes.get("/{ref}/terms")
def terms_in_force(at: At, ref: Ref, as_of: AsOf = None) -> TermsOut:
    """The terms in force on a day, amendments counted in, and what each amendment changed."""
    found = at.desk.terms(ref, day_of(as_of))
    return TermsOut(
        contract=found.base,
        as_of=found.as_of,
        applied=list(found.applied),
        coming=list(found.coming),
        terms=[
            TermOut(
                field=term.fact.field,
                value=FIELDS[term.fact.field].to_json(term.fact.value),
                set_by=term.contract,
                since=term.since,
                review=term.fact.review,
                quote=term.fact.evidence[0].quote if term.fact.evidence else None,
            )
            for term in found.terms
        ],
        changes=[
            ChangeOut(
                field=change.field,
                amendment=change.amendment,
                on=change.on,
                before=FIELDS[change.field].to_json(change.before.fact.value) if change.before else None,
                after=FIELDS[change.field].to_json(change.after.fact.value) if change.after else None,
            )
            for change in found.changes
        ],
    )


@routes.get("/{ref}/history")
def contract_history(at: At, ref: Ref) -> list[HistoryEntry]:
    """What happened to its values, oldest first: who, when, from what to what."""
    return list(at.desk.history(ref))


def contract_body(at: Seat, ref: str) -> bytes:
    """A contract as it is sent: what its ETag stands for, also where a decision asks whether it is still so."""
    contract = at.desk.contract(ref)
    return exported(contract, Columns(at.parts.register).of(contract.id)).model_dump_json().encode()


def _fields(asked: str | None) -> set[str]:
    wanted = {name.strip() for name in asked.split(",") if name.strip()} if asked else set(_NAMES)
    unknown = wanted - set(_NAMES)
    if unknown:
        raise InvalidValue(f"There is no field « {min(unknown)[:40]} »; the fields are: {', '.join(_NAMES)}.")
    return wanted | {"id"}


def _kept(line: ContractSummary, wanted: set[str]) -> dict[str, Any]:
    return {name: getattr(line, name) for name in wanted}
