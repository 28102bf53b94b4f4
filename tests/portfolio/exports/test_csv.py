"""CSV in both conventions, read again, and what would be taken for a formula."""

import csv as reader
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.exports import csv
from portfolio.exports.cells import inert
from portfolio.exports.tables import TABLES
from portfolio.register.store import Register
from tests.portfolio.exports.portfolios import tables


def _read(content: bytes, convention: csv.Convention) -> list[dict[str, str]]:
    text = content.decode(convention.encoding)
    return list(reader.DictReader(io.StringIO(text, newline=""), delimiter=convention.delimiter))


def test_the_french_convention_opens_by_a_double_click(filled: Register) -> None:
    content = csv.render(TABLES["contracts"], tables(filled).rows["contracts"], csv.FRENCH)
    assert content.startswith(b"\xef\xbb\xbfContrat (id);Contrat;")
    (line,) = [row for row in _read(content, csv.FRENCH) if row["Contrat"] == "02-bionettoyage"]
    assert (line["Début"], line["Reconduction"], line["Préavis"]) == ("01/07/2023", "exclue", "")
    assert line["Montant annuel HT (€)"] == "761400"
    (amount,) = [
        row
        for row in _read(csv.render(TABLES["amounts"], tables(filled).rows["amounts"], csv.FRENCH), csv.FRENCH)
        if row["Contrat"] == "hostile"
    ]
    assert (amount["Montant"], amount["Équivalent annuel"], amount["Libellé"]) == (
        "-12,5",
        "-150",
        "'+33 1 23 45 67 89",
    )


def test_the_international_convention_has_stable_names_and_codes(filled: Register) -> None:
    found = tables(filled)
    for table in TABLES.values():
        rows = _read(csv.render(table, found.rows[table.name], csv.INTERNATIONAL), csv.INTERNATIONAL)
        assert len(rows) == len(found.rows[table.name])
        assert all(list(row) == [column.name for column in table.columns] for row in rows)
    (line,) = [
        row
        for row in _read(csv.render(TABLES["contracts"], found.rows["contracts"], csv.INTERNATIONAL), csv.INTERNATIONAL)
        if row["contract"] == "02-bionettoyage"
    ]
    assert (line["start_date"], line["renewal"], line["notice_period"]) == ("2023-07-01", "none", "")
    assert (line["yearly_amount"], line["notice_missed"]) == ("761400", "")


@pytest.mark.parametrize("convention", [csv.FRENCH, csv.INTERNATIONAL])
def test_no_text_is_taken_for_a_formula(filled: Register, convention: csv.Convention) -> None:
    found = tables(filled)
    for table in TABLES.values():
        text = csv.render(table, found.rows[table.name], convention).decode(convention.encoding)
        for row in list(reader.reader(io.StringIO(text, newline=""), delimiter=convention.delimiter))[1:]:
            for cell, column in zip(row, table.columns, strict=True):
                if column.kind == "text":
                    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
                    assert not cell.startswith(("\t", "\r", "\n"))


@given(st.text())
def test_the_guard_adds_one_apostrophe_or_nothing(text: str) -> None:
    assert inert(text) in (text, f"'{text}")
