"""The import page: files dropped, a report line each, failures with their reason and another try."""

import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

from portfolio.intake.book import Dealt, Intake
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


def watched(home: Path) -> None:
    """A folder that two files came from, and a mailbox that could not be opened."""
    with Register.open(home) as register:
        book = Intake(register)
        book.open("partage", "folder", "/srv/contrats")
        book.note(
            "partage",
            [
                Dealt("a", "1", "/srv/contrats/bail.pdf", "registered"),
                Dealt("b", "1", "/srv/contrats/<b>vide</b>.pdf", "refused", "empty"),
            ],
        )
        book.looked("partage")
        book.open("contrats", "mailbox", "imap.example.org")
        book.looked("contrats", "The password was refused.")


def test_watched_places_say_when_they_were_looked_at_and_what_was_refused(tmp_path: Path, open_app: Open) -> None:
    watched(tmp_path)
    app = open_app(tmp_path, "import")
    words = shown(app)
    assert "Dossier partage" in words and "/srv/contrats · regardé le " in words
    assert "enregistré 1" in words and "refusé 1" in words
    assert "The password was refused" in words
    assert "bail.pdf" in words and "vide : redemandez le fichier" in words
    assert "<b>vide" not in words
    app.toggle(key="watched-refused").set_value(True).run()
    words = shown(app)
    assert "vide : redemandez le fichier" in words and "bail.pdf" not in words


def test_watched_places_in_english_and_where_none_is(tmp_path: Path, open_app: Open) -> None:
    assert "No folder and no mailbox is watched" in shown(open_app(tmp_path, "import", lang="en"))
    watched(tmp_path)
    words = shown(open_app(tmp_path, "import", lang="en"))
    assert "Mailbox contrats" in words and "looked at on " in words
