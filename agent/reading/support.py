"""Whether a value is said by the words that shall prove it: its numbers, dates, durations, names are in its quotes.

Values that were computed carry their arithmetic (`Candidate.basis`) and are not checked here; closed vocabularies
(`renewal.kind`, `contract_type`) are judgements about the words and cannot be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from agent.reading.grammar import dates, dues, durations, money, months, numbers, seasons
from agent.reading.sameness import letters, word_overlap
from agent.reading.structure import fold
from portfolio.schema import Amount, Obligation, Party, Site
from portfolio.values import DueRule, Duration, Every, FromEvent, OnDate

_NUMBER = re.compile(rf"(?P<digits>{numbers.DIGITS})|(?P<words>\b{numbers.WORDS})|\b(?P<ordinal>{numbers.ORDINAL})\b")
_SCALE = re.compile(r"\s?(?:(?P<k>k\b|mille|thousand)|(?P<m>m\b|millions?)|(?P<g>milliards?|billions?|bn\b))")
_ONCE = re.compile(
    r"\b(?:(?P<one>1er|une? (?:seule |unique )?(?:fois|reconduction|renouvellement)|once|an? (?:single )?renewal)|"
    r"(?P<two>twice))\b"
)
_AT_ONCE = re.compile(r"\brecep|\bcomptant|\breceipt|\bimmediat|\bupon\b|\ba la commande|\bavance")
_HALF = 0.5


def contradiction(field: str, value: Any, words: str) -> str | None:
    """Why ``words`` (the quotes, one a line) do not say ``value``; None where they do, or where it cannot be told."""
    check = _CHECKS.get(field)
    if check is None:
        return None
    return None if check(value, fold(words)) else f"its words do not say « {_shown(value)} »"


def due_is_said(due: DueRule, words: str) -> bool:
    """Whether the date, rhythm or offset of a due rule is in ``words``."""
    folded = fold(words)
    if any(_same_due(due, found.value) for found in (*dues.find(folded), *dues.moments(folded))):
        return True
    if isinstance(due, OnDate):
        return _says_date(due.date, folded)
    if isinstance(due, Every):
        return _says_duration(due.every, folded) or (
            due.month_day is not None and _says_month_day(due.month_day, folded)
        )
    return _no_time(due.offset) or _says_duration(due.offset, folded)


def _same_due(one: DueRule, other: DueRule) -> bool:
    if isinstance(one, Every) and isinstance(other, Every):
        return one.every.equals(other.every) and one.month_day in (None, other.month_day)
    if isinstance(one, FromEvent) and isinstance(other, FromEvent):
        return one.offset.equals(other.offset)
    return one == other


def _shown(value: Any) -> str:
    if isinstance(value, Party | Site):
        return value.name or getattr(value, "city", None) or "?"
    return str(value.value if isinstance(value, Amount) else value)[:80]


def _says_date(value: date, folded: str) -> bool:
    """Among the full dates (read either way round); else an end of a month or season; where there is no full date, its
    year and day in different quotes."""
    full = {found.value for american in (False, True) for found in dates.find(folded, american)}
    if value in full or any(value in span.value for span in dates.ranges(folded)):
        return True
    if any(value in (month.value.first, month.value.last) for month in months.alone(folded)):
        return True
    if any(value in span.value for span in seasons.find(folded)):
        return True
    return not full and str(value.year) in re.findall(r"\d{4}", folded) and _says_month_day(f"{value:%m-%d}", folded)


def _says_month_day(value: str, folded: str) -> bool:
    month, day = map(int, value.split("-"))
    if any(found.value == value for found in dates.month_days(folded)):
        return True
    if any((found.value.month, found.value.day) == (month, day) for found in dates.find(folded)):
        return True
    return re.search(rf"\b0?{day}\s?[./-]\s?0?{month}\b", folded) is not None


def _says_duration(value: Duration, folded: str) -> bool:
    plain = value.reversed() if value.negative else value
    said = (*durations.find(folded), *durations.rhythms(folded))
    if any(item.value.equals(plain) for item in said):
        return True
    return any(durations.times(item.value[0], item.value[1]).equals(plain) for item in durations.repeated(folded))


def _says_period(value: Duration, folded: str) -> bool:
    """A period may be told by its unit alone: `de semestre en semestre`, `deux années successives`."""
    if _says_duration(value, folded):
        return True
    units = (durations.unit_of(word) for word in set(re.findall(r"[a-z]+", folded.replace("exercice", "annee"))))
    return any(unit is not None and unit.equals(value) for unit in units)


def _no_time(value: Duration) -> bool:
    return not (value.years or value.months or value.days or value.hours)


def spoken_numbers(folded: str) -> Iterator[Decimal]:
    """Every number, alone and by the scale word after it: `12,5 k` gives 12.5 and 12500."""
    for match in _NUMBER.finditer(folded):
        if match["digits"]:
            number = numbers.digits(match[0])
            # a space may part two numbers rather than thousands
            yield from (part for text in match[0].split(" ") if (part := numbers.digits(text)) is not None)
        else:
            whole = numbers.value_of(match[0])
            number = None if whole is None else Decimal(whole)
        if number is None:
            continue
        yield number
        scale = _SCALE.match(folded, match.end())
        if scale:
            yield number * (1000 if scale["k"] else 10**6 if scale["m"] else 10**9)
    for once in _ONCE.finditer(folded):
        yield Decimal(2 if once["two"] else 1)


def _says_number(value: float, folded: str) -> bool:
    return any(abs(float(number) - value) < 0.005 for number in spoken_numbers(folded))


def _says_days(value: int, folded: str) -> bool:
    if value == 0 and _AT_ONCE.search(folded):
        return True
    return _says_number(value, folded) or _says_duration(Duration(days=value), folded)


def _says_amount(value: Amount, folded: str) -> bool:
    if any(abs(float(found.value.value) - value.value) < 0.005 for found in money.find(folded)):
        return True
    return _says_number(value.value, folded)


def _says_letters(value: str, folded: str) -> bool:
    return letters(value) in letters(folded)


def _says_half(value: str, folded: str) -> bool:
    """At least half of the value's words are in the quotes: a text taken over, shortened or put together."""
    return word_overlap(value, folded, of_first=True) >= _HALF


def _says_party(value: Party, folded: str) -> bool:
    if value.registration is not None and value.registration[:9].lower() not in letters(folded):
        return False
    return _says_half(value.name, folded)


def _says_site(value: Site, folded: str) -> bool:
    return any(_says_half(text, folded) for text in (value.city, value.name) if text)


def _says_obligation(value: Obligation, folded: str) -> bool:
    return _says_half(value.document or value.action, folded) or _says_half(value.quote, folded)


_CHECKS: Mapping[str, Callable[[Any, str], bool]] = {
    "title": _says_half,
    "reference": _says_letters,
    "amends": _says_half,
    "parties": _says_party,
    "sites": _says_site,
    "signature_date": _says_date,
    "start_date": _says_date,
    "end_date": _says_date,
    "duration": _says_duration,
    "renewal.period": _says_period,
    "renewal.max_count": _says_number,
    "notice_period": _says_duration,
    "amounts": _says_amount,
    "price_revision.formula": _says_half,
    "price_revision.indices": _says_letters,
    "price_revision.frequency": _says_duration,
    "price_revision.month_day": _says_month_day,
    "price_revision.cap_percent": _says_number,
    "payment_days": _says_days,
    "late_interest": _says_half,
    "obligations": _says_obligation,
    "termination": _says_half,
    "jurisdiction": _says_half,
}
