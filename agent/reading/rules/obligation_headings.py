"""Lines that open a list or a table of duties: whose they are, by pronoun, by name, or by who asks whom.

`Mes remises :`, `Documents que je vous demande`, `Ce que vous nous devez`, `À notre charge`, `Pièces attendues du
Preneur`, `What we need from you`, `Client :`. A new wording is one line of a table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.reading.rules.cast import Cast

_THINGS = (
    r"(?:[a-z]+ )?(?:remises?|livrables?|envois?|rendus?|documents?|pieces?|justificatifs?|rapports?|engagements?|"
    r"obligations?|contributions?|apports?|attendus?|echeances|productions?|restitutions?|comptes rendus|"
    r"deliverables?|reports?|papers?|commitments?|duties|inputs?|submissions?|undertakings?|obligations)\b"
)
_HAND = (
    r"(?:remet|fourni|transmet|adress|envo[iy]|enverr|livr|rend|communiqu|produi(?!ts?\b)|justifi|depos|apport|"
    r"donn(?!ee)|prepar|"
    r"dev(?:ons|ez|rons|rez)|dois|deliver|provide|send|suppl(?:y|ies)(?! (?:agreement|contract|chain|year))|"
    r"submit|owe|furnish|give)"
)
_ASK = (
    r"(?:attend|demand|exige|souhait|voul|voudr|compt|reclam|requier|requer|(?:ai|avons|aurons|aurai) besoin|need|"
    r"expect|require|ask|want|request|look)"
)
_INFINITIVES = (
    r"(?:fournir|remettre|transmettre|produire|adresser|communiquer|retourner|renvoyer|envoyer|rendre|livrer)"
)
_OURS: tuple[str, ...] = (
    rf"\b(?:mes|nos|notre|our|my) {_THINGS}",
    r"\b(?:a (?:ma|notre) charge|de (?:mon|notre) (?:cote|part|fait)|(?:on|for) (?:our|my) (?:side|part))\b",
    r"\bvous (?:recev|obten|attend|aurez|recuper)",
    r"\byou (?:(?:will|can|may|should) )?(?:get|receive|expect|obtain)\b",
    rf"(?<!vous )\b(?:je|j'|nous|we|i) (?:(?:vous|ne|will|shall|must|also|en) )*{_HAND}",
    rf"\ba vous {_INFINITIVES}\b",
    r"\bwhat we (?:will )?do\b", r"\bce que (?:nous faisons|je fais|nous ferons|je ferai)\b",
    r"\b(?:due|owed) to you\b", r"\bdus? a vous\b",
)  # fmt: skip
_YOURS: tuple[str, ...] = (
    rf"(?<!vous )\b(?:je|j'|nous|we|i) ?(?:(?:vous|ne|will|shall|also|en) )*{_ASK}",
    rf"\b(?:vos|votre|your) {_THINGS}",
    r"\b(?:a votre charge|de votre (?:cote|part|fait)|(?:on|for) your (?:side|part))\b",
    rf"(?<!nous )(?<!je )\bvous (?:(?:nous|me|m'|en) )*{_HAND}",
    rf"\byou (?:(?:will|shall|must|should|also) )*{_HAND}",
    rf"\ba (?:nous|me) {_INFINITIVES}\b",
    r"\b(?:needed|required|expected|requested|due|wanted) from you\b", r"\battendue?s? de vous\b",
    r"\bdemandee?s? a vous\b|\bqui vous (?:est|sont) demandee?s?\b|\bvous (?:est|sont) demandee?s?\b",
    r"\b(?:ce que )?vous (?:faites|ferez|devez)\b", r"\bwhat you (?:will )?do\b", r"\bowed? (?:to )?us\b",
)  # fmt: skip
"""Asking is looked at first: `ce que nous vous demandons` is theirs to hand over."""
_PATTERNS = tuple(
    (who, re.compile("|".join(patterns)))
    for who, patterns in (("you", _YOURS[:1]), ("us", _OURS[2:4]), ("you", _YOURS[1:]), ("us", _OURS))
)
_DATIVE = frozenset(("au", "aux", "a la", "a l'", "a", "to", "to the"))
_TO_THEM = re.compile(
    r"\b(?:du(?:e?s)?|remise?s?|destinee?s?|transmise?s?|adressee?s?|fournie?s?|communiquee?s?|owed|due|given|supplied|"
    r"delivered|provided|sent|submitted|deliverables|livrables)(?: a(?: la| l'|u|ux)?| to(?: the)?)\s$"
)
_HANDS = re.compile(
    rf"\bce (?:que|qu')|\bwhat\b|{_THINGS}|\b{_HAND}|\b{_ASK}|\b(?:charge|cote|part|side|recev|get|receive)"
)
_LONGEST = 110


@dataclass(frozen=True, slots=True)
class Opening:
    """Whose the duties below are, and whether the line itself says that things are handed over."""

    debtor: str
    hands: bool
    alone: bool = False
    """The line is the party's name and no more: only items of a list below are its duties."""


