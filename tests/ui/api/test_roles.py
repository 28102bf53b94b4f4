"""Each role against each route: who has none of a role's rights gets nothing, neither does who has no key."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.accounts.records import ROLES
from tests.ui.api.conftest import Api
from ui.api import roles
from ui.api.app import ROUTERS
from ui.api.roles import ROLES_BY_ROUTE

_GIVEN = {
    "ref": "bail", "sha256": "0" * 64, "page": "1", "alert": "999", "handle": "0000000000", "code": "NONE",
    "key": "none", "run": "none", "format": "ics", "hook": "999", "delivery": "999", "name": "none", "token": "none",
    "field": "title", "entry": "999999", "proposal": "00000000",
}  # fmt: skip
_DOCS = Path(__file__).parents[3] / "docs" / "api.md"


def _asked(api: Api, route: str, key: str | None) -> int:
    method, _, path = route.partition(" ")
    body = {} if method == "POST" else None
    return api.client.request(method, path.format(**_GIVEN), headers=api.head(key), json=body).status_code


@pytest.mark.parametrize("route", ROLES_BY_ROUTE)
def test_each_role_against_each_route(api: Api, route: str) -> None:
    needs = ROLES_BY_ROUTE[route]
    assert (_asked(api, route, None) == 401) == (needs is not None)
    for role in ROLES:
        status = _asked(api, route, role)
        may = needs is None or ROLES.index(role) >= ROLES.index(needs)
        assert status != 401
        assert (status == 403) == (not may), (role, status)
        assert status < 500


def test_every_route_has_its_row_and_no_row_is_left_over() -> None:
    routes = {f"{next(iter(r.methods))} {r.path_format}" for module in ROUTERS for r in module.routes.routes}
    assert routes == set(ROLES_BY_ROUTE)


def test_programs_call_no_two_routes_the_same() -> None:
    names = [route.name for module in ROUTERS for route in module.routes.routes]
    assert len(names) == len(set(names))


def test_the_table_of_the_documentation_is_todays() -> None:
    assert roles.table() in _DOCS.read_text(encoding="utf-8")
