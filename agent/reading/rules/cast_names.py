"""The short names of the parties: acronyms beside their words, initials, and what kind of house a party is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from agent.reading.sameness import name_words
from agent.reading.structure import Sentence, fold
from portfolio.schema import Party

_ACRONYM = re.compile(r"\((?:ci-apr[eè]s\s)?[«\"“]?\s?(?:l['’]|l[ea]\s|the\s)?(?P<short>[A-Z][A-Z&.]{1,6})\s?[»\"”]?\)")
_SMALL = frozenset(("de", "du", "des", "d", "l", "la", "le", "les", "et", "and", "of", "the", "a", "au", "aux", "en"))
_KINDS = (
    "office", "association", "cooperative", "mutuelle", "regie", "lycee", "college", "universite", "ecole",
    "fondation", "syndicat", "agence", "commune", "ville", "departement", "region", "metropole", "hopital", "clinique",
    "laboratoire",
    "cabinet", "etude", "atelier", "bureau d'etudes", "banque", "caisse", "chambre", "musee", "theatre", "federation",
    "groupement", "etablissement public", "collectivite", "communaute d'agglomeration", "communaute de communes",
    "foundation", "charity", "university", "school", "council", "trust", "hospital", "institute", "partnership",
)  # fmt: skip
"""What a house may be called after it was introduced (`Untel, office public de l'habitat` … `l'office s'engage`)."""
_KIND = re.compile(rf"(?<![a-z])(?P<kind>{'|'.join(sorted(_KINDS, key=len, reverse=True))})(?![a-z])")
_BETWEEN = re.compile(r",? ?(?:\(?(?:un|une|l'|a|an)? ?[a-z. ]{0,24})?")
_APPOSITION = 60
"""Characters after a name within which its kind is told."""


def acronyms(sentence: Sentence, aliases: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(folded acronym, party) where one stands in brackets right behind a party's name or word: `le client (CLI)`."""
    if "(" not in sentence.text:
        return
    for match in _ACRONYM.finditer(sentence.text):
        before = sentence.folded[: match.start()].rstrip(" ,")
        holder = next((name for alias, name in aliases.items() if len(alias) > 2 and before.endswith(alias)), None)
        if holder:
            yield fold(match["short"]), holder


def of_head(head: str) -> tuple[str, ...]:
    """The folded words by which a table's head calls its column's party: `Entreprise utilisatrice (EU)` gives both."""
    match = _ACRONYM.search(head)
    if match is None:
        return (fold(head).strip(),)
    return fold(head[: match.start()]).strip(), fold(match["short"])


def initials(parties: Sequence[Party], text: str) -> Iterator[tuple[str, str]]:
    """(folded initials, party) of the names that ``text`` shortens to them (`HRL`), where only one party has them."""
    found: dict[str, set[str]] = {}
    for party in parties:
        words = name_words(party.name)
        for letters in ("".join(w[0] for w in words if w not in _SMALL), "".join(w[0] for w in words)):
            if len(letters) >= 3:
                found.setdefault(letters, set()).add(party.name)
    for letters, names in found.items():
        if len(names) == 1 and re.search(rf"(?<!\w){letters.upper()}(?!\w)", text):
            yield letters, names.pop()


def kinds(sentences: Iterable[Sentence], parties: Sequence[Party]) -> dict[str, str]:
    """What kind of house each party is, by its name or its introduction; a kind that two share stands for none."""
    told: dict[str, set[str]] = {}
    for party in parties:
        for match in _KIND.finditer(fold(party.name)):
            told.setdefault(match["kind"], set()).add(party.name)
    names = [(fold(party.name), party.name) for party in parties]
    for sentence in sentences:
        for folded, name in names:
            at = sentence.folded.find(folded)
            if at < 0:
                continue
            end = at + len(folded)
            told_so = _KIND.search(sentence.folded, end, end + _APPOSITION)
            if told_so and _BETWEEN.fullmatch(sentence.folded, end, told_so.start()):
                told.setdefault(told_so["kind"], set()).add(name)
    return {kind: next(iter(holders)) for kind, holders in told.items() if len(holders) == 1}


_LEADS = re.compile(
    r"\b(?:mandataire(?! d(?:u|e la) (?:client|souscripteur|maitre))|chef de file|aperiteur|aperitrice|"
    r"lead (?:firm|contractor|insurer))\b"
)


_LABELS = re.compile(r"[ )]*: ?")
"""`1er cotraitant (mandataire) : Atelier Vergnes`"""


def leader(sentences: Iterable[Sentence], parties: Sequence[Party]) -> str | None:
    """The party that is introduced as the leader of a group: the last one named before the word."""
    names = [(fold(party.name), party.name) for party in parties]
    for sentence in sentences:
        match = _LEADS.search(sentence.folded)
        if match is None:
            continue
        if label := _LABELS.match(sentence.folded, match.end()):
            after = [(at, name) for folded, name in names if (at := sentence.folded.find(folded, label.end())) >= 0]
            if after:
                return min(after)[1]
        at, holder = max(
            ((sentence.folded.rfind(folded, 0, match.start()), name) for folded, name in names), default=(-1, "")
        )
        if at >= 0:
            return holder
    return None
