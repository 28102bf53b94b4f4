"""What the model answers. Values of one field are all alike: the field, the value as text, the words that prove it; so
the schema stays a fraction of a short contract, a wrong date costs its own value and not the whole answer, and a
contract that is silent costs no tokens. What has parts of its own (parties, places, amounts, obligations) has its form.
Nothing has a default, as strict mode asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, create_model

from portfolio.schema import Bound, Period, Role, Tax


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(_Part):
    """A value of a field of `portfolio.schema.FIELDS`, as text; what is asked for narrows ``field`` to its names."""

    field: str
    value: str
    quotes: list[str]


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


class Sum(_Part):
    label: str
    value: float
    currency: str
    tax: Tax | None
    period: Period | None
    bound: Bound | None
    quote: str


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


class Reading(_Part):
    """An answer; what was not asked for is empty. ``more``: obligations are left after the last one listed."""

    facts: tuple[Said, ...] = ()
    parties: tuple[Signatory, ...] = ()
    sites: tuple[Place, ...] = ()
    amounts: tuple[Sum, ...] = ()
    obligations: tuple[Duty, ...] = ()
    more: bool = False


def asking(fields: Iterable[str], parts: Iterable[str]) -> type[BaseModel]:
    """The schema of an answer that gives values of ``fields``, and the ``parts`` (of `Reading`) as well."""
    asked: dict[str, Any] = {}
    if names := tuple(fields):
        named: Any = Literal[names]
        said = create_model("Said", __base__=_Part, field=(named, ...), value=(str, ...), quotes=(list[str], ...))
        asked["facts"] = (list[said], ...)
    asked |= {name: (Reading.model_fields[name].annotation, ...) for name in parts}
    return create_model("Asked", __base__=_Part, **asked)


def answered(answer: BaseModel) -> Reading:
    return Reading.model_validate(answer.model_dump())
