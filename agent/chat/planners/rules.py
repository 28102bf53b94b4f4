"""The built-in planner: a grammar of the domain's questions in French and English, without a language model."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from typing import get_args

from agent.chat import lexicon
from agent.chat.holdings import Holdings
from agent.chat.matching import likeness, names_it
from agent.chat.plan import (
    Act,
    ActionKind,
    AnswerKind,
    Condition,
    QueryPlan,
    Reason,
    Subject,
    Topic,
)
from agent.chat.planners.asked import completed
from agent.chat.planners.asking_back import between, chosen
from agent.chat.planners.conditions import Known, conditions_of
from agent.chat.planners.counting import of_contracts
from agent.chat.planners.details import (
    group_of,
    money_of,
    reminded_on,
    side_of,
)
from agent.chat.planners.exceptions import parted
from agent.chat.planners.extremes import extreme_of
from agent.chat.planners.followups import followed
from agent.chat.planners.grammar import Said, negated
from agent.chat.planners.intended import Meant, intended
from agent.chat.planners.leaving_out import left_out
from agent.chat.planners.naming import AHEAD, Naming, tokens_of_span
from agent.chat.planners.quantifiers import quantifier_of
from agent.chat.planners.reading import LONGEST, Read, read
from agent.chat.subjects import Resolution, Subjects
from agent.chat.windows import Span, window_of
from portfolio.folding import fold
from portfolio.schema import ContractType

_ACTS: tuple[ActionKind, ...] = get_args(ActionKind)
_REASONS: tuple[Reason, ...] = ("injection", "not_allowed", "advice", "general")


class RulesPlanner:
    """Plans questions on one portfolio."""

    def __init__(self, holdings: Holdings, subjects: Subjects) -> None:
        self._holdings = holdings
        self._subjects = subjects
        self._naming = Naming(holdings, subjects)

    def plan(self, text: str, previous: QueryPlan | None = None) -> QueryPlan:
        """The plan of a question; with ``previous``, the plan before it in the conversation, which it may refine, or
        answer where that one asked back."""
        text = text[:LONGEST]
        question = read(text, self._subjects)
        if previous is not None and previous.operation == "ask_back":
            kind = chosen(question, previous.readings)
            if kind is not None:
                return self._plan(read(previous.question, self._subjects), previous.question, None, kind)
            previous = None
        return self._plan(question, text, previous)

    def _plan(self, question: Read, text: str, previous: QueryPlan | None, kind: AnswerKind | None = None) -> QueryPlan:
        """The plan of a question that was read; ``kind``: of its answer, where the person chose it."""
        refused = self._refused(question)
        if refused:
            return QueryPlan(
                language=question.question.language, operation="refuse", answer="none", reason=refused, question=text
            )
        split = parted(text)
        pieces: tuple[str, ...] = ()
        if split.left_out and not self._act(question):
            main = read(split.kept, self._subjects)
            if of_contracts(main) or main.operations.keys() & {"sum", "extreme", "list"}:
                question, pieces = main, split.left_out
        span = opened(window_of(question.question.text, self._holdings.as_of), question.folded)
        act = _dated(self._act(question), question, span)
        found = self._subjects.resolve(question.question, question.asked)
        meant = intended(question, found, previous, acts=act is not None, dated=span is not None, kind=kind)
        if meant.refused:
            return QueryPlan(
                language=question.question.language, operation="refuse", answer="none", reason="unclear", question=text
            )
        if (meant.kind == "amount" or "compare" in question.operations) and len(found.named) < 2:
            found = self._naming.in_parts(question, found)
            meant = replace(meant, operation="sum") if meant.kind == "amount" and len(found.named) > 1 else meant
        plan = self._composed(question, span, act, meant, found)
        if pieces:
            out = left_out(pieces, question, self._holdings, self._subjects, self._known)
            plan = plan.model_copy(
                update={
                    "subject": plan.subject.model_copy(update={"excluded": out.contracts}),
                    "conditions": (*plan.conditions, *out.conditions),
                    "confidence": min(plan.confidence, 0.4) if out.unclear else plan.confidence,
                    "question": text,
                }
            )
        if previous:
            plan = followed(question, plan, found, previous, AHEAD)
        plan = completed(question, plan, previous, alone=bool(found.named))
        if meant.event:
            return plan.model_copy(update={"event": True})
        readings = between(meant) if previous is None and kind is None and plan.confidence <= meant.sure else ()
        return plan.model_copy(update={"operation": "ask_back", "readings": readings}) if readings else plan

    def _refused(self, question: Read) -> Reason | None:
        found = question.refusals
        return next((reason for reason in _REASONS if reason in found), None)

    def _act(self, question: Read) -> Act | None:
        found = question.actions
        if not found or _ASKED.search(question.question.text):
            return None
        first = min(found.items(), key=lambda item: (item[1].start, -item[1].length))
        return Act(kind=_ACTS[_ACTS.index(first[0])], value=None)

    def _composed(
        self,
        question: Read,
        span: Span | None,
        act: Act | None,
        meant: Meant,
        found: Resolution,
    ) -> QueryPlan:
        kind, operation, topic = meant.kind, meant.operation, meant.topic
        if "role" in question.topics and meant.many:
            topic = "role"
        quantifier = quantifier_of(question) if operation == "yes_no" else None
        ranked = extreme_of(question) if operation == "extreme" else None
        if ranked:
            topic = ranked[0]
            kind = "list" if kind == "text" else kind
        of_many = meant.many
        named = (
            found.named
            if of_many and found.proper
            else ()
            if of_many
            else self._naming.single(question, found, operation)
        )
        words = self._naming.words(question, found, named)
        about = self._naming.about(question, found, named, span)
        explained = self._explained(question, topic)
        places = " ".join(f"{s.name or ''} {s.city or ''}" for h in named for s in h.terms.values("sites"))
        said = conditions_of(question, topic, span, operation, self._known)
        if ranked:
            said = tuple(s for s in said if s.condition.topic != topic)
            explained |= question.covered([ranked[2]])
        conditions = tuple(s.condition for s in said)
        if of_many or (operation == "yes_no" and said):
            explained |= question.covered(s.match for s in said)
            explained |= question.covered(question.topics[c.topic] for c in conditions if c.topic in question.topics)
            explained |= {n for n, t in enumerate(question.question.tokens) if _sets(t.folded, conditions)}
            if any(isinstance(c.value, float) for c in conditions):
                explained |= {n for n, t in enumerate(question.question.tokens) if t.folded in _MEASURES}
        stops = any(c.topic == "renewal" and c.value == "tacit" and c.negated for c in conditions)
        ended = any(c.topic == topic for c in conditions) or (stops and topic in ("next_end", "renewal"))
        if of_many and span is not None and "end" in question.topics and ended:
            topic = "end"
        if span is not None and any(s.measured for s in said):
            span = None if self._measured(question, said, span) else span
        if of_many and found.types:
            explained |= found.type_tokens
        if of_many:
            placed = {w for place in found.places for w in fold(place).split()}
            explained |= {n for n, t in enumerate(question.question.tokens) if t.folded in placed}
        plural = of_many or operation in ("list", "count", "sum", "average", "extreme", "group")
        subject = self._naming.subject(question, found, named, plural, operation, conditions)
        if of_many:
            subject = _kinds_told(question, subject, question.covered(s.match for s in said))
        if (
            of_many
            and topic == "obligation"
            and "obligation" in question.topics
            and negated(question.folded, question.topics["obligation"].start)
        ):
            conditions = (*conditions, Condition(topic="obligation", is_="unknown"))
        return QueryPlan(
            language=question.question.language,
            operation=operation,
            answer=kind,
            topics=(topic,) if topic else (),
            subject=subject,
            window=span.window if span else None,
            conditions=conditions,
            money=money_of(question),
            words=words,
            about=tuple(w for _, w in about),
            rest=tuple(
                w
                for n, w in about
                if n not in explained and w not in _EMPTY and not w.isdigit() and not names_it(w, places)
            ),
            portfolio=of_many,
            quantifier=quantifier,
            how=bool(_HOW.search(question.folded)),
            amendment=bool(re.search(r"\b(?:avenant\w*|amendment\w*|acte modificatif)\b", question.folded)),
            side=side_of(question),
            negated=bool(
                re.search(r"\b(?:pas|not|sans|without|n est|jamais|never|no longer|plus aucun\w*)\b", question.folded)
            ),
            act=act,
            group_by=group_of(question),
            largest=ranked[1]
            if ranked
            else True
            if "most" in question.operations
            else False
            if "least" in question.operations
            else None,
            confidence=min(meant.sure, 0.4) if named and not found.named and found.margin < AHEAD else meant.sure,
            question=question.question.text,
        )

    @staticmethod
    def _explained(question: Read, topic: Topic | None) -> frozenset[int]:
        """The tokens that say which fact is asked for, how, and what is to be done."""
        family = _TIMES if topic in _TIMES else _MONEY if topic in _MONEY else (topic,)
        tables = [("operations", None), ("actions", None), ("topics", family)]
        return question.covered(
            match
            for room, names in tables
            for name, entry in lexicon.table(room).items()
            if names is None or name in names
            for match in entry.find(question.folded)
        )

    @staticmethod
    def _measured(question: Read, said: tuple[Said, ...], span: Span) -> bool:
        """Whether the words of a window measure a fact instead (« conclus pour quatre ans »)."""
        window = tokens_of_span(question, span)
        return any(s.measured and window <= question.covered([s.match]) for s in said) or any(
            s.measured and window & question.covered([s.match]) and s.condition.topic in ("payment_days", "month_day")
            for s in said
        )

    @cached_property
    def _known(self) -> Known:
        held = self._holdings.contracts
        return Known(
            tuple(str(h.terms.value("jurisdiction")) for h in held if h.terms.value("jurisdiction")),
            tuple(str(i) for h in held for i in h.terms.values("price_revision.indices")),
            frozenset(w for h in held for name in h.others for w in fold(name).split()),
        )


def _dated(act: Act | None, question: Read, span: Span | None) -> Act | None:
    """The act with the day that a reminder was asked for."""
    day = reminded_on(question, span) if act and act.kind == "remind" else None
    return Act(kind="remind", value=day.isoformat()) if day else act


_HOW = re.compile(
    r"\b(?:comment|par quel moyen|sous quelle forme|de quelle (?:maniere|facon)|que (?:doit|faut|"
    r"devons|dois)|doit faire|doit on faire|faut il faire|how (?:do|does|can|must|should|is|are|to)|"
    r"what (?:must|do we have|does .{1,40} have) (?:we )?(?:to )?do|by what means|"
    r"in what form|que se passe|what happens|que dit|que prevoit|what does)\b"
)
_TIMES = frozenset(
    (
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
        "running",
        "termination",
        "amendments",
        "status",
        "dispute",
    )
)
_MONEY = frozenset(
    (
        "amounts",
        "payment_days",
        "late_interest",
        "revision",
        "revision_date",
        "formula",
        "indices",
        "cap_percent",
        "amendments",
    )
)
"""Facts that are spoken of in one another's words."""


