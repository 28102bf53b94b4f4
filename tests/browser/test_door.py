"""Nobody passes the door without signing in; once signed in, a reload and a shared address do not ask again."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from portfolio.accounts.store import Accounts
from portfolio.register.records import Scope
from portfolio.register.store import Register
from tests.browser.conftest import Serve, settled
from tests.portfolio.builders import US, contract, party, site
from ui.texts import Texts

GOOD = "un cheval bleu dans la cour"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    with Register.open(home) as register:
        Accounts(register).add("claire", "administrator", password=GOOD)
        Accounts(register).add("lea", "reader", password=GOOD, scope=Scope(sites=("Lyon",)))
        register.save(contract("a.pdf", title="Nettoyage de Lyon", sites=[site("Lyon", "69003")]), "rules")
        register.save(contract("b.pdf", title="Gardiennage de Brest", parties=[US, party("Vigilis")]), "rules")
    return home


def test_the_door(home: Path, serve: Serve, page: Page) -> None:
    address = serve(home, "fr")
    for path in ("/_stcore/host-config", "/media/x.png", "/component/x"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{address}{path}")
        assert refused.value.code == 401
    with Register.open(home) as register:
        brest, lyon = register.contract("b").id, register.contract("a").id
    page.goto(f"{address}/contract?contract={lyon}")
    expect(page).to_have_url(re.compile(r"/sign-in\?next="))
    _fill(page, "lea", "faux")
    expect(page.get_by_role("alert")).to_contain_text("n’est pas le bon")
    _fill(page, "lea", GOOD)
    expect(page.get_by_role("heading", name="Nettoyage de Lyon")).to_be_visible()
    settled(page)
    page.reload()
    expect(page.get_by_role("heading", name="Nettoyage de Lyon")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Confirmer"))).to_have_count(0)
    assert page.get_by_role("link", name="Import").count() == 0
    page.goto(f"{address}/contract?contract={brest}")
    expect(page.get_by_text(re.compile("parmi ceux que vous pouvez voir"))).to_be_visible()
    page.get_by_role("link", name="Se déconnecter").click()
    expect(page.get_by_label("Mot de passe")).to_be_visible()
    page.goto(address)
    expect(page).to_have_url(re.compile("/sign-in"))


def test_the_door_opens_nowhere_else(home: Path, serve: Serve, page: Page) -> None:
    address = serve(home, "fr")
    page.goto(f"{address}/sign-in?next=//evil.example/")
    _fill(page, "claire", GOOD)
    expect(page.get_by_role("heading", name=Texts("fr")("page.home"))).to_be_visible()
    assert page.url.startswith(address)


def _fill(page: Page, name: str, password: str) -> None:
    page.get_by_label("Nom").fill(name)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()
