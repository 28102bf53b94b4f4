"""What a question on several contracts leaves out: « sauf le bail », « hors assurance », `not counting the lease`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS = (
    r"sauf|hors(?!\s+(?:taxes?|tva|revisions?|r[ée]visions?|forfait|frais|charges|ht|heures)\b)|hormis|"
    r"except[ée]s?|excepté|"
    r"à part|a part|sans (?:compter|tenir compte de|prendre|parler de|inclure)|en dehors d[eu]s?|"
    r"à l['’]exception d[eu]s?|"
    r"a l['’]exception d[eu]s?|à l['’]exclusion d[eu]s?|autres? qu[e'’]|mais (?:pas|ni)|et pas|(?:,\s*|"
    r"\bet\s+)non(?: pas)?|"
    r"but (?:are|is|do|does) not|mais (?:ne )?(?:sont|est) pas|except(?: for)?|excluding|not counting|"
    r"not including|leaving (?:out|aside)|other than|apart from|aside from|"
    r"but not|and not|besides|without counting|ignoring"
)
_AFTER = re.compile(rf",?\s*\b(?:{_WORDS})\s*(?P<out>[^,;?!.:()]+)", re.IGNORECASE)
_BEFORE = re.compile(
    r"^(?P<out>[^,;?!:]{3,60}?)\s+(?:mise?s? à part|mise?s? a part|except[ée]e?s?|exclue?s?|aside|excluded|"
    r"excepted)\s*[,:]",
    re.IGNORECASE,
)


_TRAILING = re.compile(
    r"[,(]\s*(?P<out>[^,;?!.:()]{3,40}?)\s+(?:non compris(?:es)?|pas compris(?:es)?|mis(?:e?s)? à part|"
    r"except[ée]e?s?|exclue?s?|à part|aside|apart|excluded|not (?:included|counted))\s*[)?.! ]*$"
    r"|\b(?:leav(?:e|ing)|laiss(?:e[rz]?|ant)|met(?:s|tez|tre))\s+(?P<left>[^,;?!.:()]{3,40}?)\s+"
    r"(?:out|aside|de côté|à part)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"^(?:{_WORDS})\s*(?P<out>[^,;?!.:]+),\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Parted:
    """A question without its exceptions, and the exceptions."""

    kept: str
    left_out: tuple[str, ...] = ()


def parted(text: str) -> Parted:
    """``text`` split from what it leaves out; all of it kept where it leaves nothing out."""
    found: list[str] = []

    def taken(match: re.Match[str]) -> str:
        found.append(next(words for words in match.groupdict().values() if words).strip())
        return " "

    kept = _BEFORE.sub(taken, _LEADING.sub(taken, _TRAILING.sub(taken, text)))
    kept = _AFTER.sub(taken, kept)
    kept = re.sub(r"[\s(),]+$", "", re.sub(r"\s+", " ", kept)).strip()
    return Parted(kept, tuple(found)) if found and len(kept.split()) > 1 else Parted(text)