def opened(span: Span | None, folded: str) -> Span | None:
    """The window without its end or start where the question goes on (« en 2024 ou après »)."""
    if span is None:
        return None
    if re.search(r"\b(?:or|and|ou|et) (?:later|after|apres|plus tard|ulterieurement|au dela)\b|\bonwards\b", folded):
        return replace(span, window=span.window.model_copy(update={"end": None}))
    if re.search(r"\b(?:or|and|ou|et) (?:earlier|before|avant|plus tot)\b", folded):
        return replace(span, window=span.window.model_copy(update={"start": None}))
    return span


_GENERAL = re.compile(r"(?:prestations?|services?)$")
_HEAD = re.compile(r"\b(?:contrats?|marches?|accords?|conventions?|type) (?:de |d )?$")


def _kinds_told(question: Read, subject: Subject, told: frozenset[int]) -> Subject:
    """The subject with the kinds that the question names: those that a negation leaves out apart (« qui ne sont pas
    des contrats de maintenance »), and without those whose words say something else (« des prestations sur… »)."""
    kept: list[ContractType] = []
    denied: list[ContractType] = []
    folded = question.folded
    for name in subject.types:
        match = lexicon.table("types")[name].longest(folded)
        if match is None or question.covered([match]) <= told:
            continue
        words = folded[match.start : match.end]
        after = re.match(r" (?:contract|agreement|deal)", folded[match.end :])
        if _GENERAL.match(words) and not _HEAD.search(folded[: match.start]) and not after:
            continue
        (denied if negated(folded, match.start) else kept).append(name)
    words_told = {t.folded for n, t in enumerate(question.question.tokens) if n in told}
    missing = tuple(m for m in subject.missing if not set(fold(m).split()) <= words_told)
    return subject.model_copy(update={"types": tuple(kept), "other_types": tuple(denied), "missing": missing})


_ASKED = re.compile(r"\w-(?:t-)?(?:il|elle|ils|elles)\b", re.IGNORECASE)
"""A verb before its subject asks; it orders nothing."""
_MEASURES = lexicon.words("empty", "measures")


def _sets(word: str, conditions: tuple[Condition, ...]) -> bool:
    """Whether a word is part of what a condition says contracts must contain."""
    return any(isinstance(c.value, str) and likeness(word, c.value) for c in conditions)


_EMPTY = lexicon.words("empty", "any")
