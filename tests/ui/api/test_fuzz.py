"""Everything that the description allows, and much that it does not: no error of the server's own, no answer that the
description does not tell, nothing without a key (schemathesis)."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from tests.ui.api.conftest import Api, fill, opened
from ui.api.roles import ROLES_BY_ROUTE
from ui.api.settings import ApiSettings

load_all_checks()
pytestmark = pytest.mark.fuzz
_CHECKS = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
        "response_schema_conformance", "ignored_auth",
    )
]  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    home = tmp_path_factory.mktemp("fuzz")
    fill(home)
    made = opened(home, ApiSettings(rate=10**6, failures=10**6, import_stores=("https://127.0.0.1:9/store/",)))
    yield made
    while not all(run.done for run in made.parts.intake.runs()):
        time.sleep(0.1)
    made.parts.close()


@pytest.fixture(scope="module")
def described(served: Api):
    return schemathesis.openapi.from_asgi("/v1/openapi.json", served.client.app)


@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
@pytest.mark.parametrize("route", [route for route in ROLES_BY_ROUTE if route != "GET /v1/openapi.json"])
def test_every_answer_is_one_that_the_description_tells(described, served: Api, route: str, mode) -> None:
    method, _, path = route.partition(" ")
    operation = described[path][method]

    @settings(max_examples=5, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def asked(case) -> None:
        case.call_and_validate(headers=served.head("administrator"), checks=_CHECKS, timeout=60)

    with contextlib.suppress(Unsatisfiable):  # of some routes nothing can be wrong
        asked()
