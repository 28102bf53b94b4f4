"""The typed client against the API as it is served, on loopback."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Iterator
from datetime import date

import httpx
import pytest
import uvicorn
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from tests.road import contract_text
from tests.ui.api.conftest import Api, fill, opened
from ui.client import ApiError, Client, models


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Api, str]]:
    home = tmp_path_factory.mktemp("client")
    fill(home)
    api = opened(home)
    server = uvicorn.Server(uvicorn.Config(api.client.app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    yield api, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(20)


@pytest.fixture
def client(served: tuple[Api, str]) -> Iterator[Client]:
    api, address = served
    with Client(address, api.keys["editor"], language="en") as made:
        yield made


def imported(client: Client, name: str, content: bytes) -> str:
    """The id of the contract that a file became."""
    run = client.import_files([(name, content)])
    assert client.last["location"] == f"/v1/imports/{run.id}"
    until = time.monotonic() + 60
    while not run.done and time.monotonic() < until:
        time.sleep(0.1)
        run = client.import_progress(run.id)
    (outcome,) = run.outcomes
    assert outcome.status == "registered", outcome
    assert outcome.contract is not None
    return outcome.contract


def test_a_list_is_walked_page_by_page(client: Client) -> None:
    pages = list(client.pages(client.list_contracts, limit=3, kind="base"))
    whole = client.list_contracts(kind="base")
    assert [line.stem for page in pages for line in page.contracts] == [line.stem for line in whole.contracts]
    assert len(pages) == -(-whole.total // 3)
    (lease,) = client.list_contracts(type=["lease", "insurance"], fields="title").contracts
    assert (lease.title, lease.end_date) == ("Bail professionnel", None)


def test_deadlines_have_days_and_a_contract_its_proof(client: Client) -> None:
    events = client.list_deadlines(days=90, event=["notice"]).events
    assert events
    assert all(isinstance(event.date, date) and event.kind == "notice" for event in events)
    shown = client.show_contract("NET-2024-017")
    paid = next(value for value in shown.values if value.field == "payment_days")
    assert (paid.value, paid.evidence[0].quote) == (30, "words for payment_days")


def test_an_alert_is_answered_and_a_value_decided_on(client: Client) -> None:
    alert = client.list_alerts()[0]
    assert client.assign_alert(alert.id, models.Assign(to="Claire")).assignee == "Claire"
    assert client.confirm_alert(alert.id, idempotency_key="one").state == "confirmed"
    client.show_contract("garde")
    tag = client.last["etag"]
    body = models.CorrectValue(value="Gardiennage de nuit", reason="p. 1")
    assert client.correct_value("garde", "title", body, if_match=tag).stem == "garde"
    with pytest.raises(ApiError) as refused:
        client.correct_value("garde", "title", body, if_match=tag)
    assert (refused.value.kind, refused.value.problem.status) == ("changed", 412)


def test_a_file_is_brought_in_and_asked_about(client: Client) -> None:
    id_ = imported(client, "net-3.txt", contract_text(3).encode())
    terms = {term.field: term.value for term in client.terms_in_force(id_).terms}
    assert terms["reference"] == "NET-2024-003"
    question = models.Question(question="Quel est le délai de paiement du contrat NET-2024-017 ?")
    answer = client.ask(question)
    assert answer.citations
    events = list(client.ask_stream(question))
    names = [event.name for event in events]
    assert names == ["begun", "answer", *["row"] * len(answer.rows), *["citation"] * len(answer.citations), "done"]
    assert events[1].data["answer"] == answer.answer == events[-1].data["answer"]


def test_pages_are_pictures_of_what_was_brought_in(client: Client, served: tuple[Api, str]) -> None:
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(400, 600))
    for page in range(2):
        for number, line in enumerate(contract_text(4).splitlines()[page * 30 : (page + 1) * 30]):
            canvas.drawString(20, 580 - 14 * number, line[:80])
        canvas.showPage()
    canvas.save()
    id_ = imported(client, "net-4.pdf", written.getvalue())
    (document,) = client.list_documents(id_)
    assert document.pages == 2
    picture = Image.open(io.BytesIO(client.page_image(id_, document.sha256, 2)))
    assert picture.format == "PNG"
    assert picture.height / picture.width == pytest.approx(1.5, abs=0.01)
    assert client.document_file(id_, document.sha256) == written.getvalue()
    assert client.document_text(id_, document.sha256, page=1).text in client.document_text(id_, document.sha256).text
    with pytest.raises(ApiError) as beyond:
        client.page_image(id_, document.sha256, 3)
    assert beyond.value.kind == "not_found"
    api, address = served
    with Client(address, api.keys["lyon"]) as other, pytest.raises(ApiError) as unseen:
        other.page_image(id_, document.sha256, 1)
    assert unseen.value.kind == "not_found"


def test_tables_are_walked_to_their_end(client: Client, served: tuple[Api, str]) -> None:
    api, address = served
    with Client(address, api.keys["administrator"]) as head:
        counted = head.refresh_tables().rows
    for table in client.list_tables():
        rows = [row for page in client.pages(client.table_rows, name=table.name, limit=2) for row in page.rows]
        keys = [tuple(row[column] for column in table.key) for row in rows]
        assert len(rows) == len(set(keys)) == counted[table.name], table.name
        assert {column.name for column in table.columns} >= {*rows[0]} if rows else True
    with pytest.raises(ApiError) as refused:
        client.table_rows("contracts", cursor="bm8")
    assert refused.value.kind == "invalid"


def test_a_right_that_is_missing_is_told_in_the_clients_language(served: tuple[Api, str]) -> None:
    api, address = served
    with Client(address, api.keys["reader"]) as reader, pytest.raises(ApiError) as refused:
        reader.list_hooks()
    assert (refused.value.kind, refused.value.problem.status) == ("not_allowed", 403)
    assert "administrateur" in str(refused.value)
    with Client(address, "ctq_none", language="en") as nobody, pytest.raises(ApiError) as unknown:
        nobody.list_contracts()
    assert unknown.value.problem.title == "A key or token is needed"
    with Client("http://127.0.0.1:9") as nowhere, pytest.raises(httpx.ConnectError):
        nowhere.health()
