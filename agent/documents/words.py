"""Words as the project keeps them: one space between them, nothing invisible, boxes drawn as ☒ and ☐."""

from __future__ import annotations

import re

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"
)
"""Control and formatting characters, soft hyphens, and halves of characters that no encoding can write."""

_SYMBOL_FONTS: dict[int, str] = {
    0x6F: "☐", 0x71: "☐", 0x72: "☐", 0x78: "☒", 0xA3: "☐", 0xA8: "☐", 0xFC: "✓", 0xFD: "☒", 0xFE: "☒",
    0x51: "☒", 0x52: "☒", 0x53: "☒", 0x54: "☒", 0xB7: "•", 0xA7: "▪", 0xD8: "➢", 0xE0: "→", 0xF0: "→", 0x76: "❖",
}  # fmt: skip
"""Wingdings and its sisters: character code to the sign that it draws (boxes, ticks, bullets, arrows)."""

_PRIVATE_USE = str.maketrans({chr(0xF000 + code): sign for code, sign in _SYMBOL_FONTS.items()})


def clean(text: str) -> str:
    """``text`` on one line: white space of any kind becomes one space, invisible characters go."""
    return " ".join(_INVISIBLE.sub("", text.translate(_PRIVATE_USE)).split())


def symbol(code: int) -> str:
    """The sign that a symbol font draws for a character code (with or without the 0xF000 of Word); else a space."""
    return _SYMBOL_FONTS.get(code & 0xFF, " ")


_CONTINUES = re.compile(r"[a-zß-öø-ÿœ,;:)%€]")


def lines_of(text: str) -> list[str]:
    """The lines of a text whose line breaks were set by hand; a line that begins in lower case goes on with the one
    before it."""
    lines: list[str] = []
    for line in filter(None, map(clean, text.split("\n"))):
        if lines and _CONTINUES.match(line):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return lines
