"""Questions over the portfolio: what the grammar of one question leaves open once many contracts are meant – groups,
sums, several windows of time, columns of the user's own."""

from __future__ import annotations

import re
from functools import cached_property

from agent.chat import lexicon
from agent.chat.lexicon import Match
from agent.chat.plan import Condition, Money, QueryPlan, Topic
from agent.chat.planners.conditions import conditions_of
from agent.chat.planners.dated import dated_in
from agent.chat.planners.extremes import extreme_of
from agent.chat.planners.grouping import Grouped, event_of, grouped
from agent.chat.planners.own import column_in, condition_on, dated, tag_in
from agent.chat.planners.reading import Read, read
from agent.chat.planners.rules import RulesPlanner
from agent.chat.windows import window_of
from portfolio.columns.records import Column
from portfolio.folding import fold

_OVER = ("list", "count", "sum", "average", "extreme", "group")
_THINGS = (
    r"(?:contrats|marches|baux|conventions|accords|abonnements|polices|assurances|contracts|agreements|leases|policies)"
)
_ONE = r"(?:contrats?|marches?|bail|baux|convention|accord|abonnement|police|assurance|contract|agreement|lease|policy)"
_MANY = re.compile(
    rf"\b(?:nos|les|des|tous|toutes|ces|mes|our|all|the|every|l ensemble des) (?:\w+ ){{0,2}}?{_THINGS}\b"
)
_SUMS = re.compile(
    r"^(?:et |and )?(?:(?:quel(?:le)? (?:est|serait)|what is|what s|c est quoi|donne moi|give me|a combien "
    r"(?:s eleve|se monte)) )?(?:(?:le|la|l|les|the|our|notre) )?"
    r"(?:totaux|total|sommes?|montants?|couts?|budget|depenses?|combien (?!de |d |y a)|how much|annual|yearly|average|"
    r"cumul|cost|spend|moyenne|en moyenne)"
)
_MONEY = re.compile(
    r"\b(?:montants?|total annuel|couts?|coute\w*|depens\w*|budget\w*|payons|paie|paye\w*|euros?|cost\w*|amounts?|"
    r"spend\w*|spent|pay|paid|ht|total|somme)\b"
)
_RANKS = re.compile(
    r"\b(?:plus|moins|most|least|highest|lowest|cheapest|dearest|biggest|smallest|largest|premier|dernier)\b"
)
_AVERAGE = re.compile(r"\b(?:moyenn?e?s?|en moyenne|average|mean)\b")
_OF_ITS_OWN: tuple[Topic | None, ...] = (
    "notice_missed",
    "final_end",
    "next_end",
    "revision_date",
    "revision",
    "renewal",
    "obligation",
)
"""Facts whose days the grammar chooses by more than one word."""


