"""The web application as people meet it: its own server, a real Chromium."""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from portfolio.accounts.store import Accounts
from portfolio.register.store import Register
from tests.road import SAMPLE

ROOT = SAMPLE.parents[2]
WAIT = 60_000
"""Milliseconds: machines that test are busy."""
IMAGES = os.environ.get("CONTRATHEQUE_IMAGES")
"""A folder to write the README's pictures into (`make images`)."""
expect.set_options(timeout=WAIT)
Serve = Callable[[Path, str], str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser of its own, on a laptop's screen; anything that leaves this machine fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR", color_scheme="light")
    page = context.new_page()
    page.set_default_timeout(WAIT)
    strangers: list[str] = []
    page.on("request", lambda request: _local(request.url) or strangers.append(request.url))
    yield page
    context.close()
    assert not strangers


def _local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serves a data folder in a language, by the command that people use; gives the address."""
    servers: list[subprocess.Popen[bytes]] = []

    def start(home: Path, lang: str = "fr") -> str:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "ui.cli.main", "--home", str(home), "--lang", lang, "web", "--port", str(port)]
        log = (home.parent / f"server-{port}.log").open("wb")
        servers.append(subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log))
        address = f"http://127.0.0.1:{port}"
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):
                    return address
            except OSError:
                assert servers[-1].poll() is None, Path(log.name).read_text()
                time.sleep(0.25)
        raise AssertionError(Path(log.name).read_text())

    yield start
    for server in servers:
        server.terminate()
        server.wait(20)


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    """A data folder with an administrator's account and a reader's who sees Lyon."""
    home = tmp_path / "home"
    with Register.open(home) as register:
        Accounts(register).add("claire", "administrator", password="un cheval bleu dans la cour")
    return home


def settled(page: Page) -> None:
    """Waits until the script that draws the page has come to its end."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=WAIT)


def picture(page: Page, name: str) -> None:
    """A picture for the README, where pictures are wanted."""
    if IMAGES:
        settled(page)
        page.wait_for_timeout(1200)
        taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        taken.quantize(96, dither=Image.Dither.NONE).save(Path(IMAGES) / f"{name}.png", optimize=True)
