"""A notice told as a day of the year: `avant le 30 septembre`, where the term ends on 31 December, is three months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from agent.reading.grammar import dates
from agent.reading.reader import Candidate
from agent.reading.rules.finding import Finding, candidate, spoken
from agent.reading.rules.known import Known
from agent.reading.structure import ContractView
from portfolio.values import Duration

_STOPS = re.compile(
    r"denonc|renonc|resili|conge\b|\bs'y? ?oppos|opposition|avis contraire|volonte contraire|manifestation|"
    r"non[- ](?:renouvel|recondu|renew)|ne pas (?:renouvel|recondu|poursui)|unless|to (?:prevent|stop|avoid)|"
    r"(?:not|non) (?:to )?renew|fai(?:t|re) (?:savoir|connaitre)"
)
_LATEST = re.compile(
    r"\b(?:avant|au plus tard|jusqu'au|no later than|not later than|before|by|(?:manifestation|denonciation|opposition|"
    r"avis contraire)[^.;]{0,30} au)(?: le| au)?(?: the)? $"
)
_OTHER = re.compile(r"\b(?:prix|tarif|revis|indic|factur|paie|bilan|rapport|transmet|assurance|attestation|essai)")
_MOST = 12
"""Months: no notice is longer than the year that it stops."""


def notice_by_day(view: ContractView, known: Known) -> Iterator[Candidate]:
    """`notice_period` in whole months from the last day on which a tacit renewal can be stopped to the term's end."""
    end = known.best("end_date")
    if end is None or known.value("renewal.kind") != "tacit":
        return
    for sentence, text, _ in spoken(view):
        if not _STOPS.search(text) or _OTHER.search(text):
            continue
        days = [(found.value, found.start, found.end) for found in dates.find(text)]
        days += [(_before(found.value, end.value), found.start, found.end) for found in dates.month_days(text)]
        for day, start, stop in days:
            months = _months(day, end.value) if _LATEST.search(text[max(0, start - 90) : start]) else None
            if months:
                told = Finding(Duration(months=months), sentence, start, stop, 0.82, "notice.by_day")
                yield candidate("notice_period", told, quotes=end.quotes[:1], basis=f"{day} to {end.value}")
                return


def _before(month_day: str, end: date) -> date:
    """The last such day before ``end``; 29 February is the 28th."""
    month, number = map(int, month_day.split("-"))
    number = min(number, 28) if month == 2 else number
    this_year = date(end.year, month, number)
    return this_year if this_year <= end else date(end.year - 1, month, number)


def _months(day: date, end: date) -> int | None:
    """The whole months from ``day`` to ``end`` or to the day after it."""
    for last in (end, end + timedelta(days=1)):
        for months in range(1, _MOST + 1):
            if Duration(months=months).before(last) == day:
                return months
    return None
