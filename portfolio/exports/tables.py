"""The published tables: the rows of each and what their columns hold. Excel, CSV, Parquet and SQL all go by `TABLES`.

A column that stands in several tables means the same in all of them. Names and types stay: what goes or changes its
meaning raises `VERSION`. Heads and meanings in words are in the catalogues (`portfolio/words/exports.*.toml`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Literal, NamedTuple

from portfolio.alerts.records import AlertState
from portfolio.calendar.terms import StatusByDates
from portfolio.columns.records import Kind
from portfolio.columns.records import State as AnswerState
from portfolio.events import EventKind
from portfolio.evidence import Alignment
from portfolio.exports.columns import Of, Said, Table, table
from portfolio.register.records import LinkState, Side
from portfolio.schema import (
    Bound,
    ContractType,
    Language,
    LegalForm,
    Period,
    RenewalKind,
    RevisionKind,
    Role,
    Sector,
    Status,
    Tax,
)
from portfolio.values import Duration

VERSION = 1

State = Literal["to_review", "certain", "confirmed", "corrected"]
"""How far a value can be relied on: to be reviewed, certain as read, confirmed or written by a person."""


class ContractLine(NamedTuple):
    """A base contract with its amendments counted in, or an amendment whose base is not in the register."""

    contract_id: str
    contract: str
    title: Annotated[str | None, Of("title")]
    reference: Annotated[str | None, Of("reference")]
    contract_type: Annotated[ContractType | None, Said("contract_type"), Of("contract_type")]
    sector: Annotated[Sector | None, Said("sector"), Of("legal_nature.sector")]
    form: Annotated[LegalForm | None, Said("form"), Of("legal_nature.form")]
    counterparties: str | None
    our_role: Annotated[Role | None, Said("role")]
    sites: str | None
    status: Annotated[Status | None, Said("status"), Of("status")]
    status_by_dates: Annotated[StatusByDates | None, Said("export_status_by_dates")]
    signature_date: Annotated[date | None, Of("signature_date")]
    start_date: Annotated[date | None, Of("start_date")]
    end_date: Annotated[date | None, Of("end_date")]
    duration: Annotated[Duration | None, Of("duration")]
    renewal: Annotated[RenewalKind | None, Said("renewal"), Of("renewal.kind")]
    renewal_period: Annotated[Duration | None, Of("renewal.period")]
    renewal_max_count: Annotated[int | None, Of("renewal.max_count")]
    renewals_used: int | None
    current_end: date | None
    final_end: date | None
    notice_period: Annotated[Duration | None, Of("notice_period")]
    notice_deadline: date | None
    notice_missed: bool | None
    following_notice_deadline: date | None
    yearly_amount: float | None
    price_revision: Annotated[RevisionKind | None, Said("revision"), Of("price_revision.kind")]
    revision_formula: Annotated[str | None, Of("price_revision.formula")]
    revision_indices: str | None
    revision_frequency: Annotated[Duration | None, Of("price_revision.frequency")]
    revision_month_day: Annotated[str | None, Of("price_revision.month_day")]
    revision_cap_percent: Annotated[float | None, Of("price_revision.cap_percent")]
    next_revision: date | None
    payment_days: Annotated[int | None, Of("payment_days")]
    late_interest: Annotated[str | None, Of("late_interest")]
    termination: Annotated[str | None, Of("termination")]
    governing_law: Annotated[str | None, Of("governing_law")]
    jurisdiction: Annotated[str | None, Of("jurisdiction")]
    language: Annotated[Language | None, Said("export_language"), Of("language")]
    amendments: int
    link: Annotated[LinkState, Said("export_link")]
    tags: str | None
    to_review: int
    updated_at: datetime


class PartyLine(NamedTuple):
    value_id: str
    contract_id: str
    contract: str
    name: Annotated[str, Of("parties", "name")]
    role: Annotated[Role, Said("role"), Of("parties", "role")]
    registration: Annotated[str | None, Of("parties", "registration")]
    counterparty_id: str | None
    counterparty: str | None
    side: Annotated[Side | None, Said("side")]
    set_by: str
    state: Annotated[State, Said("state")]


class SiteLine(NamedTuple):
    value_id: str
    contract_id: str
    contract: str
    site: Annotated[str | None, Of("sites", "name")]
    city: Annotated[str | None, Of("sites", "city")]
    postal_code: Annotated[str | None, Of("sites", "postal_code")]
    department: str | None
    region: str | None
    set_by: str
    state: Annotated[State, Said("state")]


class AmountLine(NamedTuple):
    value_id: str
    contract_id: str
    contract: str
    label: Annotated[str, Of("amounts", "label")]
    amount: Annotated[float, Of("amounts", "value")]
    currency: Annotated[str, Of("amounts", "currency")]
    tax: Annotated[Tax | None, Said("tax"), Of("amounts", "tax")]
    period: Annotated[Period | None, Said("export_period"), Of("amounts", "period")]
    bound: Annotated[Bound | None, Said("bound"), Of("amounts", "bound")]
    amount_per_year: float | None
    set_by: str
    since: date | None
    state: Annotated[State, Said("state")]


class DeadlineLine(NamedTuple):
    """A dated event; or, with ``missing`` and no date, one whose day cannot be known yet."""

    deadline_id: str
    contract_id: str
    contract: str
    counterparties: str | None
    due_on: date | None
    days_left: int | None
    kind: Annotated[EventKind, Said("export_event_kind")]
    what: str
    side: Annotated[Side | None, Said("side")]
    debtor: str | None
    to_verify: bool
    basis: str | None
    missing: str | None


class ObligationLine(NamedTuple):
    value_id: str
    contract_id: str
    contract: str
    debtor: Annotated[str | None, Of("obligations", "debtor")]
    side: Annotated[Side | None, Said("side")]
    action: Annotated[str, Of("obligations", "action")]
    deliverable: Annotated[str | None, Of("obligations", "document")]
    due: str
    due_date: Annotated[date | None, Of("obligations", "due.date")]
    due_every: Annotated[Duration | None, Of("obligations", "due.every")]
    due_month_day: Annotated[str | None, Of("obligations", "due.month_day")]
    due_event: Annotated[str | None, Of("obligations", "due.event")]
    due_offset: Annotated[Duration | None, Of("obligations", "due.offset")]
    next_due: date | None
    set_by: str
    state: Annotated[State, Said("state")]
    quote: Annotated[str, Of("obligations", "quote")]


class TermLine(NamedTuple):
    """A value in force, and the contract or amendment that set it."""

    value_id: str
    contract_id: str
    contract: str
    field: Annotated[str, Said("field")]
    value: str
    set_by_id: str
    set_by: str
    since: date | None
    state: Annotated[State, Said("state")]
    confidence: float
    basis: str | None


class SourceLine(NamedTuple):
    """Words of a document that prove a value in force."""

    value_id: str
    proof: int
    contract_id: str
    contract: str
    field: Annotated[str, Said("field")]
    value: str
    document: str
    page: int
    quote: str
    found: Annotated[Alignment, Said("export_found")]
    document_id: str


class AmendmentLine(NamedTuple):
    """What an amendment changed: a line a value; without a field where it is not in force yet or changed none."""

    amendment_id: str
    change: int
    amendment: str
    amendment_title: str | None
    contract_id: str
    contract: str
    effective_on: date | None
    in_force: bool
    field: Annotated[str | None, Said("field")]
    before: str | None
    after: str | None


class OwnColumnLine(NamedTuple):
    """What a contract says to a column that a user added, amendments counted in. ``value`` in words; beside it as a
    number (amount, percentage), a day or a flag where the column's kind is one."""

    own_id: str
    contract_id: str
    contract: str
    column_key: str
    question: str
    question_kind: Annotated[Kind, Said("own_kind")]
    value: str | None
    number: float | None
    currency: str | None
    on_day: date | None
    holds: bool | None
    answer: Annotated[AnswerState, Said("own")]
    state: Annotated[State | None, Said("state")]
    confidence: float
    read_by: Annotated[str, Said("own_reader")]
    set_by: str
    document: str | None
    page: int | None
    quote: str | None


