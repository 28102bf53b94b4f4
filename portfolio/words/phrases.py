"""A sentence before it has a language: the key of a text and the values that fill it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from portfolio.schema import Amount
from portfolio.values import Duration, Every, FromEvent, OnDate
from portfolio.words.values import Wording


@dataclass(frozen=True)
class Phrase:
    """``key`` of a catalogue's text and its placeholders' values: dates, durations, numbers, amounts, due rules, texts,
    or phrases. Two computations that find the same give equal phrases, whatever language they are said in later."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def say(self, wording: Wording) -> str:
        """The sentence in the language of ``wording``."""
        return wording.texts(self.key, **{name: _said(value, wording) for name, value in self.values.items()})


def phrase(key: str, **values: Any) -> Phrase:
    return Phrase(key, values)


def _said(value: Any, wording: Wording) -> str:
    match value:
        case Phrase():
            return value.say(wording)
        case OnDate() | Every() | FromEvent():
            return wording.due(value)
        case date() | Duration() | Amount():
            return wording.value("", value)
        case Decimal():
            return wording.decimal(value)
        case _:
            return str(value)
