"""Phrases in JSON's own types, as they are kept in the database, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from portfolio.schema import Amount
from portfolio.values import Duration, Every, FromEvent, OnDate
from portfolio.words.phrases import Phrase

_READ: Mapping[str, Callable[[Any], Any]] = {
    "date": date.fromisoformat,
    "duration": Duration.parse,
    "amount": Amount.model_validate,
    "on": OnDate.model_validate,
    "every": Every.model_validate,
    "from": FromEvent.model_validate,
    "phrase": lambda stored: load(stored),
}


def dump(phrase: Phrase) -> list[Any]:
    """Key and values; a value that is not JSON's own is an object with its type's name: `{"date": "2027-01-31"}`."""
    return [phrase.key, {name: _value(value) for name, value in phrase.values.items()}]


def load(stored: Any) -> Phrase:
    """The phrase that `dump` was given."""
    key, values = stored
    return Phrase(key, {name: _read(value) for name, value in values.items()})


def dump_all(phrases: Iterable[Phrase]) -> list[Any]:
    return [dump(phrase) for phrase in phrases]


def load_all(stored: Iterable[Any]) -> tuple[Phrase, ...]:
    return tuple(load(phrase) for phrase in stored)


def _value(value: Any) -> Any:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Phrase():
            return {"phrase": dump(value)}
        case date():
            return {"date": value.isoformat()}
        case Duration():
            return {"duration": str(value)}
        case Amount():
            return {"amount": value.model_dump(mode="json")}
        case OnDate():
            return {"on": value.model_dump(mode="json")}
        case Every():
            return {"every": value.model_dump(mode="json")}
        case FromEvent():
            return {"from": value.model_dump(mode="json")}
        case _:
            return str(value)


def _read(value: Any) -> Any:
    if isinstance(value, dict):
        ((name, inner),) = value.items()
        return _READ[name](inner)
    return value
