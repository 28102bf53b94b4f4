"""Your own questions as columns, and what the contracts say to them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from portfolio.columns.book import Columns
from portfolio.columns.records import LONGEST_WORDS, MOST_CHOICES, Column, Kind, State
from ui.api.route import router
from ui.api.seat import At, Chosen

routes = router("/v1/columns", "columns")
Key = Annotated[str, Path(min_length=1, max_length=LONGEST_WORDS, description="A column's key, or its words.")]


class ColumnIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    words: str = Field(min_length=1, max_length=LONGEST_WORDS, examples=["plafond de responsabilité"])
    kind: Kind = Field(examples=["amount"])
    choices: list[Annotated[str, Field(min_length=1, max_length=200)]] = Field(default=[], max_length=MOST_CHOICES)


class ColumnOut(BaseModel):
    key: str
    words: str
    kind: Kind
    choices: list[str]
    who: str
    at: datetime


class OwnValueOut(BaseModel):
    contract: str
    value: Any
    state: State
    review: str
    confidence: float
    quotes: list[str]


class RemovedOut(BaseModel):
    """``said``: how many contracts said something to it."""

    said: int


@routes.get("")
def list_columns(at: At) -> list[ColumnOut]:
    """Every column, in the order in which they were added."""
    return [_column(column) for column in Columns(at.parts.register).all()]


@routes.post("", status_code=201)
def add_column(at: At, body: ColumnIn) -> ColumnOut:
    """A new column; `contratheque column fill` or the next import reads it."""
    book = Columns(at.desk.register_for("editor"))
    return _column(book.add(body.words, body.kind, at.account.name, body.choices))


@routes.get("/{key}/values")
def column_values(at: At, key: Key, filters: Chosen) -> list[OwnValueOut]:
    """What contracts say to a column themselves, with the words that prove it."""
    book = Columns(at.parts.register)
    column = book.get(key)
    return [
        OwnValueOut(
            contract=one.contract, value=column.to_json(one.value), state=one.state, review=one.review,
            confidence=one.answer.confidence, quotes=[proof.quote for proof in one.answer.evidence],
        )
        for one in book.values(column.key, at.desk.seen(filters))
    ]  # fmt: skip


@routes.delete("/{key}")
def remove_column(at: At, key: Key) -> RemovedOut:
    """Removes a column with all that was read and decided."""
    return RemovedOut(said=Columns(at.desk.register_for("administrator")).remove(key))


def _column(column: Column) -> ColumnOut:
    return ColumnOut(
        key=column.key, words=column.words, kind=column.kind, choices=list(column.choices), who=column.who, at=column.at
    )
