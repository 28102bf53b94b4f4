"""Sentences that may hold words of documents, made inert: no link, image, mark-up or control sign in them does
anything, whatever shows them. Quotes stay letter by letter and are shown as plain text."""

from __future__ import annotations

import re
import unicodedata

_SCHEME = re.compile(
    r"\b([a-z][a-z0-9+.-]{1,20})(://)|\b(javascript|data|vbscript|mailto|file)(:)(?=\S)", re.IGNORECASE
)
_ADDRESS = re.compile(r"\bwww\.", re.IGNORECASE)
_SIGNS = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "`": "'", "\\": "/"})


def plain(text: str) -> str:
    """``text`` without control signs, with addresses and the signs of mark-up taken apart."""
    shown = text if text.isprintable() else "".join(map(_shown, text))
    apart = _SCHEME.sub(lambda m: f"{m[1] or m[3]} {m[2] or m[4]} ", shown.translate(_SIGNS))
    return _ADDRESS.sub("www . ", apart)


def _shown(sign: str) -> str:
    """Nothing for a control sign, and for one that turns the direction of writing or is not seen."""
    if sign in "\n\t\r":
        return " "
    return sign if unicodedata.category(sign) not in ("Cc", "Cf", "Co", "Cs") else ""
