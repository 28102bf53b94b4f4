"""Home and alerts: what needs somebody, why on that day, and what they say about it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from portfolio.alerts.book import AlertBook
from portfolio.alerts.clock import today
from portfolio.alerts.records import Alert
from portfolio.register.store import Register
from portfolio.schema import Amount
from portfolio.values import Duration
from tests.portfolio.builders import US, contract, party
from tests.ui.web.conftest import Open, shown


@pytest.fixture
def due_home(tmp_path: Path) -> Path:
    """A lift contract that ends in 100 days with two months' notice, and a lease that ends in 20 days."""
    day = today()
    with Register.open(tmp_path) as register:
        register.save(
            contract(
                "ascenseurs.pdf",
                title="Maintenance des ascenseurs",
                contract_type="maintenance",
                start_date=day - timedelta(days=265),
                end_date=day + timedelta(days=100),
                renewal__kind="tacit",
                renewal__period=Duration(years=1),
                notice_period=Duration(months=2),
                amounts=[Amount(label="Prix", value=12000.0, currency="EUR", tax="excl", period="year")],
            ),
            "rules",
        )
        register.save(
            contract(
                "location.pdf",
                title="Location d’une nacelle",
                contract_type="services",
                parties=[US, party("Locamat Ouest")],
                start_date=day - timedelta(days=90),
                end_date=day + timedelta(days=20),
            ),
            "rules",
        )
    return tmp_path


def alerts(home: Path) -> tuple[Alert, ...]:
    with Register.open(home) as register:
        return AlertBook(register).alerts()


def ran(home: Path) -> Alert:
    with Register.open(home) as register:
        AlertBook(register).run(today())
        return next(a for a in AlertBook(register).alerts() if a.kind == "notice")


def test_home_says_what_is_next_and_why(due_home: Path, open_app: Open) -> None:
    notice = ran(due_home)
    app = open_app(due_home, "home")
    words = shown(app)
    assert app.title[0].value == "Aujourd’hui"
    assert "Prochaine action" in words
    assert "12 000 € HT" in words
    assert "Location d’une nacelle" in words and "…" not in words
    assert "Préavis : " in words and f"{notice.on:%d/%m/%Y} au plus tard" in words


def test_the_first_look_for_what_falls_due_is_a_button_of_home(due_home: Path, open_app: Open) -> None:
    app = open_app(due_home, "home")
    app.button(key="home-run").click().run()
    assert not app.exception
    assert alerts(due_home)
    assert "Aucune alerte ouverte" not in shown(app)
    assert "Préavis : " in shown(app)


def test_an_empty_home_teaches(tmp_path: Path, open_app: Open) -> None:
    assert "Le portefeuille est vide." in shown(open_app(tmp_path, "home"))


def test_the_inbox_begins_with_a_look_for_what_falls_due(due_home: Path, open_app: Open) -> None:
    app = open_app(due_home, "alerts")
    assert "Aucune alerte ouverte" in shown(app)
    app.button(key="alerts-run").click().run()
    assert not app.exception
    assert "Maintenance des ascenseurs" in set(app.dataframe[0].value["contract"])


def test_an_alert_is_confirmed_and_that_is_undone(due_home: Path, open_app: Open) -> None:
    notice = ran(due_home)
    app = open_app(due_home, "alerts", alert=str(notice.id))
    assert "Pourquoi ce jour" in shown(app)
    app.button(key="alert-confirm").click().run()
    assert "Alerte confirmée." in shown(app)
    assert {a.id: a.state for a in alerts(due_home)}[notice.id] == "confirmed"
    (undo,) = [b for b in app.button if str(b.key).startswith("alert-undo-")]
    undo.click().run()
    assert {a.id: a.state for a in alerts(due_home)}[notice.id] == "proposed"


def test_an_alert_is_put_off_assigned_and_dismissed_with_a_reason(due_home: Path, open_app: Open) -> None:
    notice = ran(due_home)
    app = open_app(due_home, "alerts", alert=str(notice.id))
    until = today() + timedelta(days=3)
    app.date_input(key="alert-until").set_value(until)
    next(b for b in app.button if b.label == "Reporter").click().run()
    assert next(a for a in alerts(due_home) if a.id == notice.id).snoozed_until == until
    next(b for b in app.button if b.label == "Attribuer").click().run()
    assert next(a for a in alerts(due_home) if a.id == notice.id).assignee
    next(b for b in app.button if b.label == "Écarter").click().run()
    assert app.error
    next(i for i in app.text_input if i.label.startswith("Pourquoi")).set_value("résilié par oral")
    next(b for b in app.button if b.label == "Écarter").click().run()
    assert notice.id not in {a.id for a in alerts(due_home)}


def test_an_alert_that_is_not_there_is_said_in_words(due_home: Path, open_app: Open) -> None:
    app = open_app(due_home, "alerts", alert="99999")
    assert app.error


def test_home_in_english(due_home: Path, open_app: Open) -> None:
    ran(due_home)
    assert "Next action" in shown(open_app(due_home, "home", lang="en"))