class PortfolioPlanner(RulesPlanner):
    """The grammar's planner, with what questions over many contracts ask beyond it."""

    def plan(self, text: str, previous: QueryPlan | None = None) -> QueryPlan:
        """The plan of a question; see `RulesPlanner.plan`."""
        plan = super().plan(text, previous)
        if plan.operation in ("refuse", "action") or previous is not None:
            return plan
        question = read(plan.question, self._subjects)
        named = column_in(question, self._columns)
        if named and (owned := self._owned(plan, question, *named)):
            return owned
        by = grouped(question)
        if by and not self._of_one(plan, question, by):
            return self._grouped(plan, question, by)
        if ranked := _ranked(plan, question):
            return ranked
        if (measure := _measured(plan, question)) is not None:
            plan = self._over_all(plan, question, "average")
            plan = plan.model_copy(update={"operation": "average", "answer": "text", "topics": (measure,)})
            plan = plan.model_copy(update={"conditions": tuple(c for c in plan.conditions if c.topic != measure)})
            plan = plan.model_copy(update={"confidence": 0.8})
        elif self._sums(plan, question):
            plan = self._over_all(plan, question, "sum")
            operation = "average" if _AVERAGE.search(question.folded) else "sum"
            plan = plan.model_copy(update={"operation": operation, "answer": "amount", "topics": ("amounts",)})
        if plan.portfolio or (plan.operation in _OVER and not plan.subject.contracts):
            plan = self._understood(self._timed(self._tagged(plan, question), question), question)
        return plan

    def _understood(self, plan: QueryPlan, question: Read) -> QueryPlan:
        """The plan without words that set nothing beside its conditions, and without kinds that no contract is of where
        others are asked for too."""
        kinds = list(lexicon.table("types").values())
        missing = plan.subject.missing
        if plan.subject.types and all(any(e.longest(fold(m)) for e in kinds) for m in missing):
            missing = ()
        spoken = {w for c in plan.conditions if c.topic == "clause" for w in re.split(r"[| ]", str(c.value))}
        missing = tuple(m for m in missing if not set(fold(m).split()) <= spoken)
        ranks = _RANKS.search(question.folded) or extreme_of(question) is not None
        if plan.operation == "extreme" and plan.answer == "list" and not ranks:
            plan = plan.model_copy(update={"operation": "list"})
        if plan.operation == "extreme" and plan.answer == "amount" and _WHICH_ONE.match(question.folded):
            plan = plan.model_copy(update={"answer": "list"})
        if plan.topic == "obligation" and not _OWES.search(question.folded):
            plan = plan.model_copy(update={"topics": ("contracts",)})
        types = plan.subject.types
        if plan.topic == "obligation" and _CERTIFIED.search(question.folded):
            types = tuple(t for t in types if t != "insurance")
        set_ = bool(plan.conditions or plan.window or plan.subject.types or plan.subject.places or plan.subject.tag)
        rest = tuple(w for w in plan.rest if w not in _IDLE) if set_ else plan.rest
        subject = plan.subject.model_copy(update={"missing": missing, "types": types})
        return plan.model_copy(update={"subject": subject, "rest": rest})

    @property
    def _columns(self) -> tuple[Column, ...]:
        return self._holdings.columns.all() if self._holdings.columns else ()

    @cached_property
    def _tags(self) -> frozenset[str]:
        return frozenset(tag for held in self._holdings.contracts for tag in held.base.tags)

    def _owned(self, plan: QueryPlan, question: Read, column: Column, match: Match) -> QueryPlan | None:
        """The plan where a column of the user's own is asked for: its value of one contract, or a condition on it."""
        if len(plan.subject.contracts) == 1 and not plan.portfolio:
            asked = Condition(topic="clause", column=column.key, is_="known")
            return plan.model_copy(update={"operation": "fact", "conditions": (asked,), "rest": (), "confidence": 0.9})
        if not plan.portfolio and plan.operation not in _OVER:
            return None
        span = window_of(question.question.text, self._holdings.as_of)
        said = conditions_of(question, plan.topic, span, "list", self._known)
        others = [s for s in said if s.match.end <= match.start or s.match.start >= match.end]
        own = dated(condition_on(question, column, match), column, question, self._holdings.as_of)
        others = [s for s in others if own.condition.value is None or s.condition.topic != "amounts"]
        told = {t.folded for n, t in enumerate(question.question.tokens) if n in question.covered([match])}
        missing = tuple(m for m in plan.subject.missing if not set(fold(m).split()) & told)
        kinds = {t: lexicon.table("types")[t].longest(question.folded) for t in plan.subject.types}
        types = tuple(t for t, m in kinds.items() if m is None or m.end <= match.start or m.start >= match.end)
        updates = {
            "conditions": (*(s.condition for s in others), own.condition),
            "topics": ("contracts",),
            "window": None if own.condition.window else plan.window,
            "subject": plan.subject.model_copy(update={"missing": missing, "contracts": (), "types": types}),
            "rest": tuple(w for w in plan.rest if w not in told and not w.isdigit()),
            "money": Money(tax=plan.money.tax),
            "portfolio": True,
        }
        return self._understood(plan.model_copy(update=updates), question)

    def _tagged(self, plan: QueryPlan, question: Read) -> QueryPlan:
        """The plan with the tag that its question names."""
        found = tag_in(question, self._tags)
        if found is None:
            return plan
        tag, match = found
        told = {t.folded for n, t in enumerate(question.question.tokens) if n in question.covered([match])}
        missing = tuple(m for m in plan.subject.missing if not set(fold(m).split()) & told)
        subject = plan.subject.model_copy(update={"tag": tag, "missing": missing})
        return plan.model_copy(update={"subject": subject, "rest": tuple(w for w in plan.rest if w not in told)})

    def _of_one(self, plan: QueryPlan, question: Read, by: Grouped) -> bool:
        """Whether the parts of one contract are put together rather than contracts."""
        if not plan.subject.contracts or plan.portfolio or plan.operation == "group":
            return False
        return not by.many or bool(self._subjects.resolve(question.question, question.asked).proper)

    def _grouped(self, plan: QueryPlan, question: Read, by: Grouped) -> QueryPlan:
        plan = self._over_all(plan, question, "group")
        conditions = tuple(c for c in plan.conditions if c.topic not in (by.by, *_SAME.get(by.by, ())))
        subject = plan.subject.model_copy(update={"sector": None}) if by.by == "sector" else plan.subject
        told = {t.folded for n, t in enumerate(question.question.tokens) if n in question.covered([by.match])}
        plan = plan.model_copy(
            update={
                "operation": "group",
                "answer": "amount" if by.money else "count",
                "group_by": by.by,
                "largest": by.top,
                "topics": (by.event,) if by.event else ("amounts",) if by.money else ("contracts",),
                "conditions": conditions,
                "subject": subject,
                "rest": tuple(w for w in plan.rest if w not in told and w not in _GROUPS),
                "confidence": max(plan.confidence, 0.8),
            }
        )
        return self._timed(plan, question)

    def _sums(self, plan: QueryPlan, question: Read) -> bool:
        """Whether a yearly cost of several contracts is asked for that no name tells one by one."""
        folded = question.folded
        averaged = _AVERAGE.search(folded) is not None
        if plan.operation in ("group", "yes_no", "compare", "count") or not _SUMS.match(folded):
            return False
        if plan.operation == "extreme" and not averaged and _RANKS.search(folded):
            return False
        if not _MANY.search(folded) or (not _MONEY.search(folded) and plan.answer != "amount"):
            return False
        return not self._subjects.resolve(question.question, question.asked).named or plan.portfolio

    def _over_all(self, plan: QueryPlan, question: Read, operation: str) -> QueryPlan:
        """The plan for all contracts that the question's kinds, places and conditions let through."""
        found = self._subjects.resolve(question.question, question.asked)
        span = window_of(question.question.text, self._holdings.as_of)
        said = conditions_of(question, plan.topic, span, operation, self._known)  # type: ignore[arg-type]
        conditions = tuple(s.condition for s in said if s.condition.topic != "frequency")
        subject = self._naming.subject(question, found, (), True, "list", conditions)
        told = question.covered(s.match for s in said) | found.type_tokens
        words = {t.folded for n, t in enumerate(question.question.tokens) if n in told}
        rest = [*plan.rest, *(w for text in subject.missing for w in fold(text).split())]
        left = tuple(dict.fromkeys(w for w in rest if w not in words and w not in _GROUPS and not w.isdigit()))
        subject = subject.model_copy(update={"missing": (), "excluded": plan.subject.excluded})
        window = span.window if span else None
        excluded = tuple(c for c in plan.conditions if c not in conditions and c.negated)
        return plan.model_copy(
            update={
                "subject": subject,
                "conditions": (*conditions, *excluded),
                "window": window,
                "rest": left,
                "portfolio": True,
            }
        )

    def _timed(self, plan: QueryPlan, question: Read) -> QueryPlan:
        """The plan with a condition for each day that its question speaks of, where it tells of which each is."""
        span = window_of(question.question.text, self._holdings.as_of)
        if plan.topic == "end" and plan.window and span:
            text = question.question.text
            about = fold(f"{text[: span.start]} {text[span.end :]}")
            if _REVISED.search(about) and event_of(about) != "end":
                return plan.model_copy(update={"topics": ("revision_date",)})
        if plan.topic in _OF_ITS_OWN and plan.operation != "group":
            return plan
        found = dated_in(question.question.text, self._holdings.as_of)
        if not found:
            return plan
        if any(c.topic == "final_end" for c in plan.conditions):
            found = [("final_end" if topic == "end" else topic, window) for topic, window in found]
        if len(found) == 1 and plan.operation == "group":
            return plan
        told = tuple(Condition(topic=topic, is_="known", window=window) for topic, window in found)
        topics = plan.topics if plan.operation in ("sum", "average", "group", "extreme") else (found[0][0],)
        return plan.model_copy(update={"conditions": (*plan.conditions, *told), "window": None, "topics": topics})


