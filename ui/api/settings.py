"""How the API works, from the environment (`CONTRATHEQUE_API_…`)."""

from __future__ import annotations

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from portfolio.delivery.settings import loopback
from portfolio.errors import ContrathequeError


class ApiSettings(BaseSettings):
    """Each setting is the environment variable `CONTRATHEQUE_API_` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="CONTRATHEQUE_API_", extra="ignore", hide_input_in_errors=True)

    rate: int = Field(default=600, ge=1)
    """Requests a minute that one key or person may make of one process."""
    failures: int = Field(default=30, ge=1)
    """Keys and tokens a minute and address that are looked at though they do not fit."""
    oidc_issuer: str | None = None
    """The company's sign-in service (OpenID Connect), whose access tokens are taken; accounts are found by e-mail."""
    oidc_audience: str | None = None
    """Whom its tokens must be meant for."""
    import_stores: tuple[str, ...] = ()
    """Beginnings of addresses that contracts may be fetched from, as a JSON list; without any, none is fetched."""
    largest_upload: int = Field(default=200_000_000, ge=1)
    """Bytes of one request that brings files in."""

    @field_validator("import_stores")
    @classmethod
    def _stores(cls, stores: tuple[str, ...]) -> tuple[str, ...]:
        for store in stores:
            host = store.partition("://")[2].partition("/")[0].partition(":")[0]
            if not store.endswith("/") or not (store.startswith("https://") or loopback(host)):
                raise ValueError("an allowed store begins with https:// and ends with /")
        return stores

    @classmethod
    def from_environment(cls) -> ApiSettings:
        """Raises ContrathequeError that names what is wrong, never its value."""
        try:
            found = cls()
        except ValidationError as error:
            names = ", ".join(f"CONTRATHEQUE_API_{str(e['loc'][0]).upper()} ({e['msg']})" for e in error.errors())
            raise ContrathequeError(f"A setting of the API cannot be used: {names}.") from None
        if (found.oidc_issuer is None) != (found.oidc_audience is None):
            raise ContrathequeError("Set CONTRATHEQUE_API_OIDC_ISSUER and CONTRATHEQUE_API_OIDC_AUDIENCE together.")
        return found
