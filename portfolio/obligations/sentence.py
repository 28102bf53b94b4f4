"""Finds in a contract's sentence the day of a rhythm that the due rule alone does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from portfolio.folding import fold
from portfolio.obligations.cadence import LAST, Cadence, EachWeek, InMonth, Interval, InYear, NthWeekday, WorkingDay
from portfolio.values import Every

_DATA = tomllib.loads(files("portfolio.obligations").joinpath("vocabulary.toml").read_text(encoding="utf-8"))


def _counted(rows: Iterable[str], first: int) -> dict[str, int]:
    return {word: number for row in rows for number, word in enumerate(row.split(), first)}


_NUMBERS: dict[str, int] = (
    _counted(_DATA["numbers"]["from_one"], 1)
    | _DATA["numbers"]["more"]
    | dict.fromkeys(_DATA["numbers"]["last"].split(), LAST)
    | {f"{n}{end}": n for n in range(1, 32) for end in ("", "e", "eme", "st", "nd", "rd", "th")}
)
_WEEKDAYS = _counted(_DATA["weekdays"]["from_monday"], 0)
_MONTHS = _counted(_DATA["months"]["from_january"], 1)


def _any_of(names: Iterable[str]) -> str:
    return r"(?:" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")\b"


_N, _W, _M = _any_of(_NUMBERS), _any_of(_WEEKDAYS), _any_of(_MONTHS)
_UNIT = r"(?:mois|trimestre|semestre|annee|exercice|month|quarter|half year|year)"

_WITHIN = re.compile(
    rf"\b(?:dans les|sous|within)(?: the)?(?: first)? ({_N})(?: premiers)? (?:jours|days)"
    r" (?:de|du|of|after|following|apres|suivant|qui suivent|qui suit) "
    r"(?:la fin |le terme |l expiration |the end |each end )?(?:de |du |of )?(?:chaque |each |every |the |le |l )?"
    rf"(?:calendar |civil )?{_UNIT}"
)
_WORKDAY = re.compile(
    rf"\b({_N}) (?:jour ouvre|jour ouvrable|working day|business day)\b"
    rf"|\b(?:dans les|within the first|first) ({_N})(?: premiers)? "
    r"(?:jours ouvres|jours ouvrables|working days|business days) (?:de|du|of)\b"
)
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})s?\b")
_WEEKDAY_OF_MONTH = re.compile(rf"\b({_N}) ({_W})\b")
_LAST_DAY = re.compile(
    rf"\b(?:dernier jour|last day)(?: calendaire)? (?:de |du |of )|\b(?:fin|end) (?:de |du |of )(?:chaque |each |the )?"
    rf"(?:calendar )?{_UNIT}"
)
_DAY = re.compile(
    rf"\b(?:le|au|du|by the|on the|than the|before the) ({_N})(?: jour| day)?\b(?! (?:{_M}|{_W}|jours|days|fois)\b)"
    r"(?= (?:au plus tard|de chaque|de tous|du mois|du trimestre|du semestre|of (?:each|every|the)|dernier delai))"
    r"|\b(?:chaque|each|every) (?:mois|trimestre|semestre|month|quarter)(?: civil)?,? (?:avant |pour |by )?(?:le|the)"
    rf" ({_N})\b(?! (?:{_M}|{_W}|jours|days|fois)\b)"
)
_DAY_OF_MONTH_NAME = re.compile(rf"\b(?:({_N}) )?({_M})\b|\b({_M}) ({_N})\b")
_BEFORE_MAY = re.compile(r"\b(?:in|of|by|every|each|during|until|and|end|early|mid|late) $")
"""Words after which `may` is a month and no verb."""
_PART_OF_MONTH = re.compile(rf"\b(mi|mid|debut|beginning of|early) ({_M})\b")
_INTERVAL = re.compile(
    rf"\b(?:tou(?:s|tes) les|every|a intervalles? de|intervalle de)(?: {_N})? ?({_N}) (?:mois|ans|annees|jours|semaines"
    r"|months|years|days|weeks)\b|\bintervals?\b|\b\w+ monthly intervals?\b"
)
_FROM_SIGNATURE = re.compile(r"\b(?:signature|signee?s?|conclusion|signing|signed)\b")
_ELAPSED = re.compile(
    r"\b(?:mois|trimestre|semestre|annee|exercice|periode|saison)(?: civile?)? (?:ecoulee?s?|passee?s?|precedente?s?"
    r"|echue?s?|revolue?s?|qui vient de finir|qui s acheve)\b"
    r"|\b(?:le|avant le|du|au) \w+ (?:jour )?du (?:mois|trimestre|semestre) suivant\b"
    r"|\bqui suivent la fin\b|\bdu mois qui suit\b"
    r"|\b(?:previous|preceding|past|elapsed) (?:month|quarter|half year|year)\b"
    r"|\b(?:of|after|following) (?:the end of )?each (?:calendar )?(?:month|quarter|year)\b"
    r"|\b(?:month|quarter|year) (?:just )?ended\b"
)


@dataclass(frozen=True)
class Anchors:
    """Where a rhythm is counted from: the contract's start, and its signature where it is known."""

    start: date
    signature: date | None = None


