"""A mail server and a receiver of webhooks on this machine, which can be told to fail."""

from __future__ import annotations

import email
import email.policy
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


class MailServer:
    """``answers``: what the next mails are answered instead of being taken; ``refused``: addresses that it refuses."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.refused: set[str] = set()
        self.mails: list[EmailMessage] = []
        self.envelopes: list[tuple[str, ...]] = []
        self.users: list[tuple[str, str]] = []
        self.port = free_port()
        self._controller: Controller | None = None

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 no such person here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answers:
            return self.answers.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        self.mails.append(email.message_from_bytes(content, policy=email.policy.default))  # type: ignore[arg-type]
        self.envelopes.append(tuple(envelope.rcpt_tos))
        return "250 OK"

    def start(self, tls: ssl.SSLContext | None = None) -> None:
        def authenticate(server: SMTP, session: Session, envelope: Envelope, kind: str, data: object) -> AuthResult:
            assert isinstance(data, LoginPassword)
            self.users.append((data.login.decode(), data.password.decode()))
            return AuthResult(success=data.password == b"geheim", handled=False)

        more = {"authenticator": authenticate, "auth_required": True, "require_starttls": True} if tls else {}
        self._controller = Controller(self, hostname=LOOPBACK, port=self.port, tls_context=tls, **more)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None


class HookServer:
    """``failures``: how many of the next requests it answers with 503; ``status``: what it answers the others."""

    def __init__(self) -> None:
        self.failures = 0
        self.status = 204
        self.seen: list[tuple[dict[str, str], bytes]] = []
        self.took: list[tuple[dict[str, str], bytes]] = []
        here = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                here.seen.append((headers, body))
                failing = here.failures > 0
                here.failures -= failing
                status = 503 if failing else here.status
                if 200 <= status < 300:
                    here.took.append((headers, body))
                self.send_response(status)
                self.send_header("location", f"http://{LOOPBACK}:{here.port}/elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
        self.port: int = self._server.server_address[1]
        self.url = f"http://{LOOPBACK}:{self.port}/hooks/jeton-secret"

    @contextmanager
    def running(self) -> Iterator[HookServer]:
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for this machine that nobody else knows, and a server's context with it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(LOOPBACK))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    public, private = folder / "mail.crt", folder / "mail.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return public, context
