"""Values with parts in one line, parted by `|`: `Loyer annuel | 96 000 € | excl | year`.

What belongs to a closed vocabulary is told by its word, wherever it stands; the rest by its place. A line of another
form gives a value that is not valid, which is refused and counted like any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args

from agent.reading.llm import words
from portfolio.schema import Bound, Period, Role, Tax

_CURRENCY = re.compile(r"[A-Z]{3}")
_DOCUMENT = re.compile(r"(?<!\[)\[(?P<words>(?:[^\[\]]|\[\[\w+\]\])+)\](?!\])")
_COPIED = re.compile(r"<(?P<words>[^<>]+)>")
_BRACKETS = re.compile(r"[\[<]")
_CODED = re.compile(rf"(?:(?:^|\s+)(?:{'|'.join((*get_args(Tax), *get_args(Period), *get_args(Bound)))}))+$")


def parted(line: str) -> list[str | None]:
    """The parts of ``line``; None for an empty one."""
    return [part.strip() or None for part in line.split("|")]


def party(line: str) -> dict[str, Any]:
    """`name | role | company number`."""
    name, *rest = parted(line)
    role = _of(get_args(Role), rest) or "other"
    code = next((part for part in rest if part and part != role and any(map(str.isdigit, part))), "")
    return {"name": name, "role": role, "registration": "".join(filter(str.isalnum, code)).upper() or None}


def site(line: str) -> dict[str, Any]:
    """`name | city | postal code`."""
    return dict(zip(("name", "city", "postal_code"), [*parted(line), None, None, None], strict=False))


def amount(line: str) -> dict[str, Any]:
    """`label | words of the number = number | tax | period | bound`, all after the label in any order."""
    label, *_ = parted(line)
    said, number, currency = _sum(line)
    told = [word for part in parted(line)[1:] if part for word in part.removeprefix(said).split()]
    return {
        "label": label,
        "value": number,
        "currency": next((word for word in told if _CURRENCY.fullmatch(word)), currency or "EUR"),
        "tax": _of(get_args(Tax), told),
        "period": _of(get_args(Period), told),
        "bound": _of(get_args(Bound), told),
    }


def amount_words(line: str) -> str:
    """The contract's words that say the number of an amount."""
    said, equals, number = _sum(line)[0].rpartition("=")
    return (said if equals else number).strip()


def _sum(line: str) -> tuple[str, float | None, str | None]:
    """(the part with the number, without codes behind it; the number; its currency)."""
    for part in parted(line)[1:]:
        said = _CODED.sub("", part or "")
        first, _, last = said.rpartition("=")
        number, currency = words.amount(last.strip())
        if number is not None:
            return said, float(number), currency or words.amount(first)[1]
    return "", None, None


def obligation(line: str) -> dict[str, Any]:
    """`debtor | action | due`; what the action copies of the contract stands in it as `[document]` or as `<words>`, or,
    where the contract calls the document otherwise, as both."""
    debtor, action, due = [*parted(line), None, None, None][:3]
    if _BRACKETS.search(debtor or "") and not _BRACKETS.search(action or ""):
        debtor, action, due = None, debtor, action
    document, copied = _DOCUMENT.search(action or ""), _COPIED.search(action or "")
    kept = r"" if document else r"\g<words>"
    plain = _COPIED.sub(kept, _DOCUMENT.sub(r"\g<words>", action or "")).strip()
    found = copied or document
    return {
        "debtor": debtor,
        "action": plain or None,
        "document": document["words"].strip() if document else None,
        "due": words.due(due) if due else None,
        "quote": found["words"].strip() if found else plain,
    }


FORMS: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "parties": party,
    "sites": site,
    "amounts": amount,
    "obligations": obligation,
}
"""By the field whose values have parts."""


def _of(vocabulary: Iterable[str], said: Iterable[str | None]) -> str | None:
    known = frozenset(vocabulary)
    return next((word for word in said if word in known), None)
