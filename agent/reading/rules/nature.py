"""Legal nature: public or private, and the form of the engagement (framework, purchase orders, fixed price…)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.reading.grammar.names import has_legal_form, is_public, public_number
from agent.reading.reader import Candidate, Quote
from agent.reading.rules.known import Known
from agent.reading.structure import ContractView, Sentence, options
from portfolio.schema import LegalForm

_PUBLIC_LAW: tuple[tuple[float, re.Pattern[str]], ...] = (
    (3.0, re.compile(r"\bmarche public\b|code de la commande publique|code des marches publics|delegation de "
                     r"service public|marches publics|\bccag\b|pouvoir adjudicateur|acheteur public|"
                     r"personne publique|entite adjudicatrice|marche alloti|procedure adaptee|french public|"
                     r"sans publicite ni mise en concurrence|etablissement public local|office public de l'habitat")),
    (2.0, re.compile(r"cahier des clauses (?:administratives|techniques)|\bccap\b|\bcctp\b|acte d'engagement|"
                     r"collectivite territoriale|conseil municipal|deliberation|tribunal administratif|\bcao\b|"
                     r"commission d'appel d'offres|etablissement public|droit public|prefecture|"
                     r"comptable (?:assignataire|public)|controle de legalite")),
    (2.0, re.compile(r"\bmunicipality\b|municipal (?:decision|council)|public procurement|government agency|"
                     r"city council")),
)  # fmt: skip
_PUBLIC_WORD = re.compile(
    r"public|marches?\b|procedure|mise en concurrence|cc[at][gp]|adjudicat|cahier des|acte d'|collectivit|municipal|"
    r"delib|tribunal|prefect|\bcao\b|"
    r"appel d'offres|city"
)
_QUOTED_LAW = re.compile(r"sanctions?|interdiction|exclu|l\. ?2141|condamn|motifs")
_COMPANY = re.compile(
    r"\b(?:societe (?:par actions|a responsabilite|anonyme|civile|en nom|d'exercice)|sas\b|sarl\b|s\.a\.s|s\.a\.r\.l|"
    r"association|rcs\b|registre du commerce|au capital|code de commerce|(?:delaware|[a-z]+) (?:corporation|"
    r"limited liability company)|limited (?:company|liability|partnership)|a company (?:incorporated|organi[sz]ed)|"
    r"articles? l\. ?145|57 a de la loi)"
)

_FORMS: tuple[tuple[LegalForm, float, re.Pattern[str]], ...] = (
    ("concession", 1.0, re.compile(r"delegation de service public|concession de (?:service|travaux)|contrat de "
                                   r"concession|concession agreement|\bdsp\b|affermage|regie interessee")),
    ("purchase_orders", 0.95, re.compile(r"(?:accord-cadre|marche|contrat|convention)[^.;]{0,60} a bons? de "
                                         r"commandes?|"
                                         r"s'execute(?:nt|ra)? (?:par|au moyen d|"
                                         r"a l'aide d)[^.;]{0,30}bons? de commande|"
                                         r"emission d[e'u]s? ?bons? de commandes?|execute par bons? de commande|"
                                         r"a bons de commandes?|bon de commande[^.;]{0,40} sera (?:adresse|emis)|"
                                         r"call-off|(?:by|under|through) (?:individual )?purchase orders")),
    ("phased", 0.9, re.compile(r"marche a tranches|a tranches (?:optionnelles|conditionnelles)|tranche ferme|"
                               r"tranches? optionnelles?|tranches? conditionnelles?|firm tranche")),
    ("framework", 0.85, re.compile(r"\baccord[- ]cadre\b|contrat[- ]cadre|convention[- ]cadre|marche subsequent|"
                                   r"framework agreement|master (?:services?|supply|purchase|framework) agreement")),
    ("lots", 0.8, re.compile(r"(?:passe|divise|decompose|alloti|reparti|separe)[a-z]* en (?:plusieurs |\d+ |"
                             r"[a-z]+ )?lots|en lots separes|marche alloti|allotissement :? ?oui")),
    ("fixed_price", 0.8, re.compile(r"(?:prix|montant|redevance|remuneration|honoraires?|marche|loyer|"
                                    r"mensualite)[^.;:]{0,40}\bforfaitaires?\b|prix (?:est|sont) (?:un |"
                                    r"au )?forfait|\bglobal(?:e)? et forfaitaire|forfait (?:annuel|mensuel|"
                                    r"trimestriel|global)|remuneree? au forfait|fixed[- ](?:price|fee)|"
                                    r"lump[- ]sum (?:price|fee|contract)|flat fee")),
)  # fmt: skip
_FORM_WORDS = re.compile(
    r"service public|concession|\bdsp\b|affermage|regie|commande|call-off|purchase order|tranche|cadre|subsequent|"
    r"framework|master|lots|alloti|forfait|fixed|lump|flat fee"
)
"""Without one of these no form is told: spares most sentences the long patterns."""
_OTHER_FLAT = re.compile(
    r"(?:indemnite|penalite|frais|recouvrement|dommages|somme|abattement|majoration|clause penale|liquidated|damages|"
    r"provision)[^.;]{0,40}(?:forfait|lump|fixed)"
)
_HYPOTHETICAL = re.compile(r"\b(?:pourra|peut|autre marche|autres marches|le cas echeant|precedent|ancien)\b")
_LOT = re.compile(r"\b(?:en lots separes|lot n\s?° ?\d)")


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """`legal_nature.sector` and `legal_nature.form`."""
    sector = _sector(view, known)
    if sector is not None:
        yield sector
    form = _form(view, known, public=sector is not None and sector.value == "public")
    if form is not None:
        yield form


def _sector(view: ContractView, known: Known) -> Candidate | None:
    parties = known.of("parties")
    for party in parties:
        number = party.value.registration
        if (number and public_number(number)) or (is_public(party.value.name) and not has_legal_form(party.value.name)):
            return Candidate("legal_nature.sector", "public", party.quotes[:1], 0.95, "nature.public_party")
    score, shown = 0.0, None
    for sentence in view.sentences[:400]:
        if not _PUBLIC_WORD.search(sentence.folded):
            continue
        for weight, pattern in _PUBLIC_LAW:
            if pattern.search(sentence.folded) and not _QUOTED_LAW.search(sentence.folded):
                score += weight
                shown = shown or sentence.quote()
        if score >= 9:
            break
    if score >= (9 if len(parties) >= 2 else 4) and shown is not None:
        return Candidate("legal_nature.sector", "public", (shown,), 0.8, "nature.public_law")
    quote = _private(view)
    if quote is not None:
        return Candidate(
            "legal_nature.sector", "private", (quote,), 0.9 if len(parties) >= 2 else 0.7, "nature.company"
        )
    if score == 0 and len(parties) >= 2:
        return Candidate("legal_nature.sector", "private", parties[-1].quotes[:1], 0.6, "nature.nothing_public")
    return None


def _private(view: ContractView) -> Quote | None:
    """Words that show a company or private law, from the front first."""
    first = [s for c in view.clauses for s in c.sentences if c.part in ("front", "particular")]
    for sentence in (*first, *view.sentences[:300]):
        if match := _COMPANY.search(sentence.folded):
            if len(sentence.text) <= 300:
                return sentence.quote()
            return sentence.quote(match.start(), match.end())
    return None


def _form(view: ContractView, known: Known, *, public: bool) -> Candidate | None:
    if known.value("contract_type") in ("lease", "confidentiality", "employment", "partnership"):
        return None
    found: dict[LegalForm, tuple[float, Quote]] = {}
    for sentence in view.sentences:
        if sentence.part in ("general", "margin", "mail"):
            continue
        text = _settled(sentence)
        if not _FORM_WORDS.search(text):
            continue
        for form, weight, pattern in _FORMS:
            match = pattern.search(text)
            if match is None or _HYPOTHETICAL.search(text[: match.start()]) or _OTHER_FLAT.search(text):
                continue
            weight = weight * (0.7 if sentence.part == "annex" else 1.0)
            if weight > found.get(form, (0.0, sentence.quote()))[0]:
                quote = sentence.quote() if len(sentence.text) <= 300 else sentence.quote(match.start(), match.end())
                found[form] = (weight, quote)
    if not public:
        for form in ("concession", "lots", "phased"):
            found.pop(form, None)
    if not found:
        return None
    form, (weight, quote) = max(found.items(), key=lambda item: item[1][0])
    return Candidate("legal_nature.form", form, (quote,), round(0.85 * weight, 2), "nature.form")


def _settled(sentence: Sentence) -> str:
    """The folded sentence without the labels of its unchecked boxes."""
    folded = sentence.folded
    if not sentence.boxed:
        return folded
    for _, is_checked, start, end in options(sentence.text):
        if not is_checked:
            folded = folded[:start] + " " * (end - start) + folded[end:]
    return folded
