"""Settings: what an administrator sets for everybody; nobody else comes here."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.accounts.desk import Desk
from portfolio.accounts.office import Office
from portfolio.accounts.records import Account, local_account
from portfolio.accounts.store import Accounts
from portfolio.errors import NotFound
from portfolio.register.store import Register
from tests.ui.web.conftest import Open, shown
from ui.web import who


def office(register: Register) -> Office:
    return Office(Desk(register, local_account()))


@pytest.mark.parametrize("part", ["company", "sites", "leads", "rules", "endpoint", "users", "mail", "indices", "data"])
def test_every_part_opens(home: Path, open_app: Open, part: str) -> None:
    lang = "en" if part in ("company", "users") else "fr"
    app = open_app(home, "settings", lang, part=part)
    assert not app.error
    assert app.title[0].value == ("Réglages" if lang == "fr" else "Settings")


def test_only_administrators_come_here(home: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "local_account", lambda: Account("lea", "Léa", "editor"))
    app = open_app(home, "settings")
    assert "Réglages" not in [title.value for title in app.title]


def test_lead_times_are_set_and_taken_back(home: Path, open_app: Open) -> None:
    app = open_app(home, "settings", part="leads")
    app.text_input(key="settings-lead-notice").set_value("120, 30")
    app.button(key="settings-leads-save").click().run()
    assert "C’est enregistré (1 modifiés)." in shown(app)
    with Register.open(home) as register:
        assert office(register).lead_times()["notice"] == ((120, 30), True)
    app.text_input(key="settings-lead-notice").set_value("bientôt")
    app.button(key="settings-leads-save").click().run()
    assert app.warning
    app.button(key="settings-leads-back").click().run()
    with Register.open(home) as register:
        assert not office(register).lead_times()["notice"][1]


def test_a_rule_of_law_is_switched(home: Path, open_app: Open) -> None:
    app = open_app(home, "settings", part="rules")
    (first, *_) = [t for t in app.toggle if str(t.key).startswith("settings-rule-")]
    before = first.value
    first.set_value(not before).run()
    with Register.open(home) as register:
        rules = {f"settings-rule-{rule.id}": rule.enabled for rule in office(register).rules()}
    assert rules[str(first.key)] is not before


def test_the_key_of_the_endpoint_is_never_shown(home: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTRATHEQUE_API_KEY", "sk-tres-secret")
    app = open_app(home, "settings", part="endpoint")
    assert "présente, jamais montrée" in shown(app)
    assert "sk-tres-secret" not in str(app)
    app.selectbox(key="settings-endpoint-name").set_value("currency")
    app.text_input(key="settings-endpoint-value").set_value("USD")
    app.button(key="settings-endpoint-save").click().run()
    assert 'currency = "USD"' in (home / "config.toml").read_text()


def test_an_account_is_opened(home: Path, open_app: Open) -> None:
    app = open_app(home, "settings", part="users")
    app.text_input(key="settings-add-name").set_value("lea")
    app.text_input(key="settings-add-password").set_value("court")
    app.button(key="settings-add-save").click().run()
    assert app.error
    app.text_input(key="settings-add-password").set_value("un cheval bleu dans la cour")
    app.text_input(key="settings-sites-add").set_value("Lyon, Brest")
    app.button(key="settings-add-save").click().run()
    with Register.open(home) as register:
        (lea,) = Accounts(register).all()
    assert (lea.name, lea.role, lea.scope.sites) == ("lea", "reader", ("Lyon", "Brest"))


def test_a_webhook_shows_its_secret_once(home: Path, open_app: Open) -> None:
    app = open_app(home, "settings", part="mail")
    app.text_input(key="settings-hook-url").set_value("https://erp.example.org/hooks")
    app.button(key="settings-hook-save").click().run()
    assert app.code[0].value.startswith("whsec_")
    app.run()
    assert not app.code
    assert "https://erp.example.org/…" in shown(app)


def test_a_contract_is_erased_by_its_name_typed(home: Path, open_app: Open) -> None:
    app = open_app(home, "settings", part="data")
    app.text_input(key="settings-erase-ref").set_value("NET-2024-017").run()
    app.text_input(key="settings-erase-typed").set_value("nettoyge")
    app.button(key="settings-erase-go").click().run()
    assert app.error
    app.text_input(key="settings-erase-typed").set_value("nettoyage")
    app.button(key="settings-erase-go").click().run()
    assert "est effacé" in shown(app)
    with Register.open(home) as register:
        with pytest.raises(NotFound):
            register.contract("nettoyage")
        with pytest.raises(NotFound):
            register.contract("avenant")
        assert {summary.stem for summary in register.contracts()} == {"bail", "garde"}
        assert {site.city for site in register.sites()} == {"Brest"}
        assert "Netisol" not in {company.name for company in register.counterparties()}
