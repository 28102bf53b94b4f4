"""The web application run by Streamlit's own test harness, over small portfolios."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import ui.web
from portfolio.register.store import Register
from tests.portfolio.builders import US, contract, party, site
from tests.road import SAMPLE, command
from ui.web import who

APP = str(Path(ui.web.__file__).parent / "app.py")
Open = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def no_cookie(monkeypatch: pytest.MonkeyPatch) -> None:
    """The harness has no cookies of its own."""
    monkeypatch.setattr(who, "cookie", lambda: None)


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens the application over a data folder, at a page, with what the address says."""

    def open_(home: Path, page: str = "portfolio", lang: str = "fr", **address: str) -> AppTest:
        monkeypatch.setenv("CONTRATHEQUE_HOME", str(home))
        monkeypatch.setenv("CONTRATHEQUE_LANG", lang)
        monkeypatch.setenv(who.LOCAL, "1")
        app = AppTest.from_file(APP, default_timeout=60)
        to(app, page)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return open_


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Three contracts and an amendment, made by hand: nothing is read."""
    with Register.open(tmp_path) as register:
        register.save(
            contract(
                "nettoyage.pdf",
                title="Nettoyage des bureaux",
                reference="NET-2024-017",
                contract_type="cleaning",
                sites=[site("Lyon", "69003")],
                payment_days=30,
            ),
            "rules",
        )
        register.save(contract("avenant.pdf", title="Avenant n° 1", amends="NET-2024-017", payment_days=45), "rules")
        register.save(
            contract(
                "bail.pdf", title="Bail professionnel", contract_type="lease", parties=[US, party("Foncière Ouest")]
            ),
            "rules",
        )
        register.save(
            contract(
                "garde.pdf",
                title="Gardiennage",
                contract_type="security",
                parties=[US, party("Vigilis Sécurité")],
                sites=[site("Brest", "29200")],
            ),
            "rules",
        )
    return tmp_path


@pytest.fixture(scope="session")
def read_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One contract of the sample, read by the command as a user does."""
    home = tmp_path_factory.mktemp("web") / "home"
    done = command(home, "ingest", str(SAMPLE / "05-bail-professionnel.pdf"), "--vectors", "later")
    assert done.returncode == 0, done.stderr
    return home


def to(app: AppTest, page: str) -> AppTest:
    """Turns to a page by its name in the address, before the next run; the harness itself knows pages by file only."""
    app._page_hash = calc_hash("" if page == "home" else page)
    return app


def shown(app: AppTest) -> str:
    """All words on the page; the spaces of French typography are plain ones."""
    kinds = ("markdown", "caption", "title", "info", "warning", "error", "success", "text", "html")
    words = "\n".join(str(element.value) for kind in kinds for element in app.get(kind))
    return words.replace("\u00a0", " ").replace("\u202f", " ")
