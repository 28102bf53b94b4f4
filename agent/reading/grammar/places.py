"""Places: French postal codes with their town, towns with their postal code in brackets, other countries' codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.reading.grammar.found import Found, leftmost_longest
from agent.reading.text import fold

_TOWN = (
    r"(?P<{name}>(?:(?:L[aes]s?|L'|Aux?|Saint|Sainte|St|Ste|Le)[ '’-])?[A-ZÀ-ÖØ-Þ][\w'’]*(?:[-'’][\w'’]+|\ (?:sur|"
    r"sous|en|les|lès|la|le|de|du|des|d'|l')[ '’-][A-ZÀ-Þ]?[\w'’]+|\ [A-ZÀ-Þ]{{2,}}(?![\w])|"
    r"\ [A-ZÀ-Þ][\w'’-]+(?=[,;.)(\t\n]|$)){{0,7}}(?:\ (?:cedex|CEDEX|Cedex)(?:\ \d{{1,2}})?)?)"
)
_CODE_TOWN = re.compile(rf"(?<![\d.,])(?P<code>(?:F-)?\d{{2}}\s?\d{{3}})[, ]+{_TOWN.format(name='town')}")
_TOWN_CODE = re.compile(rf"{_TOWN.format(name='town')}\s*\((?P<code>\d{{5}})\)")
_CODE = re.compile(r"\d{2} ?\d{3}|[A-Z]\d[A-Z\d]? \d[A-Z]{2}")
_BRITISH = re.compile(
    r"(?P<town>[A-Z][a-z]+(?:[ -](?:upon|on|under|[A-Z][a-z]+)){0,3}),? (?P<code>[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b"
)
_CEDEX = re.compile(r"\s+cedex(?:\s\d{1,2})?$", re.IGNORECASE)
_UNIT = re.compile(
    r"(?:euros?|eur|m2|m²|ht|ttc|mwh|kwh|heures?|repas|habitants?|francs?|kg|tonnes?|personnes?|unites?)\b"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A town with its postal code."""

    city: str
    postal_code: str


def places(text: str) -> Iterator[Found[Place]]:
    """Every town with a French or British postal code in ``text`` (not folded: capitals tell where a town ends)."""
    if _CODE.search(text) is None:
        return
    found: list[Found[Place]] = []
    for pattern in (_CODE_TOWN, _TOWN_CODE):
        for match in pattern.finditer(text):
            town = _CEDEX.sub("", match["town"].strip())
            code = re.sub(r"\D", "", match["code"])
            if len(code) != 5 or _UNIT.match(fold(town)) or code.startswith(("00", "96", "99")) or len(town) < 2:
                continue
            if " " in match["code"] and not _is_department(code):
                continue
            town = _with_article(town, text[max(0, match.start() - 4) : match.start()])
            found.append(Found(Place(town, code), match.start(), match.end()))
    found.extend(Found(Place(m["town"], m["code"]), m.start(), m.end()) for m in _BRITISH.finditer(text))
    yield from leftmost_longest(found)


def _with_article(town: str, before: str) -> str:
    """`aux Ponts-de-Cé` names Les Ponts-de-Cé, `au Mans` Le Mans."""
    for preposition, article in (("aux ", "Les "), ("au ", "Le ")):
        if before.lower().endswith(preposition):
            return article + town
        if town.lower().startswith(preposition):
            return article + town[len(preposition) :]
    return town


def _is_department(code: str) -> bool:
    return "01" <= code[:2] <= "95" or code[:2] in ("97", "98")
