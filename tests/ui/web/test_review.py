"""The review page: the dearest doubt first, decided by keys."""

from pathlib import Path

from portfolio.register.store import Register
from portfolio.schema import Amount
from tests.portfolio.builders import contract
from tests.ui.web.conftest import Open, shown


def test_the_dearest_contract_comes_first_and_a_decision_brings_the_next_value(home: Path, open_app: Open) -> None:
    price = Amount(label="Prix", value=2_000_000, tax="excl", period="year")
    with Register.open(home) as register:
        register.save(contract("grand.pdf", title="Grand contrat", amounts=[price]), "rules")
    app = open_app(home, "review")
    assert "Grand contrat" in shown(app)
    assert "Valeur 1 sur 4" in shown(app)
    app.button(key="decide-confirm").click().run()
    assert "Valeur 1 sur 3" in shown(app)


def test_a_whole_contract_is_confirmed_and_the_next_one_comes(home: Path, open_app: Open) -> None:
    app = open_app(home, "review")
    for _ in range(4):
        (confirm,) = [button for button in app.button if button.label.startswith("Tout confirmer")]
        confirm.click().run()
        assert not app.exception
    assert "Tout est relu" in shown(app)
    with Register.open(home) as register:
        assert all(s.fact.review == "confirmed" for c in register.all_contracts() for s in c.facts)


def test_skipping_goes_on_to_the_next_value_and_the_next_contract(home: Path, open_app: Open) -> None:
    app = open_app(home, "review")
    (skip,) = [button for button in app.button if button.label == "Passer"]
    skip.click().run()
    assert "Valeur 2 sur" in shown(app)
    before = shown(app)
    (following,) = [button for button in app.button if button.label == "Contrat suivant"]
    following.click().run()
    assert "Valeur 1 sur" in shown(app)
    assert shown(app) != before


def test_two_readings_stand_beside_each_other_and_the_other_can_be_taken(tmp_path: Path, open_app: Open) -> None:
    with Register.open(tmp_path) as register:
        register.save(contract("un.pdf", title="Un", payment_days=30), "rules")
        register.save(contract("un.pdf", title="Un", payment_days=60), "hybrid")
        register.confirm("un", "title", "claire")
        for position in (0, 1):
            register.confirm("un", "parties", "claire", position)
    app = open_app(tmp_path, "review")
    words = shown(app)
    assert '<p class="ct-value">60</p>' in words
    assert '<p class="ct-value">30</p>' in words
    (other,) = [button for button in app.button if button.label == "Prendre l’autre"]
    other.click().run()
    with Register.open(tmp_path) as register:
        assert register.contract("un").value("payment_days") == 30


def test_an_empty_portfolio_says_where_to_begin(tmp_path: Path, open_app: Open) -> None:
    assert "Le portefeuille est vide." in shown(open_app(tmp_path, "review"))
