"""The record of a contract: its fields, their types and closed vocabularies (the keys of the labelled format).

`FIELDS` is the one table that lists every fact a contract can have; readers, register, exports and evaluation go by it.
A dotted name (`renewal.period`) is a leaf of a nested key; list fields hold several facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from portfolio.errors import InvalidValue
from portfolio.values import DueRule, Duration, MonthDay

Language = Literal["fr", "en"]
ContractType = Literal[
    "services", "maintenance", "cleaning", "assistance", "security", "catering", "supply", "works", "software", "lease",
    "insurance", "energy", "transport", "employment", "training", "confidentiality", "partnership", "other",
]  # fmt: skip
Sector = Literal["public", "private"]
LegalForm = Literal["framework", "purchase_orders", "fixed_price", "lots", "phased", "concession"]
Status = Literal["active", "expired", "renegotiation", "dispute", "terminated"]
Role = Literal[
    "client", "supplier", "landlord", "tenant", "insurer", "insured", "employer", "employee", "disclosing", "receiving",
    "partner", "other",
]  # fmt: skip
RenewalKind = Literal["tacit", "express", "none"]
RevisionKind = Literal["indexed", "fixed", "free"]
Tax = Literal["excl", "incl"]
Period = Literal["total", "year", "quarter", "month", "day", "hour", "unit", "order"]
Bound = Literal["min", "max"]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]
Registration = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{5,20}$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class _Item(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Party(_Item):
    """A signatory: name as written, without its legal form's address; SIREN (9 digits) or SIRET (14)."""

    name: Text
    role: Role
    registration: Registration | None = None


class Site(_Item):
    """A place where the contract is performed, not a party's head office."""

    name: Text | None = None
    city: Text | None = None
    postal_code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z -]{3,10}$")] | None = None


class Amount(_Item):
    """A key amount: price, rent, premium, framework minimum or maximum, deposit, cap of liability."""

    label: Text
    value: float
    currency: Currency = "EUR"
    tax: Tax | None = None
    period: Period | None = None
    bound: Bound | None = None


class Obligation(_Item):
    """What ``debtor`` must hand over or do at a date or on a rhythm; ``quote`` is the contract's sentence."""

    debtor: Text | None = None
    action: Text
    document: Text | None = None
    due: DueRule | None = None
    quote: Text


class LegalNature(_Item):
    sector: Sector | None = None
    form: LegalForm | None = None


class Renewal(_Item):
    """``none`` only where the contract rules renewal out."""

    kind: RenewalKind | None = None
    period: Duration | None = None
    max_count: Annotated[int, Field(ge=0, le=1000)] | None = None


class PriceRevision(_Item):
    """``free``: by agreement or at the supplier's will; ``month_day`` is the revision's day in the year."""

    kind: RevisionKind | None = None
    formula: Text | None = None
    indices: tuple[Text, ...] = ()
    frequency: Duration | None = None
    month_day: MonthDay | None = None
    cap_percent: float | None = None


class ContractRecord(_Item):
    """One contract in plain values: the keys of the labelled format, null or empty where the contract says nothing."""

    document: str | tuple[str, ...]
    language: Language | None = None
    perspective: Text | None = None
    title: Text | None = None
    reference: Text | None = None
    amends: Text | None = None
    contract_type: ContractType | None = None
    legal_nature: LegalNature = LegalNature()
    status: Status | None = None
    parties: tuple[Party, ...] = ()
    sites: tuple[Site, ...] = ()
    signature_date: date | None = None
    start_date: date | None = None
    end_date: date | None = None
    duration: Duration | None = None
    renewal: Renewal | None = None
    notice_period: Duration | None = None
    amounts: tuple[Amount, ...] = ()
    price_revision: PriceRevision | None = None
    payment_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    late_interest: Text | None = None
    obligations: tuple[Obligation, ...] = ()
    termination: Text | None = None
    governing_law: CountryCode | None = None
    jurisdiction: Text | None = None
    quotes: dict[str, str] = Field(default_factory=dict)


Group = Literal["identity", "parties", "dates", "renewal", "money", "obligations", "law"]


