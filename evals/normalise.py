"""When two values are the same for scoring: the folding and the comparisons of LABELS.md's table, one function each."""

from __future__ import annotations

import re
import unicodedata

TEXT_OVERLAP = 0.5
"""Least Jaccard index of two texts that say the same."""
NUMBER_TOLERANCE = 0.005

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_DOTTED = re.compile(r"\b(?:\w\.){2,}(?=\W|$)|\b(?:\w\.)+\w\b")
_WORD = re.compile(r"[^\W_]+")
_LEGAL_FORM = re.compile(
    r"\b(?:societe par actions simplifiee(?: unipersonnelle)?|societe anonyme|societe a responsabilite limitee|"
    r"societe en nom collectif|societe civile immobiliere|societe cooperative|entreprise individuelle|"
    r"sasu?|sarl|sa|eurl|snc|sci|scs|scp|scm|scea|selarl|selas|scop|scic|gie|ei|se|"
    r"ltd|limited|plc|llp|llc|lp|inc|incorporated|corp|corporation|company|co|"
    r"gmbh|mbh|ag|kg|ohg|ug|bv|nv|srl|sprl|spa|oy|ab|aps)\b"
)
_FORMULA_SIGNS = str.maketrans(
    {"×": "*", "x": "*", "X": "*", "·": "*", ",": ".", "[": "(", "]": ")", "{": "(", "}": ")"}
)


def fold(text: str) -> str:
    """Lower case, without accents and ligatures."""
    plain = unicodedata.normalize("NFD", text.casefold().translate(_LIGATURES))
    return "".join(c for c in plain if not unicodedata.combining(c))


def words(text: str) -> tuple[str, ...]:
    """The folded words in their order; punctuation separates (`d'Orge` is two words)."""
    return tuple(_WORD.findall(fold(text)))


def letters_and_digits(text: str) -> str:
    """References, registrations and names of indices: `ICHTrev-TS` is `ichtrevts`."""
    return "".join(words(text))


def jaccard(a: set[str], b: set[str]) -> float:
    """Shared words over all words; 0 where neither has any."""
    return len(a & b) / len(a | b) if a or b else 0.0


def overlap(a: str, b: str) -> float:
    """Jaccard index over words of three letters or more; 1 for texts that are equal once folded, however short."""
    if words(a) == words(b):
        return 1.0
    return jaccard({w for w in words(a) if len(w) > 2}, {w for w in words(b) if len(w) > 2})


def contains(a: str, b: str) -> bool:
    """One text's words are a run of the other's."""
    return _run(" ".join(words(a)), " ".join(words(b)))


def _run(a: str, b: str) -> bool:
    return bool(a and b) and (f" {a} " in f" {b} " or f" {b} " in f" {a} ")


def same_text(a: str, b: str) -> bool:
    return overlap(a, b) >= TEXT_OVERLAP or contains(a, b)


def company(name: str) -> str:
    """A name without case, accents, punctuation and legal forms; what is nothing but a legal form stays whole."""
    folded = _DOTTED.sub(lambda match: match[0].replace(".", ""), fold(name))
    plain = " ".join(_WORD.findall(folded))
    return " ".join(_LEGAL_FORM.sub(" ", plain).split()) or plain


def same_company(a: str, b: str) -> bool:
    first, second = company(a), company(b)
    return first == second or _run(first, second)


def same_code(a: str, b: str) -> bool:
    return letters_and_digits(a) == letters_and_digits(b)


def same_registration(a: str, b: str) -> bool:
    """Equal, or a SIRET (14 digits) and its own SIREN (its first 9)."""
    short, long = sorted((letters_and_digits(a), letters_and_digits(b)), key=len)
    return short == long or (len(short) == 9 and len(long) == 14 and long.isdigit() and long.startswith(short))


def same_index(a: str, b: str) -> bool:
    first, second = letters_and_digits(a), letters_and_digits(b)
    return first == second or (bool(first and second) and (first in second or second in first))


def same_formula(a: str, b: str) -> bool:
    return _formula(a) == _formula(b)


def _formula(text: str) -> str:
    return "".join(text.translate(_FORMULA_SIGNS).split())


def same_number(a: float, b: float) -> bool:
    return abs(a - b) <= NUMBER_TOLERANCE + 1e-9
