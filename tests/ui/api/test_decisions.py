"""What programs decide: values that are right, wrong or another; proposals that are done or never."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio.proposals.book import ProposalBook
from portfolio.register.store import Register
from tests.ui.api.conftest import Api, fill, opened

_PAID = "/v1/contracts/nettoyage/values/payment_days"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Api]:
    fill(tmp_path)
    made = opened(tmp_path)
    yield made
    made.parts.close()


def paid(shown: dict) -> list[tuple[object, str]]:
    return [(value["value"], value["review"]) for value in shown["values"] if value["field"] == "payment_days"]


def proposed(api: Api, stem: str = "nettoyage") -> str:
    with Register.open(api.parts.settings.home, api.parts.settings.database_url) as register:
        id_ = register.contract(stem).id
        return ProposalBook(register).add(id_, "add_tag", {"tag": "à revoir"}, {"tags": []}, "claire", "Tague").id


def test_a_value_is_confirmed_corrected_rejected_and_each_can_be_taken_back(own: Api) -> None:
    assert paid(own.post(f"{_PAID}/confirm", {}).json()) == [(30, "confirmed")]
    assert paid(own.post(f"{_PAID}/correct", {"value": 60, "reason": "page 4"}).json()) == [(60, "corrected")]
    last = own.get("/v1/contracts/nettoyage/history").json()[-1]
    assert (last["who"], last["action"], last["before"], last["after"]) == ("api:editor", "corrected", 30, 60)
    assert last["reason"] == "page 4"
    back = own.post(f"/v1/contracts/nettoyage/history/{last['id']}/undo", None)
    assert paid(back.json()) == [(30, "confirmed")]
    assert paid(own.post(f"{_PAID}/reject", {"reason": "autre contrat"}).json()) == []


def test_one_more_value_of_a_list(own: Api) -> None:
    added = own.post("/v1/contracts/bail/values/sites/add", {"value": {"city": "Nantes", "postal_code": "44000"}})
    assert [site["city"] for site in added.json()["sites"]] == ["Nantes"]


def test_who_decides_on_what_has_changed_since_is_told_so(own: Api) -> None:
    tag = own.get("/v1/contracts/nettoyage").headers["etag"]
    done = own.post(f"{_PAID}/correct", {"value": 60}, **{"If-Match": tag})
    assert done.status_code == 200
    late = own.post(f"{_PAID}/correct", {"value": 15}, **{"If-Match": tag})
    assert (late.status_code, late.json()["type"]) == (412, "urn:contratheque:problem:changed")
    assert done.headers["etag"] == own.get("/v1/contracts/nettoyage").headers["etag"]
    again = own.post(f"{_PAID}/correct", {"value": 15}, **{"If-Match": f'"other", {done.headers["etag"]}'})
    assert paid(again.json()) == [(15, "corrected")]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (f"{_PAID}/correct", {"value": "bientôt"}, 422),
        (f"{_PAID}/correct", {}, 422),
        (f"{_PAID}/confirm", {"position": 7}, 404),
        ("/v1/contracts/nettoyage/values/weather/confirm", {}, 422),
        ("/v1/contracts/nettoyage/values/title/add", {"value": "Autre"}, 422),
        ("/v1/contracts/bail/history/999999/undo", None, 404),
    ],
)
def test_a_decision_that_cannot_be_is_refused_in_words(api: Api, path: str, body: object, status: int) -> None:
    refused = api.post(path, body)
    assert (refused.status_code, refused.headers["content-type"]) == (status, "application/problem+json")
    assert refused.json()["detail"]


def test_nobody_decides_beyond_their_role_or_on_what_they_do_not_see(own: Api) -> None:
    hers, his = proposed(own), proposed(own, "bail")
    assert [one["id"] for one in own.get("/v1/proposals", "lyon").json()] == [hers]
    for path in (f"/v1/proposals/{his}/confirm", "/v1/contracts/bail/values/title/confirm"):
        assert own.post(path, {}, "lyon").status_code == 404
    for path in (f"/v1/proposals/{hers}/confirm", f"{_PAID}/confirm"):
        assert own.post(path, {}, "reader").status_code == 403
    entry = own.get("/v1/contracts/bail/history").json()[0]["id"]
    assert own.post(f"/v1/contracts/nettoyage/history/{entry}/undo", None, "lyon").status_code == 404
    assert own.get(f"/v1/proposals/{his}", "lyon").status_code == 404
    assert own.get(f"/v1/proposals/{his}").json()["state"] == "waiting"


def test_a_proposal_is_done_once_and_a_refused_one_never(own: Api) -> None:
    yes, no = proposed(own), proposed(own, "bail")
    (change,) = own.get(f"/v1/proposals/{yes}").json()["changes"]
    assert change["after"] == "à revoir"
    done = own.post(f"/v1/proposals/{yes}/confirm", None).json()
    assert (done["state"], done["decided_by"]) == ("done", "api:editor")
    assert own.get("/v1/contracts/nettoyage").json()["tags"] == ["à revoir"]
    assert own.post(f"/v1/proposals/{yes}/confirm", None).status_code == 422
    assert own.post(f"/v1/proposals/{no}/refuse", None).json()["state"] == "refused"
    assert own.post(f"/v1/proposals/{no}/confirm", None).status_code == 422
    assert own.get("/v1/contracts/bail").json()["tags"] == []
    assert own.get("/v1/proposals").json() == []
