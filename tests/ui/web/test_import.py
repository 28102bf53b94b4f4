"""The import page: files dropped, a report line each, failures with their reason and another try."""

import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

from portfolio.register.store import Register
from tests.road import contract_text
from tests.ui.web.conftest import Open, shown


def settled(app: AppTest) -> AppTest:
    """Waits until the run is over."""
    for _ in range(120):
        app.run()
        if "enregistrés" in shown(app):
            return app
        time.sleep(0.25)
    raise AssertionError(shown(app))


def test_files_are_read_reported_and_found_in_the_portfolio(tmp_path: Path, open_app: Open) -> None:
    app = open_app(tmp_path, "import")
    (box,) = app.get("file_uploader")
    text = contract_text(1).encode()
    box.set_value(
        [("net-001.txt", text, "text/plain"), ("net-001 copie.txt", text, "text/plain"), ("vide.pdf", b"", "")]
    )
    app.run()
    (go,) = [button for button in app.button if button.label == "Lire 3 fichiers"]
    go.click().run()
    settled(app)
    words = shown(app)
    assert "1 enregistrés, 1 doublons, 0 rattachés, 1 refusés, 0 laissés." in words
    assert "vide : redemandez le fichier" in words
    assert "web/" not in words
    with Register.open(tmp_path) as register:
        (contract,) = register.contracts()
        assert contract.stem in ("net-001", "net-001 copie")
        assert {line.outcome for line in register.ledger()} == {"registered", "duplicate", "refused"}
    assert not list((tmp_path / "incoming").iterdir())
