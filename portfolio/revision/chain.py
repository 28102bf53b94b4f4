"""The revisions of a price one after the other: the clause in force on each day, and what it makes of the price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from portfolio.amendments import TermsInForce, Version, terms_in_force
from portfolio.events import Undated
from portfolio.facts import Fact
from portfolio.revision import formula as formulas
from portfolio.revision import readings
from portfolio.revision.formula import Formula, Ratio
from portfolio.revision.indices import Book
from portfolio.revision.moments import BASE, PREVIOUS
from portfolio.revision.periods import Period
from portfolio.revision.readings import Missing, Names, RatioRead, Reader, approximately, shown
from portfolio.revision.rhythm import Rhythm
from portfolio.revision.rules import CENT, LAST_PUBLISHED, UNSET, RevisionSetting
from portfolio.revision.schedule import schedule
from portfolio.revision.symbols import Basis
from portfolio.values import Duration
from portfolio.words.phrases import Phrase, phrase

_CLAUSE = tuple(f"price_revision.{leaf}" for leaf in ("formula", "indices", "cap_percent"))


@dataclass(frozen=True)
class Agreement:
    """A contract as its price is computed: the base, its amendments, what a person set, when it began and ends."""

    base: Version
    amendments: tuple[Version, ...] = ()
    setting: RevisionSetting = UNSET
    start: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class Revision:
    """One revision. ``coefficient`` as applied; ``limited`` where a cap or a floor decided the price."""

    on: date
    coefficient: Decimal
    before: Decimal
    after: Decimal
    limited: Literal["cap", "floor"] | None
    steps: tuple[Phrase, ...]


class CannotError(Exception):
    """Nothing can be computed; ``why`` says it in words."""

    def __init__(self, why: Phrase) -> None:
        super().__init__(why.key)
        self.why = why


@dataclass(frozen=True)
class RevisionDay:
    """A day of revision, the terms in force on it, and the rhythm that gave it."""

    on: date
    terms: TermsInForce
    rhythm: Rhythm
    unsure: bool

    def shifted(self, day: date, count: int) -> date:
        """The day of the revision ``count`` revisions after the one on ``day`` (before it, where negative)."""
        every = self.rhythm.every
        many = Duration(every.years * abs(count), every.months * abs(count), every.days * abs(count), 0, count < 0)
        return many.after(day)


def revision_days(agreement: Agreement, until: date) -> list[RevisionDay]:
    """The days of revision up to ``until``, each by the terms that were in force on it. Raises CannotError where the
    terms of the last ones do not tell them."""
    effective = sorted({a.effective for a in agreement.amendments if a.effective and a.effective <= until})
    starts = [date.min, *effective]
    ends = [*(day - timedelta(days=1) for day in effective), until]
    found: list[RevisionDay] = []
    for start, end in zip(starts, ends, strict=True):
        terms = terms_in_force(agreement.base, agreement.amendments, start)
        plan = schedule(terms, start=agreement.start, setting=agreement.setting)
        if isinstance(plan, Undated):
            if end == until:
                raise CannotError(phrase("revision_price.undated", missing=plan.missing))
        elif plan is not None:
            found += [RevisionDay(on, terms, plan.rhythm, plan.unsure) for _, on in plan.rhythm.days(start, end)]
    return found


@dataclass(frozen=True)
class Clause:
    """A contract's revision clause on a day: its formula, the price that it applies to, its limits."""

    formula: Formula
    basis: Basis
    names: Names
    cap: Decimal | None
    unsure: bool
    steps: tuple[Phrase, ...]


