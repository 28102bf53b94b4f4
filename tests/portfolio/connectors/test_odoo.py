"""Odoo as a scripted server on loopback that answers JSON-RPC as Odoo does: what is written, once, and by whom."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from portfolio.connectors.mapping import OdooMapping, load
from portfolio.connectors.odoo import Odoo, synchronise
from portfolio.errors import ContrathequeError
from portfolio.exports.gather import gather
from portfolio.register.store import Register
from portfolio.words.texts import Texts
from portfolio.words.values import Wording
from tests.portfolio.builders import contract
from tests.portfolio.exports.portfolios import fill

KEY = "k3y-of-the-test"
DAY = date(2026, 3, 2)
FRENCH = Wording(Texts("fr"))
LINKS = {"partner_id", "res_model_id", "user_id"}


class FakeOdoo(ThreadingHTTPServer):
    """Keeps records in memory; ``load`` works by external id, in module `__import__`, as Odoo's does."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.records: dict[str, dict[int, dict[str, Any]]] = {"ir.model": {7: {"model": "account.analytic.account"}}}
        self.external: dict[str, tuple[str, int]] = {}
        self.loads = 0

    def answer(self, params: dict[str, Any]) -> Any:
        if params["method"] == "authenticate":
            return 2 if params["args"][2] == KEY else False
        _, uid, key, model, method, arguments, options = params["args"]
        assert (uid, key) == (2, KEY)
        if method == "load":
            return self._load(model, *arguments)
        assert method == "search_read"
        return self._read(model, arguments[0], options["fields"])

    def _load(self, model: str, names: list[str], rows: list[list[Any]]) -> dict[str, Any]:
        self.loads += 1
        ids = []
        for external, *values in rows:
            held = self.records.setdefault(model, {})
            _, id_ = self.external.setdefault(external, (model, len(self.external) + 100))
            record = held.setdefault(id_, {})
            for name, value in zip(names[1:], values, strict=True):
                field, _, how = name.partition("/")
                linked = self.external[value.removeprefix("__import__.")][1] if how == "id" else value
                record[field] = linked or False
            ids.append(id_)
        return {"ids": ids, "messages": []}

    def _read(self, model: str, domain: list[Any], fields: list[str]) -> list[dict[str, Any]]:
        if model == "ir.model.data":
            held = {n: {"name": n, "res_id": i, "module": "__import__"} for n, (_, i) in self.external.items()}
            rows = [{"id": number, **row} for number, row in enumerate(held.values())]
        else:
            rows = [{"id": id_, **row} for id_, row in self.records.get(model, {}).items()]
        for field, operator, wanted in domain:
            rows = [row for row in rows if (row[field] in wanted if operator == "in" else row[field] == wanted)]
        return [
            {"id": row["id"]}
            | {f: [row[f], "name"] if f in LINKS and row.get(f) else row.get(f, False) for f in fields}
            for row in rows
        ]


def _told(field: str, value: Any) -> Any:
    """A link to another record is told with its name."""
    return [value, "name"] if field in LINKS and value else value


class _Handler(BaseHTTPRequestHandler):
    server: FakeOdoo

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        said = json.dumps({"jsonrpc": "2.0", "id": 1, "result": self.server.answer(asked["params"])}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeOdoo]:
    monkeypatch.setenv("ODOO_API_KEY", KEY)
    with FakeOdoo() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()


@pytest.fixture
def mapping(server: FakeOdoo, tmp_path: Path) -> OdooMapping:
    (tmp_path / "odoo.toml").write_text(
        f'[odoo]\nurl = "http://127.0.0.1:{server.server_port}"\ndatabase = "prod"\nuser = "bot"\n'
        '[contract.fields]\nname = "title"\ncode = "reference"\ndate = "current_end"\n[activity]\ndays = 400\n'
    )
    return load(tmp_path)


def _run(register: Register, mapping: OdooMapping, *, apply: bool = True) -> list[tuple[str, str]]:
    odoo = Odoo(mapping.odoo)
    try:
        changes = synchronise(odoo, mapping, gather(register, DAY, FRENCH, days=400), apply=apply)
    finally:
        odoo.close()
    return [(one.model, one.action) for one in changes]


def test_a_dry_run_writes_nothing_and_a_second_run_changes_nothing(
    register: Register, server: FakeOdoo, mapping: OdooMapping
) -> None:
    fill(register)
    planned = _run(register, mapping, apply=False)
    assert server.loads == 0 and {action for _, action in planned} == {"create"}
    assert _run(register, mapping) == planned
    assert {model for model, _ in planned} == {"res.partner", "account.analytic.account", "mail.activity"}
    held = server.records["account.analytic.account"].values()
    assert all(record["name"] for record in held)
    assert any(record.get("partner_id") in server.records["res.partner"] for record in held)
    for activity in server.records["mail.activity"].values():
        assert activity["res_id"] in server.records["account.analytic.account"]
        date.fromisoformat(activity["date_deadline"])
    assert _run(register, mapping) == []


def test_only_what_changed_is_written(register: Register, server: FakeOdoo, mapping: OdooMapping) -> None:
    saved = register.save(contract("bail.pdf", title="Bail", start_date="2025-01-01", end_date="2027-12-31"), "rules")
    _run(register, mapping)
    register.correct(saved.contract, "title", "Bail du siège", "Marie")
    assert _run(register, mapping) == [("account.analytic.account", "update")]
    [held] = server.records["account.analytic.account"].values()
    assert (held["name"], held["date"]) == ("Bail du siège", "2027-12-31")


def test_a_wrong_key_is_refused_without_being_told(
    server: FakeOdoo, mapping: OdooMapping, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ODOO_API_KEY", "wrong-key")
    with pytest.raises(ContrathequeError, match="refused bot") as raised:
        Odoo(mapping.odoo)
    assert "wrong-key" not in str(raised.value)


def test_a_mapping_says_what_is_wrong_in_it(tmp_path: Path) -> None:
    (tmp_path / "odoo.toml").write_text('[odoo]\nurl = "http://odoo.example.org"\ndatabase = "d"\nuser = "u"\n')
    with pytest.raises(ContrathequeError, match="https only"):
        load(tmp_path)
    (tmp_path / "odoo.toml").write_text(
        '[odoo]\nurl = "https://odoo.example.org"\ndatabase = "d"\nuser = "u"\n[contract.fields]\nname = "titel"\n'
    )
    with pytest.raises(ContrathequeError, match="no column titel"):
        load(tmp_path)
