"""The type of a contract: a vocabulary for each, weighed by where its words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.reading.reader import Candidate, Quote
from agent.reading.rules.known import Known
from agent.reading.structure import ContractView, Sentence, fold
from portfolio.schema import ContractType

_WORDS: dict[ContractType, tuple[tuple[float, str], ...]] = {
    "confidentiality": (
        (6, r"non[- ]disclosure|confidentiality (?:agreement|and non)|accord de confidentialite|engagement de "
            r"confidentialite|accord de non[- ]divulgation|\bnda\b|secrecy agreement"),
        (0.5, r"confidential information|informations? confidentielles?"),
    ),
    "lease": (
        (6, r"\bbail\b|\bbaux\b|location (?:de|d'un|immobili)|contrat de location|\blease\b|sublease|tenancy|"
            r"credit-bail|convention d'occupation|occupation (?:temporaire|precaire)"),
        (1.0, r"\bbailleur\b|\bpreneur\b|\blandlord\b|\btenant\b|\blessor\b|\blocataire\b"),
    ),
    "insurance": (
        (6, r"\bassurances? (?:des|de|dommages|responsabilite|multirisque|flotte|automobile|construction|cyber|"
            r"rc|tous)|police d'assurance|insurance policy|contrat d'assurance|marche public d'assurance|"
            r"prevoyance|complementaire sante|reinsurance|reassurance|police (?:flotte|multirisque|dommages|n\s?°)|"
            r"\bmultirisque|flotte automobile"),
        (1.0, r"\bassureur\b|\bsouscripteur\b|franchise|\bsinistres?\b|\binsurer\b|\bpolicy ?holder\b"),
    ),
    "employment": (
        (6, r"contrat de travail|contrat a duree (?:in)?determinee|\bcdi\b|\bcdd\b|employment agreement|"
            r"employment contract|contrat d'apprentissage|executive employment|offer of employment|"
            r"contrat de professionnalisation"),
        (1.2, r"\bsalariee?\b|\bemployeur\b|convention collective applicable|\bemployer\b"),
    ),
    "training": ((6, r"\bformation (?:professionnelle|continue|des|du|au|aux)|convention de formation|contrat "
                     r"de formation|"
                     r"actions? de formation|training (?:agreement|services|contract)|organisme de formation"),),
    "cleaning": ((5, r"nettoyage|bionettoyage|entretien (?:menager|des locaux)|proprete|menage\b|cleaning|"
                     r"janitorial|vitrerie|hygiene des locaux"),),
    "security": ((5, r"gardiennage|telesurveillance|surveillance (?:humaine|et|des|du|de)|securite (?:incendie|"
                     r"privee|des sites)|"
                     r"agents? de securite|ssiap|guarding|security (?:services|guard)|prevention et securite"),),
    "catering": ((5, r"restauration (?:scolaire|collective|d'entreprise|des|du)|repas|traiteur|cuisine centrale|"
                     r"catering|"
                     r"distribution automatique|liaison froide|food service|canteen"),),
    "energy": (
        (5, r"gaz naturel|fourniture d[e'] ?(?:gaz|electricite|chaleur|fioul|energie)|fourniture et "
            r"acheminement|natural gas|(?:achat|vente) d[e'] ?(?:gaz|electricite|energie)|electricite et|"
            r"reseau de chaleur|chauffage urbain|power purchase|exploitation de chauffage|"
            r"performance energetique|bois energie|electricity supply|supply of electricity|fioul"),
        (2, r"electricite|energies?\b|electricity|photovolta"),
    ),
    "transport": ((5, r"transports?\b|logistique|messagerie|navette|ambulance|affretement|demenagement|"
                      r"transportation|freight|carriage|"
                      r"shipping|haulage|logistics|vtc|taxi"),),
    "works": ((5, r"charpente|platrerie|maconnerie|menuiseries|plomberie|gros[- ]oeuvre|chantier|travaux|"
                  r"renovation|construction (?:de|d'un|agreement|contract)|rehabilitation|demolition|amenagement|"
                  r"genie civil|couverture|"
                  r"etancheite|restructuration|extension du|gros oeuvre|building works|epc contract"),),
    "maintenance": ((5, r"maintenance|entretien (?:preventif|des (?:espaces|equipements|installations|"
                        r"ascenseurs|chaudieres|portes)|et depannage)|depannage|tierce maintenance|\btma\b|"
                        r"espaces verts|exploitation (?:et|des "
                        r"installations)|verification periodique"),),
    "software": ((5, r"logiciel|progiciel|\bsaas\b|software|abonnement (?:au |a la |aux )?(?:service|plateforme|"
                     r"logiciel|saas|et)|hebergement|hosting|plateforme (?:en ligne|numerique)|cloud|"
                     r"licence (?:d'utilisation|de)|license agreement|infogerance|site web|application|"
                     r"source code|web ?site|dossier patient"),),
    "assistance": ((4.5, r"assistance (?:technique|a maitrise|juridique|informatique|au|aux)|\bamo\b|assistance "
                         r"a|conseil (?:en|juridique)|"
                         r"accompagnement|support technique|help ?desk|consulting|consultancy|consultant"),),
    "supply": ((4.5, r"fournitures?\b|approvisionnement|livraison de|achat de|vente de|supply|consommables|"
                     r"distribution agreement|"
                     r"distributor|purchase agreement|manufacturing|reseller|procurement|mobilier"),),
    "partnership": ((5, r"partenariat|partnership|joint venture|cooperation|collaboration|consortium|strategic "
                        r"alliance|jumelage|co-?branding|"
                        r"groupement (?:de commandes|d'interet)|convention de "
                        r"groupement|mecenat|sponsorship|affiliate|endorsement|mutualisation"),),
    "services": (
        (1.2, r"prestations?\b|services?\b|mission\b"),
        (2.5, r"prestations? de services?|services agreement|delegation de service public|concession de "
                       r"service|sous-traitance|agency|servicing|outsourcing|marketing|promotion|"
                       r"franchise agreement|exploitation du"),
        (3, r"(?:travail|personnel) (?:temporaire|interimaire)|salaries temporaires|travail a facon|faconnage|"
            r"embouteillage|conditionnement|party opinion|audit\b|commissariat aux comptes|maitrise d'oeuvre"),
    ),
}  # fmt: skip
_COMPILED = {kind: tuple((weight, re.compile(words)) for weight, words in entries) for kind, entries in _WORDS.items()}
_OBJECT = re.compile(
    r"\bobjet\b|\bobject\b|\bpurpose\b|\bscope\b|consistance|\bmission\b|designation|ce qui est confie|"
    r"ce que .{0,20}command|etendue|services?\b|destination|contenu|prestations|engagement"
)
_SAYS_OBJECT = re.compile(
    r"a pour objet|porte sur|a pour siege|confie (?:a|au)|the purpose of this|agrees to (?:provide|supply|sell|"
    r"lease)|donne a bail|consiste en|consent a|is engaged to|hereby (?:appoints|engages|grants)"
)


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """`contract_type`: title first, then the clause on the object, then the whole text for a casting vote."""
    scores: dict[ContractType, float] = {}
    quotes: dict[ContractType, tuple[float, Quote]] = {}

    def count(text: str, weight: float, quote: Quote) -> None:
        for kind, entries in _COMPILED.items():
            for value, pattern in entries:
                match = pattern.search(text)
                if match is None:
                    continue
                gain = value * weight * (1.15 if match.start() < 40 else 1.0)
                scores[kind] = scores.get(kind, 0.0) + gain
                if gain > quotes.get(kind, (0.0, quote))[0]:
                    quotes[kind] = (gain, quote)

    title = known.best("title")
    if title is not None and title.quotes:
        count(fold(title.value), 3.0, title.quotes[0])
    for sentence in _object(view):
        count(sentence.folded, 1.0, sentence.quote())
    for clause in view.front:
        for sentence in clause.sentences[:12]:
            if len(sentence.text) < 200:
                count(sentence.folded, 0.4, sentence.quote())
    for sentence in _amended_subject(view, known):
        count(sentence.folded, 1.0, sentence.quote())
    for clause in [c for c in view.clauses if c.part in ("body", "particular")][:40]:
        for block in clause.blocks[:2]:
            start = Sentence(clause, block, 0, min(len(block.text), 300))
            count(start.folded, 0.03, start.quote())
    if not scores:
        return
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    kind, score = ranked[0]
    if score < 1.0:
        return
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    confidence = round(min(0.97, 0.5 + 0.5 * (score - second) / score), 2)
    yield Candidate("contract_type", kind, (quotes[kind][1],), confidence, "kind.vocabulary")


def _object(view: ContractView) -> Iterator[Sentence]:
    """The first sentences of the first clauses about the object, and the first sentence that says it."""
    found = 0
    said = False
    for clause in view.clauses:
        if clause.part in ("mail", "margin", "annex", "general"):
            continue
        if found < 2 and clause.number and _OBJECT.search(fold(clause.heading)):
            found += 1
            yield from clause.sentences[:3]
        elif not said:
            for sentence in clause.sentences[:30]:
                if _SAYS_OBJECT.search(sentence.folded):
                    said = True
                    yield sentence
                    break


def _amended_subject(view: ContractView, known: Known) -> Iterator[Sentence]:
    """In an amendment, the sentences of the first pages that name the contract it changes."""
    amends = known.value("amends")
    if not amends:
        return
    folded = fold(amends)
    for clause in view.front[:4]:
        yield from (s for s in clause.sentences[:20] if folded in s.folded)
