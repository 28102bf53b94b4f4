"""What a model answers: for each column its value with the words that prove it, or null."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, create_model

from portfolio.columns.records import Column, Kind
from portfolio.schema import Bound, Period, Tax


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Part):
    """A text; also a date or a duration, so that a wrong one costs its own value and not the whole answer."""

    value: str
    quote: str


class Truth(_Part):
    value: bool
    quote: str


class Number(_Part):
    value: float
    quote: str


class Sum(_Part):
    value: float
    currency: str
    tax: Tax | None
    period: Period | None
    bound: Bound | None
    quote: str


_OF: Mapping[Kind, type[BaseModel]] = {
    "text": Words,
    "date": Words,
    "duration": Words,
    "yes_no": Truth,
    "percent": Number,
    "amount": Sum,
}


def together(columns: Sequence[Column]) -> type[BaseModel]:
    """One schema for several columns: `c1`, `c2`… in their order, each null where the contract does not say it."""
    fields: dict[str, Any] = {f"c{number}": (_said(column) | None, ...) for number, column in enumerate(columns, 1)}
    return create_model("Columns", __base__=_Part, **fields)


def _said(column: Column) -> Any:
    if column.kind != "choice":
        return _OF[column.kind]
    options: Any = Literal[column.choices]
    return create_model("Choice", __base__=_Part, value=(options, ...), quote=(str, ...))


def given(column: Column, answer: BaseModel) -> Any:
    """The value that a model gave, in the form that the column validates."""
    if isinstance(answer, Sum):
        return {"label": column.words, **answer.model_dump(exclude={"quote"})}
    return answer.value  # type: ignore[attr-defined]
