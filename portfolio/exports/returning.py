"""A workbook that comes back, read: its lines, the marks of what they said, and cells as values of their fields."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException

from portfolio.errors import InvalidValue
from portfolio.exports.cells import clean
from portfolio.exports.columns import Column, Table
from portfolio.exports.origin import META, ORIGIN_SHEET, mark
from portfolio.exports.tables import TABLES, VERSION
from portfolio.folding import fold
from portfolio.values import Duration
from portfolio.words.texts import Texts
from portfolio.words.values import Wording

MOST_BYTES = 300_000_000
"""Of a workbook once unpacked; more comes from a file made to exhaust memory."""
_LENGTH = re.compile(r"(\d{1,5})\s*([a-z]+)")
_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y")


@dataclass(frozen=True)
class ReturnedLine:
    """A line of a sheet: ``place`` for people (`Montants, ligne 12`), cells by column name, ``key`` the id of its row
    or None for a new one."""

    place: str
    key: str | None
    contract_id: str | None
    cells: Mapping[str, Any]


@dataclass(frozen=True)
class Returned:
    """A workbook: its language and day, its lines by table, and by table and key the marks of its correctable cells as
    they were exported."""

    say: Wording
    as_of: date
    lines: Mapping[str, Sequence[ReturnedLine]]
    origin: Mapping[tuple[str, str], Mapping[str, str]]


def read(content: bytes) -> Returned:
    """The workbook in ``content``. Raises InvalidValue where it is none, or not one that this program made."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise InvalidValue(
                    "The workbook unpacks to more than it can hold; send the lines that you changed only."
                )
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        if isinstance(error, InvalidValue):
            raise
        raise InvalidValue("This is no Excel workbook (.xlsx); export one and correct that.") from error
    if ORIGIN_SHEET not in book.sheetnames:
        raise InvalidValue(
            f"The workbook has lost its hidden sheet « {ORIGIN_SHEET} », which tells changes; correct a new export."
        )
    marks = book[ORIGIN_SHEET].iter_rows(values_only=True)
    head = [str(value or "") for value in next(marks, ())]
    if head[:2] != [META, str(VERSION)] or len(head) < 4:
        raise InvalidValue("The workbook was made by another version of this program; correct a fresh export.")
    say = Wording(Texts(head[2]))
    origin = {(str(row[0]), str(row[1])): _marks(str(row[0]), str(row[2])) for row in marks if row and row[0]}
    lines = {}
    for table in TABLES.values():
        title = say.texts(f"export_table.{table.name}")
        if any(column.of for column in table.columns) and title in book.sheetnames:
            lines[table.name] = list(_lines(book[title], title, table, say))
    return Returned(say, date.fromisoformat(head[3]), lines, origin)


def _marks(table: str, text: str) -> Mapping[str, str]:
    if table not in TABLES:
        return {}
    names = [column.name for column in TABLES[table].columns if column.of]
    return dict(zip(names, text.split(" "), strict=False))


def _lines(sheet: Any, title: str, table: Table, say: Wording) -> Iterator[ReturnedLine]:
    rows = sheet.iter_rows(values_only=True)
    heads = {say.texts(f"export_column.{column.name}"): column.name for column in table.columns}
    columns = [heads.get(str(head or "").strip()) for head in next(rows, ())]
    if table.key[0] not in columns:
        raise InvalidValue(f"The sheet « {title} » has lost its column of ids; correct a fresh export.")
    for number, row in enumerate(rows, 2):
        cells = {name: _text(value) for name, value in zip(columns, row, strict=False) if name}
        if any(value not in (None, "") for value in cells.values()):
            key = str(cells.get(table.key[0]) or "").strip() or None
            contract = str(cells.get("contract_id") or "").strip() or None
            yield ReturnedLine(say.texts("export_back.place", sheet=title, row=number), key, contract, cells)


def _text(value: Any) -> Any:
    return value.strip() or None if isinstance(value, str) else value


def same(cell: Any, expected: str) -> bool:
    """Whether a cell says what ``expected`` is the mark of; LibreOffice writes some escaped texts unescaped."""
    forms = {mark(cell)} | ({mark(unescape(cell))} if isinstance(cell, str) else set())
    return expected in forms


def value_of(column: Column, cell: Any, say: Wording) -> Any:
    """A cell as JSON's form of its column's value. Raises InvalidValue, naming what may be written."""
    if cell is None:
        return None
    match column.kind:
        case "date":
            return _date(cell, say).isoformat()
        case "number":
            return _number(cell, say)
        case "integer":
            number = _number(cell, say)
            if not number.is_integer():
                raise InvalidValue(say.texts("export_back.whole", value=cell))
            return int(number)
        case "duration":
            return str(_duration(str(cell), say))
        case "code":
            return _code(column, str(cell), say)
        case _:
            return _plain(cell)


def _plain(cell: Any) -> str:
    match cell:
        case datetime():
            return cell.date().isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return clean(unescape(str(cell)))


def _date(cell: Any, say: Wording) -> date:
    match cell:
        case datetime():
            return cell.date()
        case date():
            return cell
    for form in _DAYS:
        try:
            return datetime.strptime(str(cell).strip(), form).date()
        except ValueError:
            continue
    raise InvalidValue(say.texts("export_back.date", value=str(cell)[:40]))


def _number(cell: Any, say: Wording) -> float:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    text = re.sub(r"[\s€%]", "", str(cell))
    text = text.replace(".", "").replace(",", ".") if re.search(r",\d{1,2}$", text) else text.replace(",", "")
    try:
        return float(text)
    except ValueError:
        raise InvalidValue(say.texts("export_back.number", value=str(cell)[:40])) from None


def _code(column: Column, cell: str, say: Wording) -> str:
    """The code of a word in the workbook's language or any other, or the code itself."""
    for texts in (say.texts, Texts("fr"), Texts("en")):
        for code in column.codes:
            if fold(cell) in (fold(texts.name(str(column.section), code)), fold(code)):
                return code
    words = ", ".join(say.texts.name(str(column.section), code) for code in column.codes)
    raise InvalidValue(say.texts("export_back.choice", value=cell[:40], words=words))


def _duration(cell: str, say: Wording) -> Duration:
    """A length in ISO 8601 or in words: `P18M`, `18 mois`, `1 an 6 mois`, `− 15 jours`."""
    text = cell.strip()
    if re.match(r"-?P\d", text):
        return Duration.parse(text)
    negative = text[:1] in "-−–"
    folded = fold(text)
    found = _LENGTH.findall(folded)
    counts: dict[str, int] = {}
    for count, unit in found:
        letter = next((u for u, words in _words().items() if unit in words), None)
        if letter is None or letter in counts:
            found = []
            break
        counts[letter] = int(count)
    if not found or _LENGTH.sub("", folded).split():
        raise InvalidValue(say.texts("export_back.length", value=cell[:40]))
    iso = "".join(f"{counts[u]}{u}" for u in "YMWD" if u in counts) + (f"T{counts['H']}H" if "H" in counts else "")
    return Duration.parse(f"{'-' if negative else ''}P{iso}")


def _words() -> Mapping[str, frozenset[str]]:
    return {
        "Y": frozenset(("an", "ans", "annee", "annees", "year", "years")),
        "M": frozenset(("mois", "month", "months")),
        "W": frozenset(("semaine", "semaines", "week", "weeks")),
        "D": frozenset(("jour", "jours", "day", "days")),
        "H": frozenset(("heure", "heures", "hour", "hours")),
    }
