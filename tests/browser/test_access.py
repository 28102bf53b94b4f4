"""What a screen reader meets: axe-core finds nothing serious that the application's own markup causes."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from portfolio.accounts.store import Accounts
from portfolio.register.store import Register
from tests.browser.conftest import Serve, settled
from tests.portfolio.builders import contract, site

OF_STREAMLIT = (
    ".stDataFrame", "[data-testid=stFileUploader]", "[data-testid=stHeader]", "[data-testid=stSidebarHeader]",
    "[data-testid=stSidebarCollapseButton]", "[data-testid=stElementToolbar]", "[data-baseweb]", ".stDateInput",
    "[data-testid=stNumberInput]", "[data-testid=stSidebarNav]",
)  # fmt: skip
"""Widgets whose insides are Streamlit's: what is amiss there cannot be mended here."""
PAGES = (
    "", "portfolio", "contract", "deadlines", "chat", "search", "alerts", "import", "review",
    *(f"dashboards?show={board}" for board in ("endings", "commitments", "indices", "obligations", "quality", "model")),
    *(
        f"settings?part={part}"
        for part in ("company", "sites", "leads", "rules", "endpoint", "users", "mail", "indices", "data")
    ),
)  # fmt: skip
SECTIONS = ("values", "columns", "amendments", "periods", "obligations", "revision", "related", "history")
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> tuple[str, str]:
    home = tmp_path_factory.mktemp("axe") / "home"
    with Register.open(home) as register:
        made = register.save(
            contract("a.pdf", title="Nettoyage", sites=[site("Lyon", "69003")], payment_days=30), "rules"
        )
        register.correct("a", "payment_days", 45, "claire")
    return serve(home, "fr"), made.contract


def _amiss(page: Page) -> list[str]:
    options = {"exclude": [[selector] for selector in OF_STREAMLIT]}
    found = Axe().run(page, context=options).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:160]}"
        for rule in found
        if rule["impact"] in SERIOUS
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages(address: tuple[str, str], page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    sections = [f"contract?contract={address[1]}&section={s}" for s in SECTIONS]
    amiss: dict[str, list[str]] = {}
    for place in (*PAGES, *sections):
        page.goto(f"{address[0]}/{place}")
        page.wait_for_selector("h1, .ct-title", state="attached")
        settled(page)
        page.wait_for_timeout(800)
        amiss[place] = _amiss(page)
    assert {place: words for place, words in amiss.items() if words} == {}


def test_the_door(tmp_path: Path, serve: Serve, page: Page) -> None:
    with Register.open(tmp_path / "home") as register:
        Accounts(register).add("claire", "administrator", password="un cheval bleu dans la cour")
    page.goto(serve(tmp_path / "home", "fr"))
    page.wait_for_selector("form")
    assert _amiss(page) == []
