"""How long a person waits for the web application over 10,000 contracts: `python -m evals.bench --measure web`.

Measured in Chromium, by the page's own clock (`web.js`), always to the end of the frame that paints what is waited for:

- a page: from the moment its address is asked for to its first useful content, which is more than a heading: what the
  page is opened for (`_PAGES`), the first row where that is a table. "Whole page" is the moment at which Streamlit is
  done, with what is below the fold and the word that the script has ended: nobody waits for it, so it has no bound.
- a filter: from the Enter that ends its words to the moment at which the table shows a contract that it did not show
  before and that these filters let through; the register says beforehand which. Every filter measured narrows the
  table: where it did not, nothing would be painted anew.

Every figure is the median of some looks in one tab, told with the worst of them; each look at a page loads the whole
application anew, as an address opened does (a click in the menu does less).
"""

from __future__ import annotations

import json
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
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evals.bench import registers
from evals.bench.measure import Figure
from portfolio.listing.lines import Sort
from portfolio.listing.lines import page as listed
from portfolio.register.records import Filters
from portfolio.register.store import EVERYTHING, Register

CONTRACTS = 10_000
FIRST, FILTER = 1.5, 0.5
"""Seconds in which a page's first useful content, and the answer to a filter, have to be there."""
_ROW, _LINK = "row", "[data-testid=stPageLink]"
_PAGES = {
    "home": "[data-testid=stMarkdown]",  # what to do first
    "portfolio": _ROW,
    "contract": _LINK,  # those read last
    "one contract": _ROW,  # its values
    "deadlines": _ROW,
    "dashboards": "[data-testid=stVegaLiteChart] .marks",
    "chat": "textarea",
    "search": "input",
    "alerts": "[data-testid=stAlert]",
    "import": "[data-testid=stFileUploader]",
    "review": ".ct-value",  # the value to decide on
    "settings": _ROW,
}
"""By page, what it is opened for: a selector, or `_ROW` for the first row of a table."""
_TIMES = 5
_PATIENCE = 240_000
_READING = 1_000
"""Milliseconds in which a person looks at a page before typing: the table is still being painted when the server is
done, and that is the page's time, not the filter's."""
_ON_SCREEN = 15
"""Rows of the table that are seen without scrolling, at least."""


@dataclass(frozen=True)
class Asked:
    """A filter put to a page that is open at ``query``: ``words`` typed into the field called ``field`` (None: the
    search), and what the register then lets through."""

    query: str
    words: str
    then: Filters
    before: Filters = EVERYTHING
    field: str | None = None


_FILTERS = {
    "words": Asked("", "rennes", Filters(text="rennes")),
    "words of many contracts": Asked("", "fournisseur 39", Filters(text="fournisseur 39")),
    "words within a type": Asked(
        "?type=cleaning",
        "rennes",
        Filters(text="rennes", contract_type=("cleaning",)),
        Filters(contract_type=("cleaning",)),
    ),
    "a town": Asked("", "Lyon", Filters(city="Lyon"), field="Ville"),
    "a type within a town": Asked(
        "?city=Lyon",
        "nettoyage",
        Filters(city="Lyon", contract_type=("cleaning",)),
        Filters(city="Lyon"),
        field="Type",
    ),
}


def web(contracts: int = CONTRACTS) -> Iterator[Figure]:
    """Seconds to what each page is opened for and to the end of what it draws, in Chromium; then filters."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        registers.fill(home, contracts)
        yield from of(home, contracts)


def of(home: Path, contracts: int) -> Iterator[Figure]:
    """The same over a register that `registers.fill` wrote; nothing where there is no Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        return
    from playwright.sync_api import sync_playwright

    with Register.open(home) as register:
        first = listed(register, EVERYTHING, Sort(), date.today(), limit=1).lines[0]
        rows = {name: _new_row(register, asked) for name, asked in _FILTERS.items()}
    with _served(home) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="fr-FR")
        page.set_default_timeout(_PATIENCE)
        script = Path(__file__).with_name("web.js").read_text(encoding="utf-8")
        page.add_init_script(f"window.pages = {json.dumps(_PAGES)};\n{script}")
        for name in _PAGES:
            place = f"contract?contract={first.id}" if name == "one contract" else name
            yield from _looks(page, f"{address}/{place}", name, contracts)
        for name, asked in _FILTERS.items():
            taken = [_filter(page, address, asked, rows[name]) for _ in range(_TIMES)]
            yield _figure(f"portfolio filtered by {name}, {contracts} contracts", taken, FILTER)
        browser.close()


def _looks(page: Any, address: str, name: str, contracts: int) -> Iterator[Figure]:
    """One page looked at several times; the first look, in which the server does something for the first time, is told
    apart, and that at home, with an empty browser before a server just started, has a figure of its own."""
    first, *looks = [_look(page, address) for _ in range(1 + _TIMES)]
    if name == "home":
        yield _figure(f"home, the very first look, {contracts} contracts", [first[0]], FIRST)
    yield _figure(f"{name}, useful content, {contracts} contracts", [look[0] for look in looks], FIRST, first[0])
    yield _figure(f"{name}, whole page, {contracts} contracts", [look[1] for look in looks], None, first[1])


def _figure(case: str, taken: list[float], bound: float | None, first: float | None = None) -> Figure:
    value = statistics.median(taken)
    told = {"first": first, "worst": max(taken) if len(taken) > 1 else None}
    note = ", ".join(f"{name}: {seconds:.2f} s" for name, seconds in told.items() if seconds is not None)
    return Figure("web", case, value, "s", value / bound if bound else None, "its bound" if bound else "", note)


def _look(page: Any, address: str) -> tuple[float, float]:
    """Seconds to the page's useful content, and until all is drawn."""
    page.goto(address, wait_until="commit")
    useful, whole = page.evaluate("Promise.all([window.useful, window.whole])")
    return useful / 1000, max(useful, whole) / 1000


def _filter(page: Any, address: str, asked: Asked, row: str) -> float:
    """Seconds from the Enter after a filter's words to the table that shows ``row``, which it did not show before."""
    _look(page, f"{address}/portfolio{asked.query}")
    page.wait_for_timeout(_READING)
    box = page.get_by_role("combobox", name=asked.field) if asked.field else page.get_by_role("searchbox")
    box.first.click()
    page.keyboard.type(asked.words)
    page.wait_for_timeout(_READING)
    page.evaluate("row => window.expect(row)", row)
    page.keyboard.press("Enter")
    taken: float = page.evaluate("window.answered")
    return taken / 1000


def _new_row(register: Register, asked: Asked) -> str:
    """The title of a contract that is on the screen when the filter is answered, and was not in the table before."""
    before = {line.title for line in listed(register, asked.before, Sort(), date.today()).lines}
    lines = listed(register, asked.then, Sort(), date.today(), limit=_ON_SCREEN).lines
    for line in lines:
        if line.title and line.kind == "base" and line.title not in before:
            return line.title
    raise ValueError(f"{asked.words!r} changes nothing on the screen: measure a register of more contracts.")


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
