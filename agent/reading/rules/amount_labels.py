"""What an amount is called: the noun that names it, in the contract's own words where it has them."""

from __future__ import annotations

import re

from agent.reading.structure import fold
from portfolio.schema import Amount

_ENDS = re.compile(
    r"\s(?:est|sont|sera|seront|était|s['’](?:élève|établit|entend|y)|de|d['’]un\w*|d['’]au|à|au|is|are|shall|will|of|in|"
    r"ne|n['’]\w+|qui|which|that|moyennant|égale?|hors|HT|H\.T\.|TTC|pour|par|per|lequel|fix[ée]\w*|arr[êe]t\w*|"
    r"dû\w*|due|payable|équivalent|limit\w*|plafonn\w*)(?=\s|$)|[,:;(\t]|\s[–-]\s"
)
_OF_NOUN = re.compile(
    r"\s(?:de (?:la |l['’])|du |des |d['’]|de |of (?:the )?)(?:garantie|responsabilité|indemni\w+|bonne \w+|première|"
    r"base|référence|fourniture|liability|prestation\w*|mise|service|supply|marché|contrat|occupation|usage|entrée|"
    r"exploitation|maintenance|réservation|gestion|participation|abonnement|forfait|loyer|"
    r"repas|tranche\w*|année|ensemble|navette|accord|bail)",
    re.IGNORECASE,
)
_RISES = re.compile(r"\b(?:augment|major|rehauss|relev|increas|rais)[a-z]*\s(?:de|d'|by)\b")
_FALLS = re.compile(r"\b(?:diminu|redui|minor|abaiss|reduc|decreas)[a-z]*\s(?:de|d'|by)\b")
_FEMININE = re.compile(
    r"(?:redevance|prime|cotisation|remuneration|contribution|participation|indemnite|somme|recette)"
)
_MASCULINE = re.compile(r"(?:forfait|prix|tarif|loyer|abonnement|salaire|montant|budget|traitement)")
_ADJECTIVES = {"year": "annuel", "month": "mensuel", "quarter": "trimestriel"}


def named(phrase: str, between: str, amount: Amount, article: str) -> str:
    """The label of a price whose noun opens ``phrase``; ``between`` (folded) leads from it to the sum, and
    ``article`` stands before it: `le` forfait annuel `est augmenté de` gives « Augmentation du forfait annuel »."""
    label = tidy(phrase)
    folded = fold(label)
    if " " not in label and (adjective := _ADJECTIVES.get(amount.period or "")):
        if _FEMININE.fullmatch(folded):
            label = f"{label} {adjective}le"
        elif _MASCULINE.fullmatch(folded):
            label = f"{label} {adjective}"
    for pattern, french, english in ((_RISES, "Augmentation", "Increase"), (_FALLS, "Diminution", "Decrease")):
        if pattern.search(between):
            if re.search(r"\bby\b", between):
                return f"{english} of {label}"
            return f"{french} {_genitive(article)}{label[:1].lower()}{label[1:]}"
    return label[:1].upper() + label[1:]


def tidy(label: str) -> str:
    """The noun phrase that opens ``label``: up to its verb, its amount, or what is said of it further on."""
    text = label.strip(' .,:;-–—\t"«»')
    for stop in _ENDS.finditer(text):
        if stop.start() < 3 or _OF_NOUN.match(text, stop.start()):
            continue
        text = text[: stop.start()]
        break
    return text[:80].rstrip(" '’,.;:-").removesuffix(" le").removesuffix(" la")


def _genitive(article: str) -> str:
    word = fold(article.strip())
    if word in ("la", "cette", "sa"):
        return "de la "
    if word.endswith("l'"):
        return "de l'"
    return "des " if word in ("les", "ces") else "du "
