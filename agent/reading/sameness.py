"""When two values of a field are one thing said twice: a party under two spellings, an amount, an obligation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from agent.reading.structure import fold
from portfolio.schema import Amount, Obligation, Party, Site
from portfolio.values import Duration

_LEGAL_FORMS = frozenset((
    "sas", "sasu", "sarl", "sa", "eurl", "snc", "sci", "scp", "selarl", "scop", "scm", "gie", "societe", "ste",
    "association", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "llc", "llp", "plc", "lp", "co",
    "company", "gmbh", "ag", "bv", "nv", "spa", "srl", "la", "le", "les", "l", "the", "monsieur", "madame", "mr", "mrs",
    "ms", "m", "mme",
))  # fmt: skip
_WORD = re.compile(r"[a-z0-9]+")
_SAME_TEXT = 0.7


def same(field: str, one: Any, other: Any) -> bool:
    """Whether two values of ``field`` (of its own type) are one fact."""
    return bool(_SAME.get(field, _equal)(one, other))


@lru_cache(maxsize=4096)
def letters(text: str) -> str:
    """Letters and digits only, folded."""
    return "".join(_WORD.findall(fold(text)))


@lru_cache(maxsize=4096)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a company's or person's name, folded, without legal forms and titles."""
    words = _WORD.findall(fold(name).replace(".", ""))
    return tuple(word for word in words if word not in _LEGAL_FORMS) or tuple(words)


def same_name(one: str, other: str) -> bool:
    """Equal without legal forms, or one contained in the other as whole words."""
    a, b = f" {' '.join(name_words(one))} ", f" {' '.join(name_words(other))} "
    return a in b or b in a


def word_overlap(one: str, other: str, *, of_first: bool = False) -> float:
    """Shared words of three letters or more (and figures) over all of both, or, ``of_first``, over those of ``one``."""
    a, b = _content(one), _content(other)
    if not a or not b:
        return float(letters(one) == letters(other) or (of_first and letters(one) in letters(other)))
    return len(a & b) / len(a if of_first else a | b)


@lru_cache(maxsize=1024)
def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(fold(text)) if len(word) >= 3 or word.isdigit())


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, Duration) and isinstance(other, Duration):
        return one.equals(other)
    if isinstance(one, float | int) and isinstance(other, float | int):
        return abs(one - other) < 0.005
    return bool(one == other)


def _same_text(one: str, other: str) -> bool:
    return word_overlap(one, other) >= _SAME_TEXT or letters(one) in letters(other) or letters(other) in letters(one)


def _same_letters(one: str, other: str) -> bool:
    return letters(one) == letters(other)


def _same_party(one: Party, other: Party) -> bool:
    if one.registration and other.registration:
        return one.registration[:9] == other.registration[:9]
    return same_name(one.name, other.name)


def _same_site(one: Site, other: Site) -> bool:
    if one.city and other.city:
        return letters(one.city) == letters(other.city)
    return bool(one.name and other.name) and _same_text(one.name or "", other.name or "")


def _same_amount(one: Amount, other: Amount) -> bool:
    if abs(one.value - other.value) >= 0.005 or one.currency != other.currency:
        return False
    pairs = ((one.period, other.period), (one.tax, other.tax), (one.bound, other.bound))
    return all(a == b or a is None or b is None for a, b in pairs)


def _same_obligation(one: Obligation, other: Obligation) -> bool:
    """The same words, or the same document or action with the same debtor and no other due rule."""
    if word_overlap(one.quote, other.quote) >= _SAME_TEXT:
        return _same_deed(one, other, 0.4)
    agreed = (one.debtor is None or other.debtor is None or same_name(one.debtor, other.debtor)) and (
        one.due is None or other.due is None or one.due == other.due
    )
    return agreed and _same_deed(one, other, _SAME_TEXT)


def _same_deed(one: Obligation, other: Obligation, bound: float) -> bool:
    if one.document and other.document:
        return word_overlap(one.document, other.document) >= bound
    return word_overlap(one.action, other.action) >= bound


_SAME: Mapping[str, Callable[[Any, Any], bool]] = {
    "title": _same_text,
    "reference": _same_letters,
    "amends": _same_text,
    "late_interest": _same_text,
    "termination": _same_text,
    "jurisdiction": _same_text,
    "parties": _same_party,
    "sites": _same_site,
    "amounts": _same_amount,
    "price_revision.formula": _same_text,
    "price_revision.indices": lambda a, b: letters(a) in letters(b) or letters(b) in letters(a),
    "obligations": _same_obligation,
}
