"""Tokens of a sign-in service on loopback: believed when it signed them for us, and never otherwise."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from portfolio.accounts.store import Accounts
from portfolio.register.records import Scope
from tests.ui.api.conftest import Api, fill, opened
from ui.api.settings import ApiSettings


class Service:
    """A sign-in service with one key at a time."""

    def __init__(self) -> None:
        self.key = ECKey.generate_key("P-256", {"kid": "one"})
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                about = {"issuer": service.url, "jwks_uri": f"{service.url}/keys"}
                keys = {"keys": [service.key.as_dict(private=False)]}
                body = json.dumps(keys if self.path == "/keys" else about).encode()
                self.send_response(200)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def token(self, key=None, alg: str = "ES256", **changes: object) -> str:
        claims = {
            "iss": self.url, "aud": "contratheque", "exp": int(time.time()) + 300, "email": "Claire@example.org",
            "email_verified": True,
        } | changes  # fmt: skip
        return jwt.encode(
            {"alg": alg, "kid": "one"}, {k: v for k, v in claims.items() if v is not None}, key or self.key
        )


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    made = Service()
    yield made
    made.server.shutdown()


@pytest.fixture(scope="module")
def api(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    home: Path = tmp_path_factory.mktemp("oidc")
    fill(home)
    made = opened(home, ApiSettings(oidc_issuer=service.url, oidc_audience="contratheque"), local=True)
    scope = Scope(sites=("Brest",))
    Accounts(made.parts.register).add("claire", "reader", email="claire@example.org", scope=scope)
    yield made
    made.parts.close()


def _asked(api: Api, token: str):
    return api.client.get("/v1/contracts", headers={"Authorization": f"Bearer {token}"})


def test_who_the_service_knows_comes_in_with_their_accounts_role_and_scope(api: Api, service: Service) -> None:
    answer = _asked(api, service.token())
    assert [line["stem"] for line in answer.json()["contracts"]] == ["garde"]
    head = {"Authorization": f"Bearer {service.token()}"}
    assert api.client.post("/v1/columns", json={"words": "x", "kind": "text"}, headers=head).status_code == 403


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "another"}, {"iss": "https://evil.example"}, {"exp": 1000}, {"exp": None}, {"aud": None},
        {"email_verified": False}, {"email_verified": "false"}, {"email": "unknown@example.org"}, {"email": None},
        {"email": ["claire@example.org"]}, {"nbf": int(time.time()) + 3600},
    ],
)  # fmt: skip
def test_a_token_for_others_of_others_or_of_another_time_opens_nothing(api: Api, service: Service, changes) -> None:
    assert _asked(api, service.token(**changes)).status_code == 401


def test_a_token_that_the_service_did_not_sign_opens_nothing(api: Api, service: Service) -> None:
    forged = ECKey.generate_key("P-256", {"kid": "one"})
    assert _asked(api, service.token(forged)).status_code == 401
    assert _asked(api, service.token(OctKey.import_key(b"k" * 40), "HS256")).status_code == 401
    head, body, _ = service.token().split(".")
    assert _asked(api, f"{head}.{body}.").status_code == 401


def test_without_a_token_nobody_comes_in_even_from_this_machine(api: Api) -> None:
    assert api.client.get("/v1/contracts").status_code == 401
