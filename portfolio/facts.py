"""A fact: one value of one field of a contract, with who said so, how surely, and the words that prove it."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from portfolio.evidence import Evidence
from portfolio.schema import spec

Review = Literal["to_review", "confirmed", "corrected", "rejected"]
"""``confirmed``: a person found the read value right; ``corrected``: a person wrote it; ``rejected``: a person found
it wrong and there is no other."""

PERSON = "person"
"""The reader's name of values that a person wrote or confirmed."""

CERTAIN = 0.95
"""The confidence from which on a value can be accepted unseen: of all such values at least 98 % are right, as measured
on contracts that were not looked at while the readers were written (docs/decisions/0009-confidence.md)."""


class Alternative(BaseModel):
    """What another reader read instead of a fact's value, with its own proof: for a person to choose between."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    value: Any
    evidence: tuple[Evidence, ...] = ()
    confidence: float = Field(default=0.0, ge=0, le=1)
    reader: str
    rule: str | None = None
    basis: str | None = None


class Fact(BaseModel):
    """``value`` has the type of its field (`portfolio.schema.FIELDS`); validated at construction."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    field: str
    value: Any
    evidence: tuple[Evidence, ...] = ()
    confidence: float = Field(default=1.0, ge=0, le=1)
    reader: str = PERSON
    rule: str | None = None
    """Name of the rule, or of the prompt and its version, that produced the value."""
    basis: str | None = None
    """The arithmetic, where the value was computed from what the evidence says: `2023-07-01 + P36M - 1 day`."""
    review: Review = "to_review"
    alternatives: tuple[Alternative, ...] = ()
    """What other readers read instead, the surest first."""

    @property
    def certain(self) -> bool:
        """A person said so, or it was read so surely that nobody need look."""
        return self.confidence >= CERTAIN

    @model_validator(mode="after")
    def _typed(self) -> Self:
        field = spec(self.field)
        object.__setattr__(self, "value", field.validate(self.value))
        typed = tuple(other.model_copy(update={"value": field.validate(other.value)}) for other in self.alternatives)
        object.__setattr__(self, "alternatives", typed)
        return self
