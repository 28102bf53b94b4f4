"""The main road in both languages: import, report, portfolio, contract beside its proof, review by keys alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from portfolio.register.store import Register
from portfolio.values import Duration
from portfolio.words.values import Wording
from tests.browser.conftest import Serve, picture, settled
from tests.road import SAMPLE
from ui.texts import Texts

GIVEN = (
    "05-bail-professionnel.pdf",
    "02-bionettoyage.docx",
    "03-avenant-bionettoyage.eml",
    "06-hebergement-donnees-sante.html",
)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_from_a_folder_to_a_reviewed_contract(lang: str, tmp_path: Path, serve: Serve, page: Page) -> None:
    texts = Texts(lang)
    home = tmp_path / "home"
    page.goto(serve(home, lang))
    expect(page.get_by_text(texts("portfolio.empty"))).to_be_visible()
    page.get_by_role("link", name=texts("portfolio.bring")).click()

    folder = tmp_path / "contrats"
    folder.mkdir()
    for name in GIVEN:
        (folder / name).write_bytes((SAMPLE / name).read_bytes())
    (folder / "vide.pdf").write_bytes(b"")
    expect(page.get_by_text(texts("intake.drop_files"))).to_be_visible()
    page.get_by_text(texts("intake.folder"), exact=True).click()
    expect(page.get_by_text(texts("intake.drop_folder"))).to_be_visible()
    page.locator("input[webkitdirectory]").set_input_files(folder)
    page.get_by_role("button", name=texts("intake.go", count=5)).click()
    done = texts("intake.done", registered=4, duplicate=0, attached=1, refused=1, ignored=0)
    expect(page.get_by_text(done)).to_be_visible(timeout=300_000)
    expect(page.get_by_text(texts("intake_reason.empty")).first).to_be_visible()
    picture(page, f"import.{lang}")

    page.get_by_role("link", name=texts("intake.to_portfolio")).click()
    expect(page.get_by_text("4 contrats" if lang == "fr" else "4 contracts")).to_be_visible()
    picture(page, f"portfolio.{lang}")
    page.wait_for_selector("canvas")
    settled(page)
    page.wait_for_timeout(1500)
    table = page.locator("canvas").first.bounding_box()
    assert table is not None
    page.mouse.click(table["x"] + 180, table["y"] + 32 + 32 + 16)
    expect(page.get_by_role("heading", name="Bail professionnel")).to_be_visible()
    proof = page.get_by_role("img", name=re.compile(r"^Page \d"))
    expect(proof).to_be_visible()
    settled(page)
    picture(page, f"contract.{lang}")

    _correct_by_keys(page, texts)
    page.goto(page.url.split("/contract")[0] + "/review")
    expect(page.get_by_text(texts("review.hint"))).to_be_visible()
    picture(page, f"review.{lang}")
    _review_by_keys(page, texts)
    with Register.open(home) as register:
        lease = register.contract("05-bail-professionnel")
        (corrected,) = [s.fact for s in lease.facts if s.fact.review == "corrected"]
        assert (corrected.field, str(corrected.value)) == ("notice_period", "P9M")
        assert register.history(lease.id, "notice_period")[-1].reason == "vu à la signature"
        done = [all(s.fact.certain or s.fact.review != "to_review" for s in c.facts) for c in register.all_contracts()]
        assert sum(done) == 1
    _look_around(page, texts, lang)


def _look_around(page: Page, texts: Texts, lang: str) -> None:
    """What is next, its alert, a question whose answer opens the page, the figures."""
    site = page.url.split("/review")[0]
    page.goto(f"{site}/")
    page.get_by_role("button", name=texts("alerts_page.to_run")).click()
    expect(page.get_by_text(texts("home_page.next"))).to_be_visible()
    expect(page.get_by_role("link", name=texts("home_page.answer"))).to_be_visible()
    settled(page)
    picture(page, f"home.{lang}")
    page.get_by_role("link", name=texts("home_page.answer")).click()
    expect(page.get_by_role("heading", name=texts("page.alerts"))).to_be_visible()
    settled(page)
    picture(page, f"alerts.{lang}")
    page.goto(f"{site}/chat")
    box = page.get_by_placeholder(texts("chat_page.question"))
    box.fill("Quand se termine le bail ?" if lang == "fr" else "When does the lease end?")
    box.press("Enter")
    cited = page.get_by_role("link", name=re.compile("^find_in_page|Bail professionnel"))
    expect(cited.first).to_be_visible()
    settled(page)
    picture(page, f"chat.{lang}")
    page.goto(f"{site}/dashboards?show=commitments")
    expect(page.get_by_role("heading", name=texts("dashboards.by_year"))).to_be_visible()
    settled(page)
    picture(page, f"dashboards.{lang}")


def _correct_by_keys(page: Page, texts: Texts) -> None:
    """Corrects the lease's notice: the address names the value, keys do the rest."""
    expect(page).to_have_url(re.compile("value="))
    page.goto(re.sub(r"value=[^&]*", "value=notice_period", page.url))
    said = Wording(texts).value("", Duration(months=6))
    expect(page.get_by_role("paragraph").filter(has_text=said)).to_be_visible()
    settled(page)
    page.keyboard.press("e")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(Wording(texts).field("notice_period")).fill("9")
    reason = dialog.get_by_label(texts("decide.reason"))
    reason.fill("vu à la signature")
    reason.press("Enter")
    expect(dialog).to_be_hidden()
    settled(page)


def _review_by_keys(page: Page, texts: Texts) -> None:
    """Confirms one value, then all others of the contract, without the mouse; the next contract comes."""
    settled(page)
    at = page.get_by_text(re.compile(texts("review.at", at=1, count=r"\d+")))
    count = int(re.findall(r"\d+", at.inner_text())[1])
    title = page.locator(".ct-head").inner_text()
    page.keyboard.press("v")
    expect(page.get_by_text(texts("review.at", at=1, count=count - 1))).to_be_visible()
    settled(page)
    page.keyboard.press("a")
    expect(page.locator(".ct-head")).not_to_have_text(title)
    settled(page)
