"""Who is let in, and what each role is shown."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.accounts.store import Accounts
from portfolio.register.records import Scope
from portfolio.register.store import Register
from tests.ui.web.conftest import APP, Open, shown, to
from ui.web import who

GOOD = "un cheval bleu dans la cour"


def as_(monkeypatch: pytest.MonkeyPatch, home: Path, name: str) -> None:
    """A browser that is signed in."""
    with Register.open(home) as register:
        token = Accounts(register).sign_in(name, GOOD)
    monkeypatch.setattr(who, "cookie", lambda: token)


@pytest.fixture
def accounts(home: Path) -> Path:
    with Register.open(home) as register:
        Accounts(register).add("claire", "administrator", password=GOOD)
        Accounts(register).add("lea", "reader", password=GOOD, scope=Scope(sites=("Lyon",)))
    return home


def test_with_accounts_nobody_is_let_in_without_signing_in(accounts: Path, open_app: Open) -> None:
    app = open_app(accounts)
    assert not app.dataframe
    assert not app.get("page_link")


def test_without_accounts_a_server_for_others_lets_nobody_in(
    home: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONTRATHEQUE_HOME", str(home))
    monkeypatch.setenv(who.LOCAL, "0")
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert "Aucun compte n’est ouvert." in shown(app)
    assert not app.dataframe


def test_a_reader_sees_their_part_and_decides_nothing(
    accounts: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_(monkeypatch, accounts, "lea")
    app = open_app(accounts)
    assert list(app.dataframe[0].value["title"]) == ["↳ Avenant n° 1", "Nettoyage des bureaux"]
    assert "lea · lecteur" in shown(app)
    app = open_app(accounts, "review")
    assert "Votre rôle permet de lire, pas de décider." in shown(app)
    assert not [button for button in app.button if button.label in ("Confirmer", "Corriger", "Rejeter")]
    to(app, "import").run()
    assert not app.get("file_uploader")


def test_an_administrator_sees_everything(accounts: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    as_(monkeypatch, accounts, "claire")
    assert len(open_app(accounts).dataframe[0].value) == 4
