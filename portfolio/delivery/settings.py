"""How mail leaves, from the environment (`CONTRATHEQUE_…`). Secrets are never shown, not even in an error."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from portfolio.errors import ContrathequeError

Tls = Literal["starttls", "implicit", "none"]


class DeliverySettings(BaseSettings):
    """Each setting is the environment variable `CONTRATHEQUE_` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="CONTRATHEQUE_", extra="ignore", hide_input_in_errors=True)

    smtp_host: str | None = None
    """The mail server; without it no mail leaves, and what would have left is kept."""
    smtp_port: int = 587
    smtp_tls: Tls = "starttls"
    """`implicit` is TLS from the first byte (port 465); `none` only for a server that needs no password."""
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_ca: Path | None = None
    """Certificates to trust instead of the system's, for a server with a certificate of the company's own."""
    smtp_timeout: float = Field(default=30, gt=0, le=600)
    mail_from: str | None = None
    """The address that mail comes from."""
    web_url: str | None = None
    """Where the web application is reached, for the link in mails."""

    @classmethod
    def from_environment(cls) -> DeliverySettings:
        """Raises ContrathequeError that names what is wrong, never its value, which may be a secret."""
        try:
            found = cls()
        except ValidationError as error:
            names = ", ".join(f"CONTRATHEQUE_{str(one['loc'][0]).upper()} ({one['msg']})" for one in error.errors())
            raise ContrathequeError(f"A setting for mail cannot be used: {names}.") from None
        return found.checked() if found.mails else found

    @property
    def mails(self) -> bool:
        """Whether mail can leave."""
        return self.smtp_host is not None

    def checked(self) -> DeliverySettings:
        """Itself. Raises ContrathequeError for settings that cannot send, or would send a password in the clear."""
        if self.smtp_host is None:
            raise ContrathequeError("No mail server is set; set CONTRATHEQUE_SMTP_HOST and CONTRATHEQUE_MAIL_FROM.")
        if not self.mail_from:
            raise ContrathequeError(
                "CONTRATHEQUE_SMTP_HOST is set but not CONTRATHEQUE_MAIL_FROM: set who mail is from."
            )
        if self.smtp_user and self.smtp_tls == "none" and not loopback(self.smtp_host):
            raise ContrathequeError(
                "A password is never sent without encryption; set CONTRATHEQUE_SMTP_TLS to starttls or implicit."
            )
        return self


def loopback(host: str) -> bool:
    """Whether ``host`` is this machine itself."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"
