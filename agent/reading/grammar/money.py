"""Sums of money in French and English, in digits, in words, or both, with currency, tax, period and bound.

`quatre cent mille euros (400 000 €)` is one sum. Tax and period are read from the words that follow the sum, up to the
next one; a bound from the words before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from agent.reading.grammar.found import Found
from agent.reading.grammar.numbers import DIGITS, WORDS, digits, words
from portfolio.schema import Bound, Period, Tax


@dataclass(frozen=True, slots=True)
class Money:
    """A sum, and what the words around it say of it; ``currency`` is an ISO 4217 code."""

    value: Decimal
    currency: str
    tax: Tax | None = None
    period: Period | None = None
    bound: Bound | None = None


_CURRENCIES: tuple[tuple[str, str], ...] = (
    ("EUR", r"€|euros?|eur\b"),
    ("USD", r"us\s?\$|\$\s?us\b|us dollars|\$|usd\b|(?:u\.?s\.? )?dollars"),
    ("GBP", r"£|gbp\b|pounds(?: sterling)?|livres sterling"),
    ("CHF", r"chf\b|francs suisses|swiss francs"),
    ("CAD", r"cad\b|c\$|canadian dollars"),
    ("JPY", r"¥|jpy\b|yens?\b"),
    ("CNY", r"cny\b|rmb\b|yuan"),
)
_CURRENCY = "|".join(pattern for _, pattern in _CURRENCIES)
_BY_WORD = tuple((code, re.compile(pattern)) for code, pattern in _CURRENCIES)
_SCALE = (
    r"(?P<{0}>k(?![a-z])|m(?![a-z])|mn\b|md\b|millions?(?: (?:d'|de |of )?)?|milliards?(?: d')?|thousand|billion|"
    r"bn\b)?"
)
_FACTORS = {"k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "millions": 10**6, "md": 10**9,
            "milliard": 10**9, "milliards": 10**9, "billion": 10**9, "bn": 10**9}  # fmt: skip
_MONEY = re.compile(
    rf"(?<![\w.,])(?P<suffixed>{DIGITS})\s?{_SCALE.format('scale1')}\s?(?:d')?(?P<after>{_CURRENCY})"
    rf"|(?P<before>(?<![a-z])(?!euro [1-7]\b)(?:{_CURRENCY}))\s?(?P<prefixed>{DIGITS})(?:\s?{_SCALE.format('scale2')})"
    rf"|(?<![\w])(?P<words>{WORDS})(?:\s?\(\s?{DIGITS}\s?\))?[ ](?:d')?(?P<worded>{_CURRENCY})"
    rf"(?:\s(?:et\s)?(?P<cents>{WORDS})\s(?:centimes?|"
    rf"cents))?"
)
_HINT = re.compile(r"[€$£¥]|eur|usd|dollar|gbp|pound|chf|francs|cad|jpy|yen|cny|rmb|yuan|sterling")

_TAXES: tuple[tuple[Tax, str], ...] = (
    ("excl", r"\bh\.? ?t\.?(?![a-z])|hors[ -]taxes?|hors (?:droits|t\.?v\.?a)|\bhtva\b|excl(?:uding|usive of|"
             r"\.)? ?(?:of )?(?:vat|tax|\w+ tax)|"
             r"\bex\.? ?vat|(?:plus|before|net of|exclusive of) (?:any )?(?:applicable )?(?:vat|tva|taxes|"
             r"value[- ]added)|tva (?:en sus|non comprise)"),
    ("incl", r"\bt\.? ?t\.? ?c\b|(?:toutes )?taxes comprises|taxes incluses|tva (?:comprise|incluse)|"
             r"toutes taxes et [a-z]+ compris|avec (?:la )?(?:taxe|tva)\b|\btvac\b|"
             r"incl(?:uding|usive of|\.)? ?(?:of )?(?:vat|all tax|tax)"),
)  # fmt: skip
_TAX = re.compile("|".join(f"(?P<{tax}>{pattern})" for tax, pattern in _TAXES))
_PERIODS: tuple[tuple[Period, str], ...] = (
    ("year", r"(?:par|/|pour (?:une|l')|per|a|each|l')\s?(?:an(?:nee)?|year|annum)\b(?!\w)|\bannuel(?:le)?s?\b|"
             r"\bannually\b|\byearly\b|(?:sur|pour) une annee|(?:une|chaque|premiere) annee\b|(?:any|each|per|"
             r"every) (?:contract |calendar )?year\b|\b(?:in|during|per) (?:a|any|each|the) (?:[a-z]+ )?year\b|"
             r"/ ?yr\b|annee pleine|"
             r"par (?:annee|exercice|periode annuelle)|"
     r"\bannual (?:(?:base|service|licen[cs]e|maintenance|subscription|support|aggregate) )?(?:charge|fee|rent|"
     r"price|premium|"
     r"subscription|salary|amount|cap|limit|contribution|payment|value|budget|cost|minimum|maximum)"),
    ("quarter", r"(?:par|/|per|each|chaque|a) ?(?:trimestre|quarter)|\btrimestriel(?:le)?s?\b|\bquarterly\b"),
    ("month", r"(?:par|/|per|each|chaque|a|le) ?(?:mois|month)\b|\bmensualites?\b|\bmensuel(?:le)?(?:s|ment)?\b|"
              r"\bmonthly\b"),
    ("day", r"(?:par|/|per|each|a|la) ?(?:jour|journee|day)\b|\bjournaliers?\b|\btjm\b|\bday rate|\bdaily\b"),
    ("hour", r"(?:par|/|per|an|l'|de l') ?(?:heure|hour|h)\b|\bhoraires?\b|\bhourly\b"),
    ("order", r"par (?:bon de )?commande|per (?:purchase )?order"),
    ("unit", r"\bunitaires?\b|\bpar (?:mwh|kwh|repas|couvert|unite|tonne|kg|km|kilometre|litre|m2|m²|m3|m³|piece|"
             r"lot de|poste|"
             r"utilisateur|agent|palette|colis|intervention|trajet|course|personne|eleve|dossier|visite|kit|boite|"
             r"stere|bobine)|"
             r"/ ?(?:mwh|kwh|u\b|unite|tonne|t\b|kg|km|l\b|litre|m2|m²|m3|m³|repas|user|unit|lot|palette|poste)|"
             r"\bper (?:unit|user|mwh|kwh|ton|tonne|kg|mile|km|pound|seat|licen[cs]e|copy|item|share|vial|kit|test|"
             r"gallon|piece|case)|"
             r"\bles (?:mille|cent|1 ?000|100) (?:litres|kilos|kg|km|pieces|unites|kilometres|kwh)\b|\b(?:a|"
             r"each) (?:pallet|unit|piece|"
             r"case|ton|tonne|seat|user)\b|\bla (?:tonne|palette|piece|rotation|course)\b|\ble (?:mwh|kwh|trajet|"
             r"lot)\b|"
             r"\bl'unite\b|(?:prix|cout|tarif) (?:de l'|d(?:u|'un|e la) )(?:repas|kwh|mwh|m3|m2|litre|kilo|"
             r"kilometre|tonne|unite|heure de)\b|\brepas\b|\ble (?:repas|kilo|litre|metre|kilometre|m2|m²)\b"),
)  # fmt: skip
_PERIOD = re.compile("|".join(f"(?P<{period}>{pattern})" for period, pattern in _PERIODS))
_BOUNDS: tuple[tuple[Bound, str], ...] = (
    ("max", r"maxim(?:um|al|ale|a)\b|plafond|plafonne|dans la limite|a concurrence|(?:ne |n')[^.;]{0,40}?(?:excede|"
            r"depasse|superieur)|"
            r"sans pouvoir (?:exceder|depasser)|limite[es]* a|not (?:to )?exceed|no more than|up to|capped at|"
            r"at most|"
            r"au plus|limited to|shall not be (?:more|greater) than|cap of|exceed|butoir"),
    ("min", r"minim(?:um|al|ale|a)\b|au moins|au minimum|ne (?:peut|pourra) etre inferieure?|plancher|at least|"
            r"no less than|not less than|floor"),
)  # fmt: skip
_BOUND = re.compile("|".join(f"(?P<{bound}>{pattern})" for bound, pattern in _BOUNDS))
_REACH = 60


@lru_cache(maxsize=8192)
def find(text: str) -> tuple[Found[Money], ...]:
    """The sums of money in folded ``text``, in order; one in words and in digits is one, spanning both."""
    if not _HINT.search(text):
        return ()
    sums = _merged(text, list(_sums(text)))
    found: list[Found[Money]] = []
    for index, item in enumerate(sums):
        left = sums[index - 1].end if index else 0
        right = sums[index + 1].start if index + 1 < len(sums) else len(text)
        after = _cut(text[item.end : min(right, item.end + _REACH)])
        before = text[max(left, item.start - _REACH) : item.start]
        value = Money(
            item.value.value, item.value.currency,
            tax_of(after) or tax_of(text[item.start : item.end]) or _tax_before(before),
            period_of(after) or period_of(text[item.start : item.end]),
            bound_of(before) or (bound_of(after[:25]) if re.match(r"[^,;.]{0,12}(?:au |at )", after) else None),
        )  # fmt: skip
        found.append(Found(value, item.start, item.end))
    return tuple(found)


def _cut(after: str) -> str:
    """The words after a sum that still speak of it: up to the end of the sentence, or to a tab."""
    return (
        re.split(r"[;\t]|\.\s|\.$", after, maxsplit=1)[0] if not after.lstrip(" (").startswith(("h.", "t.")) else after
    )


def _tax_before(before: str) -> Tax | None:
    near = before[-32:]
    return tax_of(near) if re.search(r"(?:\bde|\ba|:|est|of|is|montant|\t|\()\s?$", near) else None


def _sums(text: str) -> Iterator[Found[Money]]:
    for match in _MONEY.finditer(text):
        cents: int | None = 0
        if match["words"]:
            whole, code, scale = words(match["words"]), match["worded"], None
            cents = words(match["cents"]) if match["cents"] else 0
            value = None if whole is None else Decimal(whole) + Decimal(cents or 0) / 100
        else:
            value = digits(match["suffixed"] or match["prefixed"])
            code, scale = match["after"] or match["before"], match["scale1"] or match["scale2"]
        currency = currency_of(code)
        if value is None or currency is None:
            continue
        factor = _FACTORS.get((scale or "").split(" ")[0].strip("'"), 1)
        yield Found(Money(value * factor, currency), match.start(), match.end())


def _merged(text: str, sums: list[Found[Money]]) -> list[Found[Money]]:
    """`trois mille euros par mois (3 000 €)`: the second writing of the same sum joins the first."""
    merged: list[Found[Money]] = []
    for item in sums:
        last = merged[-1] if merged else None
        if last and last.value == item.value and _bracket_opens(text[last.end : item.start]):
            merged[-1] = Found(item.value, last.start, item.end)
        else:
            merged.append(item)
    return merged


def _bracket_opens(between: str) -> bool:
    return len(between) <= _REACH and between.rstrip().endswith(("(", "["))


def currency_of(text: str) -> str | None:
    """The ISO code of a currency's sign, code or name (folded); None when ``text`` is none."""
    text = text.strip()
    return next((code for code, pattern in _BY_WORD if pattern.fullmatch(text)), None)


