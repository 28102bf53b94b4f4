"""The web application's pages, run by Streamlit's own test harness over a small portfolio."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ui.web
from tests.road import SAMPLE, command

PAGE = str(Path(ui.web.__file__).parent / "app.py")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("web") / "home"
    files = [str(SAMPLE / name) for name in ("02-bionettoyage.docx", "05-bail-professionnel.pdf")]
    done = command(home, "ingest", *files, "--vectors", "later")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def app(home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("CONTRATHEQUE_HOME", str(home))
    monkeypatch.setenv("CONTRATHEQUE_LANG", "fr")
    return AppTest.from_file(PAGE, default_timeout=60)


def test_the_portfolio_lists_its_contracts(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert app.header[0].value == "Portefeuille"
    (table,) = app.dataframe
    assert list(table.value["Contrat"]) == ["Contrat de prestation de bionettoyage", "Bail professionnel"]


def test_filters_narrow_the_portfolio(app: AppTest) -> None:
    app.run()
    app.text_input[0].set_value("bail").run()
    assert list(app.dataframe[0].value["Contrat"]) == ["Bail professionnel"]


def test_a_contract_shows_its_values_and_the_words_that_prove_them(app: AppTest) -> None:
    app.run()
    app.radio[0].set_value("Contrat").run()
    assert not app.exception
    assert app.subheader[0].value == "Contrat de prestation de bionettoyage"
    values = app.dataframe[0].value
    assert "01/07/2023" in list(values["Valeur"])
    assert set(values["État"]) <= {"à vérifier", "sûr"}


def test_a_search_shows_passages(app: AppTest) -> None:
    app.run()
    app.radio[0].set_value("Recherche").run()
    app.text_input[0].set_value("tacite reconduction").run()
    assert not app.exception
    assert any("reconduction" in text.value for text in app.text)


def test_english_at_a_switch(app: AppTest) -> None:
    app.run()
    app.segmented_control[0].set_value("en").run()
    assert app.header[0].value == "Portfolio"
