"""Words from documents shown as words: no markup, no link, no formula, no trick with writing directions, no flood."""

from __future__ import annotations

import html
import re
import unicodedata

_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")
_LIVE = re.compile(r":(?=[\w/+-])|(?<=www)\.|@", re.IGNORECASE)
"""Where Markdown makes an icon, a colour or a link of bare words: `:name:`, `https://`, `www.`, a mail address."""
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of writing: a name may use them to show other words than it holds."""
_KEPT = frozenset("\n\t\u202f\u00a0\u2019")
LONGEST = 400


def plain(text: object, longest: int = LONGEST) -> str:
    """``text`` with what cannot be seen made visible or left out, cut after ``longest`` characters."""
    said = str(text)
    cut = said[: longest - 1].rstrip() + "…" if len(said) > longest else said
    return cut if cut.isprintable() else "".join(_shown(sign) for sign in cut)


def line(text: object, longest: int = LONGEST) -> str:
    """`plain` on one line: what goes into cells, options and names."""
    return " ".join(plain(str(text)[: 4 * longest].replace("\n", " ").replace("\t", " · "), longest).split(" ")).strip()


def md(text: object, longest: int = LONGEST) -> str:
    """``text`` for where Streamlit takes Markdown (labels, captions, messages): every sign stands for itself."""
    inert = _LIVE.sub("\\g<0>\u2060", line(text, longest))
    return _MARKDOWN.sub(r"\\\1", inert)


def markup(text: object, longest: int = LONGEST) -> str:
    """``text`` for `st.html`."""
    return html.escape(plain(text, longest))


def _shown(sign: str) -> str:
    if sign in _TURNING:
        return f"[U+{ord(sign):04X}]"
    if sign in _KEPT or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return sign
    return ""
