"""What was understood of a question, part by part: said in words, taken out, or set to something else by a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import ValidationError

from agent.chat.plan import Condition, QueryPlan, Topic, Window
from portfolio.errors import InvalidValue
from portfolio.schema import ContractType, LegalForm, Sector, Status
from portfolio.words.values import Wording

Kind = Literal["choice", "words", "days", "fixed"]
"""How a part is set anew: one of ``options``, words, two days; ``fixed``: it can only be taken out."""
FIRST, LAST = "start", "end"


@dataclass(frozen=True)
class Chip:
    """``key`` names the part in its plan (`types.0`, `window`). ``value`` is what it holds: a word of
    ``options``, words, or the window."""

    key: str
    text: str
    kind: Kind = "fixed"
    value: Any = None
    options: Mapping[str, str] | None = None


@dataclass(frozen=True)
class _Part:
    """A part of a plan's subject that holds one value or several."""

    name: str
    several: bool
    say: Callable[[Wording, Any], str]
    kind: Kind = "words"
    options: Callable[[Wording], Mapping[str, str]] | None = None


def _options(field: str, vocabulary: Any) -> Callable[[Wording], Mapping[str, str]]:
    return lambda say: {value: say.value(field, value) for value in get_args(vocabulary)}


def _worded(field: str) -> Callable[[Wording, Any], str]:
    return lambda say, value: say.value(field, value)


def _plain(say: Wording, value: Any) -> str:
    return str(value)


_PARTS = (
    _Part("contracts", True, _plain, "fixed"),
    _Part("types", True, _worded("contract_type"), "choice", _options("contract_type", ContractType)),
    _Part("counterparties", True, _plain),
    _Part("places", True, _plain),
    _Part("sector", False, _worded("legal_nature.sector"), "choice", _options("legal_nature.sector", Sector)),
    _Part("forms", True, _worded("legal_nature.form"), "choice", _options("legal_nature.form", LegalForm)),
    _Part("statuses", True, _worded("status"), "choice", _options("status", Status)),
    _Part("our_role", False, lambda say, value: say.texts.name("role", value), "fixed"),
    _Part("tag", False, _plain),
    _Part("running", False, lambda say, value: say.texts(f"chat.filter_{'yes' if value else 'no'}"), "fixed"),
    _Part("text", True, _plain),
    _Part("excluded", True, _plain, "fixed"),
)
_BY_NAME = {part.name: part for part in _PARTS}


def chips(plan: QueryPlan, say: Wording) -> tuple[Chip, ...]:
    """The parts of ``plan`` that choose contracts, facts and days, in words."""
    found: list[Chip] = []
    for part in _PARTS:
        held = getattr(plan.subject, part.name)
        values = held if part.several else () if held is None else (held,)
        for place, value in enumerate(values):
            words = say.texts(f"chat.filter_{part.name}", value=part.say(say, value))
            options = part.options(say) if part.options else None
            found.append(Chip(f"{part.name}.{place}", words, part.kind, value, options))
    if plan.topic:
        topics = {topic: say.texts(f"chat.topic_{topic}") for topic in get_args(Topic)}
        found.append(Chip("topic", topics[plan.topic], "choice", plan.topic, topics))
    found += (Chip(f"conditions.{n}", _condition(one, say)) for n, one in enumerate(plan.conditions))
    if plan.window:
        first, last = (say.date(day) if day else "…" for day in (plan.window.start, plan.window.end))
        found.append(Chip("window", f"{first} → {last}", "days", plan.window))
    return tuple(found)


def without(plan: QueryPlan, key: str) -> QueryPlan:
    """``plan`` without the part that a chip names; itself where it has no such part."""
    name, place = _split(key)
    match name:
        case "window":
            return plan.model_copy(update={"window": None})
        case "topic":
            return plan.model_copy(update={"topics": plan.topics[1:]})
        case "conditions":
            return plan.model_copy(update={"conditions": _dropped(plan.conditions, place)})
    if name not in _BY_NAME:
        return plan
    held = getattr(plan.subject, name)
    left = _dropped(held, place) if _BY_NAME[name].several else None
    return plan.model_copy(update={"subject": plan.subject.model_copy(update={name: left})})


def changed(plan: QueryPlan, key: str, value: Any) -> QueryPlan:
    """``plan`` with the part that a chip names set to ``value``: a word of its options, words, or a `Window`.

    Raises InvalidValue for what that part cannot hold.
    """
    name, place = _split(key)
    content = plan.model_dump(by_alias=True)
    if name == "window":
        content["window"] = value.model_dump() if isinstance(value, Window) else value
    elif name == "topic":
        content["topics"] = (value, *plan.topics[1:])
    elif name in _BY_NAME:
        held = getattr(plan.subject, name)
        several = _BY_NAME[name].several
        content["subject"][name] = (*held[:place], value, *held[place + 1 :]) if several else value
    try:
        return QueryPlan.model_validate(content)
    except ValidationError as error:
        raise InvalidValue(f"{key}: {error.errors()[0]['msg']} (given: {str(value)[:60]!r}).") from error


def about(plan: QueryPlan, contract: str) -> QueryPlan:
    """``plan`` asked of one contract (a file stem) that a person chose."""
    subject = plan.subject.model_copy(update={"contracts": (contract,), "missing": ()})
    return plan.model_copy(update={"subject": subject})


def _condition(condition: Condition, say: Wording) -> str:
    words = [say.texts(f"chat.topic_{condition.topic}")]
    words += [say.texts("chat.filter_not")] if condition.negated or condition.is_ == "not" else []
    words += [say.texts(f"chat.is_{condition.is_}")]
    if isinstance(condition.value, float):
        words.append(say.number(condition.value, 0 if condition.value.is_integer() else 2))
    elif condition.value is not None:
        words.append(say.value(_FIELDS.get(condition.topic, ""), condition.value))
    return " ".join(filter(None, words))


_FIELDS = {"type": "contract_type", "status": "status", "renewal": "renewal.kind", "revision": "price_revision.kind"}
"""The field whose vocabulary words a condition's value."""


def _split(key: str) -> tuple[str, int]:
    name, _, place = key.partition(".")
    return name, int(place) if place.isdecimal() else 0


def _dropped(values: tuple[Any, ...], place: int) -> tuple[Any, ...]:
    return (*values[:place], *values[place + 1 :])
