"""Reads the identity of small contracts: the subjects that say what a contract is and who made it."""

from __future__ import annotations

from typing import Any

from agent.reading.rules import RulesReader, kind, language, nature, parties, reference, sites, status, title
from agent.reading.rules.known import Known
from portfolio.schema import Party, Site
from tests.agent.reading.pages_of import dossier

_SUBJECTS = (language, title, reference, kind, parties, sites, nature, status)


def identity(*texts: str, companies: tuple[str, ...] = ()) -> Known:
    """What is known after reading; every quote must stand in its document where it says."""
    given = dossier(*texts, companies=companies)
    found = RulesReader(_SUBJECTS, strict=True).read(given)
    for candidate in found:
        for quote in candidate.quotes:
            text = given.documents[quote.document].text
            assert quote.text and quote.start is not None
            assert text[quote.start : quote.start + len(quote.text)] == quote.text, candidate
    return Known(companies, found)


def value(field: str, *texts: str) -> Any:
    return identity(*texts).value(field)


def party(known: Known, name: str) -> Party:
    """The party whose name begins with ``name``."""
    found: list[Party] = [p for p in known.values("parties") if p.name.startswith(name)]
    assert len(found) == 1, [p.name for p in known.values("parties")]
    return found[0]


def towns(*texts: str) -> list[tuple[str | None, str | None, str | None]]:
    found: tuple[Site, ...] = identity(*texts).values("sites")
    return [(site.name, site.city, site.postal_code) for site in found]
