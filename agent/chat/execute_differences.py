"""Amounts set against one another: what an amendment changed, two contracts, parts of one added up, the greatest of
several contracts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from agent.chat import execute_amounts, lexicon
from agent.chat.context import Context
from agent.chat.execute_amounts import telling
from agent.chat.findings import Finding, anything
from agent.chat.holdings import Held
from agent.chat.matching import coverage
from agent.chat.plan import QueryPlan
from agent.chat.proofs import prove
from agent.chat.windows import window_of
from portfolio.amendments import Term
from portfolio.folding import fold
from portfolio.schema import Amount
from portfolio.words.phrases import phrase
from vectorstore.keywords import STOP_WORDS

_EMPTY = lexicon.words("empty", "any")
_PART = 0.6
"""Share of the words of a part of a question that the label of its amount has."""
_TOGETHER = re.compile(
    r"\b(?:total\w*|somme|ensemble|cumul\w*|reuni\w*|addition\w*|en tout|altogether|together|combined|sum|"
    r"overall|plus|"
    r"both|les deux|add\w*|tout compris|all in)\b"
)
_FIRST_YEAR = re.compile(r"\b(?:premiere annee|1ere annee|an 1|first year|year one|year 1)\b")
"""When what is paid once and what is paid a year may be added."""
_ORDINALS = (
    ("1", "premiere premier first 1ere 1er"),
    ("2", "deuxieme seconde second 2eme 2nde"),
    ("3", "troisieme third 3eme"),
    ("4", "quatrieme fourth 4eme"),
)
_NUMBERED = {word: number for number, words in _ORDINALS for word in words.split()}


def changed(held: Held, plan: QueryPlan) -> Finding | None:
    """By how much an amendment changed the amount that a question means; None where it changed none."""
    changes = [c for c in held.agreed.changes if c.field == "amounts"]
    pairs = [(c.before, c.after) for c in changes if c.before and c.after]
    lifted = [c.before for c in changes if c.before and not c.after]
    added = [c.after for c in changes if c.after and not c.before]
    pairs += [(old, new) for old in lifted for new in added if _alike(old.fact.value, new.fact.value)]
    wanted = telling(plan.about or plan.words)
    scored = [(_meant(pair, wanted, plan), -n, pair) for n, pair in enumerate(pairs)]
    if not scored:
        return None
    best, _, (old, new) = max(scored, key=lambda item: item[:2])
    parts = [pair for score, _, pair in scored if score >= best - 0.01]
    if len(parts) > 1:
        whole = _whole(parts, pairs)
        return _set_against(held, *whole, plan) if whole else replace(_set_against(held, old, new, plan), sure=False)
    return _set_against(held, old, new, plan)


def _whole(parts: Sequence[tuple[Term, Term]], pairs: Sequence[tuple[Term, Term]]) -> tuple[Term, Term] | None:
    """Of changes that a question means alike (P2 and P3), that of the amount that they make up together."""
    for old, new in pairs:
        sums = [round(sum(pair[side].fact.value.value for pair in parts), 2) for side in (0, 1)]
        alike = all(_alike(new.fact.value, pair[1].fact.value) for pair in parts)
        if alike and sums == [old.fact.value.value, new.fact.value.value]:
            return old, new
    return None


def between(one: Held, other: Held, plan: QueryPlan) -> Finding | None:
    """How far the same amount of two contracts differs."""
    chosen = [execute_amounts.choose(held, plan) for held in (one, other)]
    if not all(chosen) or not _alike(*(c.amount for c in chosen if c)):
        return None
    first, second = (c.term for c in chosen if c)
    found = _set_against(one, first, second, plan)
    return found.citing(*prove(other, [second]))


def _set_against(held: Held, old: Term, new: Term, plan: QueryPlan) -> Finding:
    before, after = old.fact.value, new.fact.value
    value = after.model_copy(update={"value": round(abs(after.value - before.value), 2), "bound": None})
    said = phrase("chat.difference", contract=held.title, value=value, before=before, after=after)
    rows = tuple({"contract": held.stem, "fact": a.label, "value": a.value} for a in (before, after))
    cited = anything(held, prove(held, [t for t in (old, new) if t.contract in {c.id for c in held.all}]))
    return Finding("amount", value, said, rows=rows, citations=cited)


def _alike(one: Amount, other: Amount) -> bool:
    """Whether one may be taken from the other."""
    same = one.period == other.period and one.currency == other.currency and one.bound == other.bound
    return same and (one.tax == other.tax or None in (one.tax, other.tax))


def _meant(pair: tuple[Term, Term], wanted: Sequence[str], plan: QueryPlan) -> float:
    old: Amount = pair[0].fact.value
    new: Amount = pair[1].fact.value
    score = coverage(wanted, f"{old.label} {new.label}")
    score += 0.3 * (plan.money.tax == old.tax if plan.money.tax else old.tax in (None, "excl"))
    return score + 0.2 * (plan.money.period == old.period if plan.money.period else old.period == "year")


def parts(held: Held, plan: QueryPlan) -> Finding | None:
    """The amounts of one contract that a question names one after the other, added up: « la tranche ferme et la
    première tranche optionnelle »; None where it does not ask for that."""
    folded = fold(plan.question)
    if not _TOGETHER.search(folded) and "+" not in plan.question:
        return None
    tax = plan.money.tax or "excl"
    terms = [t for t in held.terms_of("amounts") if t.fact.value.tax in (tax, None) and not t.fact.value.bound]
    first_year = _FIRST_YEAR.search(folded) is not None
    if first_year:
        terms = [t for t in terms if t.fact.value.period in ("year", "total", None)]
    chosen: dict[int, Term] = {}
    pieces = re.split(r"\bet\b|\band\b|,|\+|\bplus\b|&|\bavec\b|\bwith\b", _undated(plan.question, held.as_of).lower())
    for piece in pieces:
        words = telling(_NUMBERED.get(w, w) for w in fold(piece).split())
        numbers = {n for w in fold(piece).split() if (n := _NUMBERED.get(w, w)).isdigit() and len(n) == 1}
        best = max(
            ((_fit(t.fact.value.label, words, numbers), t.contract != held.id, -n) for n, t in enumerate(terms)),
            default=None,
        )
        if best is not None and best[0] >= _PART:
            chosen[-best[2]] = terms[-best[2]]
    if "+" in plan.question and len(chosen) < plan.question.count("+") + 1:
        return None
    amounts = [t.fact.value for t in chosen.values()]
    periods = {a.period for a in amounts}
    if len(amounts) < 2 or len({a.currency for a in amounts}) != 1 or (len(periods) != 1 and not first_year):
        return None
    value = amounts[0].model_copy(
        update={
            "value": round(sum(a.value for a in amounts), 2),
            "label": " + ".join(a.label for a in amounts),
            "period": amounts[0].period if len(periods) == 1 else None,
        }
    )
    rows = tuple({"contract": held.stem, "fact": a.label, "value": a.value} for a in amounts)
    said = phrase("chat.amount_sum", contract=held.title, value=value)
    cited = anything(held, prove(held, list(chosen.values())))
    return Finding("amount", value, said, rows=rows, citations=cited)


def _undated(question: str, as_of: date) -> str:
    """A question without the words that tell its time: the 1 of « au 1er décembre » numbers no part."""
    span = window_of(question, as_of)
    return f"{question[: span.start]} {question[span.end :]}" if span else question


def _fit(label: str, words: Sequence[str], numbers: set[str]) -> float:
    """The share of a label's own words that a part of a question says; nothing where their numbers differ."""
    own = [w for w in telling(fold(label).split()) if len(w) > 1 and w not in STOP_WORDS]
    told = {w for w in fold(label).split() if w.isdigit() and len(w) == 1}
    if (told or numbers) and told != numbers:
        return 0.0
    asked = [w for w in words if w not in _EMPTY and len(w) > 1 and w not in STOP_WORDS]
    return max(coverage(own, " ".join(words)), coverage(asked, label)) if own and asked else 0.0


