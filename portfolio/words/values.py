"""Values as people write them, in French or English: dates, durations, amounts, due rules, parties."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from portfolio.facts import Fact
from portfolio.schema import Amount, Obligation, Party, Site
from portfolio.values import DueRule, Duration, FromEvent, OnDate
from portfolio.words.texts import Texts

_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}
_VOCABULARY = {
    "language": "language_name",
    "contract_type": "contract_type",
    "legal_nature.sector": "sector",
    "legal_nature.form": "form",
    "status": "status",
    "renewal.kind": "renewal",
    "price_revision.kind": "revision",
}
"""Fields with a closed vocabulary: the catalogue's section that words their values."""


class Wording:
    """Says values in the language of ``texts``."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def field(self, name: str) -> str:
        return self.texts(f"field.{name.replace('.', '_')}")

    def about(self, what: str, said: str) -> str:
        """``what``, a colon as the language writes it, and what is ``said`` of it."""
        return f"{what}\u00a0: {said}" if self.texts.language == "fr" else f"{what}: {said}"

    def state(self, fact: Fact) -> str:
        """How far a value can be relied on: confirmed or corrected by a person, certain as read, or to be reviewed."""
        return self.texts("state.certain" if fact.review == "to_review" and fact.certain else f"state.{fact.review}")

    def value(self, field: str, value: Any) -> str:
        """Any field's value, on one line."""
        match value:
            case None:
                return ""
            case date():
                return self.date(value)
            case Duration():
                return self.duration(value)
            case Amount():
                return self.amount(value)
            case Party():
                return self.party(value)
            case Site():
                return self.site(value)
            case Obligation():
                return self.obligation(value)
            case float():
                return self.number(value, decimals=0 if value.is_integer() else 2)
            case str() if field in _VOCABULARY:
                return self.texts.name(_VOCABULARY[field], value)
            case _:
                return str(value)

    def date(self, day: date) -> str:
        return day.strftime("%d/%m/%Y") if self.texts.language == "fr" else day.isoformat()

    def number(self, value: float, decimals: int = 2) -> str:
        text = f"{value:,.{decimals}f}"
        return text.replace(",", "\u202f").replace(".", ",") if self.texts.language == "fr" else text

    def decimal(self, value: Decimal) -> str:
        """With the digits that it has: `1,0520`."""
        text = f"{value:,f}"
        return text.replace(",", "\u202f").replace(".", ",") if self.texts.language == "fr" else text

    def duration(self, value: Duration) -> str:
        """`3 ans`, `18 mois`, `90 jours`, without the sign."""
        parts = [
            f"{count} {self.texts(f'duration.{one if count == 1 else many}')}"
            for count, one, many in (
                (value.years, "year", "years"),
                (value.months, "months", "months"),
                (value.days, "day", "days"),
                (value.hours, "hours", "hours"),
            )
            if count
        ]
        return " ".join(parts) or f"0 {self.texts('duration.day')}"

    def money(self, value: float, currency: str) -> str:
        number = self.number(value, decimals=0 if float(value).is_integer() else 2)
        return f"{number} {_SYMBOLS.get(currency, currency)}"

    def amount(self, amount: Amount, *, label: bool = True) -> str:
        words = [self.money(amount.value, amount.currency)]
        words += [self.texts(f"tax.{amount.tax}")] if amount.tax else []
        words += [self.texts(f"period.{amount.period}")] if amount.period else []
        words += [self.texts(f"bound.{amount.bound}")] if amount.bound else []
        said = " ".join(word for word in words if word)
        return (
            f"{amount.label} : {said}"
            if label and self.texts.language == "fr"
            else (f"{amount.label}: {said}" if label else said)
        )

    def party(self, party: Party) -> str:
        number = f", {party.registration}" if party.registration else ""
        return f"{party.name} ({self.texts.name('role', party.role)}{number})"

    def site(self, site: Site) -> str:
        place = " ".join(part for part in (site.postal_code, site.city) if part)
        return ", ".join(part for part in (site.name, place) if part)

    def obligation(self, obligation: Obligation) -> str:
        due = self.due(obligation.due) if obligation.due else self.texts("due.undated")
        who = f"{obligation.debtor} — " if obligation.debtor else ""
        return f"{who}{obligation.action} ({due})"

    def due(self, rule: DueRule) -> str:
        if isinstance(rule, OnDate):
            return self.texts("due.on", date=self.date(rule.date))
        if isinstance(rule, FromEvent):
            key = "due.before" if rule.offset.negative else "due.after"
            return self.texts(key, offset=self.duration(rule.offset), event=rule.event)
        if rule.month_day is None:
            return self.rhythm(rule.every)
        month, day = rule.month_day.split("-")
        shown = f"{day}/{month}" if self.texts.language == "fr" else rule.month_day
        return self.texts("due.on_day", every=self.rhythm(rule.every), day=shown)

    def rhythm(self, every: Duration) -> str:
        """`chaque trimestre`, `tous les 18 mois`."""
        said = self.texts.name("rhythm", str(every))
        return said if said != str(every) else self.texts("due.every", every=self.duration(every))
