"""The contract's page: values, proof, decisions, amendments, history."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from portfolio.register.store import Register
from tests.ui.web.conftest import Open, shown


def opened(open_app: Open, home: Path, stem: str, **address: str) -> AppTest:
    with Register.open(home) as register:
        id_ = register.contract(stem).id
    return open_app(home, "contract", contract=id_, **address)


def fact_of(home: Path, stem: str, field: str) -> object:
    with Register.open(home) as register:
        return register.contract(stem).value(field)


def test_without_a_contract_the_page_offers_those_read_last(home: Path, open_app: Open) -> None:
    app = open_app(home, "contract")
    assert app.title[0].value == "Contrat"
    assert len(app.get("page_link")) == 4


def test_values_stand_beside_the_one_that_is_asked_for(home: Path, open_app: Open) -> None:
    app = opened(open_app, home, "nettoyage", value="payment_days")
    assert "Nettoyage des bureaux" in shown(app)
    values = app.dataframe[0].value
    assert list(values[values["field"] == "Paiement (jours)"]["value"]) == ["30"]
    assert '<p class="ct-value">30</p>' in shown(app)
    assert app.query_params["value"] == "payment_days.0"


def test_a_value_is_confirmed_and_the_next_one_comes(home: Path, open_app: Open) -> None:
    app = opened(open_app, home, "nettoyage", value="title")
    app.button(key="decide-confirm").click().run()
    with Register.open(home) as register:
        contract = register.contract("nettoyage")
        assert next(s.fact.review for s in contract.facts if s.fact.field == "title") == "confirmed"
        who = register.history(contract.id, "title")[-1].who
    assert who
    assert '<p class="ct-value">NET-2024-017</p>' in shown(app)


def test_a_value_is_rejected(home: Path, open_app: Open) -> None:
    app = opened(open_app, home, "nettoyage", value="payment_days")
    app.button(key="decide-reject").click().run()
    assert fact_of(home, "nettoyage", "payment_days") is None


def test_keys_step_through_the_values(home: Path, open_app: Open) -> None:
    app = opened(open_app, home, "nettoyage", value="title")
    app.button(key="values-decide.next").click().run()
    assert app.query_params["value"] == "reference.0"
    app.button(key="values-decide.before").click().run()
    assert app.query_params["value"] == "title.0"


def test_amendments_show_each_term_before_and_after(home: Path, open_app: Open) -> None:
    app = opened(open_app, home, "nettoyage", section="amendments")
    assert "<td>Paiement (jours)</td><td>30</td><td>45</td><td>Avenant n° 1</td>" in shown(app)


def test_history_tells_who_did_what_and_takes_it_back(home: Path, open_app: Open) -> None:
    with Register.open(home) as register:
        register.correct("nettoyage", "payment_days", 60, "claire", reason="accord du 3 mars")
    app = opened(open_app, home, "nettoyage", section="history")
    assert "claire · a corrigé Paiement (jours) : 30 → 60 (accord du 3 mars)" in shown(app)
    (undo,) = [button for button in app.button if button.label == "Défaire"]
    undo.click().run()
    assert fact_of(home, "nettoyage", "payment_days") == 30


def test_a_contract_that_is_not_there_is_said_in_words(home: Path, open_app: Open) -> None:
    app = open_app(home, "contract", contract="0123456789abcdef")
    assert app.error[0].value
    assert not app.exception


def test_the_page_is_shown_with_the_words_that_prove_the_value(read_home: Path, open_app: Open) -> None:
    with Register.open(read_home) as register:
        contract = register.contract("05-bail-professionnel")
        evidence = next(s.fact.evidence[0] for s in contract.facts if s.fact.field == "notice_period")
    app = open_app(read_home, "contract", contract=contract.id, value="notice_period")
    (picture,) = app.get("image")
    assert evidence.quote[:40] in picture.proto.imgs[0].alt
    assert f"Page {evidence.page} · 05-bail-professionnel.pdf" in shown(app).replace("\\", "")


def test_the_words_of_a_citation_are_marked(read_home: Path, open_app: Open) -> None:
    with Register.open(read_home) as register:
        contract = register.contract("05-bail-professionnel")
    sha = contract.documents[0].sha256
    app = open_app(read_home, "contract", contract=contract.id, document=sha, start="0", end="20")
    assert "Passage cité" in shown(app)
    assert len(app.get("image")) == 1
    assert open_app(read_home, "contract", contract=contract.id, document=sha, start="5", end="99999999").error


def test_documents_can_be_leafed_through(read_home: Path, open_app: Open) -> None:
    with Register.open(read_home) as register:
        contract = register.contract("05-bail-professionnel")
    app = open_app(read_home, "contract", contract=contract.id, section="documents")
    assert len(app.get("image")) == 1
    assert f"{contract.documents[0].pages} pages" in shown(app)
