"""Signs within a line: the marks of Markdown are taken away, boxes drawn with brackets become ☐ and ☒."""

from __future__ import annotations

import re

_INLINE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<!--.{0,2000}?-->"), ""),
    (re.compile(r"<br\s*/?>", re.IGNORECASE), " "),
    (re.compile(r"</?(?:b|i|u|em|strong|sub|sup|small|span|font)\b[^<>]*>", re.IGNORECASE), ""),
    (re.compile(r"!\[([^\[\]]{0,300})\]\([^)\s]{0,600}(?:\s+\"[^\"]{0,300}\")?\)"), r"\1"),
    (re.compile(r"\[([^\[\]]{1,300})\]\((?:https?:|mailto:|#|\.{0,2}/)[^)\s]{0,600}(?:\s+\"[^\"]{0,300}\")?\)"), r"\1"),
    (re.compile(r"^>+\s?"), ""),
    (re.compile(r"(?<![\w*])\*\*\*?(?=[^\s*])(.{1,600}?)(?<=[^\s*])\*\*\*?(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])__(?=[^\s_])(.{1,600}?)(?<=[^\s_])__(?![\w_])"), r"\1"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]{1,600}?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])([^_]{1,600}?)(?<=[^\s_])_(?![\w_])"), r"\1"),
    (re.compile(r"`+([^`]{1,300})`+"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|~>-])"), r"\1"),
)

_TICKED = re.compile(r"\[\s?[xX✓✔]\s?\]")
_UNTICKED = re.compile(r"\[(?:\s{1,3}|_)\]")
_AT_START = re.compile(r"^(\s*(?:[-*+•–]\s+)?)\[(?:\s{1,3}|_)\](?=\s*\S)")
_STRUCK = re.compile(r"~~(?=\S)(.{1,600}?)(?<=\S)~~")


def plain_markdown(text: str) -> str:
    """A line of Markdown as it is shown: struck words dropped, emphasis, links and escapes resolved."""
    text = _STRUCK.sub("", text)
    for pattern, shown in _INLINE:
        text = pattern.sub(shown, text)
    return text


def boxes(text: str) -> str:
    """``[x]`` becomes ☒; ``[ ]`` becomes ☐ where it begins the line or stands beside a ticked one.

    Elsewhere it is a blank to be filled in.
    """
    text, ticked = _TICKED.subn("☒", text)
    return _UNTICKED.sub("☐", text) if ticked or "☒" in text else _AT_START.sub(r"\1☐", text)
