"""The page of deadlines: list, calendar, timeline, and what has no date yet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from portfolio.calendar.told import told
from portfolio.register.store import Register
from portfolio.values import Duration
from tests.portfolio.builders import US, contract, party, site
from tests.ui.web.conftest import Open, shown


@pytest.fixture
def due_home(tmp_path: Path) -> Path:
    """On 1 September 2026: a cleaning contract of Lyon that ends on 31 December with three months' notice, and works
    that begin on a day nobody told."""
    with Register.open(tmp_path) as register:
        register.save(
            contract(
                "nettoyage.pdf",
                title="Nettoyage des bureaux",
                sites=[site("Lyon", "69003")],
                start_date=date(2026, 1, 1),
                end_date=date(2026, 12, 31),
                renewal__kind="tacit",
                renewal__period=Duration(years=1),
                notice_period=Duration(months=3),
            ),
            "rules",
        )
        register.save(
            contract(
                "travaux.pdf",
                title="Travaux de toiture",
                contract_type="works",
                parties=[US, party("Couvreurs Réunis")],
                duration=Duration(months=6),
            ),
            "rules",
        )
    return tmp_path


ON = {"on": "2026-09-01", "days": "180"}


def test_the_list_gives_day_kind_contract_and_site(due_home: Path, open_app: Open) -> None:
    app = open_app(due_home, "deadlines", **ON)
    table = app.dataframe[0].value
    notice = table[table["kind"] == "Préavis"].iloc[0]
    assert notice["date"] == date(2026, 9, 30)
    assert notice["group"] == "septembre 2026"
    assert (notice["contract"], notice["site"]) == ("Nettoyage des bureaux", "Lyon")


def test_it_is_ordered_by_site_and_narrowed_by_kind(due_home: Path, open_app: Open) -> None:
    app = open_app(due_home, "deadlines", by="site", kind="renewal", **ON)
    assert list(app.dataframe[0].value["group"]) == ["Lyon"]
    assert "renewal" in app.query_params["kind"]


def test_the_calendar_shows_a_month(due_home: Path, open_app: Open) -> None:
    app = open_app(due_home, "deadlines", view="calendar", month="2026-12", **ON)
    words = shown(app)
    assert "<caption>décembre 2026</caption>" in words
    assert "Reconduction · Nettoyage des bureaux" in words


def test_the_timeline_draws_the_periods(due_home: Path, open_app: Open) -> None:
    app = open_app(due_home, "deadlines", view="timeline", **ON)
    (chart,) = app.get("arrow_vega_lite_chart") or app.get("vega_lite_chart")
    assert "contract" in str(chart.proto)


def test_what_has_no_date_is_told_one(due_home: Path, open_app: Open) -> None:
    app = open_app(due_home, "deadlines", view="undated", **ON)
    assert "Travaux de toiture" in set(app.dataframe[0].value["contract"])
    app.selectbox(key="tell-kind").set_value("start")
    app.date_input(key="tell-on").set_value(date(2026, 9, 15))
    next(button for button in app.button if button.label == "Enregistrer").click().run()
    assert not app.exception
    with Register.open(due_home) as register:
        (entry,) = told(register, "travaux")
    assert (entry.kind, entry.on) == ("start", date(2026, 9, 15))
    assert "C’est noté" in shown(app)


def test_views_keep_what_was_chosen(due_home: Path, open_app: Open) -> None:
    app = open_app(due_home, "deadlines", kind="notice", **ON)
    for view in ("undated", "timeline", "list"):
        app.segmented_control(key="deadlines-view").set_value(view).run()
        assert not app.exception
    assert set(app.dataframe[0].value["kind"]) == {"Préavis"}


def test_an_address_that_makes_no_sense_harms_nothing(due_home: Path, open_app: Open) -> None:
    app = open_app(due_home, "deadlines", view="x", days="-1", by="y", kind="z", month="2026-99", site="Nulle part")
    assert app.title[0].value == "Échéances"


def test_a_contract_shows_its_periods_and_how_they_were_reckoned(due_home: Path, open_app: Open) -> None:
    with Register.open(due_home) as register:
        id_ = register.contract("nettoyage").id
    app = open_app(due_home, "contract", contract=id_, section="periods", on="2026-09-01")
    words = shown(app)
    assert "31/12/2026 − 3 mois = 30/09/2026 au plus tard." in words
    assert "Dernier jour pour empêcher la reconduction" in words
