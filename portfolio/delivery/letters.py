"""A letter as it is kept in the outbox, and the mail that it becomes."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from portfolio.delivery.addresses import address, one_line
from portfolio.delivery.outbox import Draft


@dataclass(frozen=True)
class Letter:
    """``html`` says the same as ``text``, or is None where plain text is enough."""

    to: str
    name: str
    subject: str
    text: str
    html: str | None = None
    reply_to: str | None = None

    def draft(self, key: str) -> Draft:
        """The delivery that it is written into the outbox as."""
        return Draft(key, "mail", self.recipient, self.subject, asdict(self))

    @property
    def recipient(self) -> str:
        return f"{self.name} <{self.to}>"


def message(letter: Letter, key: str, sender: str, now: datetime) -> EmailMessage:
    """The mail of a letter. Its Message-ID follows from ``key``: a letter that leaves twice is known as the same."""
    made = EmailMessage(policy=SMTP)
    from_ = address(sender)
    made["From"] = Address("Contrathèque", addr_spec=from_)
    made["To"] = Address(one_line(letter.name, 100), addr_spec=address(letter.to))
    if letter.reply_to:
        made["Reply-To"] = Address(addr_spec=address(letter.reply_to))
    made["Subject"] = one_line(letter.subject)
    made["Date"] = format_datetime(now)
    made["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{from_.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.text, cte="quoted-printable")
    if letter.html is not None:
        made.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return made
