"""How long each page of the web application takes over 10,000 contracts: `python -m evals.bench --measure web`."""

from __future__ import annotations

import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evals.bench import registers
from evals.bench.measure import Figure

CONTRACTS = 10_000
FIRST, FILTER = 1.5, 0.5
"""Seconds in which a page's first useful content, and the answer to a filter, have to be there."""
PAGES = (
    "home", "portfolio", "contract", "deadlines", "dashboards", "chat", "search", "alerts", "import", "review",
    "settings",
)  # fmt: skip
_TIMES = 3
_PATIENCE = 240_000
_READING = 1_000
"""Milliseconds in which a person looks at a page before typing: the table is still being painted when the server is
done, and that is the page's time, not the filter's."""
_RUN = "[data-testid=stApp][data-test-script-state=notRunning]"
_CONTENT = "h1, .ct-title"
_WATCH = """() => { window.answered = new Promise(done => {
  const app = document.querySelector("[data-testid=stApp]"), start = performance.now();
  let runs = false;
  new MutationObserver(() => {
    const state = app.getAttribute("data-test-script-state");
    const drawn = () => setTimeout(() => done(performance.now() - start));
    if (state === "running") runs = true;
    else if (runs && state === "notRunning") requestAnimationFrame(drawn);
  }).observe(app, { attributes: true });
}); }"""
"""The page itself tells when it is drawn anew, in milliseconds: a look from outside comes by every half second."""
_FILTERS = ("?type=cleaning", "?city=Lyon", "?q=fournisseur")


def web(contracts: int = CONTRACTS) -> Iterator[Figure]:
    """Seconds to a page's heading and to the end of what it draws, in Chromium; then filters of the portfolio."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        registers.fill(home, contracts)
        yield from of(home, contracts)


def of(home: Path, contracts: int) -> Iterator[Figure]:
    """The same over a register that is there; nothing where there is no Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        return
    from playwright.sync_api import sync_playwright

    with _served(home) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(_PATIENCE)
        for name in PAGES:
            looks = [_look(page, f"{address}/{name}") for _ in range(1 + _TIMES)]
            for n, what in enumerate(("first content", "whole page")):
                cold, warm = looks[0][n], statistics.median(look[n] for look in looks[1:])
                ratio = warm / FIRST if n == 0 else None
                against = "its bound" if ratio else ""
                yield Figure(
                    "web", f"{name}, {what}, {contracts} contracts", warm, "s", ratio, against, f"first: {cold:.2f} s"
                )
        taken = [_filter(page, address, words) for words in _FILTERS]
        spent = statistics.median(taken)
        yield Figure("web", f"portfolio, a filter, {contracts} contracts", spent, "s", spent / FILTER, "its bound")
        browser.close()


def _look(page: Any, address: str) -> tuple[float, float]:
    """Seconds to the page's heading with something below it, and until all is drawn."""
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(_CONTENT, state="attached")
    first = time.perf_counter() - start
    page.wait_for_selector(_RUN)
    return first, time.perf_counter() - start


def _filter(page: Any, address: str, query: str) -> float:
    """Seconds from words typed into the portfolio's search to the table drawn anew."""
    _look(page, f"{address}/portfolio{query}")
    page.wait_for_timeout(_READING)
    box = page.get_by_role("searchbox").or_(page.get_by_role("textbox")).first
    box.fill("site 7")
    page.evaluate(_WATCH)
    box.press("Enter")
    taken: float = page.evaluate("window.answered")
    return taken / 1000


@contextmanager
def _served(home: Path) -> Iterator[str]:
    """The application over a data folder, by the command that people use."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "ui.cli.main", "--home", str(home), "web", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                    break
            except OSError:
                time.sleep(0.25)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)
