"""The number, day or amount that a contract's own words state, where no field holds what is asked for: sure where one
value stands out, to be verified beside the next likely one where none does, silent where the words fit none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from agent.chat.execute_amounts import of_amount
from agent.chat.execute_quantities import asks_sum, is_total
from agent.chat.findings import Finding, Route, of_passage
from agent.chat.holdings import Held
from agent.chat.plan import QueryPlan
from agent.chat.proofs import prove
from agent.chat.ranking import Candidate, rank
from portfolio.schema import Amount
from portfolio.words.phrases import phrase

SURE = 0.8
"""How likely a value must be to be given for sure."""
_SHOWN = 0.12
"""How likely another must be to be shown beside one that is to be verified."""
_BESIDE = 0.75
"""How surely the noun after a number must be the one asked for, though other words of the question are not met."""


@dataclass(frozen=True)
class Chosen:
    """The likeliest value, the likeliest of the others, how likely it is and how likely there is none."""

    best: Candidate
    belief: float
    none: float
    other: Candidate | None = None
    part: bool = False
    """Whether a sum is asked for, and this is one of its parts."""

    @property
    def sure(self) -> bool:
        return self.belief >= SURE and not self.part

    @property
    def counts(self) -> bool:
        """Whether it is a number that stands right before what the question counts."""
        return self.best.features.get("counted", 0.0) >= _BESIDE

    @property
    def likely(self) -> bool:
        """Whether it is likelier than that the contract does not say."""
        return self.belief > self.none


def choose(held: Held, plan: QueryPlan) -> Chosen | None:
    """The value of the plan's kind that the question most likely means; those written twice count as one."""
    ranking = rank(held, plan)
    groups: dict[object, list[Candidate]] = {}
    for candidate in ranking.candidates:
        groups.setdefault(_key(candidate), []).append(candidate)
    ordered = sorted(groups.values(), key=lambda group: -sum(c.belief for c in group))
    if not ordered:
        return None
    best = ordered[0]
    other = ordered[1][0] if len(ordered) > 1 and sum(c.belief for c in ordered[1]) >= _SHOWN else None
    told = next((c for c in best if c.term is not None), best[0])
    part = asks_sum(plan.question) and not is_total(told.stated.line.text) and told.term is None
    return Chosen(told, sum(c.belief for c in best), ranking.none, other, part)


def _key(candidate: Candidate) -> object:
    value = candidate.stated.value
    return (value.value, value.currency) if isinstance(value, Amount) else value


def counted(held: Held, chosen: Chosen) -> Finding:
    """The number, with the words that state it."""
    stated = chosen.best.stated
    row = {"contract": held.stem, "value": stated.value, "words": stated.line.text}
    said = phrase("chat.counted", contract=held.title, value=stated.value)
    return _told(held, chosen, Finding("count", stated.value, said, rows=(row,)))


def dated(held: Held, plan: QueryPlan, chosen: Chosen) -> Finding:
    """The day, of one that comes every year the next; sure where the question names the thing that it is of."""
    on = _day(chosen.best, held.as_of)
    said = phrase("chat.stated_date", contract=held.title, date=on)
    return _told(held, chosen, Finding("date", on, said, sure=bool(plan.rest) and chosen.best.stated.kind == "date"))


def priced(held: Held, chosen: Chosen) -> Finding:
    """The amount: by its term where the register holds it."""
    amount, term = chosen.best.stated.value, chosen.best.term
    assert isinstance(amount, Amount)
    found = of_amount(held, amount, prove(held, [term]) if term else ())
    return _told(held, chosen, found, route="register" if term else "passages")


def _told(held: Held, chosen: Chosen, found: Finding, route: Route = "passages") -> Finding:
    """The finding with the words that prove it, and the value that it might be instead where it is not sure."""
    other = None if chosen.sure else chosen.other
    shown = [chosen.best, *([other] if other else [])]
    quotes = [of_passage(held, c.stated.line.passage, c.stated.line.text) for c in shown if c.term is None]
    notes = (phrase("chat.note_other", value=_shown(other, held.as_of)),) if other else ()
    found = replace(found, route=route, sure=found.sure and chosen.sure, notes=notes)
    return found if route == "register" and not other else found.citing(*quotes)


def _shown(candidate: Candidate, as_of: date) -> object:
    dates = candidate.stated.kind in ("date", "month_day")
    return _day(candidate, as_of) if dates else candidate.stated.value


def _day(candidate: Candidate, as_of: date) -> date:
    value = candidate.stated.value
    if isinstance(value, date):
        return value
    month, day = map(int, str(value).split("-"))
    on = date(as_of.year, month, min(day, 28) if month == 2 else day)
    return on if on >= as_of else on.replace(year=as_of.year + 1)