def clause(terms: TermsInForce, setting: RevisionSetting, book: Book) -> Clause:
    """The clause in force. Raises FormulaError where its formula cannot be read."""
    indices = terms.values("price_revision.indices")
    text = setting.formula or terms.value("price_revision.formula")
    formula = formulas.parse(text, indices) if text else formulas.proportional(indices)
    basis, steps = _basis(formula, setting)
    said = phrase("revision_price.formula", formula=str(formula))
    names = readings.name(formula, indices, book, setting.series)
    total = formula.coefficient_sum
    off = [phrase("revision_price.sum", total=total.normalize())] if total != 1 else []
    cap = setting.cap_percent
    if cap is None and (agreed := terms.value("price_revision.cap_percent")) is not None:
        cap = Decimal(repr(agreed))
    facts = [term.fact for term in terms.terms if term.fact.field in _CLAUSE]
    return Clause(
        formula, basis, names, cap, not all(map(decided, facts)), (said, *off, *names.steps, *steps)
    )  # fmt: skip


def decided(fact: Fact) -> bool:
    """Whether a person decided on a value, or it was read so surely that nobody need look."""
    return fact.certain or fact.review in ("confirmed", "corrected")


def _basis(formula: Formula, setting: RevisionSetting) -> tuple[Basis, tuple[Phrase, ...]]:
    if setting.basis or formula.basis:
        return setting.basis or formula.basis or "base", ()
    moves = any(r.reference.at not in ("base", "months") and r.reference.year is None for r in formula.ratios)
    return ("last", (phrase("revision_price.on_last"),)) if moves else ("base", (phrase("revision_price.on_base"),))