def _measured(plan: QueryPlan, question: Read) -> Topic | None:
    """The fact of which an average over contracts is asked for, where it is no sum of money."""
    if not _AVERAGE.search(question.folded) or (plan.subject.contracts and not _MANY.search(question.folded)):
        return None
    found = [t for t, pattern in _LENGTHS if re.search(rf"\b(?:{pattern})\b", question.folded)]
    return found[0] if found and "euros" not in question.folded else None


_LENGTHS: tuple[tuple[Topic, str], ...] = (
    ("notice_period", r"preavis|notice"),
    ("payment_days", r"delais? (?:moyens? )?(?:de )?(?:paiement|reglement)|payment (?:terms?|time|period|days)"),
    ("duration", r"durees?|dure|durent|length|durations?|last"),
)


def _ranked(plan: QueryPlan, question: Read) -> QueryPlan | None:
    """The plan that ranks contracts by a fact, where the question asks which of them is first or last by it."""
    found = extreme_of(question)
    asks = (
        _WHICH.match(question.folded) is not None and plan.portfolio and plan.operation in ("list", "fact", "passages")
    )
    if found is None or not asks or _THAN.search(question.folded):
        return None
    topic, largest, match = found
    told = {t.folded for n, t in enumerate(question.question.tokens) if n in question.covered([match])}
    return plan.model_copy(
        update={
            "operation": "extreme",
            "answer": "list",
            "topics": (topic,),
            "largest": largest,
            "conditions": tuple(c for c in plan.conditions if c.topic != topic),
            "rest": tuple(w for w in plan.rest if w not in told),
        }
    )


