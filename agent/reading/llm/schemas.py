"""What the model answers, a schema a theme. Dates and durations are plain text here: a wrong one costs its own value,
not the whole answer. Nothing has a default, as strict mode asks."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, create_model

from portfolio.schema import (
    Bound,
    ContractType,
    LegalForm,
    Period,
    RenewalKind,
    RevisionKind,
    Role,
    Sector,
    Status,
    Tax,
)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(_Part):
    value: str
    quote: str


class Summary(_Part):
    """What several clauses say together."""

    value: str
    quotes: list[str]


class Number(_Part):
    value: float
    quote: str


class Type(_Part):
    value: ContractType
    quote: str


class Nature(_Part):
    sector: Sector | None
    form: LegalForm | None
    quote: str


class Standing(_Part):
    value: Status
    quote: str


class Signatory(_Part):
    name: str
    role: Role
    registration: str | None
    quotes: list[str]


class Place(_Part):
    name: str | None
    city: str | None
    postal_code: str | None
    quote: str


class After(_Part):
    """The date follows from another one."""

    of: Literal["signature", "start", "end"]
    offset: str


class Day(_Part):
    """``date`` where it is written, else ``rule`` where it follows from another date."""

    date: str | None
    rule: After | None
    quotes: list[str]


class Identity(_Part):
    title: Text | None
    reference: Text | None
    amends: Text | None
    contract_type: Type | None
    nature: Nature | None
    status: Standing | None
    parties: list[Signatory]
    sites: list[Place]
    signature: Day | None
    start: Day | None
    end: Day | None
    duration: Text | None


class Renews(_Part):
    kind: RenewalKind
    period: str | None
    max_count: int | None
    quotes: list[str]


class Ending(_Part):
    renewal: Renews | None
    notice: Text | None
    termination: Summary | None
    law: Text | None
    jurisdiction: Text | None


class Sum(_Part):
    label: str
    value: float
    currency: str
    tax: Tax | None
    period: Period | None
    bound: Bound | None
    quote: str


class Revises(_Part):
    kind: RevisionKind
    formula: str | None
    indices: list[str]
    frequency: str | None
    month_day: str | None
    cap_percent: float | None
    quotes: list[str]


class Money(_Part):
    amounts: list[Sum]
    revision: Revises | None
    payment_days: Number | None
    late_interest: Text | None


class Once(_Part):
    date: str


class Rhythm(_Part):
    every: str
    month_day: str | None


class Offset(_Part):
    event: str
    offset: str


class Duty(_Part):
    debtor: str | None
    action: str
    document: str | None
    due: Once | Rhythm | Offset | None
    quote: str
    due_quote: str | None


class Obligations(_Part):
    items: list[Duty]
    more: bool


def together(schemas: dict[str, type[BaseModel]]) -> type[BaseModel]:
    """One schema that asks for several themes at once, each under its name."""
    fields = {name: (schema, ...) for name, schema in schemas.items()}
    return create_model("Reading", __base__=_Part, **fields)  # type: ignore[call-overload, no-any-return]