_SIGN = re.compile(_CURRENCY)


def currency_in(text: str) -> str | None:
    """The ISO code of the first currency that folded ``text`` names, as a column's head does: `prix ht (€)`."""
    match = _SIGN.search(text)
    return currency_of(match[0]) if match else None


def currencies_named(text: str) -> Iterator[tuple[str, int, int]]:
    """The currencies that folded ``text`` names apart from any sum (`libelles en chf`), each with its place."""
    for match in _NAMED.finditer(text):
        code = _SHORT.get(match[0]) or currency_of(match[0])
        if code:
            yield code, match.start(), match.end()


_SHORT = {"sterling": "GBP", "dollar": "USD"}
"""Names that stand for a currency where no sum is told."""
_NAMED = re.compile(rf"(?<![\w.,])(?<!\d )(?:{_CURRENCY}|{'|'.join(_SHORT)})(?![a-z])(?! ?\d)")


def tax_of(text: str) -> Tax | None:
    """What folded ``text`` says first of tax: `HT`, `hors taxes`, `excl. VAT`; `TTC`, `taxes comprises`."""
    match = _TAX.search(text)
    return next((tax for tax, _ in _TAXES if match and match[tax] is not None), None)


def period_of(text: str) -> Period | None:
    """The period or unit that folded ``text`` names first: `par an`, `/mois`, `per annum`, `par bon de commande`."""
    match = _PERIOD.search(text)
    return next((period for period, _ in _PERIODS if match and match[period] is not None), None)


def bound_of(text: str) -> Bound | None:
    """The bound that folded ``text`` names last: `dans la limite de`, `au moins`, `not exceed`."""
    matches = tuple(_BOUND.finditer(text))
    return next((bound for bound, _ in _BOUNDS if matches and matches[-1][bound] is not None), None)
