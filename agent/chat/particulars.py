"""What an act takes beside its kind, from the person's own words: who, until when, why, which tag, which value."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, get_args

from agent.chat import lexicon
from agent.chat.plan import QueryPlan, Topic
from agent.reading.grammar import dates, durations
from agent.reading.text import fold as fold_keeping
from portfolio.errors import InvalidValue
from portfolio.folding import fold
from portfolio.schema import Status, spec
from portfolio.values import Duration

FIELD_OF: dict[Topic, str] = {
    "end": "end_date",
    "start": "start_date",
    "signature": "signature_date",
    "duration": "duration",
    "notice_period": "notice_period",
    "notice_deadline": "notice_period",
    "payment_days": "payment_days",
    "late_interest": "late_interest",
    "reference": "reference",
    "title": "title",
    "jurisdiction": "jurisdiction",
    "formula": "price_revision.formula",
    "cap_percent": "price_revision.cap_percent",
    "renewals_max": "renewal.max_count",
    "renewal_period": "renewal.period",
}
"""The field that is meant where a question about a fact asks to correct it."""

_QUOTED = re.compile(r"[«\"“]\s*(?P<text>[^»\"”]{1,200}?)\s*[»\"”]")
_PERSON = re.compile(
    r"\b(?:à|a|to|pour|par)\s+(?P<name>(?:(?:M\.|Mme|Mr|Mrs|Ms)\s+)?[A-ZÀ-Þ][\w'’-]+(?:\s+[A-ZÀ-Þ][\w'’-]+){0,2}"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)\s*[.!?]?$"
)
_BECAUSE = re.compile(
    r"(?:\bcar\b|\bparce qu['e’]|\bpuisque\b|\bbecause\b|\bas it\b|:)\s*(?P<why>.{3,300})$", re.IGNORECASE
)
_REMIND = re.compile(
    r".*?\b(?:rappel\w*|remind\w*|alert\w*|pense[- ]bête)\b.*?\b(?:20\d\d|de|d['’]|que|qu['’]|pour|to|that|about)\s*"
    r"(?:(?:de |que |pour |to |that )|[dq]u?['’])?(?P<what>\S.{5,})$",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_REMINDER = 300
_LAST = re.compile(r"(?:\b(?:en|par|à|est|to|is|with)\b|:)\s+(?P<value>[^:]{1,300}?)\s*[.!?]?$", re.IGNORECASE)
_STATUSES: tuple[tuple[str, Status], ...] = (
    (r"litige|dispute", "dispute"),
    (r"renegociation|renegotiation", "renegotiation"),
    (r"resilie\w*|terminated", "terminated"),
    (r"echu|termine|expire\w*|expired", "expired"),
    (r"en cours|actif|active", "active"),
)


def quoted(text: str) -> str | None:
    match = _QUOTED.search(text)
    return match["text"] if match else None


def person_in(plan: QueryPlan) -> str | None:
    """To whom something is given."""
    match = _PERSON.search(plan.question.strip())
    return (plan.act.value if plan.act else None) or (match["name"] if match else None)


def reason_in(plan: QueryPlan) -> str | None:
    match = _BECAUSE.search(plan.question.strip())
    return (plan.act.value if plan.act else None) or (match["why"].strip() if match else None)


def day_in(plan: QueryPlan) -> date | None:
    """The day that an act takes; None where none was told, or what was told is no day."""
    try:
        return date.fromisoformat(plan.act.value) if plan.act and plan.act.value else None
    except ValueError:
        return None


def reminder_in(plan: QueryPlan) -> str:
    """What to be reminded of: the words after the reminder's verb and day, or all where nothing else is said."""
    match = _REMIND.match(plan.question.strip())
    return (match["what"] if match else plan.question).strip(" .!?")[:_LONGEST_REMINDER]


def tag_in(plan: QueryPlan) -> str | None:
    match = re.search(
        r"\b(?:étiquette|etiquette|tag|label|libellé)\s+(?P<tag>[\w-]{2,60})", plan.question, re.IGNORECASE
    )
    return (plan.act.value if plan.act else None) or quoted(plan.question) or (match["tag"] if match else None)


def status_in(plan: QueryPlan) -> Status | None:
    value = plan.act.value if plan.act else None
    if value in get_args(Status):
        return value  # type: ignore[return-value]
    text = fold(value or plan.question)
    return next((status for pattern, status in _STATUSES if re.search(rf"\b(?:{pattern})\b", text)), None)


def correction_in(plan: QueryPlan) -> tuple[str, Any] | None:
    """The field and its new value, valid for it; None where the words do not tell both."""
    field = _field_in(plan)
    if field is None:
        return None
    match = _LAST.search(plan.question.strip())
    written = (plan.act.value if plan.act else None) or quoted(plan.question) or (match["value"] if match else None)
    if written is None:
        return None
    return (field, value) if (value := _typed(field, written)) is not None else None


def _field_in(plan: QueryPlan) -> str | None:
    """The field of the fact that the question speaks of: its topic's, else the longest phrase for one."""
    if plan.topic in FIELD_OF and plan.topic != "notice_deadline":
        return FIELD_OF[plan.topic]
    folded = fold(plan.question)
    spoken = {
        topic: match.length
        for topic in FIELD_OF
        if (entry := lexicon.table("topics").get(topic)) is not None and (match := entry.longest(folded)) is not None
    }
    return FIELD_OF[max(spoken, key=lambda topic: spoken[topic])] if spoken else None


def _typed(field: str, written: str) -> Any:
    kind = spec(field).type
    text = fold_keeping(written)
    if kind is Duration:
        return next((found.value for found in durations.find(text)), None)
    if field.endswith("_date"):
        return next((found.value for found in dates.find(text)), None)
    number = re.search(r"\d+(?:[.,]\d+)?", written)
    given = number[0].replace(",", ".") if number and kind is not str and "Text" not in str(kind) else written
    try:
        return spec(field).validate(float(given) if kind is float else given)
    except (InvalidValue, ValueError):
        return None