@lru_cache(maxsize=16384)
def cadence_of(due: Every, words: str, anchors: Anchors) -> Cadence:
    """The days of ``due``, found in ``words`` (the contract's sentence, the action) where they are not in the rule."""
    months = due.every.in_months
    if due.month_day is not None:
        return _yearly(due, anchors, due.month_day)
    said = fold(words)
    if months is None:
        return _weekly(due, said, anchors)
    for look in _LOOKS:
        found = look(said, months)
        if found is not None:
            return found
    # without any word the law's and the trade's reading of « semestriel », « annuel » is the civil period
    if _INTERVAL.search(said) or months not in (1, 3, 6, 12):
        return _interval(due, said, anchors)
    return InMonth(months, LAST, stated=bool(_LAST_DAY.search(said)))


@lru_cache(maxsize=16384)
def on_elapsed(words: str) -> bool:
    """Whether the sentence speaks of a period gone by: a report on the last month falls due once more after the end."""
    return bool(_ELAPSED.search(fold(words)))


def _yearly(due: Every, anchors: Anchors, month_day: str) -> Cadence:
    month, day = map(int, month_day.split("-"))
    months = due.every.in_months or 12
    if months < 12 and 12 % months == 0:
        dates = {((month - 1 + n) % 12 + 1, day) for n in range(0, 12, months)}
        return InYear(tuple(sorted(dates)))
    first = anchors.start.year if (anchors.start.month, anchors.start.day) <= (month, day) else anchors.start.year + 1
    return InYear(((month, day),), max(1, months // 12), first)


def _weekly(due: Every, said: str, anchors: Anchors) -> Cadence:
    if due.every.days and due.every.days % 7 == 0:
        day = _WEEKDAY.search(said)
        weekday = _WEEKDAYS[day[1]] if day else anchors.start.weekday()
        return EachWeek(weekday, due.every.days // 7, anchors.start, stated=day is not None)
    return _interval(due, said, anchors)


def _interval(due: Every, said: str, anchors: Anchors) -> Cadence:
    stated = bool(_INTERVAL.search(said))
    if anchors.signature is not None and _FROM_SIGNATURE.search(said):
        return Interval(due.every, anchors.signature, "signature", stated=stated)
    return Interval(due.every, anchors.start, stated=False)


def _within(said: str, months: int) -> Cadence | None:
    found = _WITHIN.search(said)
    return InMonth(months, _NUMBERS[found[1]]) if found and _fits(months) else None


def _working_day(said: str, months: int) -> Cadence | None:
    found = _WORKDAY.search(said)
    return WorkingDay(months, _NUMBERS[found[1] or found[2]]) if found and _fits(months) else None


def _weekday(said: str, months: int) -> Cadence | None:
    found = _WEEKDAY_OF_MONTH.search(said)
    if found is None or not _fits(months) or _NUMBERS[found[1]] > 5:
        return None
    return NthWeekday(months, _NUMBERS[found[1]], _WEEKDAYS[found[2]])


def _in_year(said: str, months: int) -> Cadence | None:
    """As many named months as the rhythm has in a year: « en avril et en octobre », `by 31 March and 30 September`."""
    if months < 2 or 12 % months:
        return None
    part = {_MONTHS[m[2]]: 15 if m[1] in ("mi", "mid") else 10 for m in _PART_OF_MONTH.finditer(said)}
    dates: dict[int, int] = {}
    for found in _DAY_OF_MONTH_NAME.finditer(said):
        name, number = found[2] or found[3], found[1] or found[4]
        if name == "may" and number is None and not _BEFORE_MAY.search(said[: found.start()]):
            continue
        month = _MONTHS[name]
        dates.setdefault(month, _NUMBERS[number] if number else part.get(month, LAST))
    return InYear(tuple(sorted(dates.items()))) if len(dates) == 12 // months else None


def _day(said: str, months: int) -> Cadence | None:
    if not _fits(months) or months == 12:
        return None
    found = _DAY.search(said)
    return InMonth(months, _NUMBERS[found[1] or found[2]]) if found else None


def _fits(months: int) -> bool:
    return months in (1, 2, 3, 4, 6, 12)


_LOOKS: tuple[Callable[[str, int], Cadence | None], ...] = (_within, _working_day, _weekday, _in_year, _day)
"""The most telling words first."""
