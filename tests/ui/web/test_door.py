"""The door's own addresses."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.testclient import TestClient

from ui.web.door import ROUTES


def test_the_first_page_is_found_by_its_name_too() -> None:
    with TestClient(Starlette(routes=ROUTES), follow_redirects=False) as client:
        assert client.get("/home").headers["location"] == "/"
        assert client.get("/home?lang=en&on=2026-01-01").headers["location"] == "/?lang=en&on=2026-01-01"
