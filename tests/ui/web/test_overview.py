"""The portfolio's page."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from portfolio.register.store import Register
from tests.portfolio.builders import contract
from tests.ui.web.conftest import Open, shown, to
from ui.web.overview import LINES


def titles(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["title"])


def test_the_portfolio_lists_its_contracts_in_french(home: Path, open_app: Open) -> None:
    app = open_app(home)
    assert app.title[0].value == "Portefeuille"
    assert titles(app) == ["↳ Avenant n° 1", "Bail professionnel", "Gardiennage", "Nettoyage des bureaux"]
    assert "**4 contrats**" in shown(app)


def test_words_and_types_narrow_it_and_the_address_says_so(home: Path, open_app: Open) -> None:
    app = open_app(home)
    app.text_input(key="filter-q").set_value("lyon").run()
    assert titles(app) == ["Nettoyage des bureaux"]
    assert app.query_params["q"] == "lyon"
    app.text_input(key="filter-q").set_value("").run()
    app.multiselect(key="filter-type").set_value(["lease", "security"]).run()
    assert titles(app) == ["Bail professionnel", "Gardiennage"]
    assert app.query_params["type"] == ["lease", "security"]
    assert "q" not in app.query_params


def test_an_address_with_filters_opens_what_it_says(home: Path, open_app: Open) -> None:
    app = open_app(home, type="security", sort="-title", cols="end")
    assert titles(app) == ["Gardiennage"]
    assert list(app.dataframe[0].value.columns) == ["title", "end"]


def test_an_address_that_makes_no_sense_harms_nothing(home: Path, open_app: Open) -> None:
    app = open_app(home, type="x", sort="drop table", cols="nonsense", p="-3", **{"from": "yesterday"})
    assert "Aucun contrat ne répond à ces filtres." in shown(app)
    app.button(key="clear").click().run()
    assert len(titles(app)) == 4


def test_facets_tell_how_many_there_are(home: Path, open_app: Open) -> None:
    app = open_app(home)
    assert "bail (1)" in app.multiselect(key="filter-type").options
    assert app.selectbox(key="filter-city").options == ["Brest (1)", "Lyon (1)"]


def test_a_view_is_kept_and_opened_again(home: Path, open_app: Open) -> None:
    app = open_app(home, type="lease", sort="-end")
    (name,) = [field for field in app.text_input if field.label == "Garder cette vue sous le nom"]
    name.set_value("Mes baux")
    (keep,) = [button for button in app.button if button.label == "Garder"]
    keep.click().run()
    app = open_app(home)
    assert len(titles(app)) == 4
    (view,) = [button for button in app.button if button.label == "Mes baux"]
    view.click().run()
    assert titles(app) == ["Bail professionnel"]
    assert app.query_params["sort"] == "-end"


def test_an_empty_portfolio_teaches_what_to_do(tmp_path: Path, open_app: Open) -> None:
    app = open_app(tmp_path)
    assert "Le portefeuille est vide." in shown(app)
    assert not app.dataframe


def test_english_at_the_switch_stays_over_pages(home: Path, open_app: Open) -> None:
    app = open_app(home)
    app.segmented_control(key="lang").set_value("en").run()
    assert app.title[0].value == "Portfolio"
    assert app.query_params["lang"] == "en"
    to(app, "review").run()
    assert app.title[0].value == "Review"
    assert app.query_params["lang"] == "en"


def test_the_page_of_the_table_stands_in_the_address_and_ends_with_the_last_one(tmp_path: Path, open_app: Open) -> None:
    with Register.open(tmp_path) as register:
        for number in range(LINES + 3):
            register.save(contract(f"{number:02d}.pdf", title=f"Contrat {number:02d}"), "rules")
    app = open_app(tmp_path, p="2")
    assert titles(app) == ["Contrat 50", "Contrat 51", "Contrat 52"]
    app.session_state["portfolio-page"] = 1
    app.run()
    assert "p" not in app.query_params
    app = open_app(tmp_path, p="9")
    assert app.query_params["p"] == "2"
    app.text_input(key="filter-q").set_value("Contrat 07").run()
    assert titles(app) == ["Contrat 07"]
    assert "p" not in app.query_params
