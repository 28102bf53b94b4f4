"""What an amount is called: the noun that names it, in the contract's own words where it has them."""

from __future__ import annotations

import re

from agent.reading.structure import fold
from portfolio.schema import Amount

_ENDS = re.compile(
    r"\s(?:est|sont|sera|seront|était|s['’](?:élève|établit|entend|y)|de|d['’]un\w*|d['’]au|à|au|is|are|shall|will|"
    r"of|in|"
    r"ne|n['’]\w+|qui|which|that|"
    r"moyennant|égale?|hors|HT|H\.T\.|TTC|pour|par|per|lequel|fixée?s?|arr[êe]t\w*|"
    r"dû\w*|due|payable|équivalent|limit\w*|plafonn\w*)(?=\s|$)|[,:;(\t]|\s[–-]\s"
)
_OF_NOUN = re.compile(
    r"\s(?:à première demande|(?:de (?:la |l['’])|du |des |d['’]|de |of (?:the )?)(?:garantie|responsabilité|"
    r"indemni\w+|bonne \w+|première|"
    r"base|référence|fourniture|liability|prestation\w*|mise|service|supply|marché|contrat|occupation|usage|entrée|"
    r"exploitation|maintenance|réservation|gestion|participation|abonnement|forfait|loyer|"
    r"repas|tranche\w*|seule|année|ensemble|navette|accord|bail))",
    re.IGNORECASE,
)
_EDGES = " .,:;-–—\t\"«»“”'’(["
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
    text = re.sub(r"^at (?:an?|the) ", "", label.strip(_EDGES), flags=re.IGNORECASE)
    for stop in _ENDS.finditer(text):
        if stop.start() < 3 or _OF_NOUN.match(text, stop.start()):
            continue
        text = text[: stop.start()]
        break
    return text[:80].rstrip(_EDGES).removesuffix(" le").removesuffix(" la")


def _genitive(article: str) -> str:
    word = fold(article.strip())
    if word in ("la", "cette", "sa"):
        return "de la "
    if word.endswith("l'"):
        return "de l'"
    return "des " if word in ("les", "ces") else "du "


def cap_label(sentence: str, phrase: str) -> str:
    """The label of a cap: its own name where it has one (`plafond d'indemnisation`), else that of what it limits."""
    label = tidy(phrase)
    folded = fold(label)
    if re.match(r"(?:plafond|limit|cap|montant|total|aggregate)", folded):
        return label[:1].upper() + label[1:]
    if re.search(r"liabilit", folded):
        return "Cap of liability"
    if re.search(r"indemni|dommage|reparation|prejudice", folded):
        return "Plafond d'indemnité"
    return "Plafond de responsabilité" if "responsab" in folded + sentence else label[:1].upper() + label[1:]


_PERIODS = (
    ("year", "annuel", "annual"), ("quarter", "trimestriel", "quarterly"), ("month", "mensuel", "monthly"),
)  # fmt: skip


def in_its_period(amount: Amount) -> Amount:
    """The amount, called after its own period: of `loyer annuel de 96 000 €, soit 8 000 € par mois` the second is a
    monthly rent."""
    mine = next((period for period in _PERIODS if period[0] == amount.period), None)
    if mine is None:
        return amount
    label = amount.label
    for period in _PERIODS:
        if period is not mine:
            label = re.sub(rf"\b{period[1]}(?=le?s?\b|s?\b)", mine[1], label)
            label = re.sub(rf"\b{period[2]}\b", mine[2], label)
            label = re.sub(rf"\b{period[2].title()}\b", mine[2].title(), label)
    return amount.model_copy(update={"label": label})
