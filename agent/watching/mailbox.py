"""New messages of a mailbox (IMAP4rev1, RFC 3501), opened read-only: no message is marked, moved or deleted."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import compat32

from agent.documents.discover import MAX_FILE_BYTES
from agent.documents.mail import header
from agent.watching.settings import WatchedMailbox
from portfolio.errors import ContrathequeError
from portfolio.intake.book import Position

_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True)
class Message:
    """``content`` None: too large to be fetched. ``subject`` on one line."""

    uid: int
    size: int
    content: bytes | None
    subject: str


class Mailbox:
    """An open mailbox. ``validity``: its numbers mean the same messages only while this is the same."""

    def __init__(self, client: imaplib.IMAP4, validity: int) -> None:
        self._client = client
        self.validity = validity

    def numbers(self, since: Position, first_day: date | None = None) -> list[int]:
        """Numbers of the messages after a position, ascending; all where the numbers are valid no longer.

        ``first_day`` counts where the position is at the beginning.
        """
        last = since.last if since.validity == self.validity else 0
        criteria = ["UID", f"{last + 1}:*"]
        if last == 0 and first_day is not None:
            criteria += ["SINCE", f"{first_day.day:02d}-{_MONTHS[first_day.month - 1]}-{first_day.year}"]
        found = self._said(*self._client.uid("SEARCH", *criteria))
        # `n:*` means the last message too where none has a number that high (RFC 3501, 6.4.8)
        return sorted(number for number in map(int, b" ".join(_flat(found)).split()) if number > last)

    def fetch(self, uid: int) -> Message | None:
        """A message; None where it went away."""
        sized = _SIZE.search(b" ".join(_flat(self._said(*self._client.uid("FETCH", str(uid), "(RFC822.SIZE)")))))
        if sized is None:
            return None
        size = int(sized[1])
        part = "BODY.PEEK[HEADER]" if size > MAX_FILE_BYTES else "BODY.PEEK[]"
        answer = self._said(*self._client.uid("FETCH", str(uid), f"({part})"))
        content = next((item[1] for item in answer if isinstance(item, tuple)), None)
        if content is None:
            return None
        subject = header(message_from_bytes(content[:200_000], policy=compat32), "Subject")
        return Message(uid, size, None if size > MAX_FILE_BYTES else content, " ".join(subject.split())[:120])

    @staticmethod
    def _said(status: str, answer: list[bytes | tuple[bytes, bytes]]) -> list[bytes | tuple[bytes, bytes]]:
        if status != "OK":
            raise ContrathequeError("The mail server refused a command; see its log.")
        return [item for item in answer if item]


def first_day(watched: WatchedMailbox, today: date) -> date | None:
    return today - timedelta(days=watched.since_days) if watched.since_days else None


@contextmanager
def opened(watched: WatchedMailbox) -> Iterator[Mailbox]:
    """Signs in and opens the folder for reading only. Raises ContrathequeError without the password in it."""
    where = f"{watched.host}:{watched.port}"
    password = watched.password()
    try:
        client = _connected(watched)
    except (OSError, imaplib.IMAP4.error) as error:
        raise ContrathequeError(f"Mailbox {watched.name}: {where} cannot be reached ({error}).") from None
    try:
        try:
            client.login(watched.user, password)
        except imaplib.IMAP4.error:
            # what the server answers may repeat what it was sent
            raise ContrathequeError(
                f"Mailbox {watched.name}: {where} refused the user or the password; check both."
            ) from None
        status, _ = client.select(_quoted(watched.folder), readonly=True)
        if status != "OK":
            raise ContrathequeError(f"Mailbox {watched.name}: there is no folder « {watched.folder} ».")
        _, said = client.response("UIDVALIDITY")
        if not said or not said[0]:
            raise ContrathequeError(f"Mailbox {watched.name}: {where} gives messages no lasting numbers.")
        yield Mailbox(client, int(said[0]))
    except (OSError, imaplib.IMAP4.error) as error:
        raise ContrathequeError(
            f"Mailbox {watched.name}: the connection to {where} broke ({type(error).__name__})."
        ) from None
    finally:
        try:
            client.logout()
        except (OSError, imaplib.IMAP4.error):
            client.shutdown()


def _connected(watched: WatchedMailbox) -> imaplib.IMAP4:
    context = ssl.create_default_context(cafile=str(watched.ca) if watched.ca else None)
    if watched.tls == "implicit":
        return imaplib.IMAP4_SSL(watched.host, watched.port, ssl_context=context, timeout=watched.timeout)
    client = imaplib.IMAP4(watched.host, watched.port, timeout=watched.timeout)
    if watched.tls == "starttls":
        client.starttls(context)
    return client


def _quoted(folder: str) -> str:
    """A folder's name in modified UTF-7 (RFC 3501, 5.1.3), quoted."""
    parts = re.split(r"([^\x20-\x7e]+)", folder.replace("&", "&-"))
    coded = "".join(_base64(part) if number % 2 else part for number, part in enumerate(parts))
    return '"' + coded.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _base64(text: str) -> str:
    return "&" + text.encode("utf-7").decode().strip("+-").replace("/", ",") + "-"


def _flat(answer: list[bytes | tuple[bytes, bytes]]) -> Iterator[bytes]:
    for item in answer:
        if isinstance(item, tuple):
            yield from item
        else:
            yield item
