"""What several of a contract's items come to: a unit's price times how many of it, rows of its tables added up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.chat import lexicon
from agent.chat.execute_amounts import telling
from agent.chat.findings import Finding, anything, of_passage
from agent.chat.holdings import Held
from agent.chat.matching import LIKE, coverage, likeness
from agent.chat.plan import QueryPlan
from agent.chat.proofs import prove
from agent.chat.ranking import Candidate, candidates, score
from agent.reading.grammar import numbers
from portfolio.amendments import Term
from portfolio.folding import fold
from portfolio.schema import Amount, Period
from portfolio.words.phrases import phrase
from vectorstore.keywords import STOP_WORDS

_EMPTY = lexicon.words("empty", "any")
_COUNTED = re.compile(
    rf"\b(?P<all>(?:les|the|ces|these|nos|our) )?(?P<n>\d{{1,2}}|{numbers.WORDS}) "
    r"(?:(?:annual|yearly|monthly) )?(?P<noun>(?!mois\b|ans\b|annees?\b|semaines?\b|jours?\b|fois\b|heures?\b|"
    r"trimestres?\b|semestres?\b|months?\b|years?\b|weeks?\b|days?\b|times?\b|hours?\b|quarters?\b)[a-z]{4,})"
)
_EACH = re.compile(
    r"\b(?:par|per|each|every|chaque|le|la|l)\s"
    r"(?P<unit>(?!an\b|mois\b|year\b|month\b)[a-z]{3,}(?: (?:de |d )?[a-z]{4,})?)"
)
_PLACES = re.compile(
    r"\b(?:sites?|points?|lieux|lieu|batiments?|agences?|etablissements?|compteurs?|places?|locations?|premises|meters?)\b"
)
_FEWEST, _MOST = 2, 60
"""Of which fewer is nothing to multiply by, and more no number of things that a person counts off."""
_SUMS = re.compile(
    r"\b(?:ca fait (?:combien|quoi)|combien (?:ca fait|en tout|au total)|total\w*|en tout|ensemble|somme|cumul\w*|"
    r"altogether|in all|together|combined|comes? to)\b"
)
_WITHOUT = re.compile(r"\b(?:sans|hors|without|excluding|except|sauf)\b.*")


def multiplied(held: Held, plan: QueryPlan) -> Finding | None:
    """The price of one thing times the number of them that a question names: of a price for each place, the number must
    be the contract's own; None where it asks for no such thing."""
    folded = fold(plan.question)
    if not _SUMS.search(folded):
        return None
    tax = plan.money.tax or "excl"
    terms = [t for t in held.terms_of("amounts") if t.fact.value.tax in (tax, None) and not t.fact.value.bound]
    for counted in _COUNTED.finditer(folded):
        number = numbers.value_of(counted["n"])
        if number is None or not _FEWEST <= number <= _MOST:
            continue
        own = [t for t in terms if not counted["all"] and likeness(_one(counted["noun"]), t.fact.value.label)]
        each = [t for t in terms if _per(held, t.fact.value, counted["noun"], number, plan)]
        chosen = own if len(own) == 1 else each
        if len(chosen) == 1:
            return _times(held, chosen[0], number, whole=chosen is own)
    return None


def _one(noun: str) -> str:
    return noun.removesuffix("s")


def _per(held: Held, amount: Amount, noun: str, number: int, plan: QueryPlan) -> bool:
    """Whether an amount is for each of the things counted, as many as the contract has, and what was asked for."""
    unit = _EACH.search(fold(amount.label))
    if unit is None or not (
        likeness(_one(noun), unit["unit"]) or (_PLACES.search(noun) and _PLACES.search(unit["unit"]))
    ):
        return False
    if coverage(telling(plan.about or plan.words), amount.label) == 0:
        return False
    stated = f"{number} {noun}"
    return len(held.terms.values("sites")) == number or any(stated in fold(p.text) for p in held.passages)


def _times(held: Held, term: Term, number: int, *, whole: bool) -> Finding:
    stated: Amount = term.fact.value
    period: Period | None = "total" if whole and stated.period in ("year", "unit") else stated.period
    value = stated.model_copy(update={"value": round(stated.value * number, 2), "period": period})
    shown = value.model_copy(update={"label": f"× {number}"})
    said = phrase("chat.amount_times", contract=held.title, stated=stated, value=shown)
    row = {"contract": held.stem, "fact": stated.label, "value": value.value}
    return Finding("amount", value, said, rows=(row,), citations=anything(held, prove(held, [term])), sure=False)


