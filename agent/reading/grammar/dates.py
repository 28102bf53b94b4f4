"""Dates in French and English, in digits and in words, with a year or without.

Dates of laws (`loi du 31 décembre 1975`) are none: no contract starts on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from agent.reading.grammar.found import Found, leftmost_longest
from agent.reading.grammar.months import HAS_MONTH, MONTH, alone, month_number, named_days, part_days
from agent.reading.grammar.numbers import ORDINAL, WORDS, value_of

_WEEKDAY = (
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|"
    r"sunday),?\s)?"
)
_DAY = (
    rf"(?:1\s?er|1\s?°|\d{{1,2}}(?:\s?(?:st|nd|rd|t\s?h|eme|e)\b)?|{ORDINAL}|{WORDS})"
    r"(?:\s?\(\s?\d{1,2}(?:er|st|nd|rd|th)?\s?\))?"
)
_YEAR_WORDS = r"(?:deux|two|mil|dix|nineteen|twenty)[\s-]" + WORDS
_YEAR = rf"(?:(?:19|20)\s?\d\s?\d(?!\d)|'?\d{{2}}(?![\d%])(?!\s?(?:h\b|heures|€|euros|jours|mois))|{_YEAR_WORDS})"

_DAY_MONTH = re.compile(
    rf"(?<![\w.,/]){_WEEKDAY}(?P<day>{_DAY})\s{{0,3}}(?:jour\s|day\s{{1,3}})?(?:du mois (?:de\s|d')|d'|of\s|"
    rf"de\s)?(?P<month>{MONTH})"
    rf"(?:,?\s?(?:de l'an(?:nee)?\s|in the year\s|of\s)?(?P<year>{_YEAR}))?"
)
_MONTH_DAY = re.compile(
    rf"(?<![\w]){_WEEKDAY}(?P<month>{MONTH})\s?(?P<day>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?(?![\d.]\d|\d|%)"
    rf"(?:\s?,?\s?(?:of\s)?(?P<year>(?:19|20)\d\d))?(?!\d)"
)
_YEAR_FIRST = re.compile(
    rf"\bl'an(?:nee)?\s(?P<year>{_YEAR})\s?,?\s?(?:et\s)?,?\s?(?:le\s)?{_WEEKDAY}(?:le\s)?(?P<day>{_DAY})\s(?P<month>{MONTH})"
)
_NUMERIC = re.compile(
    r"(?<![\w./-])(?<!\d )(?P<a>\d{1,2})(?P<sep>\s?[./-]\s?)(?P<b>\d{1,2})\s?[./-]\s?(?P<year>(?:19|20)\d{2}|"
    r"\d{2})(?![./-]?\d)"
)
_ISO = re.compile(r"(?<![\d./-])(?P<year>(?:19|20)\d{2})([-/.])(?P<a>\d{2})\2(?P<b>\d{2})(?![./-]?\d)")
_LEADER = re.compile(r"\b(?:le|du|au|date d'effet|date)(?: ?:| ?\.{3,}| ?_{3,})? ?$")
"""Before `15.4.21`, which alone may as well be the number of a clause."""
_LAW = re.compile(
    r"(?:\b(?:loi|lois|decrets?|arretes?|ordonnances?|directives?|reglement|circulaire|convention collective|"
    r"accord interprofessionnel|jo|journal officiel|instruction|deliberation|act|regulation)\b"
    r"(?!\sde\sservice)[^.;:\t]{0,60}?\b(?:du|des|of|en date du|dated|date du)\s)$"
)


@lru_cache(maxsize=8192)
def find(text: str, month_first: bool = False) -> tuple[Found[date], ...]:
    """The full dates in folded ``text``, in order; ``month_first`` reads `03/04/2019` the American way."""
    full = leftmost_longest(_full(text, month_first))
    found = leftmost_longest([*full, *_derived(text, full)])
    return tuple(f for f in found if not _LAW.search(text[max(0, f.start - 90) : f.start]))


_SAME_YEAR = r"(?:de |du |d')(?:la |cette )?(?:meme (?:annee|exercice)|ladite annee)|of (?:the same|that) year"
_YEAR_AFTER = r"de l'(?:annee|an) (?:suivante?|d'apres)|de la suivante|of the (?:following|next) year"
_NEXT_ONE = r"(?:suivant|qui suit|following|next)(?! (?:l[aes']|sa|son|cette|ce|the|its|signature|notification))"
_DERIVED = re.compile(rf" (?:(?P<same>{_SAME_YEAR})|(?P<after>{_YEAR_AFTER})|(?P<next>{_NEXT_ONE}\b))")
"""What gives a day its year from the full date before it: `du 1er mai 2024 au 31 décembre de la même année`."""


def _derived(text: str, full: Sequence[Found[date]]) -> Iterator[Found[date]]:
    if not full or not _DERIVED.search(text):
        return
    for day in month_days(text):
        told = _DERIVED.match(text, day.end)
        anchor = next((f for f in reversed(full) if f.end <= day.start), None)
        if told is None or anchor is None:
            continue
        month, number = map(int, day.value.split("-"))
        later = bool(told["after"]) or (
            bool(told["next"]) and (month, number) <= (anchor.value.month, anchor.value.day)
        )
        value = _date(anchor.value.year + later, month, number)
        if value:
            yield Found(value, day.start, told.end())


def _full(text: str, month_first: bool) -> Iterator[Found[date]]:
    if HAS_MONTH.search(text):
        for pattern in (_YEAR_FIRST, _DAY_MONTH, _MONTH_DAY):
            for match in pattern.finditer(text):
                if match["year"]:
                    day = _date(_year(match["year"]), month_number(match["month"]), _day(match["day"]))
                    if day:
                        yield Found(day, match.start(), match.end())
        yield from named_days(text)
    yield from part_days(text)
    for match in _NUMERIC.finditer(text):
        two = len(match["a"]) == len(match["b"]) == 2
        if len(match["year"]) == 2 and not ("/" in match["sep"] or two or _LEADER.search(text[: match.start()])):
            continue
        a, b = int(match["a"]), int(match["b"])
        first = month_first if a <= 12 and b <= 12 else b > 12
        month, number = (a, b) if first else (b, a)
        day = _date(_year(match["year"]), month, number)
        if day:
            yield Found(day, match.start(), match.end())
    for match in _ISO.finditer(text):
        day = _date(int(match["year"]), int(match["a"]), int(match["b"]))
        if day:
            yield Found(day, match.start(), match.end())


def _year(text: str) -> int | None:
    plain = text.strip(" '").replace(" ", "")
    if plain.isdigit():
        value = int(plain)
        return value if value > 99 else value + (2000 if value < 70 else 1900)
    value_in_words = value_of(text)
    if value_in_words is not None:
        return value_in_words
    century = re.match(r"(nineteen|twenty)[\s-](.+)", text)
    rest = value_of(century[2]) if century else None
    return (1900 if century[1] == "nineteen" else 2000) + rest if century and rest is not None else None


def _day(text: str) -> int | None:
    plain = re.sub(r"\(.*\)", "", text).strip()
    digits = re.match(r"\d+", plain)
    return int(digits[0]) if digits else value_of(plain)


def _date(year: int | None, month: int, day: int | None) -> date | None:
    if year is None or day is None or not 1900 <= year <= 2199:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def month_days(text: str) -> tuple[Found[str], ...]:
    """Days of a year without one, as `MM-DD`: `chaque 1er juillet`, `31 mars`, `on January 1 of each year`."""
    if not HAS_MONTH.search(text):
        return ()
    found: list[Found[str]] = []
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        for match in pattern.finditer(text):
            day = _date(2000, month_number(match["month"]), _day(match["day"]))
            if day and not match["year"]:
                found.append(Found(f"{day:%m-%d}", match.start(), match.end()))
    return leftmost_longest(found)


_BETWEEN = re.compile(
    r"(?: ?,? ?(?:pour (?:finir|se terminer|s'achever|expirer|prendre fin)|et (?:jusqu'au soir|se termine)) (?:le|"
    r"au|du) ?)|"
    r"(?:,? ?(?:\(?inclu[a-z]*\)?|a (?:zero|\d{1,2}) ?h(?:eures?)?(?: ?\d\d)?|\([^)]{1,20}\)|au (?:matin|soir)|"
    r"a midi|, \d{1,2} ?h(?:eures?)?(?: ?\d\d)?|, [^,;.\d]{1,60}(?=,)))?,?\s?"
    r"(?:(?:et )?jusqu'(?:au|a)(?: soir du)?|au (?:soir|matin) du|au plus tard le|au|et le|to|until|through|thru|"
    r"till|and|-|–|a|and ending on|"
    r"(?:et|,) (?:close?|(?:se )?terminant|finissant|prenant fin|s'achevant|expirant) (?:le|au)|"
    r"and (?:ending|expiring|closing)(?: on)?)\s(?:and including\s)?(?:the\s)?"
    r"(?:[a-z]{5,9}di\s)?"
)
_OPENING = re.compile(
    r"\b(?:du|entre le|from|between|de|periode|period|(?:ouverte?|commencant|debutant) (?:le|au)|starting on|"
    r"beginning on)\s(?:the\s|and including\s)?(?:[a-z]+\s)?$|[:\t(]\s?(?:du\s|"
    r"le\s)?$"
)
_DAYS_OF_A_MONTH = re.compile(rf"\b(?:du|from)\s{_WEEKDAY}(?P<day>\d{{1,2}}(?:er)?)\s(?:au|to)\s$")


def ranges(text: str, month_first: bool = False) -> tuple[Found[tuple[date, date]], ...]:
    """`du 1er avril 2024 au 31 mars 2027`, also `du 1er mars au 31 octobre 2024`: first and last day."""
    days = tuple(sorted((*find(text, month_first), *_month_ends(text)), key=lambda f: f.start))
    found = [
        Found((a.value, b.value), a.start, b.end)
        for a, b in pairwise(days)
        if a.value < b.value and _joined(text, a.start, a.end, b.start)
    ]
    for short in month_days(text):
        after = next((d for d in days if d.start > short.end), None)
        if after and _joined(text, short.start, short.end, after.start):
            month, number = map(int, short.value.split("-"))
            first = _date(after.value.year, month, number)
            if first and first < after.value:
                found.append(Found((first, after.value), short.start, after.end))
    for last in days:
        if match := _DAYS_OF_A_MONTH.search(text[max(0, last.start - 26) : last.start]):
            first = _date(last.value.year, last.value.month, _day(match["day"]))
            if first and first < last.value:
                found.append(Found((first, last.value), last.start - len(match[0]), last.end))
    return tuple(sorted(found, key=lambda f: f.start))


_MONTH_END = re.compile(r"\b(?:la )?(?:fin|end)(?: du mois)?(?: de| d'| of)? ?$")


def _month_ends(text: str) -> Iterator[Found[date]]:
    """The last days of months told by their end: `fin novembre 2026`."""
    for month in alone(text):
        if end := _MONTH_END.search(text[: month.start]):
            yield Found(month.value.last, end.start(), month.end)


def _joined(text: str, start: int, end: int, following: int) -> bool:
    between = text[end:following]
    opened = _OPENING.search(text[max(0, start - 20) : start])
    return bool(opened) and _BETWEEN.fullmatch(between) is not None