class AlertLine(NamedTuple):
    """What people are told about an event, and what they did about it; also once it is done, dismissed or gone."""

    alert_id: int
    contract_id: str
    contract: str
    due_on: date
    days_left: int
    kind: Annotated[EventKind, Said("export_event_kind")]
    what: str
    alert_state: Annotated[AlertState, Said("export_alert_state")]
    snoozed_until: date | None
    assignee: str | None
    raised_on: date | None
    escalated: bool
    side: Annotated[Side | None, Said("side")]
    debtor: str | None
    to_verify: bool
    note: str | None
    moved: str | None
    basis: str | None


Line = (
    ContractLine | PartyLine | SiteLine | AmountLine | DeadlineLine | ObligationLine | TermLine | SourceLine
    | AmendmentLine | OwnColumnLine | AlertLine
)  # fmt: skip

TABLES: Mapping[str, Table] = {
    made.name: made
    for made in (
        table("contracts", ContractLine, "contract_id"),
        table("parties", PartyLine, "value_id"),
        table("sites", SiteLine, "value_id"),
        table("amounts", AmountLine, "value_id"),
        table("deadlines", DeadlineLine, "deadline_id"),
        table("obligations", ObligationLine, "value_id"),
        table("amendments", AmendmentLine, "amendment_id", "change"),
        table("terms", TermLine, "value_id"),
        table("sources", SourceLine, "value_id", "proof"),
        table("own_columns", OwnColumnLine, "own_id"),
        table("alerts", AlertLine, "alert_id"),
    )
}