@dataclass
class Chain:
    """Computes the revisions ``days`` of a price ``first``, which holds from the day ``since`` with all revisions until
    then in it (None: from the beginning). ``estimating``: with the last values known in the place of
    those that are missing."""

    agreement: Agreement
    book: Book
    first: Decimal
    currency: str
    days: list[RevisionDay]
    since: date | None = None
    estimating: bool = False
    steps: list[Phrase] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)
    unsure: bool = False

    def __post_init__(self) -> None:
        self.price = self.first
        self._setting = self.agreement.setting
        self._clauses: dict[int, Clause] = {}

    def run(self) -> None:
        """Raises CannotError or FormulaError where a clause cannot be computed at all."""
        for day in self._needed():
            found = self._clause(day.terms)
            self.unsure = self.unsure or found.unsure or day.unsure
            self._revise(day, found)

    def money(self, value: Decimal) -> Phrase:
        return money(value, self.currency)

    def _needed(self) -> list[RevisionDay]:
        """All revisions where each starts from the one before; the last one alone where it starts from the first
        price."""
        if not self.days:
            return []
        found = self._clause(self.days[-1].terms)
        limited = found.cap is not None and self._setting.cap_of != "base"
        alone = found.basis == "base" and not limited and self._setting.floor_percent is None
        return self.days[-1:] if alone else self.days

    def _clause(self, terms: TermsInForce) -> Clause:
        known = self._clauses.get(id(terms))
        if known is None:
            known = self._clauses[id(terms)] = clause(terms, self._setting, self.book)
            self.steps += [step for step in (*known.steps, *self._rules(known)) if step not in self.steps]
        return known

    def _rules(self, found: Clause) -> Iterator[Phrase]:
        """The rules beside the formula, those that nobody told marked as the usual ones."""
        ratios = found.formula.ratios
        moments = [m for ratio in ratios for m in (ratio.current, ratio.reference)]
        if any(m.at == "reading" for m in moments):
            rule = self._setting.reading
            key = f"revision_rule.{(rule or LAST_PUBLISHED).kind}"
            yield phrase(key, months=rule.months if rule else 0) if rule else phrase("revision_rule.usual_reading")
        stated = self._setting.base_values
        if any(r.reference.at == "base" and r.index not in stated for r in ratios):
            base = self._base()
            if self._setting.base_period is not None:
                yield phrase("revision_rule.base", period=readings.said(self._setting.base_period))
            elif isinstance(base, date):
                yield phrase("revision_rule.usual_base", day=base)
        rounding = self._setting.rounding
        if rounding is None:
            yield phrase("revision_rule.usual_rounding")
        else:
            yield phrase(f"revision_rule.round_{rounding.way}", places=rounding.places)
        if found.cap is not None:
            cap_of = self._setting.cap_of
            yield phrase(f"revision_rule.cap_{cap_of or 'usual'}", cap=found.cap.normalize())
        if self._setting.floor_percent is not None:
            yield phrase("revision_rule.floor", floor=self._setting.floor_percent.normalize())

    def _base(self) -> date | Period | None:
        base = self.agreement.base
        signed: date | None = base.value("signature_date") or self.agreement.start or base.value("start_date")
        return self._setting.base_period or signed

    def _revise(self, day: RevisionDay, found: Clause) -> None:
        reader = Reader(
            self.book, found.names, self._setting.reading or LAST_PUBLISHED, day.shifted, self._base(),
            self._setting.base_values, self.estimating,
        )  # fmt: skip
        steps: list[Phrase] = [phrase("revision_price.on", day=day.on)]
        values: dict[Ratio, Fraction] = {}
        for ratio in found.formula.ratios:
            read = reader.ratio(self._against(ratio, day, found.basis), day.on)
            if isinstance(read, RatioRead):
                values[ratio] = read.value
                steps += read.steps
            else:
                self.missing += read
        if self.missing:
            return
        exact = found.formula.coefficient(values.__getitem__)
        steps.append(phrase("revision_price.coefficient", equals=approximately(exact)))
        applied = exact
        if self._setting.rounding is not None:
            rounded = self._setting.rounding.of(exact)
            applied = Fraction(rounded)
            steps.append(phrase("revision_price.rounded", coefficient=rounded))
        start = self.first if found.basis == "base" else self.price
        rounding = self._setting.price_rounding or CENT
        after = rounding.of(Fraction(start) * applied)
        steps.append(
            phrase(
                "revision_price.product",
                before=self.money(start),
                coefficient=shown(applied),
                equals=self._equals(Fraction(start) * applied, after),
                after=self.money(after),
            )
        )
        after, limited, said = self._limited(after, found)
        steps += said
        self.revisions.append(Revision(day.on, shown(applied), self.price, after, limited, tuple(steps)))
        self.price = after

    def _against(self, ratio: Ratio, day: RevisionDay, basis: Basis) -> Ratio:
        """Where each price comes from the one before, an index is set against its value of the revision before: what a
        formula calls its base is that of the first revision only, else rises would count twice."""
        first = self.since is None and day is self.days[0]
        if basis == "last" and ratio.reference == BASE and not first:
            return replace(ratio, reference=PREVIOUS)
        return ratio

    @staticmethod
    def _equals(exact: Fraction, rounded: Decimal) -> str:
        return "=" if exact == Fraction(rounded) else "≈"

    def _limited(
        self, after: Decimal, found: Clause
    ) -> tuple[Decimal, Literal["cap", "floor"] | None, tuple[Phrase, ...]]:
        """The price within its cap and floor, which decided it, and how."""
        rounding = self._setting.price_rounding or CENT
        within: tuple[Phrase, ...] = ()
        if found.cap is not None:
            against = self.first if self._setting.cap_of == "base" else self.price
            most = rounding.of(Fraction(against) * (1 + Fraction(found.cap) / 100))
            said = {"cap": found.cap.normalize(), "against": self.money(against), "limit": self.money(most)}
            if after > most:
                return most, "cap", (phrase("revision_price.capped", **said),)
            within = (phrase("revision_price.within_cap", **said),)
        if self._setting.floor_percent is not None:
            floor = self._setting.floor_percent
            least = rounding.of(Fraction(self.price) * (1 - Fraction(floor) / 100))
            if after < least:
                limit = {"floor": floor.normalize(), "against": self.money(self.price), "limit": self.money(least)}
                return least, "floor", (*within, phrase("revision_price.floored", **limit))
        return after, None, within


def money(value: Decimal, currency: str) -> Phrase:
    """A sum with its cents where it has some: `12 345,60 €`."""
    shown = value.quantize(Decimal("0.01")) if value == value.quantize(Decimal("0.01")) else value
    if shown == shown.to_integral_value():
        shown = shown.to_integral_value()
    key = currency if currency in ("EUR", "USD", "GBP") else "other"
    return phrase(f"revision_money.{key}", value=shown, currency=currency)
