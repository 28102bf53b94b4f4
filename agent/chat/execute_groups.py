"""Contracts put together by a fact of theirs: how many each group has, or what it costs a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from agent.chat import execute_amounts
from agent.chat.conditions import FIELDS, Kept, days, length
from agent.chat.findings import Finding, anything
from agent.chat.holdings import Held
from agent.chat.plan import Dimension, QueryPlan
from agent.chat.proofs import prove
from portfolio.amendments import Term
from portfolio.folding import fold
from portfolio.schema import Amount
from portfolio.values import Duration
from portfolio.words.phrases import phrase
from portfolio.words.texts import Texts
from portfolio.words.values import Wording

_SAID = 15
"""Groups at most that the sentence names; the table has them all."""
_VOCABULARY: Mapping[Dimension, str] = {
    "type": "contract_type",
    "sector": "legal_nature.sector",
    "form": "legal_nature.form",
    "renewal": "renewal.kind",
    "revision": "price_revision.kind",
    "language": "language",
    "running": "status",
}
"""The field whose words name the groups."""
_PROVED: Mapping[Dimension, str] = {
    "counterparty": "parties",
    "city": "sites",
    "sites": "sites",
    "duration": "duration",
}
"""The field whose words prove what group a contract is in, where it is not a field of its own."""
_PERIODS: tuple[Dimension, ...] = ("year", "quarter", "month")


@dataclass
class _Group:
    key: str
    name: str
    members: list[Kept] = field(default_factory=list)
    priced: dict[str, tuple[float, Term]] = field(default_factory=dict)
    """By contract's id, its yearly cost and the term that says it."""

    @property
    def value(self) -> float:
        return round(sum(value for value, _ in self.priced.values()), 2)


def run(kept: Sequence[Kept], plan: QueryPlan) -> Finding:
    """The groups, those with most first (periods in their order), the contracts of none of them named apart."""
    by, money = plan.group_by or "type", plan.answer == "amount"
    groups: dict[str, _Group] = {}
    apart: list[Kept] = []
    unpriced: list[Kept] = []
    for item in kept:
        names = keys(item.held, by, plan)
        priced = execute_amounts.yearly(item.held, plan.money) if money else None
        if not names:
            apart.append(item)
        if money and priced is None:
            unpriced.append(item)
        for key, name in names.items():
            group = groups.setdefault(fold(key), _Group(key, name))
            group.members.append(item)
            if priced:
                group.priced[item.held.id] = priced
    found = _ordered(list(groups.values()), plan, money)
    citations = tuple(c for item in kept for c in _proof(item, money, plan))
    said = _said(found, kept, plan, money)
    notes = [phrase("chat.note_unsaid", count=len(apart), titles=titles(apart))] if apart else []
    if sum(len(g.members) for g in found) > len(kept) - len(apart):
        notes.append(phrase("chat.note_repeated"))
    if unpriced:
        notes.append(phrase("chat.note_unpriced", titles=titles(unpriced)))
    text = " ; ".join(f"{g.name}: {g.value if money else len(g.members)}" for g in found)
    rows = tuple(_row(g, money) for g in found)
    return Finding("text", text, said, rows=rows, citations=citations, notes=tuple(notes), sure=not plan.rest)


def titles(kept: Sequence[Kept], most: int = 8) -> str:
    """The titles of contracts, the first of them where there are many."""
    named = " ; ".join(item.held.title for item in kept[:most])
    return f"{named} ; …" if len(kept) > most else named


def _ordered(groups: list[_Group], plan: QueryPlan, money: bool) -> list[_Group]:
    """By their day where they are periods and all are wanted, else the greatest (or smallest) first."""
    if plan.group_by in _PERIODS and plan.largest is None:
        return sorted(groups, key=lambda g: g.key)
    least = plan.largest is False
    sign = 1 if least else -1
    return sorted(groups, key=lambda g: (sign * (g.value if money else len(g.members)), g.key))


def _said(groups: Sequence[_Group], kept: Sequence[Kept], plan: QueryPlan, money: bool) -> Any:
    if not groups:
        return phrase("chat.list_empty")
    parts = [_part(g, plan, money) for g in groups]
    more = len(parts) - _SAID
    shown = parts[:_SAID] + ([phrase("chat.group_more", count=more)] if more > 0 else [])
    if plan.largest is not None:
        score = [g.value if money else float(len(g.members)) for g in groups]
        level = [part for part, value in zip(parts, score, strict=True) if value == score[0]]
        if len(level) == len(parts):
            return phrase("chat.group_level", count=len(parts), parts=phrase("chat.joined", parts=tuple(shown)))
        key = "chat.group_most" if plan.largest else "chat.group_least"
        return phrase(
            key, first=phrase("chat.joined", parts=tuple(level)), parts=phrase("chat.joined", parts=tuple(shown))
        )
    each = phrase("chat.joined", parts=tuple(shown))
    if money:
        whole = {id_: priced for g in groups for id_, priced in g.priced.items()}
        total = _amount(round(sum(v for v, _ in whole.values()), 2), [t for _, t in whole.values()], plan)
        return phrase("chat.groups_sum", value=total, count=len(whole), parts=each)
    return phrase("chat.groups_count", count=len(kept), groups=len(groups), parts=each)


