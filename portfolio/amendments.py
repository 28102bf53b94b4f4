"""Terms in force: what a base contract and its amendments together say on a day, and which document set each term."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from portfolio import supersede
from portfolio.errors import InvalidValue
from portfolio.facts import Fact
from portfolio.folding import fold
from portfolio.linking import amendment_number
from portfolio.names import company_key
from portfolio.schema import FIELDS, Party
from portfolio.values import Duration

OWN = frozenset((
    "language", "title", "reference", "amends", "contract_type", "legal_nature.sector", "legal_nature.form",
    "signature_date", "start_date", "duration",
))  # fmt: skip
"""Fields in which an amendment speaks of itself; its `start_date` is the day its changes take effect, its `duration`
counts through the end date that follows from it."""


@dataclass(frozen=True)
class Version:
    """A base contract or an amendment: its id in the register and its facts."""

    contract: str
    facts: tuple[Fact, ...]

    def value(self, name: str) -> Any:
        return next((fact.value for fact in self.facts if fact.field == name), None)

    @property
    def effective(self) -> date | None:
        """The day from which it counts: its start, else its signature."""
        start: date | None = self.value("start_date") or self.value("signature_date")
        return start


@dataclass(frozen=True, eq=False)
class Term:
    """A fact in force and the contract or amendment that set it. ``since``: the day it took effect, if said."""

    fact: Fact
    contract: str
    since: date | None


@dataclass(frozen=True)
class TermChange:
    """What an amendment did to one value: replaced (both), added (no ``before``) or lifted (no ``after``)."""

    field: str
    amendment: str
    on: date | None
    before: Term | None
    after: Term | None
    reason: str


@dataclass(frozen=True)
class TermsInForce:
    """``applied``: ids of the amendments in force on ``as_of``, in their order; ``coming``: the later ones."""

    base: str
    as_of: date
    terms: tuple[Term, ...]
    changes: tuple[TermChange, ...]
    applied: tuple[str, ...]
    coming: tuple[str, ...]

    @cached_property
    def _by_field(self) -> dict[str, tuple[Term, ...]]:
        found: dict[str, list[Term]] = {}
        for term in self.terms:
            found.setdefault(term.fact.field, []).append(term)
        return {name: tuple(terms) for name, terms in found.items()}

    def of(self, *names: str) -> tuple[Term, ...]:
        """The terms of some fields, in their order."""
        if len(names) == 1:
            return self._by_field.get(names[0], ())
        return tuple(term for name, terms in self._by_field.items() if name in names for term in terms)

    def term(self, name: str) -> Term | None:
        return next(iter(self.of(name)), None)

    def value(self, name: str) -> Any:
        """The value in force of a field that holds one, or None."""
        term = self.term(name)
        return term.fact.value if term else None

    def values(self, name: str) -> tuple[Any, ...]:
        """The values in force of a list field."""
        return tuple(term.fact.value for term in self.of(name))

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(term.fact for term in self.terms)


def in_order(amendments: Iterable[Version]) -> tuple[Version, ...]:
    """Amendments in the order in which they count: by the day they take effect, then by number; undated ones last."""
    return tuple(
        sorted(
            amendments,
            key=lambda a: (
                a.effective or date.max,
                amendment_number(a.value("title"), a.value("reference")) or 0,
                a.value("signature_date") or date.max,
                a.contract,
            ),
        )
    )


def terms_in_force(base: Version, amendments: Iterable[Version], as_of: date) -> TermsInForce:
    """The terms of ``base`` on the day ``as_of``.

    An amendment without any date counts from the beginning of time: what was agreed is not left out because its day was
    not read.
    """
    chain = _Chain(base)
    applied: list[str] = []
    coming: list[str] = []
    for amendment in in_order(amendments):
        if amendment.effective is not None and amendment.effective > as_of:
            coming.append(amendment.contract)
        else:
            chain.apply(amendment)
            applied.append(amendment.contract)
    order = {name: n for n, name in enumerate(FIELDS)}
    terms = tuple(sorted(chain.terms, key=lambda t: order[t.fact.field]))
    return TermsInForce(base.contract, as_of, terms, tuple(chain.changes), tuple(applied), tuple(coming))


@dataclass
class _Chain:
    """The terms so far, while amendments are applied one after the other."""

    base: Version
    terms: list[Term] = field(default_factory=list)
    changes: list[TermChange] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    """Folded names of the parties, old ones too: each with the folded name that it was first written with."""

    def __post_init__(self) -> None:
        since = self.base.value("start_date")
        self.terms = [Term(fact, self.base.contract, since) for fact in self.base.facts]
        for term in self._of("parties"):
            self.aliases[company_key(term.fact.value.name)] = company_key(term.fact.value.name)

    def apply(self, amendment: Version) -> None:
        by_field: dict[str, list[Fact]] = {}
        for fact in amendment.facts:
            if fact.field not in OWN:
                by_field.setdefault(fact.field, []).append(fact)
        self._parties(amendment, by_field.pop("parties", []))
        self._sites(amendment, by_field.pop("sites", []))
        self._amounts(amendment, by_field.pop("amounts", []))
        self._obligations(amendment, by_field.pop("obligations", []))
        self._renewal(amendment, by_field)
        self._price_revision(amendment, by_field)
        self._end(amendment, by_field)
        for facts in by_field.values():
            self._set(amendment, facts[0], "stated by the amendment")

    def _of(self, name: str) -> list[Term]:
        return [term for term in self.terms if term.fact.field == name]

    def _value(self, name: str) -> Any:
        return next((term.fact.value for term in self._of(name)), None)

    def _replace(self, amendment: Version, old: Term | None, fact: Fact | None, reason: str) -> None:
        """``fact`` in the place of ``old``; a line of changes where the value differs."""
        new = Term(fact, amendment.contract, amendment.effective) if fact else None
        if old is not None and fact is not None and old.fact.value == fact.value:
            return
        if old is None and new is not None:
            self.terms.append(new)
        elif old is not None:
            place = self.terms.index(old)
            self.terms[place : place + 1] = [new] if new else []
        name = fact.field if fact else old.fact.field if old else ""
        self.changes.append(TermChange(name, amendment.contract, amendment.effective, old, new, reason))

    def _set(self, amendment: Version, fact: Fact, reason: str) -> None:
        self._replace(amendment, next(iter(self._of(fact.field)), None), fact, reason)

    def _lift(self, amendment: Version, names: Iterable[str], reason: str) -> None:
        for name in names:
            for term in self._of(name):
                self._replace(amendment, term, None, reason)

    def _parties(self, amendment: Version, facts: Sequence[Fact]) -> None:
        for fact in facts:
            current = self._of("parties")
            place = supersede.party(fact.value, [term.fact.value for term in current])
            key = company_key(fact.value.name)
            if place is None:
                self.aliases.setdefault(key, key)
                self._replace(amendment, None, fact, "party that joins")
                continue
            old: Party = current[place].fact.value
            first = self.aliases.get(company_key(old.name), company_key(old.name))
            self.aliases[key] = first
            if company_key(old.name) != key:
                # the number as the base has it says more (a SIRET) and the role is the contract's, not the amendment's
                renamed = old.model_copy(
                    update={"name": fact.value.name, "registration": old.registration or fact.value.registration}
                )
                self._replace(amendment, current[place], fact.model_copy(update={"value": renamed}), "party renamed")

    def _sites(self, amendment: Version, facts: Sequence[Fact]) -> None:
        for fact in facts:
            if supersede.site(fact.value, [term.fact.value for term in self._of("sites")]) is None:
                self._replace(amendment, None, fact, "site added")

    def _amounts(self, amendment: Version, facts: Sequence[Fact]) -> None:
        current = self._of("amounts")
        values = [term.fact.value for term in current]
        news = [fact for fact in facts if not (supersede.is_old(fact.value) and _recalled(fact.value, values))]
        places = supersede.amounts([fact.value for fact in news], values)
        before = {id(current[n]): current[n] for n in places if n is not None}
        for fact, place in zip(news, places, strict=True):
            old = current[place] if place is not None else None
            self._replace(amendment, old, fact, "amount replaced" if old else "amount added")
        self._outdated(amendment, list(before.values()), current)

    def _outdated(self, amendment: Version, replaced: Sequence[Term], current: Sequence[Term]) -> None:
        """Lifts amounts that repeated a replaced one over another period: the twelfth of an old year."""
        per_year = {"year": 1, "quarter": 4, "month": 12}
        new_values = {
            (t.fact.value.period, t.fact.value.tax): t.fact.value.value
            for t in self._of("amounts")
            if t.contract == amendment.contract and not supersede.is_change(t.fact.value)
        }
        for term in current:
            old = term.fact.value
            if term not in self.terms or old.period not in per_year or old.bound:
                continue
            for other in replaced:
                was = other.fact.value
                now = new_values.get((was.period, was.tax))
                if was.period not in per_year or was.period == old.period or was.tax != old.tax or now is None:
                    continue
                old_year, was_year = old.value * per_year[old.period], was.value * per_year[was.period]
                now_year = now * per_year[was.period]
                if abs(old_year - was_year) < 0.5 and abs(old_year - now_year) >= 0.5:
                    reason = f"{old.value:g} a {old.period} went with {was.value:g} a {was.period}, now {now:g}"
                    self._replace(amendment, term, None, reason)
                    break

    def _obligations(self, amendment: Version, facts: Sequence[Fact]) -> None:
        before = self._of("obligations")
        for fact in facts:
            # the amendment's own obligations stand side by side: only earlier ones are replaced
            current = [term for term in before if term in self.terms]
            debtors = [self._debtor(fact.value.debtor), *(self._debtor(t.fact.value.debtor) for t in current)]
            place = supersede.obligation(fact.value, [t.fact.value for t in current], debtors)
            old = current[place] if place is not None else None
            self._replace(amendment, old, fact, "obligation replaced" if old else "obligation added")

    def _debtor(self, name: str | None) -> str | None:
        key = company_key(name or "")
        if not key:
            return None
        known = self.aliases.get(key)
        if known is None:
            known = next((f for k, f in self.aliases.items() if fold(k) in key or key in fold(k)), None)
        return known

    def _renewal(self, amendment: Version, by_field: dict[str, list[Fact]]) -> None:
        """A new kind of renewal replaces the whole: a contract that ends for good has no period or notice left."""
        kinds = by_field.get("renewal.kind")
        if kinds and kinds[0].value != self._value("renewal.kind"):
            reason = f"renewal is now: {kinds[0].value}"
            self._lift(amendment, ("renewal.period", "renewal.max_count"), reason)
            if kinds[0].value != "tacit":
                self._lift(amendment, ("notice_period",), reason)

    def _price_revision(self, amendment: Version, by_field: dict[str, list[Fact]]) -> None:
        kinds = by_field.get("price_revision.kind")
        if kinds and kinds[0].value != "indexed" and self._value("price_revision.kind") == "indexed":
            leaves = ("formula", "indices", "frequency", "month_day", "cap_percent")
            names = tuple(f"price_revision.{leaf}" for leaf in leaves)
            self._lift(amendment, names, f"prices are now: {kinds[0].value}")
        indices = by_field.pop("price_revision.indices", [])
        if indices and [f.value for f in indices] != [t.fact.value for t in self._of("price_revision.indices")]:
            kept = {f.value for f in indices}
            for term in self._of("price_revision.indices"):
                if term.fact.value not in kept:
                    self._replace(amendment, term, None, "index replaced")
            there = {t.fact.value for t in self._of("price_revision.indices")}
            for fact in indices:
                if fact.value not in there:
                    self._replace(amendment, None, fact, "index replaced")

    def _end(self, amendment: Version, by_field: dict[str, list[Fact]]) -> None:
        """An end date that the amendment states, or that follows from the duration that it states."""
        stated = by_field.get("end_date")
        length = next((f for f in amendment.facts if f.field == "duration"), None)
        if stated is None and length is not None:
            computed = self._end_from(amendment, length)
            if computed is not None:
                by_field["end_date"] = [computed]
                if computed.basis and computed.basis.startswith("start "):
                    self._set(amendment, length, "stated by the amendment")
                    return
        end = by_field.get("end_date")
        if end and end[0].value != self._value("end_date"):
            self._lift(amendment, ("duration",), "the end date was changed")

    def _end_from(self, amendment: Version, length: Fact) -> Fact | None:
        """The whole term from the base's start, where it ends after the amendment takes effect; else the duration is an
        extension, from the day after the end so far."""
        start: date | None = self.base.value("start_date")
        end: date | None = self._value("end_date")
        duration: Duration = length.value
        try:
            whole = duration.last_day_from(start) if start else None
            if whole and start and (amendment.effective is None or whole > amendment.effective):
                basis = f"start {start} + {duration} - 1 day"
                return length.model_copy(update={"field": "end_date", "value": whole, "basis": basis})
            if end:
                longer = duration.last_day_from(end + timedelta(days=1))
                basis = f"end {end} + {duration}"
                return length.model_copy(update={"field": "end_date", "value": longer, "basis": basis})
        except InvalidValue:
            return None
        return None


def _recalled(amount: Any, current: Sequence[Any]) -> bool:
    return any(abs(amount.value - old.value) < 0.005 and amount.currency == old.currency for old in current)
