"""Addresses and texts on their way into a mail: nothing from a contract can add a header, a line or a link."""

from __future__ import annotations

import re
from email.errors import MessageError
from email.headerregistry import Address

from portfolio.errors import InvalidValue
from portfolio.exports.cells import clean

_SHAPE = re.compile(r"[^@\s]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_LONGEST = 254
"""RFC 5321 4.5.3.1.3, as corrected by erratum 1690."""
_LINK = re.compile(r"\b(https?|ftp|mailto|javascript|data):|\b(www)\.", re.IGNORECASE)


def address(text: str) -> str:
    """An e-mail address as it is kept. Raises InvalidValue for anything else, line ends among them."""
    kept = text.strip()
    try:
        if not kept.isascii() or len(kept) > _LONGEST or not _SHAPE.fullmatch(kept):
            raise ValueError
        Address(addr_spec=kept)
    except (ValueError, IndexError, MessageError) as error:
        raise InvalidValue(
            f"« {one_line(text, 60)} » is no e-mail address; write it like marie.durand@example.org."
        ) from error
    return kept


def one_line(text: str, longest: int = 300) -> str:
    """``text`` on one line without characters that cannot be shown, shortened to ``longest`` characters."""
    said = " ".join(clean(text).split())
    return said if len(said) <= longest else said[: longest - 1] + "…"


def inert(text: str, longest: int = 300) -> str:
    """A text from a contract on one line, so that no mail program makes a link of an address in it."""
    return _LINK.sub(lambda found: f"{found[1] or found[2]}[{':' if found[1] else '.'}]", one_line(text, longest))