def _part(group: _Group, plan: QueryPlan, money: bool) -> Any:
    if not money:
        return phrase("chat.group", name=group.name, count=len(group.members))
    if not group.priced:
        return phrase("chat.group_unpriced", name=group.name, count=len(group.members))
    value = _amount(group.value, [t for _, t in group.priced.values()], plan)
    return phrase("chat.group_sum", name=group.name, value=value, count=len(group.members))


def _amount(value: float, terms: Sequence[Term], plan: QueryPlan) -> Any:
    currency = terms[0].fact.value.currency if terms else "EUR"
    stated = Amount(label="total", value=value, currency=currency, tax=plan.money.tax or "excl", period="year")
    return wording(plan.language).amount(stated, label=False)


def _row(group: _Group, money: bool) -> Mapping[str, Any]:
    row: dict[str, Any] = {
        "key": group.key,
        "group": group.name,
        "count": len(group.members),
        "contracts": [item.held.stem for item in group.members],
    }
    return row | ({"value": group.value if group.priced else None} if money else {})


def _proof(item: Kept, money: bool, plan: QueryPlan) -> Sequence[Any]:
    held, by = item.held, plan.group_by or "type"
    name = _PROVED.get(by) or FIELDS.get(by)
    terms = list(held.terms_of(name))[:2] if name else list(item.terms)
    priced = execute_amounts.yearly(held, plan.money) if money else None
    return anything(held, prove(held, [*terms, *([priced[1]] if priced else [])] or held.terms_of("title")[:1]))[:2]


@cache
def wording(language: str) -> Wording:
    """The words for values in a language."""
    return Wording(Texts("en" if language == "en" else "fr"))


def keys(held: Held, by: Dimension, plan: QueryPlan) -> dict[str, str]:
    """The groups that a contract is in, by key, with their names; none where it does not say."""
    say = wording(plan.language)
    match by:
        case "counterparty":
            return {name: name for name in held.others}
        case "city":
            return {site.city: site.city for site in held.terms.values("sites") if site.city}
        case "sites":
            places = [site.name or site.city for site in held.terms.values("sites")]
            return {place: place for place in places if place}
        case "running":
            return _named(by, held.calendar.status if held.calendar else None, say)
        case "role":
            return {held.our_role: say.texts.name("role", held.our_role)} if held.our_role else {}
        case "tag":
            return {tag: tag for tag in held.base.tags}
        case "indices":
            return {str(name): str(name) for name in held.terms.values("price_revision.indices")}
        case "governing_law":
            law = held.terms.value("governing_law")
            return {str(law): say.texts.name("chat", f"law_{law}").rstrip(".")} if law else {}
        case "duration":
            months = length(held)
            return _months(months, say) if months is not None else {}
        case "year" | "quarter" | "month":
            return _period(_day(held, plan), by, say)
        case _:
            return _named(by, held.terms.value(FIELDS[by]), say)


def _named(by: Dimension, value: Any, say: Wording) -> dict[str, str]:
    if value is None:
        return {}
    if isinstance(value, Duration):
        return {str(value): say.duration(value)}
    if by == "payment_days":
        return {str(value): say.duration(Duration(days=int(value)))}
    return {str(value): say.value(_VOCABULARY.get(by, ""), value)}


def _months(months: float, say: Wording) -> dict[str, str]:
    whole = round(months)
    value = Duration(years=whole // 12) if whole % 12 == 0 and whole else Duration(months=whole)
    return {f"{whole:04d}": say.duration(value)}


def _day(held: Held, plan: QueryPlan) -> date | None:
    """The contract's day that the plan is about: of several, the first that its window holds."""
    window = plan.window
    found = [on for on, _ in days(held, plan) if on is not None]
    if plan.topic in (None, "end") and held.calendar is not None and held.calendar.status == "expired":
        found = found if window is not None else []
    if plan.topic in ("notice_deadline", "revision_date"):
        found = [on for on in found if on >= held.as_of]
    return next((on for on in found if window is None or window.holds(on)), None)


def _period(day: date | None, by: Dimension, say: Wording) -> dict[str, str]:
    if day is None:
        return {}
    if by == "year":
        return {str(day.year): str(day.year)}
    part, name = (day.month, "month") if by == "month" else ((day.month + 2) // 3, "quarter")
    said = say.texts(f"revision_period.{name}", part=say.texts(f"revision_period.{name}_{part}"), year=day.year)
    return {f"{day.year}-{part:02d}": said}
