"""What the model answers. All values are alike: the field, the value as text, the words that prove it; a value with
parts of its own (a party, an amount) writes them in one line (`agent.reading.llm.forms`). So the schema stays a
fraction of a short contract, a wrong value costs itself and not the whole answer, and a contract that is silent costs
no tokens. Nothing has a default, as strict mode asks (docs/decisions/0013-one-form-for-values.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, create_model


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(_Part):
    """A value of a field, as text; what is asked for narrows ``field`` to the names of its themes. ``quotes`` are empty
    where the value is the contract's own words."""

    field: str
    value: str
    quotes: list[str]


class Reading(_Part):
    """An answer, its fields as in `portfolio.schema.FIELDS`. ``more``: obligations are left after the last one."""

    facts: tuple[Said, ...] = ()
    more: bool = False


SHORT = {
    "contract_type": "type",
    "legal_nature.sector": "sector",
    "legal_nature.form": "form",
    "parties": "party",
    "sites": "site",
    "renewal.kind": "renewal",
    "renewal.period": "renewal_period",
    "renewal.max_count": "renewal_count",
    "amounts": "amount",
    "price_revision.kind": "revision",
    "price_revision.formula": "formula",
    "price_revision.indices": "index",
    "price_revision.frequency": "frequency",
    "price_revision.month_day": "month_day",
    "price_revision.cap_percent": "cap_percent",
    "obligations": "obligation",
}
"""What the model calls a field where that is not the field's own name."""
_LONG = {short: field for field, short in SHORT.items()}


def asking(fields: Iterable[str], *, more: bool) -> type[BaseModel]:
    """The schema of an answer that gives values of ``fields``; ``more``: and whether obligations are left."""
    names: Any = Literal[tuple(SHORT.get(field, field) for field in fields)]
    said = create_model("Said", __base__=_Part, field=(names, ...), value=(str, ...), quotes=(list[str], ...))
    asked: dict[str, Any] = {"facts": (list[said], ...)}
    if more:
        asked["more"] = (bool, ...)
    return create_model("Asked", __base__=_Part, **asked)


def answered(answer: BaseModel) -> Reading:
    reading = Reading.model_validate(answer.model_dump())
    facts = (said.model_copy(update={"field": _LONG.get(said.field, said.field)}) for said in reading.facts)
    return reading.model_copy(update={"facts": tuple(facts)})
