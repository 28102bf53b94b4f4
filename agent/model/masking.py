"""Hides names, IBANs, e-mail addresses and telephone numbers from what is sent, and puts them back into the answer.

Each spelling has a sign of its own (`[[NAME_1]]`), so that quotes come back letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from agent.model.request import Request

_PATTERNS = (
    ("IBAN", re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0\u202f]?[A-Z0-9]{4}){2,7}(?:[ \u00a0\u202f]?[A-Z0-9]{1,4})?\b")),
    ("EMAIL", re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.)+[A-Za-z]{2,24}")),
    ("PHONE", re.compile(r"(?<![\d/.])(?:\+\d{2,3}[ .-]?(?:\(0\)[ .-]?)?[1-9]|0[1-9])(?:[ .-]?\d{2}){4}(?![\d/])")),
)
_TITLED = re.compile(
    r"\b(?:M\.|MM\.|Mme|Mlle|Me|Dr|Monsieur|Madame|Mademoiselle|Maître|Docteur|Mr\.?|Mrs\.?|Ms\.?)\s+"
    r"(?P<name>[A-ZÀ-Þ][\w'’-]*(?:\s+(?:de|du|d['’]|le|la|van|von)?\s?[A-ZÀ-Þ][\w'’-]*){0,3})"
)
_SIGN = re.compile(r"\[\[(?:NAME|IBAN|EMAIL|PHONE)_\d+\]\]")
_SHORTEST_NAME = 3


class Mask:
    """``names`` are those known to stand in the text, of companies and persons; persons with a title are found.

    A mask that is not ``active`` hides nothing.
    """

    def __init__(self, names: Iterable[str] = (), *, active: bool = True) -> None:
        self._active = active
        self._names = sorted({name for name in names if len(name) >= _SHORTEST_NAME}, key=len, reverse=True)
        self.hidden: dict[str, str] = {}
        """What was hidden, by its sign."""
        self._signs: dict[str, str] = {}

    def hide(self, request: Request) -> Request:
        """``request`` with signs in place of what it hides."""
        return replace(request, system=self.hide_text(request.system), user=self.hide_text(request.user))

    def hide_text(self, text: str) -> str:
        """``text`` with signs; what is hidden first gets the lower number."""
        if not self._active:
            return text
        for kind, pattern in (*_PATTERNS, *self._name_patterns(text)):
            text = pattern.sub(lambda match, kind=kind: self._sign(kind, match[0]), text)  # type: ignore[misc]
        return text

    def restore(self, value: Any) -> Any:
        """``value``, in JSON's own types, with what was hidden back in its strings."""
        if not self.hidden:
            return value
        if isinstance(value, str):
            return _SIGN.sub(lambda match: self.hidden.get(match[0], match[0]), value)
        if isinstance(value, list):
            return [self.restore(item) for item in value]
        if isinstance(value, dict):
            return {key: self.restore(item) for key, item in value.items()}
        return value

    def _name_patterns(self, text: str) -> Iterator[tuple[str, re.Pattern[str]]]:
        found = {match["name"] for match in _TITLED.finditer(text)}
        for name in (*self._names, *sorted(found, key=len, reverse=True)):
            words = r"\s+".join(map(re.escape, name.split()))
            yield "NAME", re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)

    def _sign(self, kind: str, words: str) -> str:
        if words not in self._signs:
            sign = f"[[{kind}_{sum(s.startswith(f'[[{kind}_') for s in self.hidden) + 1}]]"
            self._signs[words], self.hidden[sign] = sign, words
        return self._signs[words]
