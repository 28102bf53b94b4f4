"""Contracts, what falls due, alerts: what a program reads and says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from portfolio.accounts.keys import ApiKeys
from portfolio.alerts.clock import today
from portfolio.register.store import Register
from tests.portfolio.builders import contract
from tests.ui.api.conftest import Api, fill, opened
from ui.api.settings import ApiSettings


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Api]:
    """A portfolio that the test may change."""
    fill(tmp_path)
    made = opened(tmp_path)
    yield made
    made.parts.close()


def test_the_list_is_filtered_and_shows_what_was_asked_for(api: Api) -> None:
    found = api.get("/v1/contracts?type=lease&fields=title,end_date").json()
    assert found["total"] == 1
    (line,) = found["contracts"]
    assert set(line) == {"id", "title", "end_date"}
    assert line["end_date"] == (today() + timedelta(days=30)).isoformat()
    assert api.get("/v1/contracts?fields=title,zz").json()["type"].endswith("invalid")


def test_the_list_goes_on_at_its_cursor_whatever_comes_in_between(own: Api) -> None:
    first = own.get("/v1/contracts?limit=2").json()
    with Register.open(own.parts.settings.home) as register:
        register.save(contract("aaa.pdf", title="Nouveau"), "rules")
    second = own.get(f"/v1/contracts?limit=2&cursor={first['next']}").json()
    assert [c["stem"] for c in (*first["contracts"], *second["contracts"])] == [
        "avenant", "bail", "garde", "nettoyage",
    ]  # fmt: skip
    assert second["next"] is None


def test_a_contract_comes_with_the_words_that_prove_it_and_its_terms_on_a_day(api: Api) -> None:
    shown = api.get("/v1/contracts/NET-2024-017").json()
    proof = next(v for v in shown["values"] if v["field"] == "payment_days")["evidence"][0]
    assert proof["quote"] == "words for payment_days"
    assert api.get("/v1/contracts/nettoyage/evidence?field=payment_days").json()[0]["evidence"] == [proof]
    terms = api.get("/v1/contracts/nettoyage/terms").json()
    paid = next(term for term in terms["terms"] if term["field"] == "payment_days")
    assert (paid["value"], terms["applied"]) in ((45, [paid["set_by"]]), (30, []))
    assert api.get("/v1/contracts/nettoyage/history").json()[0]["action"] == "read"


def test_what_did_not_change_is_not_sent_again(api: Api) -> None:
    first = api.get("/v1/contracts/bail")
    again = api.get("/v1/contracts/bail", **{"If-None-Match": f'W/{first.headers["etag"]}, "other"'})
    assert (again.status_code, again.content) == (304, b"")
    assert api.get("/v1/contracts/garde", **{"If-None-Match": first.headers["etag"]}).status_code == 200


def test_an_etag_changes_with_the_content(own: Api) -> None:
    before = own.get("/v1/contracts/bail").headers["etag"]
    with Register.open(own.parts.settings.home) as register:
        register.confirm("bail", "title", "claire")
    assert own.get("/v1/contracts/bail", **{"If-None-Match": before}).status_code == 200


def test_deadlines_come_by_day_and_page_by_page(api: Api) -> None:
    whole = api.get("/v1/deadlines?days=90").json()
    assert [e["date"] for e in whole["events"]] == sorted(e["date"] for e in whole["events"])
    assert {"notice", "obligation", "renewal"} <= {e["kind"] for e in whole["events"]}
    keys, cursor = [], ""
    while cursor is not None:
        part = api.get(f"/v1/deadlines?days=90&limit=1{'&cursor=' + cursor if cursor else ''}").json()
        keys += [e["key"] for e in part["events"]]
        cursor = part["next"]
    assert keys == [e["key"] for e in whole["events"]]
    assert len(keys) == whole["total"] == len(set(keys))


def test_who_sees_one_city_sees_nothing_of_the_others(api: Api) -> None:
    assert {c["stem"] for c in api.get("/v1/contracts", "lyon").json()["contracts"]} == {"nettoyage", "avenant"}
    assert {e["stem"] for e in api.get("/v1/deadlines", "lyon").json()["events"]} == {"nettoyage"}
    assert {a["stem"] for a in api.get("/v1/alerts", "lyon").json()} == {"nettoyage"}
    assert {o["stem"] for o in api.get("/v1/obligations", "lyon").json()["occurrences"]} <= {"nettoyage"}
    assert b"Bail" not in api.get("/v1/exports/json", "lyon").content
    other = next(a for a in api.get("/v1/alerts").json() if a["stem"] == "bail")
    parts = ("", "/terms", "/history", "/documents", "/revision", "/obligations", "/evidence")
    for path in (*(f"/v1/contracts/bail{part}" for part in parts), f"/v1/alerts/{other['id']}"):
        refused = api.get(path, "lyon")
        assert refused.status_code == 404, path
        assert "Bail pro" not in refused.text
    assert api.post(f"/v1/alerts/{other['id']}/confirm", None, "lyon").status_code == 404


def test_an_alert_is_answered_in_the_keys_name_and_taken_back(own: Api) -> None:
    alert = own.get("/v1/alerts").json()[0]
    path = f"/v1/alerts/{alert['id']}"
    assert own.post(f"{path}/confirm", None).json()["state"] == "confirmed"
    assert own.post(f"{path}/assign", {"to": "Claire"}).json()["assignee"] == "Claire"
    assert own.post(f"{path}/dismiss", {"reason": " "}).status_code == 422
    assert own.post(f"{path}/dismiss", {"reason": "remplacé"}).json()["state"] == "dismissed"
    last = own.get(f"{path}/history").json()[-1]
    assert (last["who"], last["action"]) == ("api:editor", "dismissed")
    assert own.post(f"{path}/undo", {"action": last["id"]}).json()["state"] == "confirmed"


def test_a_repeated_request_is_answered_again_and_done_once(own: Api) -> None:
    alert = own.get("/v1/alerts").json()[0]
    path, once = f"/v1/alerts/{alert['id']}/assign", {"Idempotency-Key": "k-1"}
    first = own.post(path, {"to": "Claire"}, **once)
    again = own.post(path, {"to": "Claire"}, **once)
    assert (again.content, again.headers["idempotency-replayed"]) == (first.content, "true")
    assert len(own.get(f"/v1/alerts/{alert['id']}/history").json()) == 1
    assert own.post(path, {"to": "Marc"}, **once).status_code == 409
    assert own.post(path, {"to": "Marc"}, "administrator", **once).json()["assignee"] == "Marc"
    # what was refused is not kept: mended, it may be asked again
    assert own.post(path, {"to": "x" * 300}, **{"Idempotency-Key": "k-2"}).status_code == 422
    assert own.post(path, {"to": "Luc"}, **{"Idempotency-Key": "k-2"}).status_code == 200


def test_who_asks_too_often_is_told_when_to_come_back(tmp_path: Path) -> None:
    api = opened(tmp_path, ApiSettings(rate=3))
    left = [api.get("/v1/alerts").headers["ratelimit-remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    refused = api.get("/v1/alerts")
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert api.get("/v1/alerts", "editor").status_code == 200
    api.parts.close()


def test_keys_are_not_guessed_at_leisure(tmp_path: Path) -> None:
    api = opened(tmp_path)
    tries = [api.client.get("/v1/alerts", headers={"Authorization": "Bearer no"}).status_code for _ in range(32)]
    assert tries[0] == 401
    assert tries[-1] == 429
    api.parts.close()


def test_problems_are_told_in_the_callers_language(api: Api) -> None:
    french = api.get("/v1/contracts/zzz", **{"Accept-Language": "en;q=0.2, fr-FR"})
    english = api.get("/v1/contracts/zzz", **{"Accept-Language": "en-GB, fr;q=0.5"})
    assert french.headers["content-type"] == "application/problem+json"
    assert (french.json()["title"], english.json()["title"]) == ("Introuvable", "Not found")
    refused = api.client.post("/v1/webhooks", json={}, headers=api.head("reader", **{"Accept-Language": "fr"})).json()
    assert "administrateur" in refused["detail"]


def test_without_keys_only_this_machine_comes_in_and_no_page_of_a_browser(tmp_path: Path) -> None:
    fill(tmp_path)
    here = opened(tmp_path, local=True)
    keys = ApiKeys(here.parts.register)
    for key in keys.all():
        keys.revoke(key.id)
    assert here.get("/v1/alerts", None).status_code == 200
    assert here.get("/v1/alerts", None, Host="evil.example").status_code == 401
    assert here.get("/v1/alerts", None, Origin="http://evil.example").status_code == 401
    keys.create("erp", "reader", "test")
    assert here.get("/v1/alerts", None).status_code == 401
    here.parts.close()


def test_what_is_too_large_or_holds_a_nul_is_refused(api: Api) -> None:
    assert api.post("/v1/ask", {"question": "x" * 1_000_001}).status_code == 413
    assert api.get("/v1/contracts?text=%00").status_code == 422
    assert api.get("/v1/contracts/%00").status_code == 422
