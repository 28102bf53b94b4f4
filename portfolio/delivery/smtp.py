"""Mail by SMTP (RFC 5321), with TLS (RFC 8314, RFC 3207). One connection serves all letters of a run."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from datetime import UTC, datetime

from portfolio.delivery.addresses import one_line
from portfolio.delivery.letters import Letter, message
from portfolio.delivery.outbox import Delivery
from portfolio.delivery.sending import Later, Refused
from portfolio.delivery.settings import DeliverySettings


class Mailer:
    """Carries the outbox's mails. Connects with the first one; where that fails, none is tried until the next run."""

    def __init__(self, settings: DeliverySettings, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._settings = settings.checked()
        self._now = now
        self._server: smtplib.SMTP | None = None

    def carry(self, delivery: Delivery) -> None:
        try:
            letter = Letter(**delivery.body)
            mail = message(letter, delivery.key, self._settings.mail_from or "", self._now())
        except (TypeError, ValueError) as error:
            raise Refused(f"no mail can be made of it: {one_line(str(error))}") from error
        server = self._server or self._connect()
        try:
            server.send_message(mail, to_addrs=[letter.to])
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            raise _met(f"{letter.to} was refused", code, text) from error
        except smtplib.SMTPSenderRefused as error:
            # whom mail comes from is a setting: it is put right, then all goes out
            raise Later(_said("the sender was refused", error.smtp_code, error.smtp_error), lane=True) from error
        except smtplib.SMTPResponseException as error:
            raise _met("the mail was refused", error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Later(f"the connection broke: {one_line(str(error))}", lane=True) from error

    def close(self) -> None:
        if self._server is None:
            return
        try:
            self._server.quit()
        except (OSError, smtplib.SMTPException):
            self._server.close()
        self._server = None

    def _connect(self) -> smtplib.SMTP:
        wanted = self._settings
        host = wanted.smtp_host or ""
        where = f"{host}:{wanted.smtp_port}"
        try:
            context = ssl.create_default_context(cafile=wanted.smtp_ca)
            server: smtplib.SMTP
            if wanted.smtp_tls == "implicit":
                server = smtplib.SMTP_SSL(host, wanted.smtp_port, timeout=wanted.smtp_timeout, context=context)
            else:
                server = smtplib.SMTP(host, wanted.smtp_port, timeout=wanted.smtp_timeout)
            self._server = server
            if wanted.smtp_tls == "starttls":
                server.starttls(context=context)
            if wanted.smtp_user:
                password = wanted.smtp_password
                server.login(wanted.smtp_user, password.get_secret_value() if password else "")
        except smtplib.SMTPAuthenticationError as error:
            self.close()
            raise Later(f"{where} did not accept the user or the password ({error.smtp_code})", lane=True) from error
        except UnicodeError:
            self.close()
            # smtplib signs in with ASCII only; the error itself carries the password and is not passed on
            raise Later(f"{where}: a user or password with letters beyond ASCII cannot be sent", lane=True) from None
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Later(f"{where} cannot be used: {one_line(str(error))}", lane=True) from error
        return server


def _met(what: str, code: int, text: bytes | str) -> Later | Refused:
    """4xx is for now, 5xx for good (RFC 5321 4.2.1)."""
    said = _said(what, code, text)
    return Refused(said) if 500 <= code < 600 else Later(said)


def _said(what: str, code: int, text: bytes | str) -> str:
    return f"{what}: {code} {one_line(text.decode('utf-8', 'replace') if isinstance(text, bytes) else text)}"
