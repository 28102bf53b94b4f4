"""What several of a contract's items come to: a unit's price times how many of it, rows of its tables added up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.chat import lexicon
from agent.chat.clauses import Line, lines_of
from agent.chat.execute_amounts import telling
from agent.chat.findings import Finding, anything, of_passage
from agent.chat.holdings import Held
from agent.chat.matching import coverage, likeness
from agent.chat.plan import QueryPlan
from agent.chat.proofs import prove
from agent.reading.grammar import money, numbers
from agent.reading.text import fold as fold_keeping
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
_HEAD_PERIODS: tuple[tuple[str, Period], ...] = (
    (r"\b(?:mensuel\w*|par mois|monthly|per month)\b", "month"),
    (r"\b(?:trimestriel\w*|par trimestre|quarterly|per quarter)\b", "quarter"),
    (r"\b(?:annuel\w*|par an|annual\w*|yearly|per year)\b", "year"),
)


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


@dataclass(frozen=True)
class _Priced:
    line: Line
    amount: Amount


def rows_added(held: Held, pieces: Sequence[str], plan: QueryPlan) -> Finding | None:
    """The sums of the table rows that the ``pieces`` of a question name, one each, added up; None where one names no
    row or several, or their taxes or periods differ."""
    rows = list(_priced(held, plan))
    chosen: list[_Priced] = []
    for piece in pieces:
        words = [w for w in telling(_WITHOUT.sub("", fold(piece)).split()) if w not in STOP_WORDS and w not in _EMPTY]
        fitting = [row for row in rows if words and coverage(words, row.line.text) > _ALL_WORDS]
        if len(fitting) != 1:
            return None
        chosen += fitting
    amounts = [row.amount for row in chosen]
    if len({r.line.text for r in chosen}) < 2 or len({(a.tax, a.period, a.currency) for a in amounts}) != 1:
        return None
    value = amounts[0].model_copy(
        update={
            "value": round(sum(a.value for a in amounts), 2),
            "label": " + ".join(f"{a.value:g}" for a in amounts),
        }
    )
    said = phrase("chat.amount_sum", contract=held.title, value=value)
    quotes = [of_passage(held, row.line.passage, row.line.text) for row in chosen]
    shown = tuple({"contract": held.stem, "fact": a.label, "value": a.value} for a in amounts)
    return Finding("amount", value, said, rows=shown, citations=anything(held, quotes), route="passages", sure=False)


_ALL_WORDS = 0.95


def _priced(held: Held, plan: QueryPlan) -> Iterator[_Priced]:
    """The rows of a contract's tables that state one sum, with its tax and period by the column's head."""
    for line in lines_of(held.passages):
        sums = [(n, found) for n, cell in enumerate(line.cells) for found in money.find(fold_keeping(cell))]
        if len(line.cells) < 2 or len(sums) != 1:
            continue
        at, found = sums[0]
        head = fold(line.heads[at]) if len(line.heads) == len(line.cells) else ""
        tax = "excl" if re.search(r"\b(?:ht|hors tax\w*|excl\w*)\b", head) else None
        tax = "incl" if re.search(r"\b(?:ttc|incl\w*)\b", head) else tax
        period = next((p for pattern, p in _HEAD_PERIODS if re.search(pattern, head)), None)
        yield _Priced(
            line,
            Amount(
                label=line.text[:200].replace("\t", ", "),
                value=float(found.value.value),
                currency=found.value.currency,
                tax=found.value.tax or tax or plan.money.tax,
                period=found.value.period or period or plan.money.period,
            ),
        )
