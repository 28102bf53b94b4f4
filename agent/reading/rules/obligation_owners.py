"""Who owes a paper that nobody is named for: by what it is, in a contract of that kind.

An insurer issues notices of premium and loss records, the insured declares; a landlord settles the charges, a tenant
shows insurance; a client hands over its sites, keys and forecasts, a supplier the rest. Only a guess: a line a trade.
"""

from __future__ import annotations

import re

from agent.reading.rules.cast import Cast
from portfolio.schema import Role

_OWED_BY: tuple[tuple[Role, str], ...] = (
    ("insurer", r"avis d'echeance|appels? de (?:prime|cotisation)|releves? (?:de sinistr|des sinistres|d'information)|"
                r"cartes? vertes?|memos? vehicule|attestations? d'assurance|etats? (?:de sinistralite|des sinistres)|"
                r"statistiques? (?:de )?sinistr|loss (?:runs?|records?|experience)|premium notices?|"
                r"(?:certificates?|evidence) of (?:insurance|cover)|rapports? de (?:visite|prevention)|"
                r"indemnite|avenant"),
    ("insured", r"."),
    ("landlord", r"regularisation|decompte (?:de|des|annuel|definitif)|charges? (?:locatives|recuperables)|"
                 r"diagnostics?|"
                 r"etat (?:des risques|previsionnel|recapitulatif)|quittances?|\bdpe\b|dossier (?:technique )?amiante|"
                 r"appels? de (?:fonds|charges|loyer)|budget (?:previsionnel )?(?:de|des) (?:charges|travaux)|"
                 r"(?:service charge|rent) (?:statements?|accounts?|demands?|reconciliation)|energy performance|"
                 r"(?:superior|head) lease"),
    ("tenant", r"."),
    ("employee", r"arret de travail|certificat medical|justificatif d'absence|notes? de frais|ordinateur|badge|"
                 r"sick (?:note|certificate)|expense (?:claims?|reports?)|company property"),
    ("employer", r"."),
    ("client", r"plans? (?:des? )?(?:locaux|batiments?|sites?|reseaux|acces|niveaux)|donnees d'entree|previsions? "
               r"(?:de (?:commande|consommation|volume|vente)|d'achat)|previsionnel (?:de|des) (?:commande|"
               r"volume|besoin)|"
               r"bons? de commande|ordres? de service|liste des (?:locaux|sites|batiments|jours de fermeture|"
               r"personnes habilitees|utilisateurs|beneficiaires|points de livraison|stagiaires|eleves|convives)|"
               r"calendrier (?:scolaire|d'ouverture|de fermeture|des fermetures)|consignes de (?:securite|site)|"
               r"protocoles? de securite|diagnostics? (?:amiante|plomb)|\bdta\b|dossier technique amiante|"
               r"mandats?\b|attestation d'(?:accise|exoneration)|arretes? de voirie|arretes? municipa|autorisations? "
               r"(?:d'acces|de voirie|d'urbanisme)|badges? d'acces|\bcles\b|code[s]? d'acces|releves? de geometre|"
               r"etudes? de sol|validations?|approbations?|\bbat\b|bon a tirer|purchase orders?|(?:sales |"
               r"demand |volume )?"
               r"forecasts?|site (?:plans?|rules|access)|access (?:cards?|badges?|rights)|artwork|approvals?|"
               r"list of (?:users|sites|authorised)|school calendar|vat exemption"),
)  # fmt: skip
_PATTERNS = tuple((role, re.compile(rf"(?<![a-z])(?:{words})" if words != "." else words)) for role, words in _OWED_BY)


def owner(folded: str, cast: Cast) -> str | None:
    """The party that by trade owes what ``folded`` names; None where the kind of contract or paper tells nothing."""
    for role, pattern in _PATTERNS:
        if (holder := cast.holder(role)) is not None and cast.opposed(role) and pattern.search(folded):
            return holder
    return None