def greatest(context: Context, plan: QueryPlan) -> Finding | None:
    """The greatest or smallest of the amounts of all contracts that a question's words mean."""
    wanted = [w for w in telling(plan.about or plan.words) if w not in _RANKING]
    found: list[tuple[float, Held, Term]] = []
    for held in context.holdings.contracts:
        for term in held.terms_of("amounts"):
            amount: Amount = term.fact.value
            if plan.money.period and amount.period != plan.money.period:
                continue
            if plan.money.tax and amount.tax not in (None, plan.money.tax):
                continue
            label = f"{amount.label} {execute_amounts.BOUND_WORDS.get(amount.bound or '', '')}"
            if wanted and coverage(wanted, label) >= _RANKED:
                found.append((coverage(wanted, label), held, term))
    best = max((score for score, *_ in found), default=0.0)
    found = [item for item in found if item[0] >= best - 0.01]
    if not found or len({t.fact.value.currency for _, _, t in found}) != 1:
        return None
    pick = max if plan.largest else min
    _, held, term = pick(found, key=lambda item: item[2].fact.value.value)
    rows = tuple({"contract": h.stem, "fact": t.fact.value.label, "value": t.fact.value.value} for _, h, t in found)
    said = phrase("chat.amount", contract=held.title, value=term.fact.value)
    return Finding("amount", term.fact.value, said, rows=rows, citations=anything(held, prove(held, [term])))


_RANKED = 0.5
_RANKING = frozenset(
    [
        "petite",
        "petit",
        "grande",
        "grand",
        "grosse",
        "gros",
        "haute",
        "haut",
        "basse",
        "bas",
        "elevee",
        "eleve",
        "faible",
        "bigger",
        "smaller",
        "biggest",
        "smallest",
        "highest",
        "lowest",
        "largest",
        "deux",
        "two",
        "contrat",
        "contrats",
        "fournisseur",
        "fournisseurs",
        "supplier",
        "suppliers",
        "consentie",
    ]
)
"""Words of a question that say that amounts are ranked, or whose they are."""
