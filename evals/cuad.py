"""CUAD's normalised answers: accuracy where the lawyers gave one that a record can hold (blank dates, `perpetual` and
the like are passed over), and how often a value was given where they found none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from evals.jurisdictions import code_of
from evals.loaders import CuadContract
from evals.metrics import Outcome
from portfolio.schema import ContractRecord, flatten
from portfolio.values import Duration

FIELD_CATEGORIES: Mapping[str, str] = {
    "signature_date": "Agreement Date",
    "start_date": "Effective Date",
    "end_date": "Expiration Date",
    "renewal.period": "Renewal Term",
    "notice_period": "Notice Period To Terminate Renewal",
    "governing_law": "Governing Law",
}
"""Fields whose value answers a category."""


def dates(answer: str) -> list[date]:
    """The dates of an answer like `7/11/06`; two digits of a year mean 1969 to 2068."""
    found = []
    for part in re.findall(r"\b\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})\b", answer):
        try:
            found.append(datetime.strptime(part, "%m/%d/%Y" if re.search(r"/\d{4}$", part) else "%m/%d/%y").date())
        except ValueError:
            continue
    return found


def durations(answer: str) -> list[Duration]:
    """The durations of an answer like `successive 1 year` or `180 days / 6 months`."""
    found = re.findall(r"(?<![\d.])(\d{1,4})\)?[ -]*(year|month|week|day)", answer.lower())
    return [Duration.parse(f"P{number}{unit[0].upper()}") for number, unit in found]


def laws(answer: str) -> list[str]:
    return [code for part in answer.split(";") if (code := code_of(part))]


def _same_law(gold: str, read: str) -> bool:
    """Codes equal; a province or state outside the United States is its country."""
    return gold == read or (not gold.startswith("US") and gold[:2] == read[:2])


def _same_length(gold: Duration, read: Duration) -> bool:
    return gold.equals(read)


def _same_day(gold: date, read: date) -> bool:
    return gold == read


def _same_end(gold: date, read: date) -> bool:
    """The record has a term's last day, where the lawyers often gave the anniversary that follows it."""
    return gold - read in (timedelta(0), timedelta(days=1))


_ANSWERS: Mapping[str, tuple[Callable[[str], Sequence[Any]], Callable[[Any, Any], bool]]] = {
    "signature_date": (dates, _same_day),
    "start_date": (dates, _same_day),
    "end_date": (dates, _same_end),
    "renewal.period": (durations, _same_length),
    "notice_period": (durations, _same_length),
    "governing_law": (laws, _same_law),
}
"""How each field's answer is understood, and compared. Of several alternatives, any is right."""


def compare(contract: CuadContract, read: ContractRecord) -> tuple[Outcome, ...]:
    """The answer of each category that a record can hold; one that neither side has is an outcome without values."""
    values = {name: value for name, value in flatten(read) if name in _ANSWERS}
    if read.renewal is None:
        values.pop("notice_period", None)  # of an open-ended contract: to end it, which the set does not ask
    return tuple(o for field in _ANSWERS if (o := _answer(contract, field, values.get(field))))


def _answer(contract: CuadContract, field: str, value: Any) -> Outcome | None:
    understand, same = _ANSWERS[field]
    category = FIELD_CATEGORIES[field]
    label = contract.labels.get(category)
    if label is None or not (label.answer or label.spans):
        return Outcome(category, None, value, false_fill=value is not None)
    accepted = understand(label.answer or "")
    if not accepted:
        return None
    right = value is not None and any(same(gold, value) for gold in accepted)
    return Outcome(category, label.answer, value, right=right)
