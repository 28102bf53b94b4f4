"""Own columns in the portfolio's table and on the contract's page."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.columns.book import Columns
from portfolio.columns.records import Answer
from portfolio.register.store import Register
from tests.ui.web.conftest import Open, shown


@pytest.fixture
def own_home(home: Path) -> Path:
    """Two own columns; the cleaning contract was read for the first."""
    with Register.open(home) as register:
        book = Columns(register)
        cap = book.add("plafond de <b>pénalités</b>", "percent", "claire")
        book.add("sous-traitance permise", "yes_no", "claire")
        book.put(register.contract("nettoyage").id, cap, Answer(5.0, (), 0.6), "stamp")
    return home


def test_own_columns_stand_in_the_table_when_chosen(own_home: Path, open_app: Open) -> None:
    with Register.open(own_home) as register:
        key = f"own-{Columns(register).all()[0].key}"
    app = open_app(own_home, "portfolio", cols=key)
    table = app.dataframe[0].value
    assert list(table.columns) == ["title", key]
    assert dict(zip(table["title"], table[key], strict=True))["Nettoyage des bureaux"].startswith("5")
    assert key in app.query_params["cols"]


def test_a_person_decides_on_the_contract_page(own_home: Path, open_app: Open) -> None:
    with Register.open(own_home) as register:
        id_ = register.contract("nettoyage").id
        cap, subcontracting = Columns(register).all()
    app = open_app(own_home, "contract", contract=id_, section="columns")
    assert "plafond de &lt;b&gt;pénalités" in shown(app)
    app.button(key=f"own-confirm-{cap.key}").click().run()
    app.button(key=f"own-correct-{subcontracting.key}").click().run()
    app.radio(key=f"own-value-{subcontracting.key}").set_value(False)
    app.button(key=f"own-value-{subcontracting.key}-save").click().run()
    assert not app.exception
    with Register.open(own_home) as register:
        decided = {column.key: own for column, own in Columns(register).of("nettoyage")}
    assert decided[cap.key].review == "confirmed"
    assert (decided[subcontracting.key].review, decided[subcontracting.key].value) == ("corrected", False)
