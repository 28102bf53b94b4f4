"""What a contract calls its parties, and the role that each of those words means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.reading.text import fold
from portfolio.schema import Role

_WORDS: dict[Role, str] = {
    "landlord": r"bailleur(?:esse)?s?|bailleresse|landlord|lessor|crediteur-bailleur|loueur|proprietaire "
                r"bailleur|concedant du domaine",
    "tenant": r"preneur(?:se)?s?|locataires?|tenant|lessee|sous-locataire|occupant",
    "insurer": r"assureurs?|insurer|compagnie|mutuelle|societe d'assurances?|coassureur aperiteur|aperiteur",
    "insured": r"assures?|souscripteurs?(?: et assure)?|policy ?holder|insured|societaire|preneur "
               r"d'assurance|adherent",
    "employer": r"employeur|employer",
    "employee": r"salariee?s?|employee?e?|employee|executive|apprentie?|alternante?",
    "disclosing": r"divulgat(?:eur|rice)|emett(?:eur|rice)|disclos(?:er|ing party)|partie (?:divulgatrice|emettrice)",
    "receiving": r"destinataire|beneficiaire|recepteur|recipient|receiving party|partie (?:recevante|receptrice|"
                 r"beneficiaire)",
    "partner": r"partenaires?|partners?|coordinat(?:or|eur)|cocontractant|associes?|co-?venturer|foundation",
    "client": (
        r"clients?|clientes?|acheteurs?|acheteur public|pouvoir adjudicateur|entite adjudicatrice|"
        r"maitre d(?:e l)?'ouvrage|donneur d'ordres?|delegant|autorite (?:concedante|delegante|contractante)|"
        r"concedant|abonnee?|commanditaire|collectivite|personne publique|administration|commune|ville|departement|"
        r"region|entrepreneur principal|customer|buyer|purchaser|licensee|subscriber|end user|distributor|reseller|"
        r"franchisee|mandant|beneficiaire|utilisateur|consommateur|hospital|acquereur|vous|you|"
        r"entreprise utilisatrice|utilisatrice|eu|organisme acheteur|"
        r"service acheteur|etablissement acheteur|principal|proprietaire|donneuse "
        r"d'ordres?|commettant|entreprise principale|entreprise cliente|"
        r"emetteur du bon|syndicat|etat|office|employer's agent"
    ),
    "supplier": (
        r"prestataires?(?: de services)?|titulaires?|fournisseurs?|mainteneur|operateur|transporteur|entreprise|"
        r"entrepreneur|delegataire|concessionnaire|restaurateur|attributaire|vendeur|editeur|hebergeur|consultante?|"
        r"sous-traitant|architecte|maitre d'oeuvre|prestataire|formateur|organisme de formation|gestionnaire|syndic|"
        r"supplier|provider|service provider|vendor|seller|contractor|consultant|licensor|manufacturer|franchisor|"
        r"agent|carrier|publisher|developer|mandataire|candidat|soumissionnaire|chargee? de mission|intervenante?|"
        r"societe de nettoyage|auditeur|expert-comptable|avocat|courtier mandate|nous|we|us|"
        r"entreprise de travail temporaire|ett|agence d'emploi|subcontractor|freelance|"
        r"societe prestataire|producteur|co-?traitants?|ascensoriste|tele-?surveilleur|installateur|"
        r"infogerant|integrateur|depanneur|chauffagiste|conseil|nettoyeur|collecteur|affreteur|imprimeur|traiteur|"
        r"centre de formation|cfa|dispensateur|bureau d'etudes|frigoriste|operatrice|entreprise de \w+"
    ),
}  # fmt: skip
_AMBIGUOUS = re.compile(
    r"exploitante?|^(?:l'|l')?entreprise$|company|societe|syndicat|commune|ville|collectivite|departement|"
    r"region|^(?:l')?(?:etat|office)$|conseil|clinique|hopital|etablissement|beneficiaire|mandataire|"
    r"distributor|agent"
)
_BEFORE = (
    r"(?:le |la |les |l'|the |nos? |your |votre |our )?(?:(?:entreprise|societe|organisme|personne|partie|compagnie|"
    r"etablissement|cabinet|groupement)(?: de)? )?"
)
_ORDINAL = r"(?:(?:\d|[ab])\s?(?:[.)°-]|er|re|ere|eme|nd|nde|de|e)\s*|premiere? |seconde? |deuxieme |troisieme )?"
_ROLE = {
    role: re.compile(rf"{_BEFORE}(?:{words})(?: (?:unique|titulaire|principal|public))?")
    for role, words in _WORDS.items()
}
_LABEL = {
    role: re.compile(
        rf"{_ORDINAL}(?:identification |designation |nom |denomination |raison sociale |coordonnees |"
        r"pour |nom commercial et denomination sociale |siret |adresse )?"
        rf"(?:d[eu]s? |de la |de l'|d')?{_BEFORE}(?:{words})"
        r"(?: public| principal| unique| retenu| du marche|\(e\)|\(s\))?"
    )
    for role, words in _WORDS.items()
}
_THIRD = re.compile(
    r"courtier|intermediaire|apporteur|coordonnateur|controleur|csps|sous-traitant|caution|banque|garant|"
    r"mandataire du client|assistant|amo\b|conseil|notaire|interlocuteur|contact|represent|signataire|"
    r"comptable assignataire|comptable|payeur|destinataires? (?:de la|des)|objet|ordonnateur|trustee|guarantor|"
    r"broker|bank|witness|attention|copie|delegue a la|assureur du|personne (?:habilitee|a contacter)|organisme d"
)


@dataclass(frozen=True, slots=True)
class Naming:
    """``role`` that the words mean; ``firm`` is False for words that either side may bear (`la Société`, `Company`)."""

    role: Role
    firm: bool = True


def role_of(term: str) -> Naming | None:
    """What a defined term or a column's head (« le Client », `Bailleur`, `Nous`) says of its party."""
    folded = fold(term).strip(" .,:;\"'«»()")
    for role, pattern in _ROLE.items():
        if pattern.fullmatch(folded):
            return Naming(role, firm=_AMBIGUOUS.search(folded) is None)
    return None


