"""What is no obligation, however much it looks like one: rights, prices, past deeds, notices that end the contract."""

from __future__ import annotations

import re

from agent.reading.grammar.found import Found
from agent.reading.rules.cast import Mention
from agent.reading.rules.obligation_documents import names_document
from agent.reading.rules.obligation_verbs import Use
from portfolio.values import DueRule, Every, FromEvent, OnDate

SKIPPED_CLAUSES = re.compile(
    r"penalit|retenues?\b|sanction|\bdefinitions?\b|preambule|expose\b|recitals?|modalites de (?:paiement|reglement)|"
    r"facturation|"
    r"conditions de (?:paiement|reglement)|droit applicable|litige|differend|juridiction|governing law|dispute|"
    r"arbitration|"
    r"liquidated damages|service levels?|niveaux? de service|sommaire|table des matieres|tableau des prix|"
    r"bordereau des prix"
)
NOT_A_DUTY = re.compile(
    r"\b(?:resili|denonc|reconduit|reconduction|(?:non-)?renouvellement du (?:contrat|bail|present)|ne (?:souhait|"
    r"desir|veut)[a-z]* pas|(?:not to|non-) ?renew|intent(?:ion)? (?:not )?to (?:renew|terminate)|conge\b|preavis|"
    r"mise en demeure|"
    r"penalit|majoration|interets? (?:de retard|moratoires)|terminat(?:e|ion) (?:this|the|of|by|for|upon)|non-renewal|"
    r"renew(?:ed|al)? (?:automatically|term|for)|breach(?:es|ed)?\b.{0,40}\bcure|cure (?:such|the|any|period)|"
    r"mett(?:re|ra|ront|ant)? fin (?:au|a la|a l'|a ce|a cette)|met fin (?:au|a la|a l')|rompre (?:le|la|l')|"
    r"(?:end|ending) (?:this|the) (?:agreement|contract|engagement|lease)|put an end to|"
    r"terminate\b|notice of (?:termination|default|breach|non-?renewal)|indemnif)"
)
OPENING_HOURS = re.compile(
    r"\bde \d{1,2} ?h(?:eures)? ?(?:\d\d)? a \d{1,2} ?h|\bfrom \d{1,2}(?:[:.]\d\d)? ?(?:am|a\.m\.)|"
    r"\b(?:7|sept) jours sur (?:7|sept)|24 ?h?/24|\b7 ?j?/7"
)
"""Hours in which somebody answers or is open: a service, no duty."""
DESCRIPTION = re.compile(r"\b(?:siren|siret|rcs|capital (?:social )?de|immatriculee?|dont le siege|sise? |domicilie|"
                          r"represente[e]? par|"
                          r"organized (?:and existing )?under|having its (?:registered|principal))\b")  # fmt: skip
ENDING = re.compile(r"resili|denonc|reconduction|\bduree\b|conge\b|renouvel|terminat|renewal|\bterm\b")
MONEY_DUTY = re.compile(
    r"\b(?:facturee?s?|payee?s?|payable|regle(?:ra|ment)|verse(?:ra|ment|e)?s?|mandatee?|acquitt|rembours|"
    r"invoices?\b|pays?\b|(?:be|is|are) paid\b|payments?\b|"
    r"reimburse|royalt|fees? (?:shall|will|are)|facture\b|factures\b|loyer (?:est|sera)|acompte)"
)
RIGHT = re.compile(
    r"\b(?:peu(?:t|vent)|pourra(?:it|ient)?|pourront|a la faculte|aura la faculte|est en droit|se reserve|est libre|"
    r"est autorisee?|"
    r"may|can|could|is entitled|has the right|have the right|reserves|n'est pas tenue?|n'a pas a|ne sera pas|"
    r"shall not|will not|must not|"
    r"is not (?:required|obligated)|ne doi(?:t|vent) pas|ne (?:peut|pourra))\b[^,;]{0,60}$"
)
_WEAK_OBJECT = re.compile(
    r"\bforme(?:nt|ra|ront)? |inventaire|enquete|audit|bilan|verification|controle|essai|\btest|exercice|"
    r"reunion|comite|revue|campagne|"
    r"recherche|diagnostic|"
    r"etat des (?:lieux|locaux)|formation|personnel|mesure|plan|inspection|requalification|etancheite|"
    r"visite (?:technique|de securite|"
    r"contradictoire|annuelle)|"
    r"analyse|compteurs|echantillon|sauvegarde|survey|assessment|review|training|calibration|inventory|"
    r"reconciliation|ledger|web page|"
    r"physical|stock|evaluation|point|rapport|procedure"
)
_PLAIN_DAY = re.compile(r"(?:^|[^a-z])(?:le|on|en)\s$")
SURE_DAY = re.compile(r"(?:avant|plus tard|pour|d'ici au?|by|before|later than)(?: le| the)?\s$")


