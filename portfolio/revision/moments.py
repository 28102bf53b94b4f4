"""When an index of a formula is read, from the words beside its name: `ILAT du 4e trimestre de l'année n-1`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

At = Literal["reading", "base", "months", "calendar", "latest"]


@dataclass(frozen=True)
class Moment:
    """When an index is read.

    ``reading``: by the contract's reading rule for a revision, ``offset`` revisions away (0: this one, -1: the one
    before). ``months``: of the month ``offset`` months from the revision's. ``base``: when the price was agreed.
    ``calendar``: a quarter or month of ``year``, or of the revision's year plus ``offset``. ``latest``: the last such
    quarter or month that ended before the revision, ``offset`` years on.
    """

    at: At = "reading"
    offset: int = 0
    quarter: int | None = None
    month: int | None = None
    year: int | None = None

    @property
    def earlier(self) -> Moment:
        """The same moment a year (a revision) before."""
        if self.year is not None:
            return replace(self, year=self.year - 1)
        return replace(self, offset=self.offset - 1)

    def __str__(self) -> str:
        """In the words that `find` reads: empty for this revision, `0` for the base."""
        if self.at == "base":
            return "0"
        if self.at == "reading":
            return f"N{self.offset}" if self.offset else ""
        if self.at == "months":
            return f"(m{self.offset})"
        part = f"T{self.quarter}" if self.quarter else _MONTHS[(self.month or 1) - 1].split("|")[0]
        if self.year is not None:
            return f"{part} {self.year}"
        if self.at == "latest":
            return f"{part} de l'année antérieure" if self.offset else f"{part} précédent"
        return f"{part} de l'année n{self.offset or ''}"


CURRENT = Moment()
BASE = Moment("base")
PREVIOUS = Moment("reading", -1)

_MONTHS = (
    "janvier|january", "fevrier|february", "mars|march", "avril|april", "mai|may", "juin|june", "juillet|july",
    "aout|august", "septembre|september", "octobre|october", "novembre|november", "decembre|december",
)  # fmt: skip
_NTH = ("1er|premier|1st|first", "2e|2eme|deuxieme|second|2nd", "3e|3eme|troisieme|third|3rd",
        "4e|4eme|quatrieme|fourth|4th")  # fmt: skip
_QUARTER = re.compile(
    "|".join(
        rf"(?P<n{n}>\b(?:{words})\s+(?:trimestre|trim\.?|quarter)|\b[tq]{n}\b|\b{n}t\b)"
        for n, words in enumerate(_NTH, 1)
    )
)
_MONTH = re.compile(
    r"\b(?:(?:du|for the|of the|the) (?:mois|month) (?:de |d['’]|of )\s*)?(?:"
    + "|".join(f"(?P<m{n}>{names})" for n, names in enumerate(_MONTHS, 1))
    + r")\b"
)
_NUMBERED = re.compile(r"\(?\b(?:annee |year )?n\s*[-–−]\s*(\d)\b\)?|\b(?:annee|year) n\b")
_N = re.compile(r"\bn\b")
_PUBLISHED = re.compile(
    r"\b(?:derniere?|last|latest)(?: indice| index| valeur| value)? (?:publiee?|connue?|parue?|published|known)\b"
)
_FIXED = re.compile(r"\b(?:19|20)\d\d\b")
_EARLIER = re.compile(r"\b(?:de |of )?(?:l['’]|the )?(?:annee |year )?(?:anterieure?|d['’]avant|earlier|before)\b")
_BEFORE = re.compile(r"\b(?:de |of )?(?:l['’]|the )?(?:annee|year) (?:precedente|preceding|before)\b"
                     r"|\bthe (?:preceding|previous) year\b|\bprevious year'?s?\b")  # fmt: skip
_LATEST = re.compile(r"\b(?:the )?(?:precedente?|dernier|derniere|preceding|previous|last)\b")
_THIS = re.compile(r"\b(?:de |of )?(?:l['’]|the )(?:annee|year)(?: (?:en cours|de (?:la )?revision|of revision))?\b")
_OF_BASE = re.compile(
    r"\b(?:d['’]|de |of |at )?(?:souscription|origine|base|reference|initiale?|original|depart|inception"
    r"|(?:la )?signature|(?:la )?notification|(?:la )?remise des offres|etablissement des prix)\b"
)
_OF_REVISION = re.compile(
    r"\b(?:d['’]|de |of |at )?(?:echeance|(?:la )?revision|actualisation|renewal)\b"
    r"|\b(?:nouve(?:au|l|lle)|new|revisee?|revised|current|actuel(?:le)?)\b"
)
_LOOSE = re.compile(
    r"^(?:new |nouvel )"
    r"|(?:[\s,]+(?:du|de|des|la|le|l['’]|d['’]|of|the|for|in|au|pour|valeur|mois|trimestre|month|quarter))+\s*$"
)


@dataclass(frozen=True)
class Found:
    """The index's name without the words of time, its moment, and whether it is a year before its counterpart."""

    name: str
    moment: Moment
    earlier: bool = False


