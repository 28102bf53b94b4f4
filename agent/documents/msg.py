"""Mails saved by Outlook (MSG), as `mail` gives those in the standard form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from oxmsg import Message
from oxmsg.attachment import Attachment as OutlookAttachment
from oxmsg.properties import Properties

from agent.documents.mail import Parts, compose, sent
from agent.documents.pages import Document
from agent.documents.sniff import MSG
from agent.documents.web import decode_page
from agent.documents.words import clean

_EMBEDDED_METHOD = 5
_EMBEDDED_STORAGE = "__substg1.0_3701000D"
_EMBEDDED_HEADER_BYTES = 24
"""Of the property stream of a mail within a mail (MS-OXMSG 2.4.1.2)."""

_SUBJECT, _BODY, _HTML, _DATE, _DELIVERED = 0x0037, 0x1000, 0x1013, 0x0039, 0x0E06
_SENDER_NAME, _SENDER_ADDRESS, _SENDER_SMTP, _SHOWN_TO, _SHOWN_CC = 0x0C1A, 0x0C1F, 0x5D01, 0x0E04, 0x0E03
_METHOD, _CONTENT_ID, _FILE_NAME, _SHORT_NAME, _SHOWN_NAME = 0x3705, 0x3712, 0x3707, 0x3704, 0x3001
_LOGO_BYTES = 60_000


def read(name: str, content: bytes) -> Document:
    """A mail's own text, with the files and mails it carries as attachments."""
    message = Message.load(content)
    parts = Parts()
    headers, date = _collect(message.properties, message.attachments, parts)
    return compose(name, content, MSG, headers, date, parts)


def _collect(
    properties: Properties, attachments: tuple[OutlookAttachment, ...], parts: Parts
) -> tuple[dict[str, str], datetime | None]:
    """The headers and the moment sent; bodies and files go into ``parts``."""
    html = _html(properties)
    text = _string(properties, _BODY)
    if html:
        parts.pages.append(html)
    if text:
        parts.texts.append(text)
    if not html and not text:
        parts.warnings.append("the mail's text is kept in Outlook's own format and was left out; save it as HTML")
    for attachment in attachments:
        _attach(attachment, html, parts)
    date = properties.date_prop_value(_DATE) or properties.date_prop_value(_DELIVERED)
    transport = _string(properties, 0x007D)
    stated = re.search(r"^Date:\s*(.+)$", transport, re.MULTILINE)
    date = (sent(stated[1].strip()) if stated else None) or date
    name, address = (
        _string(properties, _SENDER_NAME),
        _string(properties, _SENDER_SMTP) or _string(properties, _SENDER_ADDRESS),
    )
    headers = {
        "Subject": clean(_string(properties, _SUBJECT)),
        "From": clean(f"{name} <{address}>" if "@" in address and name != address else name or address),
        "To": clean(_string(properties, _SHOWN_TO)),
        "Cc": clean(_string(properties, _SHOWN_CC)),
        "Date": format_datetime(date) if date else "",
    }
    return headers, date


def _string(properties: Properties, pid: int) -> str:
    try:
        return (properties.str_prop_value(pid) or "").replace("\x00", "")
    except (LookupError, UnicodeError):
        return ""


def _html(properties: Properties) -> str:
    raw = properties.binary_prop_value(_HTML)
    return decode_page(raw) if raw else _string(properties, _HTML)


def _attach(attachment: OutlookAttachment, html: str, parts: Parts) -> None:
    properties = attachment.properties
    name = _string(properties, _FILE_NAME) or _string(properties, _SHORT_NAME) or _string(properties, _SHOWN_NAME)
    if properties.int_prop_value(_METHOD) == _EMBEDDED_METHOD:
        embedded = next((s for s in _storages(attachment._storage) if s.path.endswith(_EMBEDDED_STORAGE)), None)
        if embedded is not None:
            parts.attach(f"{name or 'mail'}.eml".replace("/", "-"), _as_eml(embedded))
        return
    content = attachment.file_bytes
    if not content:
        parts.warnings.append(f"{name or 'an attachment'} is only a link and was left out; attach the file itself")
        return
    reference = _string(properties, _CONTENT_ID).strip("<>")
    inline = bool(reference) and f"cid:{reference}" in html
    if not (inline and len(content) <= _LOGO_BYTES):
        parts.attach(name or "attachment", content)


def _storages(storage: Any) -> Iterator[Any]:
    """The storages directly below one."""
    yield from storage.storages


def _as_eml(storage: Any) -> bytes:
    """A mail within a mail, written in the standard form, so that it can be read like any other."""
    properties = Properties(storage, properties_header_offset=_EMBEDDED_HEADER_BYTES)
    parts = Parts()
    headers, _ = _collect(properties, tuple(map(OutlookAttachment, storage.iter_attachment_storages())), parts)
    mail = EmailMessage()
    for key, value in headers.items():
        if value:
            mail[key] = value
    mail.set_content("\n\n".join(parts.texts))
    for page in parts.pages:
        mail.add_alternative(page, subtype="html")
    for attachment in parts.attachments:
        mail.add_attachment(
            attachment.content, maintype="application", subtype="octet-stream", filename=attachment.name
        )
    return mail.as_bytes()
