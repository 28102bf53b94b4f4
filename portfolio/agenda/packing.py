"""Phrases as text that can be kept, and back: the same phrase, with values of the same types."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from portfolio.schema import Amount
from portfolio.values import DueRule, Duration, Every, FromEvent, OnDate
from portfolio.words.phrases import Phrase

_DUE: TypeAdapter[DueRule] = TypeAdapter(DueRule)


def pack(phrase: Phrase) -> str:
    return json.dumps(_plain(phrase), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@lru_cache(maxsize=50_000)
def unpack(text: str) -> Phrase:
    """The phrase that `pack` wrote."""
    phrase: Phrase = _typed(json.loads(text))
    return phrase


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Phrase():
            return {"phrase": value.key, "values": {name: _plain(v) for name, v in value.values.items()}}
        case Duration():
            return {"duration": str(value)}
        case date():
            return {"date": value.isoformat()}
        case Amount():
            return {"amount": value.model_dump(mode="json")}
        case OnDate() | Every() | FromEvent():
            return {"due": value.model_dump(mode="json")}
        case _:
            return str(value)


def _typed(value: Any) -> Any:
    match value:
        case {"phrase": key, "values": values}:
            return Phrase(key, {name: _typed(v) for name, v in values.items()})
        case {"duration": text}:
            return Duration.parse(text)
        case {"date": text}:
            return date.fromisoformat(text)
        case {"amount": amount}:
            return Amount.model_validate(amount)
        case {"due": due}:
            return _DUE.validate_python(due)
        case _:
            return value
