"""Values with parts in one line, parted by `|`: `Loyer annuel | 96000 | EUR | excl | year`.

What belongs to a closed vocabulary is told by its word, wherever it stands; the rest by its place. A line of another
form gives a value that is not valid, which is refused and counted like any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args

from portfolio.schema import Bound, Period, Role, Tax

_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_RHYTHM = re.compile(r"(?P<every>P\w+)(?:\s+(?P<month_day>\d{2}-\d{2}))?", re.I)
_OFFSET = re.compile(r"\+?(?P<offset>-?P\w+)\s+(?P<event>.+)", re.I | re.S)


def parted(line: str) -> list[str | None]:
    """The parts of ``line``; None for an empty one."""
    return [part.strip() or None for part in line.split("|")]


def number(text: str) -> str:
    """A number as written with a comma or a unit behind it, as `portfolio.schema` takes it."""
    found = _NUMBER.match(text)
    return found[0].replace(",", ".") if found else text


def party(line: str) -> dict[str, Any]:
    """`name | role | company number`."""
    name, *rest = parted(line)
    role = _of(get_args(Role), rest) or "other"
    code = next((part for part in rest if part and part != role and any(map(str.isdigit, part))), "")
    return {"name": name, "role": role, "registration": "".join(filter(str.isalnum, code)).upper() or None}


def site(line: str) -> dict[str, Any]:
    """`name | city | postal code`."""
    return _placed(line, ("name", "city", "postal_code"))


def amount(line: str) -> dict[str, Any]:
    """`label | number | currency | tax | period | bound`, all after the label in any order."""
    label, *rest = parted(line)
    words = [word for part in rest if part for word in part.split()]
    return {
        "label": label,
        "value": next((number(word) for word in words if _NUMBER.fullmatch(word)), None),
        "currency": next((word for word in words if _CURRENCY.fullmatch(word)), "EUR"),
        "tax": _of(get_args(Tax), words),
        "period": _of(get_args(Period), words),
        "bound": _of(get_args(Bound), words),
    }


def obligation(line: str) -> dict[str, Any]:
    """`debtor | action | document | due`."""
    value = _placed(line, ("debtor", "action", "document", "due"))
    return value | {"due": due(value["due"] or "")}


def due(text: str) -> dict[str, Any] | None:
    """A date, a rhythm with its day (`P1Y 09-30`), an offset and its event (`-P15D terme`); None for other words."""
    if _DATE.fullmatch(text):
        return {"date": text}
    if rhythm := _RHYTHM.fullmatch(text):
        return {"every": rhythm["every"].upper(), "month_day": rhythm["month_day"]}
    if offset := _OFFSET.fullmatch(text):
        return {"event": offset["event"], "offset": offset["offset"].upper()}
    return None


FORMS: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "parties": party,
    "sites": site,
    "amounts": amount,
    "obligations": obligation,
}
"""By the field whose values have parts."""


def _placed(line: str, names: tuple[str, ...]) -> dict[str, Any]:
    parts = parted(line)
    return dict(zip(names, [*parts, *[None] * len(names)], strict=False))


def _of(vocabulary: Iterable[str], words: Iterable[str | None]) -> str | None:
    known = frozenset(vocabulary)
    return next((word for word in words if word in known), None)
