"""The things that contracts ask to be handed over: which word names one, and how far its name goes."""

from __future__ import annotations

import re

from agent.reading.grammar.found import Found
from portfolio.values import DueRule, FromEvent

_NOUNS = (
    # French
    r"attestations?|certificats?|rapports?|comptes?[- ]rendus?|bilans?|plannings?|listes?|etats?|releves?|extraits?|"
    r"copies?|plans?|"
    r"dossiers?|tableaux?|registres?|proces[- ]verba(?:l|ux)|inventaires?|justificatifs?|justifications?|bordereaux?|"
    r"programmes?|"
    r"calendriers?|devis|syntheses?|fiches?|declarations?|previsions?|previsionnels?|garanties?|cautions?|licences?|"
    r"carnets?|decomptes?|"
    r"notices?|manuels?|documentations?|documents?|pieces?|comptes (?:annuels|d'exploitation|sociaux)|budgets?|"
    r"factures? detaillees?|"
    r"bulletins?|resultats?|coordonnees|projets? de|etudes?|diagnostics?|analyses?|schemas?|cartographies?|memoires?|"
    r"cles|badges|consignes|donnees|echantillons?|polices?|k[- ]?bis|preuves?|quittances?|agrements?|autorisations?|"
    r"permis|diplomes|"
    r"lettres?|avis|offres?|propositions?|chiffrages?|calculs?|menus|effectifs|statistiques|indicateurs|"
    r"informations?|questionnaires?|"
    r"enquetes?|audits?|relevements?|mandats?|conventions? de|protocoles?|main courante|tarifs?|bareme|grilles?|"
    r"catalogues?|export|"
    r"tests?|essais?|bulletins|sauvegardes?|reglements interieurs|bons? de commande|reunions?|comites?|"
    r"avant[- ]projets?|esquisses?|formulaires?|maquettes?|feuilles?|guides?|modes operatoires|cahiers?|"
    r"fichiers?|reportings?|constats?|"
    r"notes? (?:d[e']|technique|methodolog|mensuel|trimestr|annuel)|depouillements?|feuilles? de route|accuses?|"
    r"recepisses?|"
    # English
    r"findings|roadmaps?|assessments?|analys[ei]s|questionnaires?|timesheets?|work ?plans?|"
    r"reports?|certificates?|lists?|cop(?:y|ies)|schedules?|evidence|proof|accounts|(?:financial )?statements?|"
    r"budgets?|forecasts?|"
    r"minutes|records|inventor(?:y|ies)|polic(?:y|ies)|insurance|notices?|summar(?:y|ies)|logs?|extracts?|plans?|"
    r"documentation|manuals?|"
    r"materials?|samples?|data|results?|specifications?|drawings?|returns?|declarations?|invoices? register|sheets?|"
    r"quotations?|"
    r"confirmations?|updates?|registers?|licen[cs]es?|permits?|resum[eé]s?|deliverables?"
)
_NOUN = re.compile(rf"(?<![a-z])(?:{_NOUNS})(?![a-z])")
_PROOF = re.compile(
    r"attestations?\b|certificats?\b|k[- ]?bis\b|liste nominative|"
    r"liste (?:du|des) (?:personnels?|agents|intervenants|salaries|sous-traitants)|"
    r"declarations? (?:speciale|fiscale|sociale)|caution|"
    r"garantie (?:bancaire|a "
    r"premiere demande|autonome)|releve d'identite|pieces? (?:prevues?|mentionnees?|visees?)|attestation|\bdc4\b|"
    r"certificates? of insurance|evidence of (?:such )?(?:insurance|coverage)|proof of insurance|"
    r"insurance certificates?|certificates? evidencing"
)
_STOP = re.compile(
    r"[,;:.\t(]|\s(?:est|sont|sera|seront|doit|doivent|devra|devront|lui|au (?:plus tard|moins)|avant|apres|"
    r"dans (?:les|un|le)|sous|par (?:le|la|"
    r"l'|les|an|mois|courrier|messagerie|lettre)|pour (?:le|la|l')|chaque|tous les|toutes les|au (?:preneur|bailleur|"
    r"client|delegant|titulaire|"
    r"prestataire|fournisseur|maitre|pouvoir|donneur|coordonnateur)|a (?:la ville|la clinique|l'acheteur|l'assureur|"
    r"la collectivite)|des|il|qui|"
    r"que|qu'il|dont|a compter|jusqu|"
    r"lors|at |by |to (?:the|customer|client|each)|within|no later|not later|on or before|every|each|is|are|shall|"
    r"will|must|upon|"
    r"relati(?:f|ve)s? a|concernant|mentionnant|attestant|justifiant|certifiant|precisant|comportant|indiquant|"
    r"retracant|recapitulant|including|showing|evidencing|before|after|prior|that|which|"
    r"in (?:each|every|writing)|pursuant|in accordance|as (?:required|set)|une fois|"
    r"deux fois|le \d|annuellement|"
    r"mensuellement|trimestriellement|is|quarterly|annually|monthly)(?![a-z])"
)
_FINAL = re.compile(
    r"\s(?:et|ou|de|du|des|d'|la|le|les|a|and|or|of|the|en|avec|with|for|sur|pour|dans|son|sa|ses|leur|in|to)$"
)
_DETERMINER = re.compile(
    r"^(?:toute?s? |all |any |un |une |the |an? |le |la |les |l'|son |sa |ses |its |notre |votre |our |your )+"
)
_LONGEST = 110


