"""Access tokens of the company's sign-in service, verified against its published keys (OpenID Connect Discovery)."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from portfolio.delivery.settings import loopback
from portfolio.errors import ContrathequeError

log = logging.getLogger(__name__)

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519"]
"""Signatures with a public key only: a token signed by a shared secret, or not at all, is never taken."""
_FRESH = 3600.0
_AT_MOST_EVERY = 60.0
"""Seconds between two looks at the keys for the sake of a token whose key is not known."""
_LARGEST = 1_000_000


class Issuer:
    """A sign-in service; its keys are fetched when first needed and kept for an hour."""

    def __init__(self, issuer: str, audience: str) -> None:
        self._issuer = issuer
        self._audience = audience
        self._lock = threading.Lock()
        self._keys: KeySet | None = None
        self._fetched = float("-inf")
        if not issuer.startswith("https://") and not loopback(httpx.URL(issuer).host):
            raise ContrathequeError("CONTRATHEQUE_API_OIDC_ISSUER is an address with https://.")

    def email(self, token: str) -> str | None:
        """The verified e-mail address of who holds the token; None where the token is not to be believed."""
        claims = self._claims(token)
        if claims is None or claims.get("email_verified", True) is not True:
            return None
        email = claims.get("email")
        return email if isinstance(email, str) and email else None

    def _claims(self, token: str) -> dict[str, Any] | None:
        registry = jwt.JWTClaimsRegistry(
            leeway=30,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": self._audience},
            exp={"essential": True},
        )
        for newest in (False, True):
            keys = self._known(newest)
            if keys is None:
                return None
            try:
                decoded = jwt.decode(token, keys, algorithms=ALGORITHMS)
            except (JoseError, ValueError):
                # the service may have new keys
                continue
            try:
                registry.validate(decoded.claims)
            except JoseError:
                return None
            return dict(decoded.claims)
        return None

    def _known(self, newest: bool) -> KeySet | None:
        with self._lock:
            age = time.monotonic() - self._fetched
            if age > _FRESH or (newest and age > _AT_MOST_EVERY):
                try:
                    self._keys = self._fetch()
                except (httpx.HTTPError, ValueError, JoseError, KeyError, TypeError) as error:
                    log.warning("the keys of the sign-in service cannot be had: %s", type(error).__name__)
                self._fetched = time.monotonic()
            return self._keys

    def _fetch(self) -> KeySet:
        with httpx.Client(timeout=10, follow_redirects=False) as client:
            about = _json(client, f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
            if about["issuer"] != self._issuer:
                raise ValueError("the service calls itself otherwise")
            where = httpx.URL(about["jwks_uri"])
            if where.scheme != "https" and not loopback(where.host):
                raise ValueError("keys are fetched over https only")
            return KeySet.import_key_set(_json(client, str(where)))


def _json(client: httpx.Client, url: str) -> Any:
    answer = client.get(url).raise_for_status()
    if len(answer.content) > _LARGEST:
        raise ValueError("too large")
    return answer.json()