def find(text: str) -> Found | None:
    """The moment told by the words of ``text``; None where it has none."""
    rest = _Rest(text)
    quarter, month = rest.numbered(_QUARTER), rest.numbered(_MONTH)
    year = rest.take(_FIXED) if quarter or month else None
    before, earlier = rest.take(_BEFORE), rest.take(_EARLIER)
    numbered = rest.take(_NUMBERED)
    this = rest.take(_THIS) or ((quarter or month) and rest.take(_N))
    offset = -int(numbered[1] or 0) if numbered else -1 if before or earlier else 0
    moment: Moment | None = None
    if quarter or month:
        relative = this or before or earlier or numbered
        at: At = "calendar" if relative or year else "latest"
        if at == "latest":
            rest.take(_LATEST)
        moment = Moment(at, 0 if year else offset, quarter, month, int(year[0]) if year else None)
    elif before or earlier or numbered or this:
        moment = Moment("reading", offset)
    elif rest.take(_PUBLISHED):
        moment = CURRENT
    elif rest.take(_LATEST):
        moment = PREVIOUS
    elif rest.take(_OF_BASE):
        moment = BASE
    elif rest.take(_OF_REVISION):
        moment = CURRENT
    return Found(rest.name, moment, earlier is not None) if moment and rest.name else None


def month_number(name: str) -> int | None:
    """The number of a month by its French or English name without accents, or the name's first letters (three or
    more, where only one month begins with them)."""
    found = {n for n, names in enumerate(_MONTHS, 1) for one in names.split("|") if one.startswith(name)}
    return found.pop() if len(found) == 1 and len(name) >= 3 else None


class _Rest:
    """A text from which words are taken; matched without case and accents."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._plain = plain(text)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.search(self._plain)
        if match is not None:
            start, end = match.span()
            self._text = f"{self._text[:start]} {self._text[end:]}"
            self._plain = f"{self._plain[:start]} {self._plain[end:]}"
        return match

    def numbered(self, pattern: re.Pattern[str]) -> int | None:
        """The number of the pattern's group that matched."""
        match = self.take(pattern)
        return int(match.lastgroup[1:]) if match and match.lastgroup else None

    @property
    def name(self) -> str:
        return tidy(self._text)


def tidy(name: str) -> str:
    """An index's name without the words that led to those of time: `indice ILAT du trimestre` is `indice ILAT`."""
    text = " ".join(name.split())
    while (shorter := _LOOSE.sub("", text).strip(" ,'’")) != text:
        text = shorter
    return text


def plain(text: str) -> str:
    """Lower case without accents, a character for each character."""
    return "".join(unicodedata.normalize("NFD", char)[0].lower()[:1] for char in text)
