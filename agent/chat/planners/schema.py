"""What a language model is asked for: the parts of a `QueryPlan` that are its to say, in the form that strict mode
takes (every key is there, null or empty where nothing is meant). Words, language and confidence are not asked for."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict

from agent.chat.plan import (
    Act,
    ActionKind,
    AnswerKind,
    Comparison,
    Condition,
    Dimension,
    Money,
    Operation,
    Quantifier,
    QueryPlan,
    Reason,
    Subject,
    Topic,
    Window,
)
from portfolio.schema import Bound, ContractType, LegalForm, Period, Sector, Status, Tax

OurRole = Literal["client", "supplier", "landlord", "tenant", "partner", "insured"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SaidSubject(_Part):
    """``contracts``: keys of the vocabulary's lines; ``other_types``: types that the question leaves out; ``missing``:
    words of the question that name what is not there."""

    contracts: list[str]
    types: list[ContractType]
    other_types: list[ContractType]
    counterparties: list[str]
    places: list[str]
    sector: Sector | None
    forms: list[LegalForm]
    statuses: list[Status]
    our_role: OurRole | None
    tag: str | None
    running: bool | None
    missing: list[str]


class SaidWindow(_Part):
    start: date | None
    end: date | None


class SaidCondition(_Part):
    topic: Topic
    comparison: Comparison
    value: str | float | None
    negated: bool

    @property
    def condition(self) -> Condition:
        return Condition(topic=self.topic, is_=self.comparison, value=self.value, negated=self.negated)


class SaidMoney(_Part):
    tax: Tax | None
    period: Period | None
    bound: Bound | None
    currency: str | None
    threshold: float | None
    over: bool | None


class SaidAct(_Part):
    kind: ActionKind
    value: str | None


class SaidPlan(_Part):
    """The keys of `agent.chat.plan.QueryPlan`; ``about`` are words of the question that choose among amounts,
    obligations and clauses."""

    operation: Operation
    answer: AnswerKind
    topics: list[Topic]
    subject: SaidSubject
    window: SaidWindow | None
    conditions: list[SaidCondition]
    money: SaidMoney
    about: list[str]
    amendment: bool
    quantifier: Quantifier | None
    how: bool
    side: Literal["us", "them"] | None
    negated: bool
    act: SaidAct | None
    group_by: Dimension | None
    largest: bool | None
    limit: int | None
    reason: Reason | None

    @classmethod
    def of(cls, plan: QueryPlan) -> Self:
        """What a model would say for ``plan``: the plan before it, as a model is shown it."""
        given = plan.model_dump(mode="json")
        conditions = [
            {"topic": c["topic"], "comparison": c["is_"], "value": c["value"], "negated": c["negated"]}
            for c in given["conditions"]
        ]
        kept: dict[str, Any] = {name: given[name] for name in cls.model_fields}
        subject = {name: given["subject"][name] for name in SaidSubject.model_fields}
        return cls.model_validate(kept | {"subject": subject, "conditions": conditions})

    def plan(self, base: QueryPlan, subject: Subject) -> QueryPlan:
        """The plan, on what ``base`` knows of the question's own words; ``subject`` as found in the register."""
        return base.model_copy(
            update={
                "operation": self.operation,
                "answer": self.answer,
                "topics": tuple(self.topics),
                "subject": subject,
                "window": Window(**self.window.model_dump()) if self.window else None,
                "conditions": tuple(c.condition for c in self.conditions),
                "money": Money(**self.money.model_dump()),
                "amendment": self.amendment,
                "quantifier": self.quantifier,
                "how": self.how,
                "side": self.side,
                "negated": self.negated,
                "act": Act(**self.act.model_dump()) if self.act else None,
                "group_by": self.group_by,
                "largest": self.largest,
                "limit": self.limit,
                "reason": self.reason,
                "confidence": 1.0,
            }
        )