_ENDED = re.compile(
    r"\b(?:apres|suivant|suivent|suit|compter de|consecutifs? a|date de|effet de|lors de|jours de|mois de) (?:la )?"
    r"(?:date d'effet de la )?resiliation\b|\b(?:after|upon|following|of|on|or) (?:the |any )?termination\b"
)
"""The end of the contract as the event from which a duty runs, not as what the sentence is about."""
_PRICES = re.compile(
    r"\b(?:prix|tarifs?|loyers?|montants?|redevances?|cotisations?|forfaits?|prices?|fees?|rents?)\b[^;]{0,90}\b"
    r"(?:est|sont|sera|seront|is|are|be) (?:[a-z]+(?:ment|ly) )?"
    r"(?:revis|index|actualis|ajust|recalcul|reajust|adjusted|reset|increased)"
)
_SUM = re.compile(r"\d ?(?:€|euros?\b|eur\b|£|\$)")


def is_no_duty(folded: str) -> bool:
    """Whether a sentence is about ending, renewing or penalties, or about how prices move."""
    return NOT_A_DUTY.search(_ENDED.sub(" ", folded)) is not None or _PRICES.search(folded) is not None


def is_bare_sum(folded: str) -> bool:
    """A sum of money, and no document for which it would be the size."""
    return _SUM.search(folded) is not None and not names_document(folded)


def is_reply(use: Use, rule: DueRule | None) -> bool:
    """Answering within hours is a level of service."""
    return isinstance(rule, FromEvent) and rule.offset.hours > 0 and use.verb.infinitive in ("respond", "répondre")


def is_standing_supply(use: Use, due: Found[DueRule] | None, folded: str) -> bool:
    """`fournit l'eau … 3 % d'appoint annuel`: things handed over, with no more than an adjective for a rhythm."""
    if due is None or use.verb.sort != "hand" or names_document(folded):
        return False
    return (
        isinstance(due.value, Every)
        and due.value.month_day is None
        and due.end - due.start < 14
        and (re.fullmatch(r"[a-z]+elle?s?(?:ment)?|[a-z]+uels?", folded[due.start : due.end]) is not None)
    )


def is_past(folded: str, use: Use, due: Found[DueRule]) -> bool:
    """`publié le 19 mars 2021` tells what was, not what is due; a plain day counts only after a verb of duty."""
    if not isinstance(due.value, OnDate):
        return False
    before = folded[: due.start]
    if SURE_DAY.search(before) or not _PLAIN_DAY.search(before):
        return False
    return use.bare or (due.start < use.start and due.start > 6)


_DEEDS_OF_PROOF = frozenset((
    "remettre", "transmettre", "fournir", "signer", "annexer", "joindre",
    "communiquer", "adresser", "produire", "justifier", "déposer", "présenter",
    "attester", "apporter", "provide", "deliver", "furnish", "submit", "produce", "maintain insurance", "show "
    "proof", "supply",
    "obtain",
))  # fmt: skip
_ON_DEMAND = re.compile(
    r"possibilite|invitee? a|a (?:la|toute) demande|sur (?:simple )?demande|upon (?:the )?[a-z' ]{0,20}request|"
    r"if requested|on request"
)


def hands_proof(use: Use, folded: str) -> bool:
    """Whether the verb itself asks for a document of proof, without a day and not only on demand."""
    return use.verb.infinitive in _DEEDS_OF_PROOF and not use.bare and not _ON_DEMAND.search(folded)


def at_once(rule: FromEvent) -> bool:
    return not (rule.offset.years or rule.offset.months or rule.offset.days or rule.offset.hours)


def weak_counts(use: Use, rule: DueRule | None, folded: str) -> bool:
    """A deed counts by a deadline; with an offset from an event or a rhythm of a month or longer, only where its object
    is no service."""
    if rule is None:
        return False
    if isinstance(rule, OnDate) or use.verb.infinitive == "faire réaliser":
        return True
    if not _WEAK_OBJECT.search(folded):
        return False
    if isinstance(rule, Every):
        return (rule.every.in_months or 0) >= 1
    return True


def has_subject(before: str, mentions: tuple[Mention, ...], use: Use) -> bool:
    """English nouns look like verbs (`reports`, `files`): a party or pronoun must stand right before."""
    near = any(use.begin - 60 <= m.end <= use.begin and m.is_subject for m in mentions)
    return near or bool(re.search(r"\b(?:it|they|we|you|which|who|and|party)\s(?:\w+ly )?$", before))


def gives(use: Use, folded: str) -> bool:
    """Whether a common verb (`donne`, `joint`, `gives`) has a document for its object, in a passive for its subject."""
    if use.voice == "passive":
        return not use.bare and names_document(folded[: use.begin])
    return names_document(folded[use.end :])


def deed_counts(use: Use, rule: DueRule | None, mentions: tuple[Mention, ...], *, listed: bool = False) -> bool:
    """Any verb after a modal of duty counts where a party is named (``listed``: by the line above) and the rule is a
    day, or days from an event."""
    if rule is None or not (listed or any(mention.end <= use.start for mention in mentions)):
        return False
    if isinstance(rule, FromEvent):
        return bool(rule.event and not at_once(rule))
    return isinstance(rule, OnDate) or rule.month_day is not None
