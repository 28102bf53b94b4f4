"""Durations and rhythms in French and English: `trente-six (36) mois`, `un an et six mois`, `ninety (90) days`, `chaque
trimestre`. A quarter is three months, a `quinzaine` fifteen days; working days are plain days, hours stay hours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from agent.reading.grammar.found import Found, leftmost_longest
from agent.reading.grammar.numbers import BRACKETED, INTEGER, ORDINAL, value_of
from portfolio.values import Duration

_UNITS: tuple[tuple[str, Duration], ...] = (
    (r"ans?|annees?|annuites?|years?|yrs?", Duration(years=1)),
    (r"mois|months?", Duration(months=1)),
    (r"trimestres?|quarters?", Duration(months=3)),
    (r"quadrimestres?", Duration(months=4)),
    (r"semestres?|half[- ]years?", Duration(months=6)),
    (r"semaines?|weeks?", Duration(days=7)),
    (r"quinzaines?|fortnights?", Duration(days=15)),
    (r"jours?|journees?|days?", Duration(days=1)),
    (r"heures?|hours?", Duration(hours=1)),
)
_UNIT = "(?:" + "|".join(pattern for pattern, _ in _UNITS) + r")(?:'s?)?(?![a-z])"
_BY_WORD = tuple((re.compile(pattern), unit) for pattern, unit in _UNITS)
_ADJECTIVE = (
    r"(?:(?:premiers?|premieres?|full|complete|consecutive|additional|further|calendar|business|working|"
    r"longues?|nouvelles?|autres?|successive)[\s-]){0,2}"
)
_NUMBER = rf"(?:{INTEGER}|an?\b(?=[\s-](?:year|month|week|quarter|day|hour|further|full)))"


def _part(name: str) -> str:
    return rf"(?P<n{name}>{_NUMBER}){BRACKETED}[\s-]?{_ADJECTIVE}(?P<u{name}>{_UNIT})"


_DURATION = re.compile(
    rf"(?<![\w.,/]){_part('1')}(?:\s?(?:,|et|and|plus)\s(?:demie?\b(?P<half>)|(?:d )?{_part('2')}))?"
)
PATTERN = rf"{_NUMBER}{BRACKETED}[\s-]?{_ADJECTIVE}{_UNIT}"
"""A duration, for patterns of other grammars to build on."""
_HINT = re.compile(r"an|mois|mestre|semaine|quinzaine|jour|heure|year|month|quarter|week|day|hour|yr|half|fortnight")
_OPENING = re.compile(r"\s?(?:sur|/)\s?(?:\d|sept\b|vingt)")
_CLOCK = re.compile(r"\s?(?:a|et|-)\s?\d|\s\d{1,2}\b")


@lru_cache(maxsize=8192)
def find(text: str) -> tuple[Found[Duration], ...]:
    """The durations in folded ``text``, in order. Opening hours, times of the day and `7 jours sur 7` are none."""
    return tuple(_find(text)) if _HINT.search(text) else ()


def _find(text: str) -> Iterator[Found[Duration]]:
    plain = text.replace("'", " ")
    at = 0
    while match := _DURATION.search(plain, at):
        first, end = _times(match["n1"], match["u1"]), match.end("u1")
        at = end
        if first is None:
            continue
        if match["half"] is not None and first.years:
            first, end = _plus(first, Duration(months=6)), match.end()
        elif match["n2"]:
            second = _times(match["n2"], match["u2"])
            if second is not None and _rank(second) < _rank(first):
                first, end = _plus(first, second), match.end()
        at = end
        if not _is_clock(text, match.start(), end, first):
            yield Found(first, match.start(), end)


def _rank(value: Duration) -> int:
    """Years above months above days above hours: only a smaller unit goes on with a larger one."""
    return 3 if value.years else 2 if value.months else 1 if value.days else 0


def _times(number: str, word: str) -> Duration | None:
    count = 1 if number in ("a", "an") else value_of(number)
    unit = unit_of(word)
    if count is None or unit is None or not 0 < count <= 9999:
        return None
    return times(count, unit)


def unit_of(word: str) -> Duration | None:
    """The duration that one unit word names: `trimestre` is three months."""
    word = word.strip(" '")
    return next((unit for pattern, unit in _BY_WORD if pattern.fullmatch(word)), None)


def times(count: int, unit: Duration) -> Duration:
    """``count`` times ``unit``."""
    return Duration(unit.years * count, unit.months * count, unit.days * count, unit.hours * count, unit.negative)


def _plus(a: Duration, b: Duration) -> Duration:
    return Duration(a.years + b.years, a.months + b.months, a.days + b.days, a.hours + b.hours)


def _is_clock(text: str, start: int, end: int, value: Duration) -> bool:
    after = text[end : end + 12]
    if (value.hours or value.days) and _OPENING.match(after):
        return True
    if not value.hours or value.hours > 24:
        return False
    return text[max(0, start - 6) : start].endswith((" a ", "vers ")) or bool(_CLOCK.match(after))


_ANNIVERSARY = re.compile(
    rf"\b(?P<nth>{ORDINAL}|\d{{1,2}}\s?(?:st|nd|rd|th|er|e|eme))\s?(?:\(\s?\d{{1,2}}\s?(?:st|nd|rd|th|e)?\s?\)\s?)?"
    r"(?:anniversary|(?:date )?anniversaire)(?: date)?(?= (?:of|de|du|thereof|hereof))"
)


def anniversaries(text: str) -> Iterator[Found[Duration]]:
    """The years that lead to an anniversary: `until the fifth (5th) anniversary of the Effective Date` are five."""
    for match in _ANNIVERSARY.finditer(text) if "annivers" in text else ():
        digits = re.match(r"\d+", match["nth"])
        count = int(digits[0]) if digits else value_of(match["nth"])
        if count:
            yield Found(Duration(years=count), match.start(), match.end())


_RHYTHMS: tuple[tuple[str, Duration], ...] = (
    (r"chaque annee|tous les ans|par an\b|chaque an\b|annuel(?:le)?(?:s|ment)?\b|"
     r"d'an(?:nee)?s? (?:[a-z]+ )?en an(?:nee)?\b|d'exercice en exercice|every year|each year|"
     r"year[- ]to[- ]year|annual(?:ly)?\b|per annum|yearly|par annee|une fois (?:par|l')\s?an|"
     r"chaque (?:date )?anniversaire|"
     r"(?:a la|each|every) (?:date )?anniversa(?:ire|ry)|anniversary date|premier jour de chaque annee",
     Duration(years=1)),
    (r"chaque semestre|semestriel(?:le)?(?:s|ment)?\b|semi-?annual(?:ly)?|half-yearly|every six months|"
     r"tous les six mois|"
     r"par semestre|tous les semestres|biannual(?:ly)?", Duration(months=6)),
    (r"chaque trimestre|trimestriel(?:le)?(?:s|ment)?\b|quarterly|each (?:calendar )?quarter|every (?:three months|"
     r"quarter)|"
     r"tous les (?:trois mois|trimestres)|par trimestre", Duration(months=3)),
    (r"chaque mois|mensuel(?:le)?(?:s|ment)?\b|monthly|each month|every month|tous les mois|par mois\b|"
     r"month[- ]to[- ]month|"
     r"de mois en mois", Duration(months=1)),
    (r"chaque semaine|hebdomadaire(?:s|ment)?\b|weekly|each week|every week|toutes les semaines|"
     r"par semaine", Duration(days=7)),
    (r"chaque jour|quotidien(?:ne)?(?:s|ment)?\b|daily|each day|every day|tous les jours|par jour\b", Duration(days=1)),
)  # fmt: skip
_RHYTHM = re.compile("|".join(rf"(?P<r{i}>\b(?:{pattern}))" for i, (pattern, _) in enumerate(_RHYTHMS)))
_EVERY = re.compile(r"\b(?:tou(?:te)?s les|every|par periodes? (?:successives? )?de|par tranches? de)\s+$")
_LONG = re.compile(r"\b(?P<two>bisannuel|biennal|biennial)|\b(?P<three>triennal|triennial)")


@lru_cache(maxsize=4096)
def rhythms(text: str) -> tuple[Found[Duration], ...]:
    """The rhythms in folded ``text``: `chaque trimestre`, `annuellement`, `every six months`, `tous les 3 ans`."""
    return leftmost_longest(_rhythms(text))


def _rhythms(text: str) -> Iterator[Found[Duration]]:
    for match in _RHYTHM.finditer(text):
        yield Found(_RHYTHMS[int((match.lastgroup or "r0")[1:])][1], match.start(), match.end())
    for match in _LONG.finditer(text):
        yield Found(Duration(years=2 if match["two"] else 3), match.start(), match.end())
    for item in find(text):
        before = _EVERY.search(text[max(0, item.start - 40) : item.start])
        if before:
            yield Found(item.value, item.start - len(before[0]), item.end)


_REPEATED = re.compile(rf"(?<![\w]){INTEGER}{BRACKETED}\s(?:fois|times|periodes? de|periods? of)\s(?:d )?")


def repeated(text: str) -> tuple[Found[tuple[int, Duration]], ...]:
    """`deux fois un an`, `trois (3) périodes de 12 mois`: how often, and the length of one."""
    found: list[Found[tuple[int, Duration]]] = []
    for match in _REPEATED.finditer(text.replace("'", " ")):
        number = re.match(INTEGER, match[0])
        count = value_of(number[0]) if number else None
        for item in find(text):
            if count and 0 <= item.start - match.end() <= 12:
                found.append(Found((count, item.value), match.start(), item.end))
                break
    return tuple(found)
