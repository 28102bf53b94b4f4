"""What programs do with the API over several requests: files in, tables out, questions as they come, calendars."""

from __future__ import annotations

import io
import json
import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import icalendar
import openpyxl
import pytest

from portfolio.delivery.feeds import Feeds
from tests.road import contract_text
from tests.ui.api.conftest import Api, fill, opened
from ui.api.settings import ApiSettings


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """A document store on loopback that holds one contract."""

    class Files(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/contrats/net-2.txt"
            body = contract_text(2).encode() if found else b""
            self.send_response(200 if found else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/contrats/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def flowing(tmp_path_factory: pytest.TempPathFactory, store: str) -> Iterator[Api]:
    home: Path = tmp_path_factory.mktemp("flows")
    fill(home)
    made = opened(home, ApiSettings(import_stores=(store,)))
    yield made
    made.parts.close()


def outcome(api: Api, begun: object) -> dict[str, object]:
    """The one outcome of an import, once it is done."""
    assert begun.status_code == 202, begun.text  # type: ignore[attr-defined]
    where = begun.headers["location"]  # type: ignore[attr-defined]
    until = time.monotonic() + 60
    while time.monotonic() < until:
        run = api.get(where, "editor").json()
        if run["done"]:
            (one,) = run["outcomes"]
            return one
        time.sleep(0.1)
    raise AssertionError(run)


def test_a_file_is_brought_in_read_and_there(flowing: Api) -> None:
    files = {"files": ("net-1.txt", contract_text(1).encode(), "text/plain")}
    begun = flowing.client.post("/v1/imports", files=files, headers=flowing.head("editor"))
    assert outcome(flowing, begun)["status"] == "registered"
    terms = {term["field"]: term for term in flowing.get("/v1/contracts/net-1/terms").json()["terms"]}
    assert terms["reference"]["value"] == "NET-2024-001"
    assert terms["reference"]["quote"]
    begun = flowing.client.post("/v1/imports", files=files, headers=flowing.head("editor"))
    assert outcome(flowing, begun)["status"] == "duplicate"


def test_a_file_of_an_allowed_store_is_fetched_and_no_other(flowing: Api, store: str) -> None:
    begun = flowing.post("/v1/imports/url", {"urls": [f"{store}net-2.txt"]})
    assert outcome(flowing, begun)["status"] == "registered"
    for address in (
        store.replace("/contrats/", "/secret/net-2.txt"),
        f"{store}../secret",
        f"{store}%2e%2e/secret",
        store.replace("127.0.0.1", "127.0.0.1@evil.example") + "x",
        "file:///etc/passwd",
    ):
        assert flowing.post("/v1/imports/url", {"urls": [address]}).status_code == 422, address


def test_what_is_exported_opens_in_other_programs(flowing: Api) -> None:
    book = openpyxl.load_workbook(io.BytesIO(flowing.get("/v1/exports/xlsx").content))
    assert book.sheetnames
    archive = zipfile.ZipFile(io.BytesIO(flowing.get("/v1/exports/csv").content))
    assert archive.testzip() is None
    assert icalendar.Calendar.from_ical(flowing.get("/v1/exports/ics").content).walk("VEVENT")
    assert isinstance(json.loads(flowing.get("/v1/exports/json").content), list | dict)


def test_a_question_is_answered_with_its_proof_whole_and_as_it_comes(flowing: Api) -> None:
    asked = {"question": "Quel est le délai de paiement du contrat NET-2024-017 ?"}
    whole = flowing.post("/v1/ask", asked, "reader").json()
    assert "45" in json.dumps(whole), "the amendment's term is in force"
    streamed = flowing.client.post("/v1/ask/stream", json=asked, headers=flowing.head("reader"))
    assert streamed.headers["content-type"].startswith("text/event-stream")
    assert "45" in streamed.text


def test_a_calendars_address_is_its_own_key_and_can_be_taken_back(flowing: Api) -> None:
    feeds = Feeds(flowing.parts.register)
    made, path = feeds.add("Tout", "test")
    found = flowing.get(path, None)
    assert found.headers["content-type"].startswith("text/calendar")
    assert icalendar.Calendar.from_ical(found.content).walk("VEVENT")
    feeds.revoke(made.id)
    assert flowing.get(path, None).status_code == 404


def test_who_guesses_calendars_addresses_is_stopped(tmp_path: Path) -> None:
    fill(tmp_path)
    guessed = opened(tmp_path, ApiSettings(failures=3))
    codes = [guessed.get(f"/calendar/guess{number}.ics", None).status_code for number in range(5)]
    guessed.parts.close()
    assert codes[0] == 404
    assert codes[-1] == 429


def test_errors_of_the_register_are_told_in_the_callers_language(flowing: Api) -> None:
    french = flowing.get("/v1/contracts/zzz", **{"Accept-Language": "fr"}).json()["detail"]
    english = flowing.get("/v1/contracts/zzz", **{"Accept-Language": "en"}).json()["detail"]
    assert french != english
    assert "zzz" in french
    assert "zzz" in english