def opening(folded: str, cast: Cast) -> Opening | None:
    """What a heading, or the line above a list or table, says of the duties below; None where it says nothing."""
    if len(folded) > _LONGEST:
        return None
    mentions = cast.mentions(folded)
    if mentions:
        meant = next((m for m in mentions if m.lead not in _DATIVE), mentions[0])
        alone = _alone(folded, meant.start, meant.end)
        hands = alone or _HANDS.search(folded) is not None
        if meant.lead in _DATIVE and _TO_THEM.search(folded[: meant.start].rstrip() + " "):
            debtor = cast.other(meant.name)
            return Opening(debtor, hands) if debtor else None
        return Opening(meant.name, hands, alone)
    if _ALONE.fullmatch(folded):
        debtor = cast.us if _FIRST_PERSON.search(folded) else cast.you
        return Opening(debtor, True, alone=True) if debtor else None
    for who, pattern in _PATTERNS:
        if pattern.search(folded):
            debtor = cast.us if who == "us" else cast.you
            return Opening(debtor, _HANDS.search(folded) is not None) if debtor else None
    return None


_FIRST_PERSON = re.compile(r"\b(?:nous|we|moi|us)\b")
_ALONE = re.compile(r"\W*(?:\d{1,2}[.)/]? )?(?:(?:pour|par|for|by) )?(?:nous|vous|we|you|moi|us)\W*")
_LED = re.compile(r"^\W*(?P<who>nous|vous|we|you|moi|us)\s?(?:[:–—]|-(?= ))\s?")
_WORD_LED = re.compile(r"\W*(?P<word>[a-z][a-z' ]{2,30}[a-z])\s?(?:[:–—]|-(?= ))\s?")
_COLON = re.compile(r"\s?(?:[:–—]|-(?= ))\s?")


def _alone(folded: str, start: int, end: int) -> bool:
    """The line is the party's name and no more: `Le Client :`."""
    return _BEFORE_NAME.fullmatch(folded, 0, start) is not None and not re.search(r"\w", folded[end:])


_BEFORE_NAME = re.compile(r"\W*(?:[\divx]{1,4}[.)/]? )?(?:pour |par |for |by )?(?:le |la |l'|les |the )?")


def led_by(folded: str, cast: Cast) -> tuple[str, int] | None:
    """The party that a line names before a colon, and where its words begin: `Vous : fichier des abonnés, le 3 mai`."""
    if match := _LED.match(folded):
        debtor = cast.us if match["who"] in ("nous", "we", "moi", "us") else cast.you
        return (debtor, match.end()) if debtor else None
    if not _COLON.search(folded, 0, _LED_WITHIN):
        return None
    if (word := _WORD_LED.match(folded)) and (bare := cast.mentions(f"le {word['word']}")):
        return (bare[0].name, word.end()) if bare[0].end == len(word["word"]) + 3 else None
    first = next(iter(cast.mentions(folded[:_LED_WITHIN])), None)
    if first is None or not _ARTICLES.fullmatch(folded[: first.start]):
        return None
    colon = _COLON.match(folded, first.end)
    return (first.name, colon.end()) if colon else None


_LED_WITHIN = 60
_ARTICLES = re.compile(r"\W*(?:le |la |l'|the |pour le |par le )?")
