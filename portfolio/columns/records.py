"""A column, what a contract says to it, and the values that each kind of column holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from portfolio.errors import InvalidValue
from portfolio.evidence import Evidence
from portfolio.facts import CERTAIN, Review
from portfolio.folding import fold
from portfolio.schema import Amount, Text
from portfolio.values import Duration

Kind = Literal["text", "yes_no", "date", "amount", "percent", "duration", "choice"]
LONGEST_WORDS = 200
MOST_CHOICES = 20
_KINDS: Mapping[Kind, Any] = {
    "text": Text,
    "yes_no": bool,
    "date": date,
    "amount": Amount,
    "percent": float,
    "duration": Duration,
    "choice": str,
}
_TYPES: Mapping[Kind, TypeAdapter[Any]] = {kind: TypeAdapter(held) for kind, held in _KINDS.items()}

Action = Literal["read", "reread", "kept", "confirmed", "corrected", "rejected"]
"""``kept``: a later reading said otherwise and the person's word stayed."""


@dataclass(frozen=True)
class Column:
    """A field in a user's words (« plafond de responsabilité »). ``key`` names it everywhere; ``choices`` are those of
    the kind `choice`, empty for the others."""

    key: str
    words: str
    kind: Kind
    choices: tuple[str, ...]
    who: str
    at: datetime

    @property
    def type(self) -> Any:
        """The type of its values."""
        return _KINDS[self.kind]

    def validate(self, value: object) -> Any:
        """``value`` as this column's kind holds it; raises InvalidValue, naming the column."""
        if self.kind == "choice":
            return self._choice(value)
        try:
            return self._type.validate_python(value)
        except ValidationError as error:
            said = f"{error.errors()[0]['msg']} (given: {str(value)[:60]!r})"
            raise InvalidValue(f"« {self.words} »: {said}.") from error

    def to_json(self, value: Any) -> Any:
        """``value`` in JSON's own types; None stays None."""
        return None if value is None else self._type.dump_python(value, mode="json")

    @cached_property
    def _type(self) -> TypeAdapter[Any]:
        return _TYPES[self.kind]

    def _choice(self, value: object) -> str:
        found = next((choice for choice in self.choices if fold(choice) == fold(str(value))), None)
        if found is None:
            raise InvalidValue(f"« {self.words} » is one of: {', '.join(self.choices)}; not {str(value)[:60]!r}.")
        return found


@dataclass(frozen=True)
class Answer:
    """What was read of one contract for one column. ``value`` None with evidence: the contract speaks of it in those
    words, but gives no value of the kind asked for; without evidence: it does not speak of it."""

    value: Any = None
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 0.0
    reader: str = "rules"
    rule: str | None = None


State = Literal["said", "spoken", "silent", "rejected"]
"""``spoken``: words of the contract speak of it and give no value; ``rejected``: a person found the value wrong."""


@dataclass(frozen=True)
class OwnValue:
    """What a contract says to a column, and what a person decided about it. ``answer.value`` is None where nothing is
    said, or a person rejected what was read."""

    contract: str
    column: str
    answer: Answer
    review: Review
    stamp: str | None
    at: datetime

    @property
    def value(self) -> Any:
        return self.answer.value

    @property
    def decided(self) -> bool:
        return self.review != "to_review"

    @property
    def certain(self) -> bool:
        return self.answer.confidence >= CERTAIN

    @property
    def state(self) -> State:
        if self.review == "rejected":
            return "rejected"
        if self.value is not None:
            return "said"
        return "spoken" if self.answer.evidence else "silent"


@dataclass(frozen=True)
class InForce:
    """A column's value in a base contract with its amendments counted in; ``set_by`` is the contract that says it."""

    own: OwnValue
    set_by: str


@dataclass(frozen=True)
class ColumnHistory:
    """``before`` and ``after`` in JSON's own types."""

    contract: str
    column: str
    at: datetime
    who: str
    action: Action
    before: Any
    after: Any
    reason: str | None
