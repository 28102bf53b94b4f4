"""Written by `make client` from the API's description; not to be edited."""

from __future__ import annotations

from datetime import date as date_aliased
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, Field


class AddValue(BaseModel):
    value: Any
    reason: str | None = None


class Addresses(BaseModel):
    urls: list[str]


class AlertEntry(BaseModel):
    """
    A line of an alert's history. ``before`` and ``after``: what was decided, in JSON's own types. ``undoable``: a
    person's action that was not taken back yet.
    """

    id: int
    alert: int
    at: AwareDatetime
    who: str
    action: Literal[
        "confirmed", "snoozed", "assigned", "done", "dismissed", "undone", "moved", "gone", "past", "back", "woken"
    ]
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str | None
    undoable: bool


class AlertOut(BaseModel):
    """
    ``to_verify``: it rests on a value that nobody decided on; ``basis``: the arithmetic of its day.
    """

    id: int
    event: str
    kind: Literal["start", "end", "renewal", "final_end", "notice", "revision", "obligation", "document_expiry"]
    contract: str
    stem: str
    title: str | None
    date: date_aliased
    what: str
    basis: list[str]
    state: Literal["proposed", "confirmed", "snoozed", "done", "dismissed", "past", "gone"]
    to_verify: bool
    snoozed_until: date_aliased | None
    assignee: str | None
    reason: str | None
    moved: str | None
    debtor: str | None
    side: Literal["us", "them"] | None
    raised_on: date_aliased | None
    escalated: bool


class Assign(BaseModel):
    to: str | None = Field(None, description="Null: nobody any more.")