def role_of_label(label: str) -> Naming | None:
    """What a form's label says of the party that it introduces (`Pouvoir adjudicateur`, `Identification du titulaire`);
    None for those who are no parties (broker, bank, supervisor)."""
    folded = fold(label).strip(" .,:;\"'«»()*•-")
    if _THIRD.search(folded) and role_of(folded) is None:
        return None
    for role, pattern in _LABEL.items():
        if pattern.fullmatch(folded):
            return Naming(role, firm=_AMBIGUOUS.search(folded) is None)
    return None


def is_third(label: str) -> bool:
    """The label of somebody who is no party: broker, bank, supervisor, signatory."""
    return _THIRD.search(fold(label)) is not None or re.search(r"maitre d'oeuvre|architecte", fold(label)) is not None


OPPOSITE: dict[Role, Role] = {
    "client": "supplier",
    "supplier": "client",
    "landlord": "tenant",
    "tenant": "landlord",
    "insurer": "insured",
    "insured": "insurer",
    "employer": "employee",
    "employee": "employer",
    "disclosing": "receiving",
    "receiving": "disclosing",
    "partner": "partner",
    "other": "other",
}
"""Whom one contracts with."""

BY_TYPE: dict[str, tuple[Role, Role]] = {
    "lease": ("landlord", "tenant"),
    "insurance": ("insured", "insurer"),
    "employment": ("employer", "employee"),
    "confidentiality": ("partner", "partner"),
    "partnership": ("partner", "partner"),
}
"""The roles that a type of contract has; every other type has a client and a supplier."""

TRANSLATE: dict[str, dict[Role, Role]] = {
    "lease": {"client": "tenant", "supplier": "landlord", "insured": "tenant"},
    "insurance": {"client": "insured", "supplier": "insurer", "tenant": "insured"},
    "employment": {"client": "employer", "supplier": "employee"},
}
"""The general words client and supplier, in contracts whose roles have names of their own."""
