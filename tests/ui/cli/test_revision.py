"""`revision`, `indices` and `report`, as a person and as a program use them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from portfolio.register.store import Register
from portfolio.schema import Amount
from tests.portfolio.builders import contract
from ui.cli.main import group

VALUES = "série;période;valeur\nMaison;2025-01;110,0\nMaison;2025-02;112,5\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """One contract: 12,000 € a year, revised each 1 January by an index of its own."""
    with Register.open(tmp_path) as register:
        register.import_contract(
            contract(
                "entretien.pdf",
                start_date="2024-01-01",
                end_date="2026-12-31",
                renewal__kind="none",
                amounts=[Amount(label="Forfait annuel", value=12000, tax="excl", period="year")],
                price_revision__kind="indexed",
                price_revision__formula="P = P0 × (0,15 + 0,85 × S/S0)",
                price_revision__indices=["Maison"],
                price_revision__frequency="P1Y",
                price_revision__month_day="01-01",
                price_revision__cap_percent=5,
            ),
            "Durand",
        )
    (tmp_path / "values.csv").write_text(VALUES, encoding="cp1252")
    return tmp_path


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(group, ["--home", str(home), "--lang", "fr", *arguments], env={"COLUMNS": "120"})


def answered(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


SETTINGS = ("--set", "base_values.S=100", "--set", "reading=mois", "--set", "rounding=3 up")


def test_from_an_index_file_to_a_price(home: Path) -> None:
    assert run(home, "indices", "import", str(home / "values.csv")).exit_code == 0
    result = run(home, "revision", "entretien", "--on", "2025-07-15", "--invoiced", "13 000", *SETTINGS)
    assert result.exit_code == 0, result.output
    said = result.output.replace("\u202f", " ")
    for line in (
        "entretien : prix au 15/07/2025",
        "Maison : 110,0 (janvier 2025) / 100 (valeur écrite au contrat) = 1,1.",
        "Coefficient = 1,085.",
        "12 000 € × 1,085 = 13 020 €.",
        "Le butoir de 5 % joue : 12 000 € + 5 % = 12 600 €.",
        "Prix : 12 600 € HT par an",
        "Facturé : 13 000 €, soit 400 € de trop.",
        "Prochaine révision : 01/01/2026",
    ):
        assert line in said, line
    again = answered(run(home, "revision", "entretien", "--on", "2025-07-15", "--json"))
    assert (again["price"], again["revisions"][0]["limited"], again["to_verify"]) == (12600.0, "cap", False)


def test_a_missing_value_is_named_and_the_command_says_it_failed(home: Path) -> None:
    result = run(home, "revision", "entretien", "--on", "2026-07-15", "--json", *SETTINGS)
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found["price"] is None
    assert [one["index"] for one in found["missing"]] == ["Maison"]


def test_lines_that_cannot_be_read_are_told_and_the_others_taken(home: Path) -> None:
    (home / "values.csv").write_text(VALUES + "Maison;2025-03;beaucoup\n", encoding="utf-8")
    result = run(home, "indices", "import", str(home / "values.csv"))
    assert result.exit_code == 1
    assert "Maison : 2 ajoutées" in result.stdout
    assert "ligne 4 : « beaucoup » n'est pas un nombre" in result.stderr
    (listed,) = answered(run(home, "indices", "list", "--json"))
    assert (listed["code"], listed["values"], listed["last"]) == ("Maison", 2, "2025-02")


def test_a_linked_series(home: Path) -> None:
    text = VALUES + "Maison 2;2025-06;98,0\n"
    (home / "values.csv").write_text(text, encoding="utf-8")
    run(home, "indices", "import", str(home / "values.csv"))
    assert "coefficient 1,15" in run(home, "indices", "link", "Maison", "Maison 2", "1,15").stdout
    listed = {one["code"]: one for one in answered(run(home, "indices", "list", "--json"))}
    assert listed["Maison"]["continued_by"] == ["Maison 2"]


def test_a_setting_that_is_none_is_refused(home: Path) -> None:
    result = run(home, "revision", "entretien", "--set", "arrondi=3")
    assert result.exit_code == 1
    assert "There is no setting" in str(result.exception)


def test_reports(home: Path) -> None:
    found = answered(run(home, "report", "commitments", "--as-of", "2026-03-01", "--json"))
    assert found["contracts"][0]["years"] == {"2026": 12000.0}
    shown = run(home, "report", "commitments", "--by", "type", "--as-of", "2026-03-01").output.replace("\u202f", " ")
    assert "12 000" in shown
    months = answered(run(home, "report", "due", "--as-of", "2026-11-15", "--months", "3", "--json"))["months"]
    assert [month["month"] for month in months] == ["2026-11", "2026-12", "2027-01"]
    assert months[1]["at_stake"] == 12000.0
    assert sum(month[way] for month in months for way in ("spend", "income", "unknown")) == pytest.approx(1533.33)