@dataclass(frozen=True)
class FieldSpec:
    """One field: dotted name, type of one value, whether it holds several, and the group it is scored in."""

    name: str
    type: Any
    group: Group
    many: bool = False

    @cached_property
    def _adapter(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.type)

    def validate(self, value: object) -> Any:
        """``value`` as the field's type; raises InvalidValue naming the field."""
        try:
            return self._adapter.validate_python(value)
        except ValidationError as error:
            first = error.errors()[0]
            raise InvalidValue(f"{self.name}: {first['msg']} (given: {str(value)[:60]!r}).") from error

    def to_json(self, value: Any) -> Any:
        """``value`` in JSON's own types, as it is stored and exported."""
        return self._adapter.dump_python(value, mode="json")

    @property
    def key(self) -> str:
        """The record's top-level key that this field belongs to."""
        return self.name.partition(".")[0]


FIELDS: Mapping[str, FieldSpec] = {
    spec.name: spec
    for spec in (
        FieldSpec("language", Language, "identity"),
        FieldSpec("title", Text, "identity"),
        FieldSpec("reference", Text, "identity"),
        FieldSpec("amends", Text, "identity"),
        FieldSpec("contract_type", ContractType, "identity"),
        FieldSpec("legal_nature.sector", Sector, "identity"),
        FieldSpec("legal_nature.form", LegalForm, "identity"),
        FieldSpec("status", Status, "identity"),
        FieldSpec("parties", Party, "parties", many=True),
        FieldSpec("sites", Site, "parties", many=True),
        FieldSpec("signature_date", date, "dates"),
        FieldSpec("start_date", date, "dates"),
        FieldSpec("end_date", date, "dates"),
        FieldSpec("duration", Duration, "dates"),
        FieldSpec("renewal.kind", RenewalKind, "renewal"),
        FieldSpec("renewal.period", Duration, "renewal"),
        FieldSpec("renewal.max_count", Annotated[int, Field(ge=0, le=1000)], "renewal"),
        FieldSpec("notice_period", Duration, "renewal"),
        FieldSpec("amounts", Amount, "money", many=True),
        FieldSpec("price_revision.kind", RevisionKind, "money"),
        FieldSpec("price_revision.formula", Text, "money"),
        FieldSpec("price_revision.indices", Text, "money", many=True),
        FieldSpec("price_revision.frequency", Duration, "money"),
        FieldSpec("price_revision.month_day", MonthDay, "money"),
        FieldSpec("price_revision.cap_percent", float, "money"),
        FieldSpec("payment_days", Annotated[int, Field(ge=0, le=3650)], "money"),
        FieldSpec("late_interest", Text, "money"),
        FieldSpec("obligations", Obligation, "obligations", many=True),
        FieldSpec("termination", Text, "law"),
        FieldSpec("governing_law", CountryCode, "law"),
        FieldSpec("jurisdiction", Text, "law"),
    )
}
"""Every fact that a contract can have, but `document`, `perspective` and `quotes`, which come from the register."""


def spec(name: str) -> FieldSpec:
    """The field called ``name``; raises InvalidValue with the names there are."""
    try:
        return FIELDS[name]
    except KeyError:
        raise InvalidValue(f"There is no field « {name} »; the fields are: {', '.join(FIELDS)}.") from None


def record(
    document: str | tuple[str, ...],
    values: Iterable[tuple[str, Any]],
    *,
    perspective: str | None = None,
    quotes: Mapping[str, str] | None = None,
) -> ContractRecord:
    """Builds the plain record from (field name, value) pairs; a scalar's first value counts."""
    tree: dict[str, Any] = {}
    for name, value in values:
        field = spec(name)
        head, _, leaf = name.partition(".")
        target, key = (tree.setdefault(head, {}), leaf) if leaf else (tree, head)
        if field.many:
            target.setdefault(key, []).append(value)
        else:
            target.setdefault(key, value)
    return ContractRecord(document=document, perspective=perspective, quotes=dict(quotes or {}), **tree)


def flatten(contract: ContractRecord) -> list[tuple[str, Any]]:
    """The (field name, value) pairs of a record: the inverse of `record`."""
    pairs: list[tuple[str, Any]] = []
    for name, field in FIELDS.items():
        head, _, leaf = name.partition(".")
        value = getattr(contract, head)
        if leaf and value is not None:
            value = getattr(value, leaf)
        if field.many:
            pairs.extend((name, item) for item in value or ())
        elif value is not None:
            pairs.append((name, value))
    return pairs
