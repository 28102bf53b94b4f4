"""Values read from the contract's own words as a model copied them: « trois mois » is P3M, « premier mars 2026 » a day.

Words that say several values say none: the model then has to write which it means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from agent.reading.grammar import dates, dues, durations, money, numbers
from agent.reading.structure import fold
from agent.reading.support import spoken_numbers
from portfolio.values import DueRule, FromEvent

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_LENGTH = re.compile(r"-?P[\dYMWDTH]+", re.I)
_MONTH_DAY = re.compile(r"\d{2}-\d{2}")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_RHYTHM = re.compile(r"(?P<every>P[\dYMWDTH]+)(?:\s+(?P<month_day>\d{2}-\d{2}))?", re.I)
_OFFSET = re.compile(r"\+?(?P<offset>-?P[\dYMWDTH]+)\s+(?P<event>.+)", re.I | re.S)


def value(field: str, words: str, *, month_first: bool = False) -> str:
    """The value that ``words`` say of ``field``, in the form of `portfolio.schema`; ``words`` where they say none, or
    more than one. ``month_first``: a date in digits may be meant so."""
    if field in DATES:
        return _only({day.isoformat() for day in _days(words, month_first)}) or words
    reader = _READERS.get(field)
    return (reader(words) if reader else None) or words


def amount(words: str) -> tuple[Decimal | None, str | None]:
    """(number, currency) of the sum in ``words``; None where they say none, or several."""
    folded = fold(words)
    sums = {(found.value.value, found.value.currency) for found in money.find(folded)}
    if len(sums) == 1:
        return next(iter(sums))
    plain = folded.strip(" .,;()€")
    number = Decimal(plain) if re.fullmatch(r"-?\d+\.\d+", plain) else numbers.digits(plain)
    whole = numbers.words(plain) if number is None else None
    return (Decimal(whole) if whole is not None else number) if not sums else None, None


def due(text: str) -> DueRule | dict[str, Any] | None:
    """A date, a rhythm with its day (`P1Y 09-30`), an offset and its event (`-P15D terme`), or the contract's own words
    for one of them; None for others."""
    if _ISO_DATE.fullmatch(text):
        return {"date": text}
    if rhythm := _RHYTHM.fullmatch(text):
        return {"every": rhythm["every"].upper(), "month_day": rhythm["month_day"]}
    if offset := _OFFSET.fullmatch(text):
        return {"event": offset["event"], "offset": offset["offset"].upper()}
    folded = fold(text)
    found = [item.value for item in dues.find(folded) or dues.moments(folded)]
    rule = found[0] if len(found) == 1 else None
    if isinstance(rule, FromEvent) and (at := folded.rfind(rule.event)) >= 0:
        return rule.model_copy(update={"event": text[at : at + len(rule.event)]})
    return rule


DATES = ("signature_date", "start_date", "end_date")
"""In the order in which they can follow from one another."""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _days(words: str, month_first: bool) -> Iterator[date]:
    if _ISO_DATE.fullmatch(words.strip()):
        day = _day(words.strip())
        yield from [day] if day else []
        return
    for order in (False, True) if month_first else (False,):
        yield from (found.value for found in dates.find(fold(words), order))


def _length(words: str) -> str | None:
    if _ISO_LENGTH.fullmatch(words):
        return words.upper()
    folded = fold(words)
    said = [item.value for item in (*durations.find(folded), *durations.rhythms(folded))]
    return str(said[0]) if said and all(said[0].equals(other) for other in said) else None


def _number(words: str) -> str | None:
    if plain := _NUMBER.match(words):
        whole = numbers.digits(plain[0])
        said = {number for number in spoken_numbers(fold(words)) if number != whole}
        return None if said else plain[0].replace(",", ".")
    return _only({f"{number.normalize():f}" for number in spoken_numbers(fold(words))})


def _month_day(words: str) -> str | None:
    if _MONTH_DAY.fullmatch(words):
        return words
    folded = fold(words)
    days = {found.value for found in dates.month_days(folded)} or {f"{d.value:%m-%d}" for d in dates.find(folded)}
    return _only(days)


def _only(values: Iterable[str]) -> str | None:
    found = list(values)
    return found[0] if len(found) == 1 else None


_READERS: Mapping[str, Callable[[str], str | None]] = {
    **dict.fromkeys(("duration", "renewal.period", "notice_period", "price_revision.frequency"), _length),
    **dict.fromkeys(("renewal.max_count", "payment_days", "price_revision.cap_percent"), _number),
    "price_revision.month_day": _month_day,
}
