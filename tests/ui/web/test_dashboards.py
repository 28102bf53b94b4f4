"""The dashboards: each plot with the same figures as a table."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from agent.model.store import ModelStore
from portfolio.alerts.clock import today
from portfolio.register.store import Register
from portfolio.schema import Amount
from tests.portfolio.builders import contract, site
from tests.ui.web.conftest import Open, shown


@pytest.fixture
def counted_home(tmp_path: Path) -> Path:
    """A cleaning contract of 12,000 € a year under an index that ends in 100 days; a lease of 24,000 €."""
    day = today()
    with Register.open(tmp_path) as register:
        register.save(
            contract(
                "nettoyage.pdf",
                title="Nettoyage",
                contract_type="cleaning",
                sites=[site("Lyon", "69003")],
                start_date=day - timedelta(days=300),
                end_date=day + timedelta(days=100),
                amounts=[Amount(label="Prix", value=12000.0, currency="EUR", tax="excl", period="year")],
                price_revision__kind="indexed",
                price_revision__indices=["ILC"],
            ),
            "rules",
        )
        register.save(
            contract(
                "bail.pdf",
                title="Bail",
                contract_type="lease",
                start_date=day - timedelta(days=300),
                end_date=day + timedelta(days=800),
                amounts=[Amount(label="Loyer", value=2000.0, currency="EUR", tax="excl", period="month")],
            ),
            "rules",
        )
        register.confirm("bail", "title", "claire")
        register.correct("bail", "contract_type", "services", "claire")
    return tmp_path


def test_ends_by_month_come_first(counted_home: Path, open_app: Open) -> None:
    app = open_app(counted_home, "dashboards")
    month = today() + timedelta(days=100)
    assert app.title[0].value == "Tableaux de bord"
    assert f'<th scope="row">{month:%m/%Y}</th>' in shown(app)
    assert len(app.get("vega_lite_chart")) == 1


def test_commitments_by_year_type_and_site(counted_home: Path, open_app: Open) -> None:
    app = open_app(counted_home, "dashboards", show="commitments")
    words = shown(app)
    assert "36 000 €" in words  # by year, both
    assert "nettoyage" in words.lower() and "24 000 €" in words
    assert len(app.get("vega_lite_chart")) == 2
    app.segmented_control(key="dashboards-group").set_value("site").run()
    assert not app.exception
    assert '<th scope="row">Lyon</th>' in shown(app)


def test_what_follows_an_index(counted_home: Path, open_app: Open) -> None:
    words = shown(open_app(counted_home, "dashboards", show="indices"))
    assert "ILC" in words and "12 000 €" in words
    assert "24 000 €" not in words


def test_how_well_was_read(counted_home: Path, open_app: Open) -> None:
    words = shown(open_app(counted_home, "dashboards", show="quality"))
    assert '<p class="ct-value">50,0 %</p>' in words
    assert '<p class="ct-value">2</p>' in words


def test_what_the_language_model_cost(counted_home: Path, open_app: Open) -> None:
    assert "Rien n’a été envoyé" in shown(open_app(counted_home, "dashboards", show="model"))
    store = ModelStore(counted_home)
    call = store.open_call(
        {
            "run": "r", "subject": "s", "prompt": "read", "host": "127.0.0.1", "model": "m", "masked": 0, "sent": 1000,
            "received": 0, "cost": 1.5, "seconds": 0.0, "outcome": "open", "key": "k",
        },
        None,
    )  # fmt: skip
    store.close_call(call, outcome="answered", received=200, cost=2.5, seconds=1.0)
    store.close()
    words = shown(open_app(counted_home, "dashboards", show="model"))
    assert "2,50 €" in words and '<td class="ct-number">1 000</td>' in words


def test_obligations_done_and_late(counted_home: Path, open_app: Open) -> None:
    app = open_app(counted_home, "dashboards", show="obligations")
    assert "Rien n’est échu" in shown(app)


def test_an_empty_portfolio_teaches(tmp_path: Path, open_app: Open) -> None:
    assert "Le portefeuille est vide." in shown(open_app(tmp_path, "dashboards"))
