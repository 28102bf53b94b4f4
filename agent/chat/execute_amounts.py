"""Amounts: the one that a question's words mean, sums and averages on one yearly footing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.chat import lexicon
from agent.chat.findings import Citation, Finding, anything
from agent.chat.holdings import Held
from agent.chat.matching import SAME, coverage, likeness, names_it, without_left_out
from agent.chat.plan import Money, QueryPlan
from portfolio.amendments import Term
from portfolio.folding import fold
from portfolio.schema import Amount, Period
from portfolio.supersede import is_change
from portfolio.words.phrases import phrase

_PER_YEAR: dict[Period, int] = {"year": 1, "quarter": 4, "month": 12}
_GENERIC = lexicon.words("empty", "money")
"""Words of a question that say that money is asked for, not which."""


@dataclass(frozen=True)
class Choice:
    """An amount in force and how well a question's words fit it, between 0 and 1. ``unmet``: telling words of the
    question that its label does not have."""

    term: Term
    score: float
    unmet: tuple[str, ...]

    @property
    def amount(self) -> Amount:
        value: Amount = self.term.fact.value
        return value


def telling(words: Iterable[str]) -> tuple[str, ...]:
    """The words that say which amount is meant."""
    return tuple(w for w in words if w not in _GENERIC and not w.isdigit())


def choose(held: Held, plan: QueryPlan) -> Choice | None:
    """The amount of a contract that the question means; None where it states none of that tax, period or bound."""
    terms = held.terms_of("amounts")
    words = wanted(held, plan)
    fitting = [t for t in terms if _fits(t.fact.value, plan.money, words)]
    if plan.money.tax:
        fitting = [t for t in fitting if t.fact.value.tax == plan.money.tax] or fitting
    if plan.amendment:
        fitting = [t for t in fitting if t.contract != held.id] or fitting
    choices = [_scored(t, words, plan, t.contract != held.id) for t in fitting]
    return max(choices, key=lambda c: (c.score, -terms.index(c.term)), default=None)


def wanted(held: Held, plan: QueryPlan) -> tuple[str, ...]:
    """The question's words that say which amount of the contract is meant."""
    labels = " ".join(t.fact.value.label for t in held.terms_of("amounts"))
    places = " ".join(f"{s.name or ''} {s.city or ''}" for s in held.terms.values("sites"))
    about = (
        w
        for w in (
            *(w for w in plan.about if not names_it(w, places)),
            *(w for w in plan.words if likeness(w, labels) == SAME),
        )
    )
    return tuple(dict.fromkeys(w for w in telling(about) if w not in _EMPTY or likeness(w, labels) == SAME))


def _fits(amount: Amount, money: Money, wanted: Sequence[str]) -> bool:
    if money.tax and amount.tax and amount.tax != money.tax:
        return False
    return not (money.bound and amount.bound and amount.bound != money.bound)


def _scored(term: Term, wanted: Sequence[str], plan: QueryPlan, amended: bool) -> Choice:
    amount: Amount = term.fact.value
    money, folded = plan.money, fold(plan.question)
    label = f"{without_left_out(amount.label, plan.question)} {BOUND_WORDS.get(amount.bound or '', '')}"
    met = coverage(wanted, label) if wanted else 0.0
    unmet = tuple(w for w in wanted if coverage([w], label) == 0)
    score = met
    score += 0.25 if money.bound and amount.bound == money.bound else 0.0
    score -= 0.3 if amount.bound and not money.bound and met < 0.4 else 0.0
    score -= 0.25 if money.bound and not amount.bound and met < 0.6 else 0.0
    score += 0.2 if money.period and amount.period == money.period else 0.0
    score -= 0.1 if money.period and amount.period not in (None, money.period) else 0.0
    score += 0.15 if money.tax and amount.tax == money.tax else 0.03 if amount.tax == "excl" else 0.0
    score -= 0.2 if is_change(amount) and met < 0.5 else 0.0
    score += 0.04 if amended else 0.0
    score += _numbered(amount.label, f"{folded} {_year(plan)}")
    whole = bool(_WHOLE.search(folded)) and len(unmet) <= 2
    score += (0.35 if _WHOLE.search(fold(amount.label)) else -0.05) if whole else 0.0
    if not wanted and not money.period:
        score += {"year": 0.2, "month": 0.12, "quarter": 0.1, "total": 0.1}.get(amount.period or "", 0.0)
    return Choice(term, score, unmet)


_EMPTY = lexicon.words("empty", "any")
_WHOLE = re.compile(
    r"\b(?:total\w*|ensemble|global\w*|toutes? (?:les )?(?:tranches|"
    r"periodes|annees|phases)|duree (?:totale|maximale)|reconductions comprises|confondu\w*|cumul\w*|"
    r"grand total|all (?:phases|tranches)|overall)\b"
)


def of_all(amount: Amount) -> bool:
    """Whether an amount is that of all parts or years together."""
    return _WHOLE.search(fold(amount.label)) is not None


def _numbered(label: str, question: str) -> float:
    """What numbers say: an amount of 2026, of tranche 2, is meant by a question that has that number, not another
    one."""
    own = set(re.findall(r"\b(?:20\d\d|\d)\b", fold(label)))
    asked = set(re.findall(r"\b(?:20\d\d|\d)\b", question))
    return 0.0 if not own or not asked else 0.4 if own & asked else -0.4


def _year(plan: QueryPlan) -> str:
    """The year that a question is about, where its window lies in one."""
    window = plan.window
    if window is None or window.start is None or window.end is None or window.start.year != window.end.year:
        return ""
    return str(window.start.year)


def of_amount(
    held: Held,
    value: Amount,
    citations: Sequence[Citation],
    *,
    sure: bool = True,
    key: str = "chat.amount",
) -> Finding:
    """An amount with the words that prove it."""
    said = phrase(key, contract=held.title, value=value)
    shown = {
        "contract": held.stem,
        "title": held.title,
        "fact": value.label,
        "value": value.value,
        "currency": value.currency,
        "tax": value.tax,
        "period": value.period,
        "bound": value.bound,
    }
    return Finding("amount", value, said, rows=(shown,), citations=anything(held, citations), sure=sure)


BOUND_WORDS = {"max": "maximum plafond cap", "min": "minimum plancher"}


def yearly(held: Held, money: Money) -> tuple[float, Term] | None:
    """What a contract costs a year by its price, excluding tax unless ``money`` asks otherwise, with the term
    it comes from: as stated, or four times the quarter's, twelve times the month's."""
    terms = [t for t in held.terms_of("amounts") if not t.fact.value.bound and of_price(t.fact.value)]
    tax = money.tax or "excl"
    stated = [t for t in terms if t.fact.value.tax == tax] or [t for t in terms if t.fact.value.tax is None]
    for period, times in _PER_YEAR.items():
        of_period = [t for t in stated if t.fact.value.period == period]
        if of_period:
            best = max(of_period, key=lambda t: t.fact.value.value)
            return round(best.fact.value.value * times, 2), best
    return None


def of_price(amount: Amount) -> bool:
    """Whether an amount is a price: neither a deposit or guarantee nor what an amendment adds."""
    return coverage(["garantie", "depot"], amount.label) <= 0.3 and not is_change(amount)


def shared(money: Money, amounts: Sequence[Amount]) -> tuple[Period, int]:
    """The footing of a sum and how many of it make a year: the one asked for where every amount is of it, else the
    year."""
    period = money.period
    if period in _PER_YEAR and all(amount.period == period for amount in amounts):
        return period, _PER_YEAR[period]
    return "year", 1