class Box(BaseModel):
    """
    A rectangle on a page, as fractions of the page's width and height, origin at the top left.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class ChangeOut(BaseModel):
    """
    What an amendment did to one value.
    """

    field: str
    amendment: str
    on: date_aliased | None
    before: Any
    after: Any


class CitationOut(BaseModel):
    """
    The words ``[start, end)`` of the text of the document ``sha256``, equal where they could not be found in it.
    """

    contract: str
    document: str
    page: int
    quote: str
    sha256: str
    start: int
    end: int


class ColumnIn(BaseModel):
    words: str
    kind: Literal["text", "yes_no", "date", "amount", "percent", "duration", "choice"]
    choices: list[str] | None = []


class ColumnOut(BaseModel):
    key: str
    words: str
    kind: Literal["text", "yes_no", "date", "amount", "percent", "duration", "choice"]
    choices: list[str]
    who: str
    at: AwareDatetime


class ConfirmValue(BaseModel):
    position: int | None = Field(0, description="Which value of a list field, from 0, as shown.")


class ContractDocument(BaseModel):
    sha256: str
    name: str
    role: Literal["main", "cover", "attachment", "annex"]
    media_type: str
    pages: int
    parent: str | None


class CorrectValue(BaseModel):
    value: Any = Field(..., description="In the form in which the contract shows the field's values.")
    position: int | None = Field(0, description="Which value of a list field, from 0, as shown.")
    reason: str | None = None


class DeadlineOut(BaseModel):
    """
    ``key`` names the event whatever its day; ``unsure``: it rests on a value that nobody decided on.
    """

    key: str
    date: date_aliased
    kind: Literal["start", "end", "renewal", "final_end", "notice", "revision", "obligation", "document_expiry"]
    contract: str
    stem: str
    what: str
    debtor: str | None
    side: Literal["us", "them"] | None
    unsure: bool


class DeliveryOut(BaseModel):
    """
    ``state``: waiting, sent, dead (given up), withdrawn; ``error``: what the last try met.
    """

    id: int
    recipient: str
    subject: str
    state: Literal["waiting", "sent", "dead", "withdrawn"]
    tries: int
    next_at: AwareDatetime
    sent_at: AwareDatetime | None
    error: str | None


class Department(BaseModel):
    """
    ``code`` as the official geographic code has it (`01`, `2A`, `974`).
    """

    code: str
    name: str
    region: str


class Dismiss(BaseModel):
    reason: str


class Done(BaseModel):
    note: str | None = None


class ExportedParty(BaseModel):
    name: str
    role: str
    registration: str | None
    counterparty: str
    side: Literal["us", "them"] | None


class ExportedSite(BaseModel):
    name: str | None
    city: str | None
    postal_code: str | None
    department: str | None
    region: str | None


class File(BaseModel):
    name: str
    sha256: str
    role: Literal["main", "cover", "attachment", "annex"]
    media_type: str
    pages: int


class HandedOverIn(BaseModel):
    """
    A document that was handed over.
    """

    document: str
    dated: date_aliased | None = None
    valid_until: date_aliased | None = None


class HistoryEntry(BaseModel):
    """
    ``before`` and ``after`` in JSON's own types. ``undoable``: a person's action that was not undone yet.
    """

    id: int
    contract: str
    at: AwareDatetime
    who: str
    action: Literal[
        "read",
        "reread",
        "kept",
        "imported",
        "confirmed",
        "corrected",
        "rejected",
        "added",
        "undone",
        "linked",
        "unlinked",
    ]
    field: str | None
    before: Any
    after: Any
    reason: str | None
    undoable: bool
    undoes: int | None


class HookIn(BaseModel):
    """
    ``kinds``: only events of these kinds; none: all.
    """

    url: str
    language: Literal["fr", "en"] | None = "fr"
    kinds: (
        list[Literal["start", "end", "renewal", "final_end", "notice", "revision", "obligation", "document_expiry"]]
        | None
    ) = []


class HookOut(BaseModel):
    """
    ``where``: the address without what could be secret in it.
    """

    id: int
    where: str
    language: str
    kinds: list[str]
    active: bool


class IndexOut(BaseModel):
    """
    ``first`` and ``last``: the periods of its values, null without any; ``continued_by``: what goes on with it.
    """

    code: str
    name: str
    per_year: int
    base: str | None
    values: int
    first: str | None
    last: str | None
    continued_by: list[str]


class IndexValueIn(BaseModel):
    period: str = Field(..., description="A month (2026-05) or a quarter (2026-T2).")
    value: float | str
    published: date_aliased | None = None
    provisional: bool | None = False


class IndexValuesIn(BaseModel):
    """
    ``per_year``: how many values a year a series has that is not known yet; ``source``: where they come from.
    """

    values: list[IndexValueIn]
    name: str | None = None
    per_year: Literal[1, 4, 12] | None = 12
    source: str | None = "API"


class MissingOut(BaseModel):
    index: str
    period: str | None
    why: str


class NewHook(BaseModel):
    """
    ``secret`` verifies signatures (Standard Webhooks); it is shown once.
    """

    id: int
    where: str
    language: str
    kinds: list[str]
    active: bool
    secret: str


class OccurrenceOut(BaseModel):
    """
    One time that something is owed. ``law``: the article, where only the law asks for it.
    """

    handle: str
    date: date_aliased
    contract: str
    stem: str
    what: str
    state: Literal["to_do", "late", "done", "waived"]
    debtor: str | None
    side: Literal["us", "them"] | None
    unsure: bool
    law: str | None


class OutcomeOut(BaseModel):
    """
    What became of a file: registered, updated, duplicate, attached, refused, ignored; ``reason`` is a short code.
    """

    name: str
    status: str
    contract: str | None
    reason: str | None


class OwnValueOut(BaseModel):
    contract: str
    value: Any
    state: Literal["said", "spoken", "silent", "rejected"]
    review: str
    confidence: float
    quotes: list[str]


class PartyView(BaseModel):
    """
    A party of a contract, the counterparty that it is, and its side where we know who we are.
    """

    name: str
    role: Literal[
        "client",
        "supplier",
        "landlord",
        "tenant",
        "insurer",
        "insured",
        "employer",
        "employee",
        "disclosing",
        "receiving",
        "partner",
        "other",
    ]
    registration: str | None
    counterparty: str
    counterparty_name: str
    side: Literal["us", "them"] | None


class PassageOut(BaseModel):
    """
    A clause: ``text`` is the document's own from ``start`` to ``end``; ``path`` are the headings above it.
    """

    contract: str
    document: str
    sha256: str
    page: int
    start: int
    end: int
    path: list[str]
    text: str


class Proof(BaseModel):
    """
    The words that prove a value: ``quote`` is the document's text from ``start`` to ``end``.
    """

    quote: str
    document: str
    sha256: str
    page: int
    start: int
    end: int
    alignment: str
    boxes: list[Box]


class ProposedChange(BaseModel):
    """
    One thing that a yes changes; ``before`` is null where there is nothing yet.
    """

    what: str
    before: str | None
    after: str


class Question(BaseModel):
    """
    ``session``: questions of one name may refer to the one before.
    """

    question: str
    as_of: date_aliased | None = None
    session: str | None = None


class RefreshedOut(BaseModel):
    as_of: date_aliased
    rows: dict[str, int]


class RejectValue(BaseModel):
    position: int | None = Field(0, description="Which value of a list field, from 0, as shown.")
    reason: str | None = None


class RemovedOut(BaseModel):
    """
    ``said``: how many contracts said something to it.
    """

    said: int


class RevisionOut(BaseModel):
    on: date_aliased
    coefficient: str
    before: str
    after: str
    limited: Literal["cap", "floor"] | None
    steps: list[str]


class Rows(BaseModel):
    """
    ``as_of``: the day that the refresh stood on.
    """

    version: int
    as_of: date_aliased
    refreshed_at: AwareDatetime
    rows: list[dict[str, Any]]
    next: str | None


class RunOut(BaseModel):
    """
    ``total`` is null until all files are counted; ``done``: nothing more will come.
    """

    id: str
    began: AwareDatetime
    total: int | None
    given: int
    done: bool
    error: str | None
    outcomes: list[OutcomeOut]


class SearchOut(BaseModel):
    """
    ``words_only``: why there is no search by meaning, null where there is.
    """

    passages: list[PassageOut]
    words_only: str | None


class SettledOut(BaseModel):
    """
    ``warning``: what is wrong with the document handed over: too old, or expired already.
    """

    action: int
    contract: str
    state: Literal["to_do", "late", "done", "waived"]
    warning: str | None


class SiteView(BaseModel):
    id: str
    name: str | None
    city: str | None
    postal_code: str | None
    department: Department | None
    contracts: list[str] | None = []


class Snooze(BaseModel):
    until: date_aliased = Field(..., description="At the latest the day it falls due on.")


class State(BaseModel):
    status: Literal["ok"] = "ok"


class StoredOut(BaseModel):
    added: int
    changed: int
    same: int


class TableColumn(BaseModel):
    name: str
    type: str
    label: str
    about: str


class TableOut(BaseModel):
    """
    ``key``: the columns that name a row.
    """

    name: str
    label: str
    key: list[str]
    columns: list[TableColumn]


class TermOut(BaseModel):
    """
    A value in force. ``set_by``: id of the contract or amendment that set it; ``since``: the day it took effect.
    """

    field: str
    value: Any
    set_by: str
    since: date_aliased | None
    review: str
    quote: str | None


class TermsOut(BaseModel):
    """
    ``applied``: amendments in force, in their order; ``coming``: the later ones.
    """

    contract: str
    as_of: date_aliased
    applied: list[str]
    coming: list[str]
    terms: list[TermOut]
    changes: list[ChangeOut]


class TextOut(BaseModel):
    """
    ``text`` as the evidence's offsets count in it; of one page: that page's alone.
    """

    document: str
    sha256: str
    page: int | None
    text: str


class UndatedOut(BaseModel):
    """
    What falls due on a day that cannot be known until ``missing`` is told.
    """

    key: str
    kind: Literal["start", "end", "renewal", "final_end", "notice", "revision", "obligation", "document_expiry"]
    contract: str
    stem: str
    what: str
    missing: str
    debtor: str | None
    side: Literal["us", "them"] | None


class Undo(BaseModel):
    action: int = Field(..., description="Its line of the alert's history.")


class Value(BaseModel):
    """
    One value of one field; ``basis`` is the arithmetic where it was computed.
    """

    field: str
    value: Any
    side: Literal["us", "them"] | None = Field(None, description="Of an obligation: whether we owe it or they do.")
    evidence: list[Proof]
    confidence: float
    reader: str
    rule: str | None
    basis: str | None
    review: Literal["to_review", "confirmed", "corrected", "rejected"]


class WaitingOut(BaseModel):
    """
    What has no day until ``missing`` is told.
    """

    contract: str
    stem: str
    what: str
    missing: str
    debtor: str | None
    side: Literal["us", "them"] | None


class WaiveIn(BaseModel):
    reason: str


class FieldProblem(BaseModel):
    """
    A part of the request that cannot be used: its place (`query.days`), and why.
    """

    field: str
    message: str


class Problem(BaseModel):
    """
    ``type`` names the kind whatever the language; ``detail`` says what happened, to what, and what to do.
    """

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[FieldProblem] | None = Field([], validate_default=True)


class AnswerOut(BaseModel):
    """
    ``plan``: what was understood; ``proposal``: the number of what it proposes to do, which an editor confirms by
    `/v1/proposals`, in the web application or by `contratheque ask --confirm`; ``problem``: why nothing could be
    proposed.
    """

    answer: str
    kind: str | None
    value: Any
    rows: list[dict[str, Any]]
    steps: list[str]
    citations: list[CitationOut]
    plan: dict[str, Any]
    route: str | None
    session: str
    proposal: str | None
    problem: str | None


class ContractLine(BaseModel):
    """
    A contract's line in the portfolio, on the day asked for; only the fields that were asked for.
    """

    id: str
    stem: str | None = None
    kind: Literal["base", "amendment"] | None = None
    link: Literal["base", "linked", "waiting", "ambiguous", "unlinked"] | None = None
    base: str | None = None
    amendments: list[str] | None = None
    title: str | None = None
    reference: str | None = None
    contract_type: (
        Literal[
            "services",
            "maintenance",
            "cleaning",
            "assistance",
            "security",
            "catering",
            "supply",
            "works",
            "software",
            "lease",
            "insurance",
            "energy",
            "transport",
            "employment",
            "training",
            "confidentiality",
            "partnership",
            "other",
        ]
        | None
    ) = None
    sector: Literal["public", "private"] | None = None
    form: Literal["framework", "purchase_orders", "fixed_price", "lots", "phased", "concession"] | None = None
    status: Literal["active", "expired", "renegotiation", "dispute", "terminated"] | None = None
    language: str | None = None
    signature_date: date_aliased | None = None
    start_date: date_aliased | None = None
    end_date: date_aliased | None = None
    renewal: str | None = None
    notice_period: str | None = None
    yearly_amount: float | None = None
    parties: list[PartyView] | None = None
    counterparties: list[str] | None = None
    sites: list[SiteView] | None = None
    tags: list[str] | None = None
    categories: list[list[Any]] | None = None
    confidence: float | None = None
    to_review: int | None = None
    reviewed: int | None = None
    updated_at: AwareDatetime | None = None


class ContractPage(BaseModel):
    """
    ``total`` counts all that the filters let through; ``next`` is the cursor of what follows, null at the end.
    """

    as_of: date_aliased
    contracts: list[ContractLine]
    total: int
    next: str | None


class DeadlinePage(BaseModel):
    """
    ``undated`` comes with the first page only.
    """

    as_of: date_aliased
    until: date_aliased
    events: list[DeadlineOut]
    undated: list[UndatedOut]
    total: int
    next: str | None


class DoneIn(BaseModel):
    handed: HandedOverIn | None = None
    note: str | None = None


class ObligationsOut(BaseModel):
    as_of: date_aliased
    occurrences: list[OccurrenceOut]
    undated: list[WaitingOut]


class OwnAnswer(BaseModel):
    """
    What the contract itself says to a column that a user added; ``value`` is null where it does not say it.
    """

    column: str
    words: str
    kind: Literal["text", "yes_no", "date", "amount", "percent", "duration", "choice"]
    value: Any
    evidence: list[Proof]
    confidence: float
    reader: str
    rule: str | None
    review: Literal["to_review", "confirmed", "corrected", "rejected"]


class PriceOut(BaseModel):
    """
    ``price``: null where a value is ``missing`` or nothing can be computed (``refused`` says why); ``estimate``:
    with the last values known in the place of the missing ones; ``difference``: what was invoiced above the price.
    """

    contract: str
    on: date_aliased
    before: float | None
    currency: str | None
    price: str | None
    estimate: str | None
    revisions: list[RevisionOut]
    steps: list[str]
    missing: list[MissingOut]
    refused: str | None
    invoiced: str | None
    difference: str | None
    safeguard: str | None
    unsure: bool
    next_revision: date_aliased | None


class ProposalOut(BaseModel):
    """
    ``contract``: id; ``changes``: exactly what a yes changes; ``outcome``: what came of it, or why it failed.
    """

    id: str
    contract: str
    title: str
    kind: str
    changes: list[ProposedChange]
    asked_by: str
    question: str
    at: AwareDatetime
    state: Literal["waiting", "begun", "done", "failed", "refused"]
    decided_by: str | None
    decided_at: AwareDatetime | None
    outcome: str | None


class ExportedContract(BaseModel):
    id: str
    stem: str
    kind: Literal["base", "amendment"]
    link: str
    base: str | None
    amendments: list[str]
    perspective: str | None
    perspective_guessed: bool
    documents: list[File]
    parties: list[ExportedParty]
    sites: list[ExportedSite]
    tags: list[str]
    categories: list[list[Any]]
    values: list[Value]
    columns: list[OwnAnswer] | None = Field([], validate_default=True)
    updated_at: AwareDatetime
