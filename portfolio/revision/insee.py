"""Index values from INSEE's open service of series (BDM, SDMX 2.1). Nothing here runs unless a person asks for it."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

from portfolio.errors import ContrathequeError, InvalidValue
from portfolio.folding import words
from portfolio.revision.indices import IndexValue, Series
from portfolio.revision.periods import parse_period

SERVICE = "https://api.insee.fr/series/BDM/V1/data/SERIES_BDM"
"""Open since 2019 without a key; a series is asked for by its idbank."""
_PER_YEAR = {"M": 12, "T": 4, "Q": 4, "S": 2, "A": 1}
_LARGEST = 20_000_000
_PROVISIONAL = frozenset("PE")
"""Statuses of a value that its publisher may still change: provisional, estimated."""


class ServiceError(ContrathequeError):
    """The service could not be reached, or answered something else than the series."""


@dataclass(frozen=True)
class Loaded:
    """``title``: what the service calls the series."""

    series: Series
    title: str
    values: tuple[IndexValue, ...]


def load(series: Series, service: str = SERVICE, timeout: float = 30) -> Loaded:
    """All values of a series. Raises ServiceError, which says what to do."""
    if not series.idbank or not re.fullmatch(r"\d{9}", series.idbank):
        raise ServiceError(
            f"{series.code} has no series number at INSEE that is known here; say its nine-digit idbank, "
            "or import its values from a CSV file."
        )
    if not service.startswith(("https://", "http://127.0.0.1", "http://localhost", "http://[::1]")):
        raise ServiceError(f"{service} is not an address of the service; it begins with https://.")
    address = f"{service.rstrip('/')}/{series.idbank}"
    request = urllib.request.Request(address, headers={"Accept": "application/xml"})  # noqa: S310 (scheme checked)
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310
            body = answer.read(_LARGEST + 1)
    except urllib.error.HTTPError as error:
        raise ServiceError(
            f"INSEE answers {error.code} for the series {series.idbank}; check its number, or try later."
        ) from error
    except (OSError, ValueError) as error:
        raise ServiceError(
            f"INSEE's service cannot be reached ({error}); try later, or import the values from a CSV file."
        ) from error
    return read(body, series)


def read(body: bytes, series: Series) -> Loaded:
    """The series in an answer of the service, whose title must be that of ``series``. Raises ServiceError."""
    if len(body) > _LARGEST:
        raise ServiceError("The answer is larger than a series can be; nothing was taken from it.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise ServiceError(f"The answer is not the XML of a series ({error}); try later.") from error
    found = next((e for e in root.iter("{*}Series") if e.get("IDBANK") == series.idbank), None)
    if found is None:
        raise ServiceError(f"The answer does not hold the series {series.idbank}; check its number.")
    title = found.get("TITLE_FR") or found.get("TITLE") or found.get("TITLE_EN") or ""
    if not _is_meant(series, title):
        raise ServiceError(f"The series {series.idbank} is « {title} », not « {series.name} »; check its number.")
    per_year = _PER_YEAR.get(found.get("FREQ") or "", series.per_year)
    values = tuple(value for one in found.iter("{*}Obs") if (value := _value(one)) is not None)
    if not values or any(value.period.per_year != per_year for value in values):
        raise ServiceError(f"The answer holds no values of {title} that can be read; nothing was taken from it.")
    base = found.get("BASE_PER")
    return Loaded(
        Series(series.code, series.name, per_year, series.aliases, series.idbank, base or series.base), title, values
    )


def _is_meant(series: Series, title: str) -> bool:
    """Whether the service's title holds all the telling words of the name known here, or of an alias, or its code."""
    there = words(title, 4)
    return any(
        telling <= there for called in (series.name, *series.aliases) if len(telling := words(called, 4)) >= 2
    ) or bool(words(series.code, 3) & words(title, 3))


def _value(one: etree._Element) -> IndexValue | None:
    """A value; None where the period has none yet."""
    text = one.get("OBS_VALUE") or ""
    try:
        period = parse_period(one.get("TIME_PERIOD") or "")
        number = Decimal(text)
    except (InvalidValue, InvalidOperation):
        return None
    if not number.is_finite() or number <= 0:
        return None
    published = one.get("DATE_JO") or ""
    day = date.fromisoformat(published[:10]) if re.match(r"\d{4}-\d\d-\d\d", published) else None
    status = {one.get("OBS_STATUS"), one.get("OBS_QUAL")}
    return IndexValue(period, number, day, bool(status & _PROVISIONAL))
