"""Ten persons at once: each sees their own name, their own contracts and their own questions, nobody else's."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, TimeoutError, expect

from portfolio.accounts.store import Accounts
from portfolio.register.records import Scope
from portfolio.register.store import Register
from tests.browser.conftest import WAIT, Serve, settled
from tests.portfolio.builders import contract

PEOPLE = 10
GOOD = "un cheval bleu dans la cour"


def _sign_in(page: Page, address: str, name: str) -> None:
    """Signs in; a second time where the page was still being drawn when the button was pressed."""
    box = page.get_by_test_id("stChatInputTextArea")
    for _ in range(3):
        page.goto(f"{address}/sign-in?next=/chat")
        page.get_by_label("Nom").or_(box).first.wait_for()
        if box.count():
            return
        page.get_by_label("Nom").fill(name)
        page.get_by_label("Mot de passe").fill(GOOD)
        page.get_by_role("button", name="Se connecter").click(no_wait_after=True)
        try:
            box.wait_for(timeout=20_000)
        except TimeoutError:
            continue
        return


def test_ten_at_once(tmp_path: Path, serve: Serve, browser: Browser) -> None:
    home = tmp_path / "home"
    with Register.open(home) as register:
        Accounts(register).add("chef", "administrator", password=GOOD)
        for n in range(PEOPLE):
            made = register.save(contract(f"c{n}.pdf", title=f"Contrat secret {n}", reference=f"SEC-{n}"), "rules")
            register.label(made.contract, f"lot-{n}")
            Accounts(register).add(f"personne{n}", "editor", password=GOOD, scope=Scope(tags=(f"lot-{n}",)))
    address = serve(home, "fr")
    contexts = [browser.new_context(locale="fr-FR") for _ in range(PEOPLE)]
    pages = [context.new_page() for context in contexts]
    for n, page in enumerate(pages):
        page.set_default_timeout(WAIT)
        _sign_in(page, address, f"personne{n}")
    for n, page in enumerate(pages):
        box = page.get_by_test_id("stChatInputTextArea")
        box.fill(f"Combien de contrats avons-nous, question {n} ?")
        box.press("Enter")
    for n, page in enumerate(pages):
        expect(page.get_by_text(f"question {n}").first).to_be_visible(timeout=WAIT)
        settled(page)
        words = page.locator("body").inner_text()
        assert re.findall(r"personne\d", words) == [f"personne{n}"]
        assert set(re.findall(r"question (\d)", words)) == {str(n)}
        assert not set(re.findall(r"Contrat secret (\d)", words)) - {str(n)}
    for n, page in enumerate(pages):
        page.goto(f"{address}/contract")
        expect(page.get_by_text(re.compile("Contrat secret")).first).to_be_visible(timeout=WAIT)
        assert set(re.findall(r"Contrat secret (\d)", page.locator("body").inner_text())) == {str(n)}
    for context in contexts:
        context.close()
