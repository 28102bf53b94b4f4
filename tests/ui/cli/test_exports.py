"""`export`, `import-changes`, `letter` and `bi` as a person types them."""

import json
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from portfolio.exports.tables import TABLES
from portfolio.register.records import Company
from portfolio.register.store import Register
from tests.portfolio.builders import US, sample
from ui.cli.main import group


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    with Register.open(home) as register:
        register.set_companies([Company(US.name)])
        for stem in ("02-bionettoyage", "03-avenant-bionettoyage", "05-bail-professionnel"):
            register.save(sample(stem), "rules")
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "home"))


def _run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(group, ["--home", str(home), *arguments], catch_exceptions=False, standalone_mode=False)


def test_a_workbook_goes_out_and_comes_back(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "portefeuille.xlsx"
    assert "écrits dans" in _run(home, "export", "xlsx", "-o", str(path), "--as-of", "2026-03-02").stderr
    book = openpyxl.load_workbook(path)
    sheet = book["Contrats"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Paiement (jours)")
    sheet.cell(2, column).value = 75
    book.save(path)
    shown = _run(home, "import-changes", str(path))
    assert "1 changements, 0 problèmes. Rien n'est enregistré" in shown.output
    applied = json.loads(_run(home, "import-changes", str(path), "--apply", "--who", "Marie", "--json").output)
    (change,) = applied["changes"]
    assert (change["contract"], change["field"], change["after"]) == ("02-bionettoyage", "payment_days", 75)
    assert json.loads(_run(home, "show", "02-bionettoyage", "--plain").output)["payment_days"] == 75


def test_what_is_not_taken_over_is_told_and_is_an_error(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.xlsx"
    _run(home, "export", "xlsx", "-o", str(path), "--lang", "en")
    book = openpyxl.load_workbook(path)
    sheet = book["Contracts"]
    sheet.cell(2, next(c.column for c in sheet[1] if c.value == "Duration")).value = "for a while"
    book.save(path)
    result = CliRunner().invoke(group, ["--home", str(home), "import-changes", str(path)])
    assert result.exit_code == 1
    assert "“for a while” is no length of time" in result.output


def test_tables_go_into_a_folder_an_archive_or_one_file(home: Path, tmp_path: Path) -> None:
    _run(home, "export", "csv", "-o", str(tmp_path / "csv"), "--lang", "en")
    assert {path.stem for path in (tmp_path / "csv").iterdir()} == set(TABLES)
    _run(home, "export", "parquet", "-o", str(tmp_path / "p.zip"))
    assert set(zipfile.ZipFile(tmp_path / "p.zip").namelist()) == {f"{name}.parquet" for name in TABLES}
    lines = _run(home, "export", "csv", "--table", "contracts", "--type", "lease").output.splitlines()
    assert [line.split(";")[1] for line in lines] == ["Contrat", "05-bail-professionnel"]


def test_several_tables_need_a_place(home: Path) -> None:
    result = CliRunner().invoke(group, ["--home", str(home), "export", "csv"])
    assert (result.exit_code, "name a folder" in result.output) == (2, True)


def test_json_and_the_calendar_heed_the_filters(home: Path) -> None:
    plain = json.loads(_run(home, "export", "json", "--plain", "--type", "lease").output)
    assert [record["contract_type"] for record in plain] == ["lease"]
    calendar = _run(home, "export", "ics", "--type", "lease", "--as-of", "2026-03-02").output
    assert "05-bail-professionnel" in calendar
    assert "02-bionettoyage" not in calendar


def test_a_letter_is_drafted_and_says_what_to_see_to(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "conge.docx"
    result = _run(home, "letter", "05-bail-professionnel", "-o", str(path), "--as-of", "2026-01-15")
    assert "le contrat finirait le 31/12/2026" in result.output.replace("\n", " ")
    assert "Dernier jour utile : 30/06/2026" in result.output.replace("\u00a0", " ")
    assert path.read_bytes().startswith(b"PK")


def test_the_views_are_refreshed(home: Path) -> None:
    done = json.loads(_run(home, "bi", "refresh", "--as-of", "2026-03-02", "--json").output)
    assert (done["as_of"], done["rows"]["contracts"], set(done["rows"])) == ("2026-03-02", 2, set(TABLES))
