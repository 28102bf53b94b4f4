"""The time that a question speaks of, as days: « d'ici fin mars », « dans les 60 jours », "before June", "in 2027"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from agent.chat.plan import Window
from agent.reading.grammar import dates
from agent.reading.grammar.numbers import value_of
from agent.reading.text import fold

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january jan janv",
            "fevrier february feb fev",
            "mars march mar",
            "avril april avr apr",
            "mai may",
            "juin june jun",
            "juillet july juil jul",
            "aout august aug",
            "septembre september sept sep",
            "octobre october oct",
            "novembre november nov",
            "decembre december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>20\d\d)"
_UNTIL = (
    r"\b(?:d'?\s?ici(?: a| au| le| la)?|avant(?: la| le)?|"
    r"jusqu'?\s?(?:a|au|en)(?: la| le)?|au plus tard(?: le| en| a)?|"
    r"before(?: the)?|by(?: the)?|until(?: the)?|no later than|up to|not later than|prior to)\s+"
)
_AFTER = (
    r"\b(?:apres(?: le| la)?|au[- ]dela (?:de|du|d')(?: la| le)?\s?|"
    r"a partir d[eu']\s?|a compter d[eu']\s?|depuis(?: le| la)?|"
    r"posterieure?s? a[ux]?|plus tard que(?: le)?|after(?: the)?|beyond|from|since|past|later than)\s*"
)


@dataclass(frozen=True)
class Span:
    """A window and the words of the question that told it."""

    window: Window
    start: int
    end: int
    exact: bool = False
    """One day was named, without a word that opens it to one side."""


def window_of(question: str, as_of: date) -> Span | None:
    """The window that a question names, relative to ``as_of``; None where it names none."""
    text = _PAYS_AT.sub(lambda m: m[1] + " " * len(m[2]), fold(question))
    for reader in (_between, _days, _quarter, _relative, _months, _years):
        found = reader(text, as_of)
        if found is not None:
            return found
    return None


_PAYS_AT = re.compile(
    r"(\b\d{1,3}[ -]?(?:j|jours?|days?)\b(?:[ ,(-]+(?:\w+[ ,(-]+){0,3}?))"
    r"(fin (?:de|du) mois|end of month|month[ -]end|eom)\b"
)
"""« 45 jours fin de mois » says when an invoice is paid: no window of time."""


def _opened(text: str, start: int, end: int, first: date, last: date) -> Span:
    """The period ``first`` to ``last`` that is named in ``text[start:end]``, opened by the words before it."""
    before = text[max(0, start - 40) : start]
    until = re.search(_UNTIL + r"(?P<edge>(?:la )?(?:fin|end)\s?(?:d[eu'] ?|of )?|)$", before)
    if until:
        reaches = until["edge"] or re.search(r"ici|jusqu|plus tard|\bby|until|up to|later", until[0])
        day = last if reaches else first - timedelta(days=1)
        return Span(Window(end=day), start - len(until[0]), end)
    after = re.search(_AFTER + r"(?P<edge>(?:la )?(?:fin|end)\s?(?:d[eu'] ?|of )?|)$", before)
    if after:
        includes = re.search(r"partir|compter|depuis|from|since", after[0])
        return Span(Window(start=first if includes else last + timedelta(days=1)), start - len(after[0]), end)
    edge = re.search(r"\b(?:a la |en |the )?(?:fin|end)\s?(?:d[eu'] ?|of )?$", before)
    if edge and (last - first).days > 40:
        return Span(Window(start=date(last.year, last.month, 1), end=last), start - len(edge[0]), end)
    return Span(Window(start=first, end=last), start, end, exact=first == last)


def _between(text: str, as_of: date) -> Span | None:
    match = re.search(r"\b(?:entre|between|from|du)\b(?P<one>.{3,40}?)\b(?:et|and|to|au|until)\b(?P<two>.{3,30})", text)
    if match is None:
        return None
    one, two = _point(match["one"], as_of), _point(match["two"], as_of)
    if one is None or two is None:
        return None
    if not re.search(r"20\d\d", match["one"]):
        one = (one[0].replace(year=two[1].year), one[1].replace(year=two[1].year))
    if one[0] > two[1]:
        return None
    return Span(Window(start=one[0], end=two[1]), match.start(), match.end())


def _point(text: str, as_of: date) -> tuple[date, date] | None:
    for reader in (_days, _months, _years):
        found = reader(text, as_of)
        if found is not None and found.window.start and found.window.end:
            return found.window.start, found.window.end
    return None


def _days(text: str, as_of: date) -> Span | None:
    for found in dates.find(text):
        return _opened(text, found.start, found.end, found.value, found.value)
    match = re.search(rf"\b(?P<day>[0-3]?\d)(?:er|st|nd|rd|th)?\s(?:of )?{_MONTH}(?!\s?20\d\d)", text) or re.search(
        rf"\b{_MONTH}\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\s?20\d\d)", text
    )
    if match is None:
        return None
    month, day = MONTHS[match["month"]], int(match["day"])
    for year in (as_of.year, as_of.year + 1):
        if 1 <= day <= monthrange(year, month)[1] and date(year, month, day) >= as_of:
            named = date(year, month, day)
            return _opened(text, match.start(), match.end(), named, named)
    return None


_UNITS: dict[str, Callable[[int], relativedelta]] = {
    "jour": lambda n: relativedelta(days=n),
    "day": lambda n: relativedelta(days=n),
    "semaine": lambda n: relativedelta(weeks=n),
    "week": lambda n: relativedelta(weeks=n),
    "mois": lambda n: relativedelta(months=n),
    "month": lambda n: relativedelta(months=n),
    "trimestre": lambda n: relativedelta(months=3 * n),
    "quarter": lambda n: relativedelta(months=3 * n),
    "semestre": lambda n: relativedelta(months=6 * n),
    "an": lambda n: relativedelta(years=n),
    "annee": lambda n: relativedelta(years=n),
    "year": lambda n: relativedelta(years=n),
}
_COUNTED = re.compile(
    r"\b(?:dans|d'ici|sous|au cours d|in|within|over|during|for|"
    r"pour|pendant|next|the next|the coming|coming|les|des)\s?"
    r"(?:es |les |the |next |coming |au cours des |prochaine?s |following )*"
    r"(?P<count>\d{1,3}|[a-z]+(?:-[a-z]+)?)\s(?:prochaine?s\s)?(?P<unit>jour|"
    r"day|semaine|week|mois|month|trimestre|quarter|"
    r"semestre|annee|an|year)s?\b"
)


def _relative(text: str, as_of: date) -> Span | None:
    for match in _COUNTED.finditer(text):
        count = int(match["count"]) if match["count"].isdigit() else value_of(match["count"])
        if count and not re.search(r"preavis|notice|delai|paiement|paye|payment|paid", text[: match.end()][-60:]):
            return Span(Window(start=as_of, end=as_of + _UNITS[match["unit"]](count)), match.start(), match.end())
    for pattern, first, last in _NAMED:
        named = re.search(pattern, text)
        if named:
            return _opened(text, named.start(), named.end(), first(as_of), last(as_of))
    return None


def _month_start(day: date, months: int = 0) -> date:
    return day.replace(day=1) + relativedelta(months=months)


def _month_end(day: date, months: int = 0) -> date:
    return _month_start(day, months + 1) - timedelta(days=1)


def _quarter_start(day: date, quarters: int = 0) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) + relativedelta(months=3 * quarters)


def _half_start(day: date, halves: int = 0) -> date:
    return date(day.year, 1 if day.month < 7 else 7, 1) + relativedelta(months=6 * halves)


_Edge = Callable[[date], date]
_NAMED: tuple[tuple[str, _Edge, _Edge], ...] = (
    (r"\b(?:aujourd'?\s?hui|today)\b", lambda d: d, lambda d: d),
    (r"\b(?:demain|tomorrow)\b", lambda d: d + timedelta(days=1), lambda d: d + timedelta(days=1)),
    (r"\b(?:cette semaine|this week|la semaine)\b", lambda d: d, lambda d: d + timedelta(days=6 - d.weekday())),
    (
        r"\b(?:la )?semaine prochaine|next week\b",
        lambda d: d + timedelta(days=7 - d.weekday()),
        lambda d: d + timedelta(days=13 - d.weekday()),
    ),
    (
        r"\b(?:le )?mois (?:prochain|suivant)|" r"(?:the )?(?:next|following) month\b",
        lambda d: _month_start(d, 1),
        lambda d: _month_end(d, 1),
    ),
    (r"\b(?:le )?mois dernier|last month\b", lambda d: _month_start(d, -1), lambda d: _month_end(d, -1)),
    (
        r"\b(?:ce|this|du|the) mois(?:-ci| ci)?\b(?! d[e'])|\bthis month\b|"
        r"\b(?:fin|end) (?:du|of the|of) mo(?:is|nth)\b(?! (?:d[e']|of))",
        _month_start,
        _month_end,
    ),
    (
        r"\b(?:le )?trimestre (?:prochain|suivant)|" r"(?:prochain trimestre)|next quarter\b",
        lambda d: _quarter_start(d, 1),
        lambda d: _quarter_start(d, 2) - timedelta(days=1),
    ),
    (
        r"\b(?:ce trimestre|this quarter|trimestre en cours|" r"fin du trimestre|end of (?:the )?quarter)\b",
        _quarter_start,
        lambda d: _quarter_start(d, 1) - timedelta(days=1),
    ),
    (
        r"\b(?:le )?semestre prochain|prochain semestre|next half\b",
        lambda d: _half_start(d, 1),
        lambda d: _half_start(d, 2) - timedelta(days=1),
    ),
    (r"\b(?:ce semestre|this half)\b", _half_start, lambda d: _half_start(d, 1) - timedelta(days=1)),
    (
        r"\b(?:l'?\s?an(?:nee)? (?:prochaine?|suivante?|d'apres)|"
        r"(?:la )?prochaine annee|next year|the coming year)\b",
        lambda d: date(d.year + 1, 1, 1),
        lambda d: date(d.year + 1, 12, 31),
    ),
    (
        r"\b(?:l'?\s?an(?:nee)? (?:derniere?|" r"passee?|dernier)|last year)\b",
        lambda d: date(d.year - 1, 1, 1),
        lambda d: date(d.year - 1, 12, 31),
    ),
    (
        r"\b(?:cette annee|this year|l'annee en cours|"
        r"fin d'?\s?annee|(?:fin de|d'ici la fin de) l'annee|"
        r"year[- ]end|the end of the year|"
        r"(?:the )?year's end|before the year ends)\b",
        lambda d: date(d.year, 1, 1),
        lambda d: date(d.year, 12, 31),
    ),
    (
        r"\b(?:cet ete|this summer|l'ete)\b",
        lambda d: date(d.year + (d.month > 8), 6, 21),
        lambda d: date(d.year + (d.month > 8), 9, 22),
    ),
)
_ORDINALS = {
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "premier": 1,
    "deuxieme": 2,
    "second": 2,
    "troisieme": 3,
    "quatrieme": 4,
    "first": 1,
    "third": 3,
    "fourth": 4,
}
_QUARTER = re.compile(
    r"\b(?:(?:le |au |du |the |in )*(?P<nth>[1-4](?:er|e|eme|st|nd|rd|"
    r"th)?|premier|deuxieme|second|troisieme|quatrieme|first|third|"
    r"fourth)\s(?P<unit>trimestre|quarter|semestre|half)|"
    r"(?P<letter>[tqs])\s?(?P<n>[1-4]))\b(?:,?\s(?:de l'annee |de |of |in )?(?P<year>20\d\d))?"
)


def _quarter(text: str, as_of: date) -> Span | None:
    match = _QUARTER.search(text)
    if match is None:
        return None
    number = _ORDINALS[re.sub(r"(?<=\d)\D+$", "", match["nth"])] if match["nth"] else int(match["n"])
    half = match["unit"] in ("semestre", "half") or match["letter"] == "s"
    months = 6 if half else 3
    year = int(match["year"]) if match["year"] else as_of.year
    first = date(year, 1, 1) + relativedelta(months=months * (number - 1))
    last = first + relativedelta(months=months) - timedelta(days=1)
    if not match["year"] and last < as_of:
        first, last = first + relativedelta(years=1), last + relativedelta(years=1)
    return _opened(text, match.start(), match.end(), first, last)


def _months(text: str, as_of: date) -> Span | None:
    for match in re.finditer(rf"(?<![\w])(?:mois d[e'] ?|month of )?{_MONTH}(?:\s(?:of |de )?{_YEAR})?", text):
        if (
            match["month"] in ("may", "mar", "jun", "sep", "dec", "mai")
            and not match["year"]
            and not re.search(
                r"(?:\b(?:en|in|by|before|avant|fin|end of|until|after|apres|ici|mi|debut|since|depuis)[ -]+)$",
                text[: match.start()],
            )
        ):
            continue
        month = MONTHS[match["month"]]
        year = int(match["year"]) if match["year"] else as_of.year + (month < as_of.month)
        first = date(year, month, 1)
        return _opened(text, match.start(), match.end(), first, _month_end(first))
    return None


def _years(text: str, as_of: date) -> Span | None:
    match = re.search(rf"(?<![\w/.-])(?:l'annee |annee |the year |year )?{_YEAR}(?![\w/.-]*\d)", text)
    if match is None:
        return None
    year = int(match["year"])
    either = _OR_YEAR.match(text, match.end())
    if either and int(either["other"]) == year + 1:
        return Span(Window(start=date(year, 1, 1), end=date(year + 1, 12, 31)), match.start(), either.end())
    return _opened(text, match.start(), match.end(), date(year, 1, 1), date(year, 12, 31))


_OR_YEAR = re.compile(r"\s(?:ou|or|et|and)\s(?:en |in )?(?P<other>20\d\d)\b")
