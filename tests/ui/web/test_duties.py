"""The contract's obligations and the revision calculator."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.accounts.records import Account
from portfolio.alerts.clock import today
from portfolio.obligations.book import ObligationBook
from portfolio.register.store import Register
from portfolio.revision.index_csv import read
from portfolio.revision.store import Indices
from portfolio.schema import Amount, Obligation
from portfolio.values import OnDate
from tests.portfolio.builders import contract
from tests.ui.web.conftest import Open, shown
from ui.web import who

VALUES = "série;période;valeur\nMaison;2025-01;110,0\nMaison;2024-01;100,0\n"


@pytest.fixture
def owing_home(tmp_path: Path) -> Path:
    """A cleaning contract with a certificate to hand over in ten days, its price revised each 1 January."""
    with Register.open(tmp_path) as register:
        register.import_contract(
            contract(
                "entretien.pdf",
                title="Entretien",
                start_date="2024-01-01",
                end_date="2026-12-31",
                renewal__kind="none",
                amounts=[Amount(label="Forfait annuel", value=12000, tax="excl", period="year")],
                price_revision__kind="indexed",
                price_revision__formula="P = P0 × (0,15 + 0,85 × S/S0)",
                price_revision__indices=["Maison"],
                price_revision__frequency="P1Y",
                price_revision__month_day="01-01",
                obligations=[
                    Obligation(
                        debtor="Netisol",
                        action="Remettre l’attestation de vigilance",
                        document="attestation de vigilance URSSAF",
                        due=OnDate(date=today() + timedelta(days=10)),
                        quote="Le titulaire remet une attestation.",
                    )
                ],
            ),
            "Durand",
        )
        indices = Indices(register)
        found = read(VALUES, ())
        for code, series in found.series.items():
            indices.put(series, found.values[code], "test")
    return tmp_path


def opened(open_app: Open, home: Path, section: str) -> AppTest:
    with Register.open(home) as register:
        return open_app(home, "contract", contract=register.contract("entretien").id, section=section)


def states(home: Path) -> dict[str, str]:
    with Register.open(home) as register:
        day = today()
        listed = ObligationBook(register).list(day, day, day + timedelta(days=30))
        return {o.event.what.values["action"]: o.state for o in listed.occurrences if "action" in o.event.what.values}


def test_an_obligation_is_done_with_the_document_handed_over(owing_home: Path, open_app: Open) -> None:
    app = opened(open_app, owing_home, "obligations")
    assert "Remettre l’attestation de vigilance" in shown(app)
    next(b for b in app.button if str(b.key).startswith("owed-done-")).click().run()
    app.text_input(key="owed-document").set_value("Attestation du 3")
    app.date_input(key="owed-dated").set_value(today() - timedelta(days=2))
    app.button(key="owed-done-save").click().run()
    assert not app.exception
    assert states(owing_home) == {"Remettre l’attestation de vigilance": "done"}
    words = shown(opened(open_app, owing_home, "obligations"))
    assert "Attestation du 3" in words and "valable jusqu’au" in words


def test_it_is_waived_with_a_reason_only_and_taken_back(owing_home: Path, open_app: Open) -> None:
    app = opened(open_app, owing_home, "obligations")
    next(b for b in app.button if str(b.key).startswith("owed-waive-")).click().run()
    app.button(key="owed-waive-save").click().run()
    assert [w.value for w in app.warning] == ["Dites pourquoi : une dispense demande une raison."]
    app.text_input(key="owed-reason").set_value("déjà au dossier")
    app.button(key="owed-waive-save").click().run()
    assert states(owing_home) == {"Remettre l’attestation de vigilance": "waived"}
    app = opened(open_app, owing_home, "obligations")
    assert "déjà au dossier" in shown(app)
    next(b for b in app.button if str(b.key).startswith("owed-undo-")).click().run()
    assert states(owing_home) == {"Remettre l’attestation de vigilance": "to_do"}


def test_a_reader_looks_only(owing_home: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "local_account", lambda: Account("lea", "Léa", "reader"))
    app = opened(open_app, owing_home, "obligations")
    assert "Remettre l’attestation de vigilance" in shown(app)
    assert not [b for b in app.button if str(b.key).startswith("owed-")]


def test_the_price_on_a_day_with_each_step(owing_home: Path, open_app: Open) -> None:
    app = opened(open_app, owing_home, "revision")
    for key, value in (("base_values", "S = 100"), ("reading", "mois"), ("rounding", "3 up")):
        app.text_input(key=f"price-rule-{key}").set_value(value)
    app.button(key="price-rules-save").click().run()
    day = next(d for d in app.date_input if str(d.key).startswith("price-on-"))
    day.set_value(day.value.replace(2025, 7, 15)).run()
    assert not app.exception
    words = shown(app)
    assert "Prix au 15/07/2025" in words
    assert "13 020 € HT" in words or "13 020,00 € HT" in words
    assert "1,085" in words
    next(t for t in app.text_input if str(t.key).startswith("price-invoiced-")).set_value("13 100").run()
    assert "soit 80 € de trop" in shown(app)


def test_what_is_no_number_is_said(owing_home: Path, open_app: Open) -> None:
    app = opened(open_app, owing_home, "revision")
    next(t for t in app.text_input if str(t.key).startswith("price-amount-")).set_value("douze mille").run()
    assert app.error
    assert not app.exception
