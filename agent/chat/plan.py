"""The plan of a question: which contracts, which facts, which time, which operation. Every planner fills this one
schema, the executor knows nothing else of the question."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from portfolio.schema import Bound, ContractType, LegalForm, Period, RenewalKind, RevisionKind, Sector, Status, Tax

Operation = Literal[
    "fact",
    "list",
    "count",
    "sum",
    "average",
    "extreme",
    "group",
    "yes_no",
    "compare",
    "explain",
    "passages",
    "summary",
    "changes",
    "action",
    "refuse",
    "ask_back",
]
"""``fact``: one fact of a contract; ``compare``: the same facts of several; ``explain``: a fact with its arithmetic;
``changes``: what amendments changed; ``refuse``: nothing that the register may answer or do."""

Topic = Literal[
    "end",
    "final_end",
    "next_end",
    "break",
    "start",
    "signature",
    "duration",
    "notice_deadline",
    "notice_period",
    "notice_missed",
    "renewal",
    "renewal_period",
    "renewals_max",
    "renewals_left",
    "amounts",
    "payment_days",
    "late_interest",
    "revision",
    "revision_date",
    "frequency",
    "month_day",
    "formula",
    "indices",
    "cap_percent",
    "obligation",
    "termination",
    "governing_law",
    "jurisdiction",
    "counterparty",
    "registration",
    "parties",
    "former_name",
    "sites",
    "title",
    "reference",
    "type",
    "sector",
    "form",
    "status",
    "running",
    "dispute",
    "amendments",
    "language",
    "role",
    "contracts",
    "clause",
]
"""A fact that can be asked for. ``clause`` is whatever the text says beyond the fields; ``running``: whether the
contract is in force by its dates; ``role``: what we are in it."""

Comparison = Literal["equals", "not", "over", "at_least", "under", "at_most", "contains", "known", "unknown"]
Dimension = Literal[
    "type",
    "counterparty",
    "sites",
    "city",
    "sector",
    "form",
    "running",
    "role",
    "renewal",
    "revision",
    "indices",
    "notice_period",
    "duration",
    "payment_days",
    "governing_law",
    "jurisdiction",
    "language",
    "tag",
    "year",
    "quarter",
    "month",
]
"""By what contracts are put together; the last three by the day that the plan's fact is of."""
Quantifier = Literal["any", "all", "none"]
"""Of how many contracts a yes/no question over many wants to know whether it holds."""
AnswerKind = Literal["count", "list", "date", "amount", "boolean", "text", "action", "none"]
ActionKind = Literal[
    "confirm",
    "snooze",
    "assign",
    "dismiss",
    "remind",
    "draft_letter",
    "set_status",
    "add_tag",
    "correct",
    "add_obligation",
]
Reason = Literal["injection", "not_allowed", "advice", "general", "no_such_contract", "silent", "unclear"]
"""Why there is no answer: words that order the assistant about, an act that no question may do, legal advice, knowledge
of the world, no contract of that name, contracts that do not say, a question that was not understood."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Window(_Part):
    """Days from ``start`` to ``end``, both counted in; open where one is None."""

    start: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        return (self.start is None or day >= self.start) and (self.end is None or day <= self.end)


class Condition(_Part):
    """What a contract's fact must be: ``value`` is a number, a word of a vocabulary, or text that must occur;
    ``window``: the days in which a day must fall; ``negated``: what it must not be; ``either``: conditions of which
    any will do in its stead; ``column``: the key of a column of the user's own that is meant instead of a fact.
    ``kinds`` and ``currency`` say which amounts are meant (see `agent.chat.kinds`)."""

    topic: Topic
    is_: Comparison = Field(alias="is", default="equals")
    value: str | float | None = None
    negated: bool = False
    window: Window | None = None
    either: tuple[Condition, ...] = ()
    column: str | None = None
    kinds: tuple[str, ...] = ()
    currency: str | None = None

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Subject(_Part):
    """Which contracts are meant; all parts that are given must hold. ``contracts``: file stems, where single contracts
    were named. ``missing``: words that name a contract, party or place which the portfolio does not have. ``excluded``:
    the file stems of those that the question leaves out."""

    contracts: tuple[str, ...] = ()
    types: tuple[ContractType, ...] = ()
    other_types: tuple[ContractType, ...] = ()
    counterparties: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sector: Sector | None = None
    forms: tuple[LegalForm, ...] = ()
    statuses: tuple[Status, ...] = ()
    our_role: Literal["client", "supplier", "landlord", "tenant", "partner", "insured"] | None = None
    tag: str | None = None
    running: bool | None = None
    text: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @property
    def everything(self) -> bool:
        """No condition at all: the whole portfolio."""
        return self == Subject()


class Money(_Part):
    """Which amounts: their tax, period and bound, and on which footing a sum is made."""

    tax: Tax | None = None
    period: Period | None = None
    bound: Bound | None = None
    currency: str | None = None
    threshold: float | None = None
    over: bool | None = None


class Act(_Part):
    """What is to be done, if a person says yes."""

    kind: ActionKind
    value: str | None = None


class QueryPlan(_Part):
    """A question, understood. ``words`` are its folded content words without names and kinds; ``about`` those of
    them that do not name the subject: they choose among amounts, obligations and passages; ``rest`` those that
    neither subject nor fact, time or operation explain: what else the question is about. ``amendment``: it speaks
    of an amendment's own facts; ``portfolio``: it asks which contracts or how many, not for something in one;
    ``how``: it asks by which way, not for a value; ``event``: it asks for what came to pass, which contracts do not
    tell. ``readings``: the kinds of answer that it may want, where it asks back. ``confidence``: how surely it was
    understood, between 0 and 1."""

    language: Literal["fr", "en"] = "fr"
    operation: Operation = "passages"
    answer: AnswerKind = "text"
    topics: tuple[Topic, ...] = ()
    subject: Subject = Subject()
    window: Window | None = None
    conditions: tuple[Condition, ...] = ()
    money: Money = Money()
    words: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    amendment: bool = False
    portfolio: bool = False
    quantifier: Quantifier | None = None
    how: bool = False
    event: bool = False
    side: Literal["us", "them"] | None = None
    negated: bool = False
    act: Act | None = None
    group_by: Dimension | None = None
    largest: bool | None = None
    limit: int | None = None
    reason: Reason | None = None
    readings: tuple[AnswerKind, ...] = ()
    renewal: RenewalKind | None = None
    revision: RevisionKind | None = None
    confidence: float = 1.0
    question: str = ""

    @property
    def topic(self) -> Topic | None:
        return self.topics[0] if self.topics else None
