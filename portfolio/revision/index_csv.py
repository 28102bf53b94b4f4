"""Index values from a CSV file, French or English, or as INSEE's site hands out a series."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from portfolio.errors import InvalidValue
from portfolio.folding import fold
from portfolio.revision.indices import IndexValue, Series
from portfolio.revision.periods import Period, parse_period
from portfolio.words.phrases import Phrase, phrase

LARGEST = 20_000_000
"""Characters of a file; the whole of a statistical office's monthly indices has fewer."""
_COLUMNS = {
    "series": ("serie", "series", "indice", "index", "code", "idbank"),
    "period": ("periode", "period", "mois", "month", "trimestre", "quarter", "date"),
    "value": ("valeur", "value", "valeurs", "values"),
    "published": ("publication", "date de publication", "publie le", "published", "parution", "parution au jo"),
    "name": ("nom", "name", "libelle", "label", "title"),
    "base": ("base",),
}
"""What a column may be called in the first line, folded."""


@dataclass(frozen=True)
class LineProblem:
    """A line (from 1) whose value was not taken, and why."""

    line: int
    why: Phrase


@dataclass
class Read:
    """The series of a file with their values, and the lines that could not be read."""

    series: dict[str, Series] = field(default_factory=dict)
    values: dict[str, list[IndexValue]] = field(default_factory=lambda: defaultdict(list))
    problems: list[LineProblem] = field(default_factory=list)


def read(text: str, known: Sequence[Series], series: str | None = None) -> Read:
    """Every value of a CSV text with a line of titles: series, period, value, publication (if any).

    Separated by `;`, `,` or tabs; decimals with comma or point; dates as 31/03/2025 or 2025-03-31. ``series`` names the
    one that the file holds where it has no such column. ``known`` series are found by code, name, alias or INSEE
    number; any other name becomes a series of its own. Raises InvalidValue where the file is none.
    """
    if len(text) > LARGEST:
        raise InvalidValue(f"The file is larger than {LARGEST // 1_000_000} MB of text; give its series one by one.")
    lines = text.lstrip("\ufeff").splitlines()
    result = Read()
    columns, first, about = _head(lines)
    if series is None and "series" not in columns:
        series = about.get("idbank") or about.get("libelle")
    if series is None and "series" not in columns:
        raise InvalidValue.of("csv_series")
    seen: dict[tuple[str, Period], int] = {}
    for number, cells in _rows(lines, first):
        row = {name: cells[place].strip() for name, place in columns.items() if place < len(cells)}
        if not any(row.values()):
            continue
        try:
            one, value = _line(row, known, result, series, about)
            before = seen.setdefault((one.code, value.period), number)
            if before != number:
                raise _Problem(phrase("index_csv.twice", period=str(value.period), line=before))
            result.series[one.code] = one
            result.values[one.code].append(value)
        except _Problem as problem:
            result.problems.append(LineProblem(number, problem.why))
    return result


def decimal(text: str) -> Decimal:
    """A number in French or English: `1 234,56`, `1,234.56`, `145,47`. Raises InvalidValue."""
    plain = text.translate({ord(space): None for space in " \u00a0\u202f'’"})
    if "," in plain and "." in plain:
        group = "," if plain.rfind(".") > plain.rfind(",") else "."
        plain = plain.replace(group, "")
    try:
        number = Decimal(plain.replace(",", "."))
    except InvalidOperation as error:
        raise InvalidValue.of("no_number", text=text[:40]) from error
    if not number.is_finite() or abs(number) > 10**12:
        raise InvalidValue.of("no_number", text=text[:40])
    return number


class _Problem(Exception):
    def __init__(self, why: Phrase) -> None:
        super().__init__(why.key)
        self.why = why


def _head(lines: list[str]) -> tuple[dict[str, int], int, dict[str, str]]:
    """Places of the columns, the number of lines up to their titles, and what lines before them say."""
    about: dict[str, str] = {}
    for n, line in enumerate(lines[:50]):
        cells = next(iter(_cells([line])), [])
        titles = [fold(cell) for cell in cells]
        columns = {
            name: place for name, called in _COLUMNS.items() for place, title in enumerate(titles) if title in called
        }
        if "period" in columns and ("value" in columns or len(cells) == 2 or about):
            columns.setdefault("value", columns["period"] + 1)
            return columns, n + 1, about
        if len(cells) >= 2 and cells[1].strip():
            about[titles[0]] = cells[1].strip()
    raise InvalidValue.of("csv_head")


def _rows(lines: list[str], first: int) -> Iterator[tuple[int, list[str]]]:
    yield from enumerate(_cells(lines[first:]), first + 1)


def _cells(lines: list[str]) -> Iterator[list[str]]:
    for line in lines:
        mark = next((mark for mark in ";\t" if mark in line), ",")
        yield next(csv.reader(io.StringIO(line), delimiter=mark), [])


def _line(
    row: Mapping[str, str], known: Sequence[Series], result: Read, series: str | None, about: Mapping[str, str]
) -> tuple[Series, IndexValue]:
    try:
        period = parse_period(row.get("period", ""))
    except InvalidValue as error:
        raise _Problem(phrase("index_csv.period", text=row.get("period", "")[:40])) from error
    name = (series or row.get("series", "")).strip()
    if not name or len(name) > 100:
        raise _Problem(phrase("index_csv.series"))
    if not row.get("value"):
        raise _Problem(phrase("index_csv.no_value", period=str(period)))
    try:
        value = decimal(row["value"])
    except InvalidValue as error:
        raise _Problem(phrase("index_csv.value", text=row["value"][:40])) from error
    if value <= 0:
        raise _Problem(phrase("index_csv.not_positive", text=row["value"][:40]))
    one = _named(name, known, result, row, about, period)
    if period.per_year != one.per_year:
        if period.per_year != 12:
            raise _Problem(phrase("index_csv.rhythm", period=str(period), series=one.code))
        # a quarter written as its first or last month
        period = Period.containing(period.first_day, one.per_year)
    return one, IndexValue(period, value, _published(row.get("published", "")))


def _named(
    name: str, known: Sequence[Series], result: Read, row: Mapping[str, str], about: Mapping[str, str], period: Period
) -> Series:
    key = fold(name)
    for one in (*result.series.values(), *known):
        if key in {fold(called) for called in one.names}:
            return one
    label = row.get("name") or about.get("libelle") or name
    return Series(name, label, period.per_year, base=row.get("base") or None)


def _published(text: str) -> date | None:
    """The day of publication; None where the cell holds none."""
    parts = text.split(" ")[0].replace(".", "/").split("/")
    try:
        if len(parts) == 3:
            day, month, year = map(int, parts)
            return date(year, month, day)
        return date.fromisoformat(parts[0][:10]) if text else None
    except ValueError as error:
        raise _Problem(phrase("index_csv.published", text=text[:40])) from error
