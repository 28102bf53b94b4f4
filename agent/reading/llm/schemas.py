"""What the model answers: lines, each a field and the words of the contract that say it (`notice_period: trois mois`),
with the value itself only where the words do not say it as such (`renewal: tacite reconduction = tacit`).

So the words that prove a value are the value: nothing is written twice, and numbers and dates are read here, by the
grammars, rather than by the model. A wrong line costs itself and not the whole answer, and a contract that is silent
costs no tokens (docs/decisions/0013-one-form-for-values.md).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, field_validator

from portfolio.schema import FIELDS

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
    "obligations": "duty",
}
"""What the model calls a field where that is not the field's own name."""
_LONG = {short: field for field, short in SHORT.items()}
_MORE = "more"
_LONGEST_NAME = 40
_QUOTED = re.compile(r"\s*[«“\"]\s*(?P<words>[^«»“”\"]+?)\s*[»”\"]\s*")


class Lines(BaseModel):
    """The answer as it is sent. Lines none of which names a field are no answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lines: tuple[str, ...]

    @field_validator("lines")
    @classmethod
    def _of_fields(cls, lines: tuple[str, ...]) -> tuple[str, ...]:
        told = [line for line in lines if line.strip()]
        if told and not any(line.strip() == _MORE or _named(line)[0] in FIELDS for line in told):
            raise ValueError(f"no line begins with a field (the first is « {told[0][:60]} »)")
        return lines


@dataclass(frozen=True)
class Said:
    """What the model says of a field of `portfolio.schema.FIELDS`, or of a name that is none, which is refused."""

    field: str
    text: str


@dataclass(frozen=True)
class Reading:
    """An answer taken apart. ``more``: obligations are left after the last one."""

    facts: tuple[Said, ...] = ()
    more: bool = False


def answered(answer: Lines, asked: Container[str]) -> Reading:
    """``answer`` about the fields ``asked``; values of others, asked for elsewhere, are left out."""
    lines = [line.strip() for text in answer.lines for line in text.splitlines()]
    return Reading(tuple(_said(lines, asked)), _MORE in lines)


def _said(lines: list[str], asked: Container[str]) -> Iterator[Said]:
    for line in lines:
        field, text = _named(line)
        if text and (field in asked or field not in FIELDS):
            yield Said(field, text)


def _named(line: str) -> tuple[str, str]:
    """(the field's own name, the rest of the line)."""
    name, _, text = line.partition(":")
    name = name.strip(" -*`\"'")[:_LONGEST_NAME]
    quoted = _QUOTED.fullmatch(text)
    return _LONG.get(name, name), quoted["words"] if quoted else text.strip()
