"""The phrase that tells an obligation: an infinitive and the contract's own words for its object."""

from __future__ import annotations

import re

from agent.reading.grammar.found import Found
from agent.reading.rules.obligation_documents import object_of
from agent.reading.rules.obligation_verbs import Use
from portfolio.values import DueRule

_ARTICLE = re.compile(
    r"(?:(?<=\s)|(?<=^)|(?<=['’(]))(?P<article>"
    r"(?:tou(?:te?s?|s) (?:les? |la |l['’])?|l['’]|les? |la |une? |des |du |"
    r"de la |de l['’]|au |aux |son |sa |ses |leurs? |nos |notre |vos |votre |chaque |the |an? |its |their |our |your |"
    r"all |any |each )"
    r"(?:(?:nouvel(?:le)?|premi(?:er|ère)|second|simple|updated|full|written|detailed|dernier|dernière) )?)$",
    re.IGNORECASE,
)
_PLAIN = {
    "du ": "le ", "au ": "le ", "aux ": "les ", "de la ": "la ", "de l'": "l'", "de l’": "l’", "nos ": "les ",
    "notre ": "le ", "votre ": "le ", "vos ": "les ", "leurs ": "les ", "our ": "the ", "your ": "the ",
}  # fmt: skip
"""Articles bound to a preposition, and possessives of the persons who speak, as they stand before an object."""
_NUMBER = re.compile(r"^\W*(?:(?:[IVX]+|\d{1,2}|[a-z])(?:[.-]\d{1,2})*[.)°-]?\s+)?")
_BEGINNING = re.compile(
    r"^(?:[^,]{0,90}, )?(?=(?:tou(?:te?s?|s)|l[ea]s?|l['’]|une?|des|chaque|an?|the|any|each|all)\b)", re.IGNORECASE
)
_TO_WHOM = re.compile(r"^(?:au|aux|à|to)\b[^,]{0,60}$", re.IGNORECASE)
_ADVERBIAL = re.compile(r"^(?:en|à|dans|sous|par|avant|chaque|sur|within|by|on|at|in|to the)\b", re.IGNORECASE)
_LONGEST = 300


def action(text: str, folded: str, use: Use, document: str | None, due: Found[DueRule] | None, language: str) -> str:
    """`transmettre un bilan carbone`, `signaler toute absence`, `provide an exit plan`."""
    verb = use.verb.infinitive or text[use.start : use.end].lower()
    return _joined(verb, _object(text, folded, use, document, due, language))[:_LONGEST]


def _object(text: str, folded: str, use: Use, document: str | None, due: Found[DueRule] | None, language: str) -> str:
    if document is not None:
        return with_article(text, document, language)
    if use.voice == "passive":
        start = due.end if due is not None and due.end < use.begin else 0
        subject = _NUMBER.sub("", text[start : use.begin].strip(" ,"), count=1)
        subject = _BEGINNING.sub("", subject, count=1).strip(" ,")
        return subject[:1].lower() + subject[1:] if _STARTS_PLAIN.match(subject) else subject
    thing = object_of(text, folded, use.end, len(text)).strip()
    return "" if _TO_WHOM.match(thing) or (use.verb.sort in ("hand", "tell") and _ADVERBIAL.match(thing)) else thing


_STARTS_PLAIN = re.compile(r"(?:tou(?:te?s?|s)|l[ea]s?|l['’]|une?|des|chaque|an?|the|any|each|all)\b", re.IGNORECASE)


def with_article(text: str, document: str, language: str) -> str:
    """The document's name with its article in ``text``, as the object of a verb: `du bilan` is `le bilan`;
    in French where it gives none, the definite one."""
    place = text.find(document)
    before = _ARTICLE.search(text[max(0, place - 30) : place]) if place > 0 else None
    if before is None:
        return definite(document) if language == "fr" else document
    article = before["article"].lower()
    return _PLAIN.get(article, article) + document


_FEMININE = re.compile(
    r"(?:[a-zà-ÿ]*(?:tion|sion|ance|ence|ie|ure|ette|aison|ité)|liste|fiche|copie|lettre|preuve|étude|enquête|analyse|"
    r"synthèse|caution|grille|notice|pièce|police|offre|licence|main|proposition|note|feuille|visite|charte|facture)$"
)
_VOWEL = re.compile(r"[aeiouyhàâéèêëîïôû]", re.IGNORECASE)


def definite(name: str) -> str:
    """A French noun phrase with its definite article: `bilan annuel` is `le bilan annuel`; acronyms stay."""
    first = re.split(r"[\s,:(]", name, maxsplit=1)[0]
    if not first.replace("-", "").isalpha() or first.isupper() or first.lower() in ("copie", "copies"):
        return name
    name = name[0].lower() + name[1:]
    first = first.lower()
    if first.endswith(("s", "x")) and first not in ("devis", "avis", "permis"):
        return f"les {name}"
    if _VOWEL.match(first):
        return f"l'{name}"
    return f"la {name}" if _FEMININE.match(first) else f"le {name}"


def _joined(verb: str, thing: str) -> str:
    """Verb and object; a word in which both meet is said once (`délivrer copie` and `une copie du bail`)."""
    first, _, last = verb.rpartition(" ")
    if first and last.lower() in thing.lower().split()[:2]:
        verb = first
    return f"{verb} {thing}".strip()
