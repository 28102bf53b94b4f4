"""Whether a document is a contract at all, by the five things that contracts have; no fact is read here."""

import re

from agent.documents.pages import Document
from agent.reading.structure import fold

_BEGINNING = 2_500
_NOTE = 900
"""Characters of a note; the shortest contracts that were seen (filing agreements) are a little longer."""
_SIGNS: dict[str, re.Pattern[str]] = {
    "title": re.compile(
        r"\b(?:contrat|convention|marche|accord|avenant|additif|bail|acte d'engagement|cahier des (?:clauses|charges)|"
        r"conditions (?:generales|particulieres)|bon de commande|lettre de mission|police d'assurance|protocole|"
        r"statement of work|agreement|contract|lease|amendment|addendum|terms (?:and|of)|order form|licen[cs]e|"
        r"memorandum of understanding)\b"
    ),
    "parties": re.compile(
        r"entre les soussigne|d'une part|ci-apres|ci apres denomme|\bentre\s*:|represente[e]? par|by and between|"
        r"hereinafter|\b(?:le|la|du) (?:client|prestataire|titulaire|bailleur|preneur|locataire|fournisseur|acheteur|"
        r"assureur|souscripteur|maitre d'ouvrage|pouvoir adjudicateur|employeur|salarie|concessionnaire|delegataire)\b|"
        r"\bthe (?:client|customer|supplier|company|provider|contractor|landlord|tenant|employer|employee|recipient|"
        r"licensor|licensee|parties|disclosing party)\b"
    ),
    "clauses": re.compile(
        r"(?:^|\n)\s*(?:(?:article|art\.|clause|section)\s*(?:n°\s*)?(?:\d|[ivx]+\b)|\d{1,2}(?:\.\d{1,2})?\s*[.)–-]?\s+\S)"
    ),
    "term": re.compile(
        r"\b(?:resili|duree|preavis|reconduction|reconduit|prend effet|prise d'effet|a compter du|echeance|terminat|"
        r"effective date|renew|term of|expir)"
    ),
    "signature": re.compile(
        r"fait (?:a|en)\b|\bsignature|\bsignataire|lu et approuve|in witness whereof|\bsigned\b|en deux exemplaires|"
        r"pour (?:la|le) (?:client|prestataire|societe|titulaire)|duly authori[sz]ed"
    ),
}


def signs(document: Document) -> frozenset[str]:
    """Which of the five things of a contract it has: title, parties, clauses (three or more), term, signature."""
    text = fold(document.text[:400_000])
    found = {name for name in ("parties", "term", "signature") if _SIGNS[name].search(text)}
    if _SIGNS["title"].search(text[:_BEGINNING]):
        found.add("title")
    if len(_SIGNS["clauses"].findall(text, 0)) >= 3:
        found.add("clauses")
    return frozenset(found)


def is_contract(document: Document) -> bool:
    """Three of the five signs: enough to make a contract of an attachment."""
    return len(signs(document)) >= 3


def is_no_contract(document: Document) -> bool:
    """At most one of the five signs in a few lines: a note, a list, a picture. In doubt, it is a contract."""
    return len(document.text) < _NOTE and len(signs(document)) <= 1
