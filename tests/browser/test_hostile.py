"""What a contract says is shown as text, whatever it says."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from portfolio.register.store import Register
from tests.browser.conftest import Serve, settled
from tests.portfolio.builders import US, contract, party, site

SCRIPT = "<script>window.hacked=1</script><img src=x onerror='window.hacked=1'><b>gras</b>"
MARKDOWN = "![x](https://evil.example/x.png) [clic](https://evil.example) :material/delete: $x^2$ **gras** https://evil.example"
FORMULA = '=HYPERLINK("https://evil.example";"clic")'
TURNED = "Facture \u202egpj.exe\u202c \u2067שלום\u2069"
FLOOD = "Flot " + "x" * 3_900


def test_names_from_documents_stay_words(tmp_path: Path, serve: Serve, page: Page) -> None:
    home = tmp_path / "home"
    with Register.open(home) as register:
        for number, words in enumerate((SCRIPT, MARKDOWN, FORMULA, TURNED, FLOOD)):
            made = register.save(
                contract(
                    f"{number} {words[:60].replace('/', '_')}.pdf",
                    title=words,
                    reference=words[:200],
                    parties=[US, party(words)],
                    sites=[site(words[:100], "69003", name=words[:100])],
                    termination=words,
                ),
                "rules",
            )
            register.label(made.contract, words[:200])
            register.correct(made.contract, "jurisdiction", words, "claire", reason=words[:200])
            register.refuse(f"web/x/{words[:100]}", None, "damaged", words)
        ids = [summary.id for summary in register.contracts()]
    address = serve(home, "fr")
    places = ["", "portfolio", "contract", "deadlines", "alerts", "search", "import", "review"]
    places += [f"dashboards?show={board}" for board in ("endings", "commitments", "indices", "quality")]
    places += [f"settings?part={part}" for part in ("company", "sites", "users", "data")]
    places += [f"chat?ask=Quelles sont les clauses de r%C3%A9siliation de {word} ?" for word in ("Facture", "gras")]
    places += [
        f"contract?contract={id_}&section={s}"
        for id_ in ids
        for s in ("values", "columns", "obligations", "revision", "periods", "history", "documents", "related")
    ]
    for place in places:
        page.goto(f"{address}/{place}")
        page.wait_for_selector("h1, .ct-title", state="attached")
        settled(page)
        assert page.evaluate("window.hacked") is None, place
        assert page.locator("a[href*='evil.example'], img[src*='evil.example'], main script").count() == 0, place
        assert page.locator("main b, main .katex").count() == 0, place
        assert "\u202e" not in page.locator("main").inner_text(), place
    page.goto(f"{address}/contract?contract={ids[0]}")
    page.goto(f"{address}/contract")
    expect(page.get_by_text(re.compile(re.escape("<script>window.hacked=1</script>"))).first).to_be_visible()
    expect(page.get_by_text(re.compile(r"Facture \[U\+202E\]gpj\.exe")).first).to_be_visible()
