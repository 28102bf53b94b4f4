"""The workbook: real values cell by cell, nothing live, and LibreOffice reads the same."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from portfolio.exports import excel
from portfolio.exports.cells import clean
from portfolio.exports.tables import TABLES
from portfolio.register.store import Register
from portfolio.words.values import Wording
from tests.office import Office
from tests.portfolio.builders import US, contract, party
from tests.portfolio.exports.portfolios import ENGLISH, FRENCH, HOSTILE, tables


def _book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def _cell(value: Any) -> Any:
    return datetime(value.year, value.month, value.day) if type(value) is date else value


@pytest.mark.parametrize("say", [FRENCH, ENGLISH], ids=["fr", "en"])
def test_every_cell_holds_its_value_as_what_it_is(filled: Register, say: Wording) -> None:
    found = tables(filled, say)
    book = _book(excel.render(found, say))
    for table in (TABLES[name] for name in excel.SHEETS):
        sheet = book[say.texts(f"export_table.{table.name}")]
        columns = excel.in_sheet(table)
        assert [cell.value for cell in sheet[1]] == [say.texts(f"export_column.{c.name}") for c in columns]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.max_row == 1 + len(found.rows[table.name])
        for cells, row in zip(sheet.iter_rows(min_row=2), found.rows[table.name], strict=True):
            for cell, column in zip(cells, columns, strict=True):
                _same(cell, column.kind, column.section, getattr(row, column.name))


def _same(cell: Any, kind: str, section: str | None, value: Any) -> None:
    if value is None or value == "":
        assert cell.value is None
    elif kind == "date":
        expected = _cell(value) if value >= date(1900, 3, 1) else value.isoformat()
        assert (cell.value, cell.data_type) == (expected, "d" if value >= date(1900, 3, 1) else "s")
    elif kind == "moment":
        assert cell.value == value.replace(tzinfo=None, microsecond=0)
    elif kind in ("integer", "number"):
        assert (cell.value, cell.data_type) == (value, "n")
    elif kind == "text":
        assert (unescape(cell.value), cell.data_type) == (clean(value), "s")
    else:
        assert cell.data_type == "s"


def test_nothing_from_a_contract_is_live(filled: Register) -> None:
    content = excel.render(tables(filled), FRENCH)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            assert "<f>" not in text and "<f " not in text, name
            assert "hyperlink" not in text.replace("HYPERLINK", ""), name
            assert "externalLink" not in name
    names = {unescape(str(cell.value)) for cell in _book(content)["Parties"]["B"]}
    assert {clean(text).strip() for text in HOSTILE} <= {str(name).strip() for name in names}
    assert all("\u202e" not in str(name) and "\x1b" not in str(name) for name in names)


def test_texts_longer_than_a_cell_are_shortened_and_say_so(register: Register) -> None:
    draft = contract("long.pdf", title="Contrat", parties=[US, party("Long")])
    (fact, *others) = draft.facts
    long = "é🙂" * 50_000
    evidence = fact.evidence[0].model_copy(update={"quote": long, "end": len(long)})
    register.save(type(draft)(draft.documents, (fact.model_copy(update={"evidence": (evidence,)}), *others)), "rules")
    sheet = _book(excel.render(tables(register), FRENCH))["Sources"]
    quotes = [str(cell.value) for cell in sheet[_letter(sheet, "Citation")]]
    (shortened,) = [quote for quote in quotes if quote.endswith("… [abrégé]")]
    assert len(shortened.encode("utf-16-le")) // 2 <= 32_767


def _letter(sheet: Any, head: str) -> str:
    return next(cell.column_letter for cell in sheet[1] if cell.value == head)


def test_an_empty_portfolio_is_a_workbook_with_heads(register: Register) -> None:
    book = _book(excel.render(tables(register), ENGLISH))
    assert book["Contracts"]["A1"].value == "Contract"
    assert book["Contracts"].max_row == 1


def test_libreoffice_opens_it_and_keeps_every_value(filled: Register, tmp_path: Path, office: Office) -> None:
    (tmp_path / "portfolio.xlsx").write_bytes(excel.render(tables(filled), FRENCH))
    again = office.convert(tmp_path / "portfolio.xlsx", "xlsx")
    before, after = (openpyxl.load_workbook(path) for path in (tmp_path / "portfolio.xlsx", again))
    assert before.sheetnames == after.sheetnames
    for sheet in before:
        for row in sheet.iter_rows():
            for cell in row:
                value = unescape(cell.value) if isinstance(cell.value, str) else cell.value
                assert after[sheet.title][cell.coordinate].value == value, (sheet.title, cell.coordinate)
