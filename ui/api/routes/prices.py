"""Revised prices, each step told, and the values of the indices that they follow. Money is text: no digit is lost."""

from __future__ import annotations

from datetime import date as CivilDay
from decimal import Decimal
from typing import Annotated, Literal

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field

from portfolio.revision.indices import IndexValue, Series
from portfolio.revision.periods import parse_period
from portfolio.revision.price import RevisedPrice
from portfolio.revision.store import Indices
from portfolio.words.values import Wording
from ui.api.route import router
from ui.api.seat import AsOf, At, Day, Ref, Short, day_of

routes = router("/v1", "prices")
Sum = Annotated[Decimal | None, Query(ge=0, le=10**12, max_digits=20, decimal_places=6)]


class RevisionOut(BaseModel):
    on: CivilDay
    coefficient: Decimal
    before: Decimal
    after: Decimal
    limited: Literal["cap", "floor"] | None
    steps: list[str]


class MissingOut(BaseModel):
    index: str
    period: str | None
    why: str


class PriceOut(BaseModel):
    """``price``: null where a value is ``missing`` or nothing can be computed (``refused`` says why); ``estimate``:
    with the last values known in the place of the missing ones; ``difference``: what was invoiced above the price."""

    contract: str
    on: CivilDay
    before: float | None
    currency: str | None
    price: Decimal | None
    estimate: Decimal | None
    revisions: list[RevisionOut]
    steps: list[str]
    missing: list[MissingOut]
    refused: str | None
    invoiced: Decimal | None
    difference: Decimal | None
    safeguard: str | None
    unsure: bool
    next_revision: CivilDay | None


class IndexOut(BaseModel):
    """``first`` and ``last``: the periods of its values, null without any; ``continued_by``: what goes on with it."""

    code: str
    name: str
    per_year: int
    base: str | None
    values: int
    first: str | None
    last: str | None
    continued_by: list[str]


class IndexValueIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    period: Short = Field(examples=["2026-T2"], description="A month (2026-05) or a quarter (2026-T2).")
    value: Decimal = Field(gt=0, max_digits=20, decimal_places=8, examples=["136.81"])
    published: Day | None = None
    provisional: bool = False


class IndexValuesIn(BaseModel):
    """``per_year``: how many values a year a series has that is not known yet; ``source``: where they come from."""

    model_config = ConfigDict(extra="forbid")
    values: list[IndexValueIn] = Field(min_length=1, max_length=2000)
    name: Short | None = None
    per_year: Literal[1, 4, 12] = 12
    source: Annotated[str, Field(min_length=1, max_length=200)] = "API"


class StoredOut(BaseModel):
    added: int
    changed: int
    same: int


@routes.get("/contracts/{ref}/revision")
def contract_revision(at: At, ref: Ref, on: AsOf = None, amount: Sum = None, invoiced: Sum = None) -> PriceOut:
    """The price of a contract on a day, with each revision until then and its arithmetic."""
    day = day_of(on)
    found = at.prices.on(ref, day, amount, invoiced)
    coming = at.prices.coming(ref, day)
    return _price(found, coming.on if coming else None, at.say)


@routes.get("/indices")
def list_indices(at: At) -> list[IndexOut]:
    """The series that are known, with and without values."""
    book = Indices(at.parts.register).book()
    made = []
    for one in book.series.values():
        first, last = book.covers(one.code) or (None, None)
        made.append(
            IndexOut(
                code=one.code, name=one.name, per_year=one.per_year, base=one.base, values=book.count(one.code),
                first=str(first) if first else None, last=str(last) if last else None,
                continued_by=list(book.chain(one.code)[1:]),
            )
        )  # fmt: skip
    return made


@routes.post("/indices/{code}/values")
def put_index_values(
    at: At, code: Annotated[str, Path(min_length=1, max_length=100, examples=["ILC"])], body: IndexValuesIn
) -> StoredOut:
    """Values of a series; one of the same period replaces the old one."""
    indices = Indices(at.desk.register_for("editor"))
    known = indices.book().series.get(code) or Series(code, body.name or code, body.per_year)
    values = [IndexValue(parse_period(v.period), v.value, v.published, v.provisional) for v in body.values]
    stored = indices.put(known, values, body.source)
    return StoredOut(added=stored.added, changed=stored.changed, same=stored.same)


def _price(found: RevisedPrice, coming: CivilDay | None, say: Wording) -> PriceOut:
    return PriceOut(
        contract=found.contract,
        on=found.on,
        before=found.amount.value if found.amount else None,
        currency=found.amount.currency if found.amount else None,
        price=found.price,
        estimate=found.estimate,
        revisions=[
            RevisionOut(
                on=one.on, coefficient=one.coefficient, before=one.before, after=one.after, limited=one.limited,
                steps=[step.say(say) for step in one.steps],
            )
            for one in found.revisions
        ],
        steps=[step.say(say) for step in found.steps],
        missing=[
            MissingOut(index=one.index, period=str(one.period) if one.period else None, why=one.why.say(say))
            for one in found.missing
        ],
        refused=found.refused.say(say) if found.refused else None,
        invoiced=found.invoiced,
        difference=found.difference,
        safeguard=found.safeguard.say(say) if found.safeguard else None,
        unsure=found.unsure,
        next_revision=coming,
    )  # fmt: skip
