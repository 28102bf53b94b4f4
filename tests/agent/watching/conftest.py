"""A real IMAP server on loopback."""

from __future__ import annotations

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest

USER, PASSWORD, BOX = "contrats", "s3cret-du-test", "Contrats"


@dataclass
class ImapServer:
    """With an empty folder of mail `BOX` beside what its demonstration holds."""

    port: int

    def client(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        client.login(USER, PASSWORD)
        return client

    def deliver(self, subject: str, *files: tuple[str, bytes]) -> None:
        mail = EmailMessage()
        mail["Subject"], mail["From"], mail["To"] = subject, "fournisseur@example.org", "contrats@example.org"
        mail.set_content("Bonjour, voici le document. Cordialement.")
        for name, content in files:
            mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
        client = self.client()
        assert client.append(BOX, "", imaplib.Time2Internaldate(time.time()), mail.as_bytes())[0] == "OK"
        client.logout()

    def state(self) -> list[bytes]:
        """Numbers and flags of all messages."""
        client = self.client()
        client.select(BOX, readonly=True)
        found = client.fetch("1:*", "(UID FLAGS)")[1]
        client.logout()
        return [item for item in found if isinstance(item, bytes)]


@contextmanager
def served() -> Iterator[ImapServer]:
    """A server with a mailbox whose numbers are its own: started again, it has others (UIDVALIDITY)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    program = Path(sys.executable).with_name("pymap")
    demo = ["dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD]
    command = [str(program), "--host", "127.0.0.1", "--port", str(port), "--no-service", "admin", *demo]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        server = ImapServer(port)
        client = server.client()
        client.create(BOX)
        client.logout()
        yield server
    finally:
        process.kill()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(150):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the IMAP server did not start")


@pytest.fixture
def imap() -> Iterator[ImapServer]:
    with served() as server:
        yield server