_QUALIFIED = re.compile(
    r"\b(?:an?|the|its|their|your|our|each|any|all) (?P<words>(?:(?!(?:of|to|for|by|in|on|with|that|which|the|an?|"
    r"la|le|les|une?|des?|du|aux?|chaque|par|shall|will|must)\b)[a-z0-9&-]+ ){1,5})$"
)
"""English puts before the noun what tells one document from another: `an updated allergen specification`."""


def is_proof(folded: str) -> bool:
    """Whether folded words name a document that is an obligation by itself: insurance certificate, Kbis, URSSAF."""
    return _PROOF.search(folded) is not None


def names_document(folded: str) -> bool:
    return _NOUN.search(folded) is not None


def document_in(text: str, folded: str, start: int = 0, end: int | None = None) -> str | None:
    """The name of the first document in ``text[start:end]`` (``folded``: the same words folded), without its
    article."""
    end = len(text) if end is None else end
    noun = _NOUN.search(folded, start, end)
    if noun is None:
        return None
    stop = _STOP.search(folded, noun.end(), min(end, noun.start() + _LONGEST))
    cut = stop.start() if stop else min(end, noun.start() + _LONGEST)
    qualified = _QUALIFIED.search(folded, start, noun.start())
    return trimmed(text[qualified.start("words") if qualified else noun.start() : cut])


def object_of(text: str, folded: str, start: int, end: int) -> str:
    """The words from ``start`` up to where the object of a verb ends, for the phrase that names the action."""
    stop = _STOP.search(folded, start, min(end, start + _LONGEST))
    cut = stop.start() if stop else min(end, start + _LONGEST)
    return trimmed(text[start:cut]) or ""


def trimmed(text: str) -> str | None:
    """Without articles or connecting words left over at its ends; None where nothing is left."""
    text = text.strip(" ,;:.\t'’«»\"")
    while (tail := _FINAL.search(text.lower())) is not None:
        text = text[: tail.start()].rstrip(" ,")
    return text or None


def without_article(text: str) -> str:
    match = _DETERMINER.match(text.lower())
    return text[match.end() :] if match else text


_TRAILING_ARTICLE = re.compile(r"\s(?:the|le|la|l['’]|les|il|elle|it|they)$")


def in_own_words(due: Found[DueRule], text: str, end: int | None = None) -> DueRule:
    """A due rule with its event as ``text`` writes it, not folded; cut at ``end`` where that comes first."""
    rule = due.value
    if not isinstance(rule, FromEvent) or not rule.event:
        return rule
    words = text[due.end - len(rule.event) : due.end if end is None else min(end, due.end)]
    event = without_article(_TRAILING_ARTICLE.sub("", words.strip(" '’,")).strip())
    return rule.model_copy(update={"event": event or rule.event})