_WHICH = re.compile(
    r"^(?:et |and )?(?:(?:de |parmi )?(?:tous |nos |ces )*\w+ )?(?:quels?|quelles?|lequel|laquelle|which|what)\b"
)
_WHICH_ONE = re.compile(
    rf"^(?:et |and )?(?:quel(?:le)?|which|what)(?: (?:est|is|de|le|la|notre|nos|our|the|of))* {_ONE}\b"
)
"""What wants a contract, not what it costs."""
_THAN = re.compile(r"\b(?:que|than|plus de|moins de|more|less)\b")
_CERTIFIED = re.compile(
    r"\b(?:attestations?|certificats?|certificates?|justificatifs?|preuves?|proofs?) (?:(?:de|d|of|une|l|la|les|an) )*"
    r"(?:assurances?|insurance)\b|\binsurance (?:certificates?|proofs?)\b"
)
"""What is handed over on an insurance: the contract is of any kind."""
_REVISED = re.compile(r"\b(?:revis\w+|actualis\w+|reajust\w+|revaloris\w+|adjust\w+|reviewed|indexed)\b")
_OWES = re.compile(
    r"\b(?:doi\w+|devons|devoir|remett\w+|remis\w*|fourn(?:ir|it|issent|ie?s?)|envo\w+|transm\w+|recevoir|recevons|recoit|"
    r"attend\w*|obligation\w*|obligent?|engagements?|livrables?|attestations?|certificats?|rapports?|bilans?|"
    r"justificatifs?|releves?|comptes? rendus?|reunions?|audits?|owe\w*|must|have to|has to|provide\w*|send\w*|"
    r"deliver\w*|"
    r"report\w*|certificate\w*|statement\w*|due|hand\w*|submit\w*|urssaf|vigilance|echeance\w*|a rendre)\b"
)
"""What says that something is owed or done under a contract."""
_SAME: dict[str, tuple[str, ...]] = {
    "renewal": ("renewals_max",),
    "indices": ("indices",),
    "city": ("sites",),
    "type": ("form",),
    "running": ("running",),
}
"""Facts whose mere mention says by what is grouped."""
_IDLE = lexicon.words("empty", "linking")
_GROUPS = lexicon.words("empty", "grouping")
