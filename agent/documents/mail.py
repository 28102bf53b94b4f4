"""Mails (EML): headers and body are blocks, so that they can be evidence; files and mails in them are attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from mimetypes import guess_extension

from agent.documents import plain, web
from agent.documents.encoding import decode_as
from agent.documents.pages import Attachment, Document, Draft, assemble
from agent.documents.sniff import EML
from agent.documents.words import clean

_SIGNATURES = (
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "text/x-vcard",
)
_UNREAD: dict[str, str] = {
    "application/ms-tnef": "its winmail.dat was left out; ask the sender for the mail in HTML or plain text format",
    "application/vnd.ms-tnef": "its winmail.dat was left out; ask the sender for the mail in HTML or plain text format",
    "application/pkcs7-mime": "its encrypted or sealed part was left out; save the mail decrypted",
    "application/x-pkcs7-mime": "its encrypted or sealed part was left out; save the mail decrypted",
    "text/calendar": "its calendar entry was left out",
}
"""Parts of mails that are no documents: what the user is told of them."""

_LOGO_BYTES = 60_000
"""An image shown within the text and smaller than this is a logo or a signature, not a scanned page."""


@dataclass
class Parts:
    """What a mail is made of, whatever its format: bodies in plain text and HTML, files, and what was left out."""

    texts: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def attach(self, name: str, content: bytes) -> None:
        """Adds a file under its bare name, made unique in this mail."""
        bare = clean(re.split(r"[\\/]", name)[-1]) or f"attachment-{len(self.attachments) + 1}"
        stem, dot, suffix = bare.rpartition(".")
        taken = {attachment.name for attachment in self.attachments}
        number, unique = 1, bare
        while unique in taken:
            number += 1
            unique = f"{stem}-{number}{dot}{suffix}" if stem else f"{bare}-{number}"
        self.attachments.append(Attachment(unique, content))

    def body(self) -> Iterator[Draft]:
        """The plain text; or the HTML where there is none, or where the plain text only says to look at the HTML."""
        text = "\n\n".join(self.texts)
        html = [list(web.drafts(page)) for page in self.pages]
        shown = sum(len(draft.text) for drafts in html for draft in drafts)
        if len(clean(text)) * 4 < shown:
            for drafts in html:
                yield from drafts
        elif text.strip():
            yield from plain.drafts(text)


def read(name: str, content: bytes) -> Document:
    """A mail's own text, with the files it carries as attachments. Nested mails are attachments and not read here."""
    start = re.match(rb"\s*(?:From [^\r\n]*\r?\n)?", content)
    mail = message_from_bytes(content[start.end() :] if start else content, policy=policy.compat32)
    parts = Parts()
    _collect(mail, parts)
    headers = {key: header(mail, key) for key in ("Subject", "From", "To", "Cc", "Date")}
    return compose(name, content, EML, headers, sent(headers["Date"]), parts)


def compose(
    name: str, content: bytes, media_type: str, headers: dict[str, str], date: datetime | None, parts: Parts
) -> Document:
    """The document of a mail: its headers as blocks of their own, then its body."""
    lines = [Draft("paragraph", f"{key}: {value}") for key, value in headers.items() if value]
    properties = {key.lower(): headers[key] for key in ("Subject", "From", "To") if headers.get(key)}
    if date is not None:
        properties["date"] = date.isoformat()
    return assemble(
        name,
        content,
        media_type,
        [*lines, *parts.body()],
        attachments=parts.attachments,
        properties=properties,
        warnings=parts.warnings,
    )


def header(mail: Message, key: str) -> str:
    """A header in plain characters, unfolded; wrongly encoded words are shown as well as they can be."""
    raw = next((value for name, value in mail.raw_items() if name.lower() == key.lower()), "")
    return _words(str(raw))


def _words(raw: str) -> str:
    raw = re.sub(r"\r?\n[ \t]+", " ", raw)
    if "=?" not in raw:
        return clean(_bytes(raw))
    try:
        pieces = decode_header(raw)
    except Exception:  # the email package raises several kinds on malformed words
        return clean(raw)
    return clean(
        "".join(_bytes(text) if isinstance(text, str) else decode_as(text, charset) for text, charset in pieces)
    )


def _bytes(text: str) -> str:
    """Header text that held raw bytes above ASCII, decoded by its looks."""
    if text.isascii():
        return text
    return decode_as(text.encode("utf-8", "surrogateescape"), "utf-8")


def sent(value: str) -> datetime | None:
    """The moment in a Date header, or None where it holds none."""
    try:
        return parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _collect(mail: Message, parts: Parts) -> None:
    """Sorts the parts of ``mail`` into ``parts``; of alternatives, all bodies are kept and `Parts.body` chooses."""
    pending: list[Message] = [mail]
    images: list[tuple[str, str, bytes]] = []
    while pending:
        part = pending.pop(0)
        kind = part.get_content_type()
        payload = part.get_payload()
        if part.is_multipart() and kind != EML and isinstance(payload, list):
            pending[:0] = [inner for inner in payload if isinstance(inner, Message)]
            continue
        if kind == EML and isinstance(payload, list) and payload and isinstance(payload[0], Message):
            inner = payload[0]
            parts.attach(f"{header(inner, 'Subject') or 'mail'}.eml".replace("/", "-"), inner.as_bytes())
            continue
        _leaf(part, kind, parts, images)
    for name, reference, image in images:
        shown = any(f"cid:{reference}" in page for page in parts.pages) if reference else False
        if not shown or len(image) > _LOGO_BYTES:
            parts.attach(name, image)


def _leaf(part: Message, kind: str, parts: Parts, images: list[tuple[str, str, bytes]]) -> None:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        content = str(part.get_payload()).encode("utf-8", "surrogateescape")
    name = _file_name(part)
    attached = part.get_content_disposition() == "attachment" or bool(name)
    if kind in _SIGNATURES or not (attached or content.strip()):
        return
    if kind in _UNREAD or name.lower() == "winmail.dat":
        parts.warnings.append(_UNREAD.get(kind, _UNREAD["application/ms-tnef"]))
        return
    if kind in ("text/plain", "text/html") and not attached:
        text = decode_as(content, part.get_content_charset())
        (parts.texts if kind == "text/plain" else parts.pages).append(text)
    elif kind.startswith("image/"):
        images.append((name or _made_up(kind), str(part.get("Content-ID", "")).strip(" <>"), content))
    else:
        parts.attach(name or _made_up(kind), content)


def _file_name(part: Message) -> str:
    try:
        return _words(part.get_filename() or "")
    except Exception:  # malformed RFC 2231 parameters
        return ""


def _made_up(kind: str) -> str:
    return f"attachment{guess_extension(kind) or ''}"