def asks_sum(question: str) -> bool:
    return "+" in question or _SUMS.search(fold(question)) is not None


def is_total(line: str) -> bool:
    """Whether a row or sentence begins by saying that it is of all."""
    return _TOTAL.match(fold(line)) is not None


def rows_added(held: Held, plan: QueryPlan) -> Finding | None:
    """The stated values that the pieces of a question name, one each, added up; or as many rows of one table as it says
    that there are of them (« les deux options »). None where it asks for no sum, or they are not of one kind."""
    if plan.answer not in ("amount", "count") or not asks_sum(plan.question):
        return None
    found = [c for c in candidates(held, plan)[0] if not is_total(c.stated.line.text)]
    pieces = [_words(piece, found) for piece in _PIECES.split(_WITHOUT.sub("", plan.question.lower()))]
    told = [words for words in pieces if words]
    fits = [_fitting(words, found) for words in told]
    chosen = [max(fit, key=lambda c: score(c.features)) for fit in fits if fit]
    if len(told) < 2 or len(chosen) != len(told):
        chosen = _listed(plan, told, found)
    return _added(held, chosen) if len({c.stated.line.text for c in chosen}) > 1 and _alike(chosen) else None


_PIECES = re.compile(r"\bet\b|\band\b|,|\+|\bplus\b|&|=")
_TOTAL = re.compile(r"^\W*(?:sous )?(?:total\w*|ensemble|au total|en tout|all|overall|somme)\b")
_MANY = {"deux": 2, "both": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4, "cinq": 5, "five": 5}
_ALL_WORDS = 0.95


def _words(piece: str, found: Sequence[Candidate]) -> list[str]:
    """The words of a piece of a question that some value stands with."""
    asked = [w for w in telling(fold(piece).split()) if w not in STOP_WORDS and w not in _EMPTY and w not in _MANY]
    return [w for w in asked if any(likeness(w, c.stated.beside) >= LIKE for c in found)]


def _fitting(words: Sequence[str], found: Sequence[Candidate]) -> list[Candidate]:
    """The values that have all of some words in their own part or row, or one there and the others in the headings."""
    return [
        c
        for c in found
        if coverage(words, f"{c.stated.own} {c.stated.beside} {c.stated.line.passage.headline}") > _ALL_WORDS
        and coverage(words, c.stated.own) > 0
    ]


def _listed(plan: QueryPlan, told: Sequence[Sequence[str]], found: Sequence[Candidate]) -> list[Candidate]:
    """The values of one column that have all words of a question, where they are as many as it says."""
    count = next((n for word, n in _MANY.items() if word in fold(plan.question).split()), None)
    words = [w for piece in told for w in piece]
    columns: dict[object, list[Candidate]] = {}
    for candidate in _fitting(words, found) if words else ():
        line = candidate.stated.line
        columns.setdefault((line.passage.contract, line.passage.path, line.heads, candidate.stated.head), []).append(
            candidate
        )
    return next((column for column in columns.values() if len(column) == count), [])


def _alike(chosen: Sequence[Candidate]) -> bool:
    values = [c.stated.value for c in chosen]
    return len({(v.tax, v.period, v.currency) if isinstance(v, Amount) else None for v in values}) == 1


def _added(held: Held, chosen: Sequence[Candidate]) -> Finding:
    values = [c.stated.value for c in chosen]
    quotes = anything(held, [of_passage(held, c.stated.line.passage, c.stated.line.text) for c in chosen])
    if isinstance(values[0], Amount):
        amounts = [v for v in values if isinstance(v, Amount)]
        label = " + ".join(f"{a.value:g}" for a in amounts)
        total = amounts[0].model_copy(update={"value": round(sum(a.value for a in amounts), 2), "label": label})
        said = phrase("chat.amount_sum", contract=held.title, value=total)
        rows = tuple({"contract": held.stem, "fact": a.label, "value": a.value} for a in amounts)
        return Finding("amount", total, said, rows=rows, citations=quotes, route="passages", sure=False)
    number = sum(v for v in values if isinstance(v, int))
    said = phrase("chat.counted", contract=held.title, value=number)
    rows = tuple({"contract": held.stem, "fact": c.stated.line.text, "value": c.stated.value} for c in chosen)
    return Finding("count", number, said, rows=rows, citations=quotes, route="passages", sure=False)
