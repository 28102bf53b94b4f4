"""The four themes that a contract is read by: what each asks for, and by which words its clauses are told.

A theme is its prompt (`prompts/read_<name>.<language>.md`), the fields it speaks of and the cues by which a sentence is
told to speak of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """``fields`` are those of `portfolio.schema.FIELDS` that an answer covers; ``cues`` are matched in folded text."""

    name: str
    fields: tuple[str, ...]
    cues: re.Pattern[str]


def _cues(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})")


IDENTITY = Theme(
    "identity",
    (
        "title", "reference", "amends", "contract_type", "legal_nature.sector", "legal_nature.form", "status",
        "parties", "sites", "signature_date", "start_date", "end_date", "duration",
    ),
    _cues(
        "objet", "parties", "soussign", "represent", "siren", "siret", "rcs", "siege", "duree", "prise? d'effet",
        "prend effet", "entre[ez]? en vigueur", "date d'effet", "terme du", "echeance", "fait a", "signature", "signe",
        "lieux? d'execution", "sites?\\b", "adresse", "avenant", "between", "whereas", "purpose", "scope", "term\\b",
        "effective", "commence", "premises", "registered", "executed", "signed", "dated",
    ),
)  # fmt: skip
ENDING = Theme(
    "ending",
    (
        "renewal.kind", "renewal.period", "renewal.max_count", "notice_period", "termination", "governing_law",
        "jurisdiction",
    ),
    _cues(
        "reconduct", "renouvel", "reconduit", "preavis", "resili", "denonc", "rupture", "mise en demeure", "prorog",
        "droit (?:applicable|francais)", "loi francaise", "tribuna", "litige", "differend", "arbitra", "competen",
        "conge\\b", "renew", "terminat", "notice", "governing law", "jurisdiction", "courts?\\b", "dispute", "breach",
    ),
)  # fmt: skip
MONEY = Theme(
    "money",
    (
        "amounts", "price_revision.kind", "price_revision.formula", "price_revision.indices",
        "price_revision.frequency", "price_revision.month_day", "price_revision.cap_percent", "payment_days",
        "late_interest",
    ),
    _cues(
        "prix", "loyer", "prime\\b", "montant", "redevance", "tarif", "forfait", "honoraires", "salaire", "remunerat",
        "revis", "index", "indice", "factur", "paiement", "payable", "penalites? de retard",
        "interets? (?:de retard|mor)", "depot de garantie", "plafon", "caution", "euros?\\b", "€", "ht\\b", "ttc\\b",
        "price", "rent\\b",
        "fees?\\b", "premium", "invoice", "payment", "interest", "cap\\b", "liabilit", "deposit", "vat\\b",
    ),
)  # fmt: skip
OBLIGATIONS = Theme(
    "obligations",
    ("obligations",),
    _cues(
        "remet", "fourni[tr]", "transmet", "adresse\\b", "communique", "justifi", "attestation", "rapport", "bilan",
        "reunion", "comite", "compte rendu", "inform", "notifi", "avis", "tous les", "chaque", "annuel", "mensuel",
        "trimestr", "semestr", "jours (?:avant|apres|suivant)", "au plus tard", "sous (?:un|deux|trois|\\d)",
        "assurance", "certificat", "declar", "registre", "audit", "deliver", "provide", "submit", "report",
        "certificate", "meeting", "annual", "monthly", "quarterly", "within \\w+", "no later than",
        "each (?:year|month|quarter)", "insurance",
    ),
)  # fmt: skip

THEMES = (IDENTITY, ENDING, MONEY, OBLIGATIONS)
"""In reading order."""

_OWN = {
    "signature_date": _cues("fait a", "signe", "signature", "l'an", "executed", "signed", "dated"),
    "start_date": _cues("effet", "vigueur", "a compter", "commence", "debut", "demarr", "effective"),
    "end_date": _cues("terme", "echeance", "expir", "fin\\b", "jusqu", "prend fin", "until", "ends?\\b"),
    "duration": _cues("duree", "conclu", "periode", "term\\b", "period"),
    "renewal.kind": _cues("reconduct", "reconduit", "renouvel", "prorog", "renew"),
    "renewal.period": _cues("reconduct", "reconduit", "renouvel", "periode", "prorog", "renew", "successi"),
    "renewal.max_count": _cues("reconduct", "reconduit", "renouvel", "fois", "renew", "successi"),
    "notice_period": _cues("preavis", "denonc", "reconduct", "renouvel", "conge\\b", "notice", "renew"),
    "price_revision.kind": _cues("revis", "index", "indice", "ferme", "prix", "adjust"),
    "price_revision.frequency": _cues("revis", "index", "indice", "adjust", "anniversaire"),
    "price_revision.month_day": _cues("revis", "index", "indice", "adjust", "anniversaire"),
    "price_revision.cap_percent": _cues("revis", "index", "plafon", "excede", "depasse", "limit", "cap\\b", "exceed"),
    "payment_days": _cues("pa(?:ye|ie)", "factur", "regle", "echeance", "invoice", "paid", "pay"),
}
"""Cues of single fields, of those whose few words stand in other clauses as well."""
_NONE = re.compile(r"(?!)")


def cues_of(field: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words that speak of ``field``, and of its theme."""
    theme = next((theme.cues for theme in THEMES if field in theme.fields), _NONE)
    return _OWN.get(field, _NONE), theme
