"""Fractions drawn on several lines, by a layout or by OCR, brought onto one line."""

from __future__ import annotations

import re

from portfolio.revision import symbols

_BAR = re.compile(r"[-–—_─━―=]{2,}|[—―]")
_GAP = re.compile(r"(?<=[×*xX·])\s*(?=[+)\]}]|$)")
_CELL = re.compile(r"[^\s()\[\]{}+×*=,;]+(?: [^\s()\[\]{}+×*=,;]+)*")
_SYMBOL = re.compile(r"[^\W\d_][\w.'’°\-]*")


def on_one_line(text: str) -> str:
    """``text`` with each drawn fraction written `(above / below)`, where its lines show one; else as it is.

    Knows a line of bars or of gaps between numerators and denominators, and denominators alone below a line.
    """
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    main = next((n for n, line in enumerate(lines) if "=" in line.replace("==", "")), None)
    if len(lines) < 2 or main is None:
        return text
    above = _cells(lines[main - 1]) if main else []
    below = _cells(lines[main + 1]) if main + 1 < len(lines) else []
    rest = "\n".join(lines[main + 2 :])
    drawn = _filled(lines[main], above, below) if above and len(above) == len(below) else None
    if drawn is None and below and not above:
        drawn = _hung(lines[main], below)
    if drawn is None:
        return text
    return f"{drawn}\n{rest}" if rest else drawn


def _cells(line: str) -> list[str]:
    """The symbols of a line that holds nothing but symbols; none where it is a line of text or an equation."""
    if re.search(r"[=+×]", line):
        return []
    wide = [cell.strip() for cell in re.split(r"\s{2,}|\t", line.strip())]
    return [cell for cell in wide if _CELL.fullmatch(cell)] if all(map(_CELL.fullmatch, wide)) else []


def _filled(line: str, above: list[str], below: list[str]) -> str | None:
    """The line with its bars, or its gaps, replaced by the fractions, in their order."""
    head, equals, tail = line.partition("=")
    for holes in (_BAR, _GAP):
        parts = holes.split(tail)
        if len(parts) == len(above) + 1:
            fractions = [f" ({a} / {b}) " for a, b in zip(above, below, strict=True)]
            return head + equals + "".join(part + hole for part, hole in zip(parts, [*fractions, ""], strict=True))
    return None


def _hung(line: str, below: list[str]) -> str | None:
    """The line with each denominator put behind the symbol that it belongs to."""
    head, equals, tail = line.partition("=")
    names = [name for cell in below for name in ([cell] if " " not in cell else cell.split(" "))]
    for name in names:
        match = next((m for m in _SYMBOL.finditer(tail) if symbols.pair(m[0], name)), None)
        if match is None:
            return None
        tail = f"{tail[: match.start()]}({match[0]} / {name}){tail[match.end() :]}"
    return head + equals + tail
