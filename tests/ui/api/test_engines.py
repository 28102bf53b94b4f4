"""The API's main roads over a register on each engine."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from portfolio.register.store import Register
from tests.portfolio.builders import contract
from tests.road import contract_text
from tests.ui.api.conftest import Api, fill, opened
from tests.ui.api.test_decisions import paid, proposed


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def api(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    url = None
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql_server")
        engine = sa.create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sa.text("CREATE DATABASE api"))
        engine.dispose()
        url = f"{server}/api"
    home = tmp_path_factory.mktemp("engine")
    fill(home, url)
    made = opened(home, url=url)
    yield made
    made.parts.close()


def walked(api: Api, path: str, name: str, key: str = "reader") -> list[dict]:
    """The items of a list, two by two."""
    items: list[dict] = []
    cursor: str | None = ""
    while cursor is not None:
        part = api.get(f"{path}{'&' if '?' in path else '?'}limit=2{'&cursor=' + cursor if cursor else ''}", key).json()
        items += part[name]
        cursor = part["next"]
    return items


@pytest.mark.parametrize("sort", ["file", "end", "amount", "type", "updated"])
def test_lists_are_walked_in_every_order(api: Api, sort: str) -> None:
    whole = api.get(f"/v1/contracts?sort={sort}&descending=true").json()
    lines = walked(api, f"/v1/contracts?sort={sort}&descending=true", "contracts")
    assert [line["id"] for line in lines] == [line["id"] for line in whole["contracts"]]
    assert len(lines) == whole["total"] >= 4


def test_filters_and_scope_hold(api: Api) -> None:
    assert {c["stem"] for c in walked(api, "/v1/contracts", "contracts", "lyon")} >= {"nettoyage", "avenant"}
    assert api.get("/v1/contracts?text=gardiennage&type=security").json()["total"] == 1
    assert api.get("/v1/contracts/bail", "lyon").status_code == 404
    events = walked(api, "/v1/deadlines?days=90", "events")
    assert {"notice", "obligation"} <= {event["kind"] for event in events}


def test_an_alert_is_answered_once_under_one_key(api: Api) -> None:
    alert = api.get("/v1/alerts").json()[0]
    path, once = f"/v1/alerts/{alert['id']}/assign", {"Idempotency-Key": "engine"}
    first = api.post(path, {"to": "Zoé"}, **once)
    assert first.json()["assignee"] == "Zoé"
    assert api.post(path, {"to": "Zoé"}, **once).content == first.content
    assert len(api.get(f"/v1/alerts/{alert['id']}/history").json()) == 1


def test_values_and_proposals_are_decided_on(api: Api) -> None:
    path = "/v1/contracts/nettoyage/values/payment_days/correct"
    tag = api.get("/v1/contracts/nettoyage").headers["etag"]
    assert paid(api.post(path, {"value": 60}, **{"If-Match": tag}).json()) == [(60, "corrected")]
    assert api.post(path, {"value": 15}, **{"If-Match": tag}).status_code == 412
    assert api.post(f"/v1/proposals/{proposed(api)}/confirm", None).json()["state"] == "done"
    assert api.get("/v1/contracts/nettoyage").json()["tags"] == ["à revoir"]


def test_tables_are_refreshed_and_walked(api: Api) -> None:
    assert api.get("/v1/tables/contracts").status_code == 409
    counted = api.client.post("/v1/tables/refresh", headers=api.head("administrator")).json()["rows"]
    for name in ("contracts", "deadlines", "amounts"):
        rows = walked(api, f"/v1/tables/{name}", "rows")
        assert len(rows) == counted[name] > 0
    sites = {row["contract_id"] for row in walked(api, "/v1/tables/deadlines", "rows", "lyon")}
    assert sites == {api.get("/v1/contracts/nettoyage").json()["id"]}


def test_a_file_is_read_and_asked_about(api: Api) -> None:
    files = {"files": ("net-5.txt", contract_text(5).encode(), "text/plain")}
    run = api.client.post("/v1/imports", files=files, headers=api.head("editor")).json()
    until = time.monotonic() + 60
    while not run["done"] and time.monotonic() < until:
        time.sleep(0.1)
        run = api.get(f"/v1/imports/{run['id']}", "editor").json()
    assert [one["status"] for one in run["outcomes"]] == ["registered"]
    assert api.get("/v1/search?q=nettoyage").json()["passages"]
    answer = api.post("/v1/ask", {"question": "Quelle est la référence du contrat net-5 ?"}, "reader").json()
    assert "NET-2024-005" in answer["answer"]


def test_what_no_engine_holds_is_refused_and_not_an_error(api: Api) -> None:
    alert = api.get("/v1/alerts").json()[0]
    told = api.post(f"/v1/alerts/{alert['id']}/assign", {"to": "Zo\0é"})
    kept = api.parts.settings.database_url is None  # SQLite holds a NUL, PostgreSQL does not
    assert told.status_code == (200 if kept else 422), told.text
    assert api.get("/v1/alerts").status_code == 200


def test_the_etag_of_a_list_follows_the_register(api: Api) -> None:
    before = api.get("/v1/contracts").headers["etag"]
    assert api.get("/v1/contracts", **{"If-None-Match": before}).status_code == 304
    settings = api.parts.settings
    with Register.open(settings.home, settings.database_url) as register:
        register.save(contract("zzz.pdf", title="Nouveau"), "rules")
    assert api.get("/v1/contracts", **{"If-None-Match": before}).status_code == 200
