"""Names of companies made comparable, and the numbers that identify them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from portfolio.folding import fold

_FORMS = frozenset((
    "sas", "sasu", "sarl", "sarlu", "sa", "sci", "eurl", "ei", "eirl", "snc", "scop", "scic", "scp", "scm", "sccv",
    "scea", "earl", "gaec", "selarl", "selas", "selasu", "selafa", "gie", "sem", "saem", "semop", "spl", "sca",
    "scs", "association", "societe", "ste", "ets", "etablissements", "entreprise", "compagnie", "cie", "ltd",
    "limited", "llc", "llp", "lp", "inc", "incorporated", "corp", "corporation", "co", "company", "plc", "gmbh",
    "mbh", "ag", "kg", "kgaa", "ug", "bv", "nv", "sprl", "srl", "spa", "sl", "slu", "lda", "oy", "oyj", "ab",
    "aps", "asa", "pty", "pte", "se",
))  # fmt: skip
_ARTICLES = frozenset(["la", "le", "les", "l", "the"])
_PHRASES = re.compile(
    r"\b(?:societe (?:par actions simplifiee(?: unipersonnelle)?(?: a associe unique)?|a responsabilite limitee"
    r"(?: a associe unique)?|anonyme(?: a (?:conseil d administration|directoire(?: et conseil de surveillance)?))?"
    r"|civile (?:immobiliere|professionnelle|de moyens)|en nom collectif|en commandite(?: simple| par actions)?"
    r"|cooperative (?:et participative|d interet collectif)|d economie mixte|publique locale|d exercice liberal)"
    r"|entreprise unipersonnelle a responsabilite limitee|groupement d interet economique"
    r"|(?:association )?(?:regie par la )?loi (?:de |du 1er juillet )?1901|(?:private|public) limited company)\b"
)
_CAPITAL = re.compile(r"\bau capital (?:social )?de\b.*$|\bwith (?:a )?share capital of\b.*$")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.\s?){2,}(?=\W|$)")
_FORMER = re.compile(
    r"[\s,;(–-]*\b(?:anciennement(?:\s+d[ée]nomm[ée]e?)?|pr[ée]c[ée]demment(?:\s+d[ée]nomm[ée]e?)?|formerly(?:\s+known\s+as)?"
    r"|previously(?:\s+known\s+as)?|f/k/a|ex-)\s*:?\s*",
    re.IGNORECASE,
)
_AND = {"and": "et"}
SHORTEST_FUZZY = 10
"""Keys with fewer letters are compared letter by letter only: one differing letter is another word there."""
CLOSE = 0.9


@dataclass(frozen=True, slots=True)
class Named:
    """A party's name taken apart: the name itself, and the one it had before where the words say so."""

    name: str
    former: str | None = None


def take_apart(written: str) -> Named:
    """`Limpidea Santé (anciennement Netisol)` is Limpidea Santé, formerly Netisol."""
    found = _FORMER.search(written)
    if found is None or not found.start():
        return Named(written)
    return Named(written[: found.start()].strip(" ,;(–-"), written[found.end() :].strip(" ,;()") or None)


@lru_cache(maxsize=65536)
def company_key(name: str) -> str:
    """The name without accents, punctuation, articles and legal forms at its ends: `S.A.S. Limpidéa` is `limpidea`."""
    plain = fold(_DOTTED.sub(lambda m: m[0].replace(".", "").replace(" ", "") + " ", name.replace("&", " et ")))
    plain = _CAPITAL.sub("", plain)
    tokens = [_AND.get(word, word) for word in _PHRASES.sub(" ", plain).split()]
    kept = list(tokens)
    while kept and (kept[0] in _FORMS or kept[0] in _ARTICLES):
        kept.pop(0)
    while kept and kept[-1] in _FORMS:
        kept.pop()
    return " ".join(kept or tokens) or plain


_VAT = re.compile(r"FR[0-9A-Z]{2}(\d{9})")


def company_number(registration: str | None) -> str | None:
    """The company's own number: the SIREN of a SIREN, SIRET or French VAT number, else the registration as it is."""
    if registration is None:
        return None
    number = re.sub(r"[^0-9A-Z]", "", registration.upper())
    vat = _VAT.fullmatch(number)
    if vat:
        return vat[1]
    return number[:9] if number.isdigit() and len(number) == 14 else number or None


def close(a: str, b: str) -> float:
    """How alike two company keys are, from `CLOSE` to 1; 0 where they are not, or differ in a number."""
    one, other = a.replace(" ", ""), b.replace(" ", "")
    if min(len(one), len(other)) < SHORTEST_FUZZY or _digits(a) != _digits(b):
        return 0.0
    return Levenshtein.normalized_similarity(one, other, score_cutoff=CLOSE)


def _digits(key: str) -> list[str]:
    return re.findall(r"\d+", key)
