"""Numbers in digits and in words, French and English, cardinal and ordinal.

`INTEGER` is the pattern fragment that other grammars build on; `value_of` reads what it matched.
"""

from __future__ import annotations

import re
from decimal import Decimal

_UNITS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20,
    "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80,
    "octante": 80, "nonante": 90,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {
    "cent": 100, "cents": 100, "hundred": 100, "mil": 1000, "mille": 1000, "thousand": 1000, "million": 10**6,
    "millions": 10**6, "milliard": 10**9, "milliards": 10**9, "billion": 10**9,
}  # fmt: skip
_ORDINALS = {
    "premier": 1, "premiere": 1, "second": 2, "seconde": 2, "deuxieme": 2, "troisieme": 3, "quatrieme": 4,
    "cinquieme": 5, "sixieme": 6, "septieme": 7, "huitieme": 8, "neuvieme": 9, "dixieme": 10, "onzieme": 11,
    "douzieme": 12, "quinzieme": 15, "vingtieme": 20, "trentieme": 30,
    "first": 1, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip

_WORD = "(?:" + "|".join(sorted((*_UNITS, *_SCALES), key=len, reverse=True)) + ")"
WORDS = rf"{_WORD}(?:(?:\s|\s?-\s?)(?:(?:et|and)(?:\s|-))?{_WORD})*(?![a-z])"
"""A run of number words: `sept cent soixante et un mille quatre cents`, `forty-two thousand`."""
DIGITS = r"\d+(?:[ .,']\d{3}(?!\d))*(?:[.,] ?\d+)?"
"""Digits with thousands separators (space, dot, comma, apostrophe) and decimals."""
INTEGER = rf"(?:\d{{1,3}}(?!\d)|{WORDS})"
"""A small whole number, in digits or words."""
BRACKETED = rf"(?:\s?[(\[]\s?(?:\d{{1,4}}|[il]|{WORDS})\s?[)\]])?"
"""The same number again: `trente (30)`, `30 (thirty)`."""
ORDINAL = r"(?:(?:(?:twenty|thirty)[\s-])?(?:" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + "))"

_SPLIT = re.compile(r"[\s-]+")
_GROUPS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")


def words(text: str) -> int | None:
    """The value of number words (folded); None when they do not make one number (`deux trois`)."""
    total = current = 0
    seen = False
    for word in _SPLIT.split(text.strip()):
        if word in ("et", "and", ""):
            continue
        if word in ("cent", "cents", "hundred"):
            if current >= 100:
                return None
            current = (current or 1) * 100
        elif word in _SCALES:
            scale = _SCALES[word]
            if total and total % (scale * 1000) >= scale:
                return None
            total, current = total + (current or 1) * scale, 0
        elif word in _UNITS or word in _ORDINALS:
            added = _added(_UNITS.get(word) or _ORDINALS[word], current)
            if added is None:
                return None
            current += added
        else:
            return None
        seen = True
    return total + current if seen else None


def _added(unit: int, current: int) -> int | None:
    """What ``unit`` adds to the hundreds, tens and units read so far; None where it cannot follow them."""
    if unit == 20 and current % 100 == 4:
        return 76
    rest = current % 100
    fits = (
        rest == 0
        or (unit < 10 and rest >= 20 and rest % 10 == 0)
        or (10 <= unit < 20 and rest in (60, 80))
        or (7 <= unit < 10 and rest in (10, 70, 90))
    )
    return unit if fits else None


def digits(text: str) -> Decimal | None:
    """The value of digits with any separators: `612 480,00`, `1'250.50`, `12,500`, `1.250.000`; None for anything else.

    A single comma or dot before exactly three digits separates thousands, unless a zero stands before it.
    """
    plain = re.sub(r"[\s']", "", text)
    last = max(plain.rfind(","), plain.rfind("."))
    if last >= 0:
        if _GROUPS.fullmatch(plain) and not plain.startswith("0"):
            plain = plain.replace(",", "").replace(".", "")
        else:
            plain = plain[:last].replace(",", "").replace(".", "") + "." + plain[last + 1 :]
    if not re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return None
    return Decimal(plain)


def value_of(text: str) -> int | None:
    """The whole number that `INTEGER` or `ORDINAL` matched."""
    text = text.strip()
    if text.isdigit():
        return int(text)
    return words(text)
