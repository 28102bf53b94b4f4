"""Names of parties as contracts write them, and the numbers they are registered under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.reading.grammar.found import Found
from agent.reading.text import fold

_FORMS = (
    r"s\.?a\.?s\.?u?|s\.?a\.?r\.?l\.?u?|s\.?a|s\.?c\.?i|s\.?n\.?c|e\.?u\.?r\.?l|s\.?c\.?o\.?p|s\.?c\.?p|"
    r"s\.?e\.?l\.?a\.?r\.?l|sem|spl|gie|gip|epic|inc|incorporated|corp|corporation|company|co|llc|l\.l\.c|llp|"
    r"l\.l\.p|lp|l\.p|ltd|limited|plc|p\.l\.c|gmbh|ag|kg|s\.?p\.?a|s\.?r\.?l|b\.?v|n\.?v|ab|oy|pty|s\.?l|ltda|n\.a|"
    r"trust|foundation|university"
)
LEGAL_FORM = re.compile(rf"(?<![\w.])(?:{_FORMS})(?![\w'])\.?")
"""A legal form's usual short name, in folded text."""

_LEAD = re.compile(
    r"(?:[\s,:;.()\"'•–-]|entre(?: les)?(?: parties)? soussigne[es]{0,3}|entre\b|d'une part|d'autre part|"
    r"de l'autre|et d'|\bet\b|\band\b|\bby and\b|between|among\b|made by|\d{1,2}[°).](?=\s)|\([a-z\d]{1,2}\)|"
    r"(?:le|la|les) soussigne[es]{0,2}\b)*",
)
_TITLES = re.compile(
    r"(?:(?:la |l'|une? |the )?(?:societe(?: (?:anonyme|par actions simplifiee(?: unipersonnelle)?|"
    r"a responsabilite limitee|civile immobiliere|civile))?|association|entreprise|etablissement public|company|"
    r"compagnie|cabinet|firm|bank)\s+(?:dite |denommee |known as "
    r")?|(?:m|mr|mme|mlle|monsieur|madame|mrs|ms|docteur|dr|me|"
    r"maitre)\b\.?\s+)",
)
_ARTICLE = re.compile(
    r"(?:la|le|les|the)\s+(?=[A-ZÀ-Þ]|commune |ville |communaut|d[ée]partement |r[ée]gion |m[ée]tropole |syndicat |"
    r"centre hosp|universit|office public|chambre )|[lL]['’](?=[A-ZÀ-Þ]|universit|office "
    r"public)|(?:La|Le|Les|The)\s+(?=SAS|SARL|SA|SCI|SELARL|EURL|SASU|SNC|Ville|Commune|Clinique|Soci|"
    r"Mairie|R[ée]gion|D[ée]partement|M[ée]tropole|Communaut|Pr[ée]fecture|Centre|Chambre|Caisse|Fondation|"
    r"Association|Syndicat|City|County|Company|State|University|commune|ville|mairie|communaut|d[ée]partement|"
    r"r[ée]gion|"
    r"m[ée]tropole|syndicat|centre hosp|universit|office public|chambre)"
)
_END = re.compile(
    r"\s*(?:,(?!\s*(?:inc|llc|l\.l\.c|ltd|l\.p|lp|llp|corp|plc|limited|n\.a|co|company|gmbh|s\.a|pty|"
    r"incorporated)\b)|;|:|\t|\((?!(?:france|uk|europe|us|usa)\))|\s[-–—]\s|[\"«“]|\s(?:\d{5}\b|(?:\d{1,4},? (?:bis |"
    r"ter )?)?(?:rue|avenue|boulevard|place|allee|chemin|quai|route|impasse) (?:de|du|des|d'|[a-z])|au capital|"
    r"dont (?:le|l)|represente|ayant\b|siren\b|siret\b|rcs\b|immatricul|inscrit|enregistre|ci[- ]apres|domicili|"
    r"sise?\b|demeurant|identifie|societe (?:par|a|anonyme|civile|de|en)|association (?:declaree|loi|regie|a but)|"
    r"agissant|nee? (?:le|a)\b|declaree? |regie? par|(?:is |being )?an? (?:[a-z.]+ ){0,5}(?:corporation|company|"
    r"limited|partnership|individual|bank|trust|association|public|resident|citizen|university)\b|a division|whose|"
    r"having|with (?:an?|its|offices|principal|registered)|located|organi[sz]ed|incorporated (?:in|under)|"
    r"hereinafter|residing|acting|represented|established|of the (?:one|other|first|second) part|on (?:the one|"
    r"behalf)|dated|effective|as of|for itself|and its (?:affiliates|subsidiaries)|together with|pursuant|d'une part|"
    r"d'autre part|designe|denomme|appele|entered|is made|are\b|may\b|can\b|sont\b|shall\b|will\b|ont\b|has\b|have\b|"
    r"agrees?\b|formerly|anciennement|venant aux droits|que represente|qui\b|est\b|s'engage|prise en|dument|"
    r"autrefois|doing business|d/b/a|f/k/a|a/k/a|c/o\b|and/or\b|including|dba\b|trading as|regarding|your\b|"
    r"collectively|"
    r"or (?:one|any|its)\b|(?:and|et)$|"
    r"and (?:the|certain|any|all) (?:[a-z]+ )?(?:funds?|affiliates|investors|subsidiaries|undersigned|company)\b|"
    r"(?:confie|donne|loue|commande|charge|vend|achete)(?:nt)?\b|reconnue|"
    r"of (?=\d))|(?:(?<= ltd)|(?<= sas)|(?<= plc)|(?<=limited)|(?<=gmbh)|(?<= inc)|(?<= llc)) of\b)"
)
_PUBLIC = re.compile(
    r"\b(?:ville|commune|mairie|departement|region|conseil (?:departemental|regional|general)|"
    r"communaute (?:de communes|d'agglomeration|urbaine)|metropole|agglomeration|prefecture|prefet|ministere|etat|"
    r"syndicat (?:mixte|intercommunal)|centre hospitalier|chu|chru|hopital public|hopitaux|universite|rectorat|"
    r"etablissement public|office public|ccas|ehpad public|lycee|college|sdis|direction (?:generale|departementale|"
    r"regionale|interregionale)|service (?:central|departemental)|agence (?:nationale|regionale)|caisse (?:primaire|"
    r"d'allocations)|chambre (?:de commerce|d'agriculture|de metiers)|collectivite|grand (?=[a-z])|council|"
    r"municipality|city of|county of|state of|university|department of)\b"
)
_NUMBER = re.compile(
    r"(?<![\d.,/-])(\d{3}[ .]{0,2}\d{3}[ .]{0,2}\d{3})(?:([ .]{0,2}\d{5}|[ .]{0,2}\d{3} ?\d{2}))?(?![\d/]|[.,]\d|"
    r"\s?(?:€|euro|eur\b))"
)
_LABELLED = re.compile(
    r"siren|siret|r\.?\s?c\.?\s?s\b|immatricul|registre|sirene|repertoire|registered|register|identifiant|"
    r"identification|etablissement|sous le n"
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Registration:
    """``digits``: SIREN (9) or SIRET (14). ``sure``: its check digit is right (Luhn)."""

    digits: str
    sure: bool


_DESCRIPTION = re.compile(
    rf"(?:(?:{_FORMS})\b\.?|societe (?:anonyme|par actions simplifiee(?: unipersonnelle)?|"
    r"a responsabilite limitee|civile"
    r"(?: immobiliere| professionnelle)?|en nom collectif|cooperative(?: agricole| et participative)?|"
    r"d'exercice liberal.*|"
    r"d'assurances? mutuelles?.*|d'economie mixte.*)|association (?:loi (?:de )?1901|declaree|a but non lucratif)|"
    r"office public de l'habitat|etablissement public.{0,80}|groupement d'interet (?:economique|public)|"
    r"collectivite territoriale|a (?:[a-z]+ ){0,4}(?:corporation|company|partnership))(?: a capital .*| au capital .*)?"
)


def is_description(name: str) -> bool:
    """What a party is rather than what it is called: a legal form, `Société d'assurance mutuelle à cotisations`."""
    return _DESCRIPTION.fullmatch(fold(name).strip(" .,;:")) is not None


def public_number(digits: str) -> bool:
    """A SIREN of a body of public law: those of the State begin with 1, of local authorities and their bodies with 2
    (INSEE, répertoire Sirene)."""
    return digits[:1] in ("1", "2") and luhn(digits[:9])


def registrations(folded: str) -> Iterator[Found[Registration]]:
    """SIREN and SIRET numbers, however spaced: those with a right check digit, or with their label before them."""
    for match in _NUMBER.finditer(folded):
        siren = re.sub(r"\D", "", match[1])
        nic = re.sub(r"\D", "", match[2] or "")
        start, end = match.span()
        labelled = _LABELLED.search(folded, max(0, start - 60), start) is not None
        if nic and not luhn(siren + nic) and not labelled:
            nic, end = "", match.end(1)
        if luhn(siren) or labelled:
            yield Found(Registration(siren + nic, luhn(siren)), start, end)


def luhn(digits: str) -> bool:
    """The check digit of SIREN and SIRET numbers (ISO/IEC 7812-1); a digit of all zeros is none."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and any(char != "0" for char in digits)


def name_at(text: str, start: int = 0) -> Found[str] | None:
    """The name at the beginning of a party's description, without article, title and legal form's apposition.

    `la société Imagerie des Belles-Croix, société d'exercice libéral…` gives `Imagerie des Belles-Croix`; None where no
    name stands there.
    """
    folded = fold(text)
    lead = _LEAD.match(folded, start)
    begin = lead.end() if lead else start
    title = _TITLES.match(folded, begin)
    if title and text[title.end() : title.end() + 1].isupper() and not _is_named(text[begin : title.end()]):
        begin = title.end()
    article = _ARTICLE.match(text, begin)
    begin = article.end() if article else begin
    stop = _END.search(folded, begin)
    end = stop.start() if stop else len(text)
    name = text[begin:end].strip(" \t,.;:-–—*_|")
    begin = text.find(name, begin)
    end = begin + len(name)
    if text[end : end + 1] == "." and _DOTTED.search(folded[max(begin, end - 8) : end]):
        end += 1
    return Found(text[begin:end], begin, end) if is_name(name) else None


def _is_named(title: str) -> bool:
    """`Société Générale` and `Association Sportive…` keep their first word: a capital inside the title tells."""
    return title[:1].isupper() and fold(title).startswith(
        ("societe", "association", "entreprise", "bank", "etabl", "compagnie", "cabinet")
    )


_ADDRESS = re.compile(
    r"\d+[ ,]+(?:bis |ter )?(?:rue|avenue|av|place|bd|boulevard|chemin|allee|quai|route|impasse|cours|square|"
    r"promenade)\b|(?:siret|siren|rcs|r\.c\.s|tva|capital)\b|\d{5} [a-z]"
)
_SMALL_FIRST = re.compile(
    r"[a-z]{1,2}[A-Z]|[a-z\d-]+\.(?:com|net|org|fr)\b|(?:commune|ville|mairie|département|région|métropole|"
    r"communauté (?:de communes|d['’]agglomération|urbaine)|syndicat (?:mixte|intercommunal)|centre hospitalier|"
    r"université|office public de l['’]habitat|chambre (?:de commerce|d['’]agriculture|de métiers)) "
    r"(?:[a-zà-ÿ'’]+ ){0,4}(?:[ld]['’])?(?=[A-ZÀ-Þ])"
)
"""Names that begin with a small letter: `iMine Corporation`, `salesforce.com, inc.`, `commune de Saint-Béat`."""
_DOTTED = re.compile(
    r"(?<![\w.])(?:inc|corp|ltd|co|l\.p|n\.a|n\.v|b\.v|s\.p\.a|s\.a|s\.a\.s|s\.a\.r\.l|l\.l\.c|p\.l\.c)$"
)
_KIND_OF_COMPANY = re.compile(
    r"(?:[A-Z]\w+ ){0,2}(?:corporation|company|limited liability company|limited partnership)"
)
_KIND_ALONE = re.compile(
    r"societe (?:par actions simplifiee|anonyme|a responsabilite limitee|civile|en nom collectif|cooperative)"
    r"(?: [a-z]+){0,3}|(?:\d\s?(?:er|eme|e|°)?|premier|second) (?:co-?traitant|contractant|membre)"
)
_TWO_SENTENCES = re.compile(r"\b(?!(?i:corp|ltd|inc|mess|prof)\b)[A-Za-zà-ÿ]{4,}\.\s+[A-Z]")
_ORGANISED = re.compile(
    r"\b(?:association|syndicat|communaute|commune|ville|departement|region|etablissement|office|centre|service|"
    r"direction|agence|caisse|chambre|universite|ecole|lycee|college|fondation|federation|comite|societe|mutuelle|"
    r"groupement|union)\b"
)
_NOT_NAMES = frozenset((
    "as", "you", "i", "we", "for", "without", "if", "no", "such", "upon", "employee", "company", "afin", "vous",
    "nous", "je", "certain", "various", "other", "additional", "subject", "notwithstanding", "except", "and", "or",
    "undersigned", "attention", "attn", "dear", "ladies", "gentlemen", "messieurs", "madame", "monsieur",
    "confidential", "re", "objet", "exhibit", "unless", "recitals", "le", "la", "les", "l", "un", "une", "the", "a",
    "an", "il", "elle", "this", "these", "ce", "cet", "cette", "en", "par", "pour", "chaque", "each", "either",
    "both", "article", "considerant", "whereas", "attendu", "vu", "si", "dans", "avec", "represente", "representee",
    "agissant", "dont", "ayant", "sous", "party", "parties", "collectively", "individually", "its", "any", "all",
    "immatriculation", "immatricule", "immatriculee", "inscrit", "inscrite", "siege", "adresse", "qualite", "capital",
    "telephone", "in", "on", "page", "agreement", "contrat", "convention", "marche", "date", "dated", "effective",
))  # fmt: skip


_COUNTED = re.compile(r"\d{1,2} ")
"""A number and what it counts: `9 Change in control`."""
_GENERIC = re.compile(
    r"(?:the )?(?:participants?|schedule|parties|board of .*|executive(?: [a-z]+){0,2}|personal and confidential|"
    r"p\.?o\.? box.*|"
    r"code|(?:confidential )?information|representatives?|affiliates?|affiliated compan(?:y|ies)|"
    r"undersigned|subsidiar(?:y|ies)|evaluation materials?.*|(?:rights|duties|obligations|non-disclosure) .*|"
    r"signature page.*|"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december) \d.*|"
    r"(?:during|while|after|before|whether|upon|until) .*)"
)
"""Words of contracts that begin with a capital and name nobody."""


def is_name(text: str) -> bool:
    """Fit to be a party's name: begins with a capital or a digit, is short, and no sentence."""
    words = _WORD.findall(text)
    if not words or len(text) > 110 or len(text) < 2 or len(words) > 14 or "@" in text:
        return False
    if not (text[0].isupper() or text[0].isdigit() or _SMALL_FIRST.match(text)):
        return False
    first = fold(words[0])
    if (
        _KIND_OF_COMPANY.fullmatch(text)
        or _KIND_ALONE.fullmatch(fold(text))
        or _TWO_SENTENCES.search(text)
        or _ADDRESS.match(fold(text))
        or text.endswith(("'s", "’s"))
    ):
        return False
    if len(words) > 5 and not _ORGANISED.search(fold(text)):
        long = [word for word in words if len(word) > 3]
        if sum(word[0].isupper() for word in long) < 0.4 * len(long):
            return False
    if _GENERIC.fullmatch(fold(text)) or (_COUNTED.match(text) and not LEGAL_FORM.search(fold(text))):
        return False
    if len(words) == 1 and (first in _NOT_NAMES or len(first) < 2):
        return False
    if first in ("le", "la", "les", "l", "the"):
        return len(words) > 1 and words[1][0].isupper()
    return first not in _NOT_NAMES


def is_public(name: str) -> bool:
    """The name of a public body: commune, département, établissement public, State service."""
    return _PUBLIC.search(fold(name)) is not None


def has_legal_form(text: str) -> bool:
    """The text holds a company's legal form."""
    return LEGAL_FORM.search(fold(text)) is not None


def key(name: str) -> str:
    """A name for comparison: folded, without legal forms, articles, titles and punctuation."""
    bare = LEGAL_FORM.sub(" ", fold(name))
    words = re.findall(r"[a-z0-9]+", bare)
    return " ".join(
        w
        for w in words
        if w not in ("la", "le", "les", "l", "the", "societe", "association", "m", "mme", "mr", "and", "et")
    )
