"""Dates in French and English, in digits and in words, with a year or without.

Dates of laws (`loi du 31 décembre 1975`) are none: no contract starts on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from agent.reading.grammar import durations
from agent.reading.grammar.found import Found, leftmost_longest
from agent.reading.grammar.numbers import ORDINAL, WORDS, value_of
from portfolio.values import Duration

_MONTHS = {
    "janvier": 1, "janv": 1, "january": 1, "jan": 1, "fevrier": 2, "fevr": 2, "fev": 2, "february": 2, "feb": 2,
    "mars": 3, "march": 3, "mar": 3, "avril": 4, "avr": 4, "april": 4, "apr": 4, "mai": 5, "may": 5, "juin": 6,
    "june": 6, "jun": 6, "juillet": 7, "juil": 7, "july": 7, "jul": 7, "aout": 8, "august": 8, "aug": 8, "septembre": 9,
    "september": 9, "sept": 9, "sep": 9, "octobre": 10, "october": 10, "oct": 10, "novembre": 11, "november": 11,
    "nov": 11, "decembre": 12, "december": 12, "dec": 12,
}  # fmt: skip
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?(?![a-z])"
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
    rf"(?<![\w.,/]){_WEEKDAY}(?P<day>{_DAY})\s{{0,3}}(?:jour\s|day\s{{1,3}})?(?:d'|du mois de\s|of\s|"
    rf"de\s)?(?P<month>{_MONTH})"
    rf"(?:,?\s?(?:de l'an(?:nee)?\s|in the year\s|of\s)?(?P<year>{_YEAR}))?"
)
_MONTH_DAY = re.compile(
    rf"(?<![\w]){_WEEKDAY}(?P<month>{_MONTH})\s?(?P<day>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?(?![\d.]\d|\d|%)"
    rf"(?:\s?,?\s?(?:of\s)?(?P<year>(?:19|20)\d\d))?(?!\d)"
)
_YEAR_FIRST = re.compile(
    rf"\bl'an(?:nee)?\s(?P<year>{_YEAR})\s?,?\s?(?:et\s)?,?\s?(?:le\s)?{_WEEKDAY}(?:le\s)?(?P<day>{_DAY})\s(?P<month>{_MONTH})"
)
_NUMERIC = re.compile(
    r"(?<![\w./-])(?<!\d )(?P<a>\d{1,2})(?P<sep>\s?[./-]\s?)(?P<b>\d{1,2})\s?[./-]\s?(?P<year>(?:19|20)\d{2}|"
    r"\d{2})(?![./-]?\d)"
)
_ISO = re.compile(r"(?<![\d./-])(?P<year>(?:19|20)\d{2})([-/.])(?P<a>\d{2})\2(?P<b>\d{2})(?![./-]?\d)")
_LAW = re.compile(
    r"(?:\b(?:loi|lois|decrets?|arretes?|ordonnances?|directives?|reglement|circulaire|convention collective|"
    r"accord interprofessionnel|jo|journal officiel|instruction|deliberation|act|regulation)\b"
    r"(?!\sde\sservice)[^.;:\t]{0,60}?\b(?:du|des|of|en date du|dated|date du)\s)$"
)
_HAS_MONTH = re.compile("|".join(sorted({name[:3] for name in _MONTHS})))


@lru_cache(maxsize=8192)
def find(text: str, month_first: bool = False) -> tuple[Found[date], ...]:
    """The full dates in folded ``text``, in order; ``month_first`` reads `03/04/2019` the American way."""
    found = leftmost_longest(_full(text, month_first))
    return tuple(f for f in found if not _LAW.search(text[max(0, f.start - 90) : f.start]))


def _full(text: str, month_first: bool) -> Iterator[Found[date]]:
    if _HAS_MONTH.search(text):
        for pattern in (_YEAR_FIRST, _DAY_MONTH, _MONTH_DAY):
            for match in pattern.finditer(text):
                if match["year"]:
                    day = _date(_year(match["year"]), _MONTHS[match["month"].strip(". ")], _day(match["day"]))
                    if day:
                        yield Found(day, match.start(), match.end())
    for match in _NUMERIC.finditer(text):
        if len(match["year"]) == 2 and not ("/" in match["sep"] or len(match["a"]) == len(match["b"]) == 2):
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
    if not _HAS_MONTH.search(text):
        return ()
    found: list[Found[str]] = []
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        for match in pattern.finditer(text):
            day = _date(2000, _MONTHS[match["month"].strip(". ")], _day(match["day"]))
            if day and not match["year"]:
                found.append(Found(f"{day:%m-%d}", match.start(), match.end()))
    return leftmost_longest(found)


_BETWEEN = re.compile(
    r"(?:,? ?(?:\(?inclu[a-z]*\)?|a (?:zero|\d{1,2}) ?h(?:eures?)?(?: ?\d\d)?|\([^)]{1,20}\)))?,?\s?"
    r"(?:au|jusqu'au|et le|to|until|through|thru|till|and|-|and ending on)\s(?:the\s)?(?:[a-z]{5,9}di\s)?"
)
_OPENING = re.compile(r"\b(?:du|entre le|from|between|de|periode|period)\s(?:the\s)?(?:[a-z]+\s)?$")


def ranges(text: str, month_first: bool = False) -> tuple[Found[tuple[date, date]], ...]:
    """`du 1er avril 2024 au 31 mars 2027`, also `du 1er mars au 31 octobre 2024`: first and last day."""
    days = find(text, month_first)
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
    return tuple(sorted(found, key=lambda f: f.start))


def _joined(text: str, start: int, end: int, following: int) -> bool:
    between = text[end:following]
    opened = _OPENING.search(text[max(0, start - 20) : start])
    return bool(opened) and _BETWEEN.fullmatch(between) is not None


Event = Literal["signature", "notification", "delivery", "order", "handover", "award"]


@dataclass(frozen=True, slots=True)
class Relative:
    """A day counted from an event: ``offset`` after it, then, when ``first_of_month``, the first of the next month."""

    event: Event
    offset: Duration
    first_of_month: bool = False

    def resolve(self, day: date) -> date:
        """The day, when the event took place on ``day``."""
        moved = self.offset.after(day)
        if not self.first_of_month:
            return moved
        return date(moved.year + moved.month // 12, moved.month % 12 + 1, 1)


_EVENTS: tuple[tuple[Event, str], ...] = (
    ("signature", r"(?:signatures?|signing|execution (?:hereof|of this))"),
    ("notification", r"notification"),
    ("order", r"ordre de service"),
    (
        "handover",
        r"(?:remise des cles|entree (?:en jouissance|dans les lieux)|proces-verbal|prise en charge|"
        r"etat des lieux)",
    ),
    ("delivery", r"(?:livraison|mise en service|recette|mise en production|delivery)"),
)
_EVENT = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _EVENTS)
_ARTICLE = r"(?:l[ae] |l'|sa |son |les |leur |the |its |du |de |des |d'|of )"
_LAST = (
    r"(?:dernieres? |seconde |derniere des (?:deux )?|later of the (?:two )?|last of the (?:two )?|last |later |"
    r"latest |"
    r"date of |day of |date |jour |reception |deux |two |accuse de )"
)
_CUE = (
    r"(?:a compter d[eu] |a partir d[eu] |a dater d[eu] |des |au jour de |a |au |le |du |de |on |upon |as of |"
    r"as from |from |"
    r"at |after |apres |suivant |qui suit |following |that follows |ou )"
)
_DELAY = rf"(?P<delay>{durations.PATTERN})(?: calendaires| ouvres)? (?:apres|suivant|after|following) "
_RELATIVE = re.compile(
    r"(?P<first>(?:premier|1\s?er|first) (?:jour|day) (?:du|of the|de the) (?:(?:next |"
    r"following )?(?:calendar )?month|mois)"
    r"(?: civil| calendaire)?(?: qui)? ?(?:suivant|suit|following|that follows|immediately following|after)? ?)?"
    r"(?P<next>(?:le )?lendemain (?:de |du jour (?:de |ou )?)?|day (?:after|following) )?"
    rf"(?:{_DELAY})?(?P<cue>{_CUE})?(?:{_ARTICLE}|{_LAST})*(?:{_EVENT})(?![a-z])"
)
_HAS_EVENT = re.compile("signat|signing|execution|notification|ordre de service|cles|jouissance|verbal|en charge|"
                        "livraison|"
                        "service|recette|production|delivery|lieux")  # fmt: skip


def relative(text: str) -> tuple[Found[Relative], ...]:
    """Days told by an event: `premier jour du mois suivant la dernière signature`, `à compter de sa notification`,
    `quinze jours après la signature`; only where a word of time introduces the event."""
    if not _HAS_EVENT.search(text):
        return ()
    found: list[Found[Relative]] = []
    for match in _RELATIVE.finditer(text):
        if not (match["first"] or match["next"] or match["delay"] or match["cue"]):
            continue
        event = next(name for name, _ in _EVENTS if match[name] is not None)
        delay = durations.find(match["delay"])[0].value if match["delay"] else Duration()
        offset = Duration(days=1) if match["next"] else delay
        found.append(Found(Relative(event, offset, match["first"] is not None), match.start(), match.end()))
    return tuple(found)
