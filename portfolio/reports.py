"""Reports on money: what contracts commit us to, year by year, and what falls due, month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta
from sqlalchemy.orm import Session

from portfolio.amendments import terms_in_force
from portfolio.calendar.standing import Standing
from portfolio.deadlines import ContractDeadlines, deadlines
from portfolio.events import Event
from portfolio.register import reading
from portfolio.register.models import ContractRow
from portfolio.register.records import ContractSummary, Filters
from portfolio.register.store import EVERYTHING, Register
from portfolio.schema import Amount, ContractType
from portfolio.words.phrases import Phrase, phrase

Horizon = Literal["current", "final"]
"""How far a commitment is counted: to the end of the current period, or to the final end if nobody gives notice."""
Direction = Literal["spend", "income", "unknown"]
DIRECTIONS: tuple[Direction, ...] = ("spend", "income", "unknown")
"""``unknown``: we do not know who we are, or our role does not tell."""
Group = Literal["contract", "site", "counterparty", "type"]

_PER_YEAR = {"year": 1, "quarter": 4, "month": 12}
_PAYS = frozenset(("client", "tenant", "insured", "employer"))
_IS_PAID = frozenset(("supplier", "landlord", "insurer", "employee"))


@dataclass(frozen=True)
class Commitment:
    """What one contract costs (or brings) in each year: ``yearly`` is on one footing, euros excluding tax over a whole
    year, from ``amount`` as it is in force; counted ``since`` the contract's start ``until`` the last day counted."""

    contract: str
    stem: str
    title: str | None
    direction: Direction
    counterparty: str
    site: str
    contract_type: ContractType | None
    amount: Amount
    yearly: Decimal
    since: date
    until: date
    exact: Mapping[int, Fraction]

    @property
    def by_year(self) -> dict[int, Decimal]:
        return {year: _cents(value) for year, value in self.exact.items()}


@dataclass(frozen=True)
class Unconverted:
    """A contract that no yearly amount could be given for, and why."""

    contract: str
    stem: str
    why: Phrase


@dataclass(frozen=True)
class Total:
    """Commitments added up under one label: of ``count`` contracts."""

    label: str
    direction: Direction
    count: int
    yearly: Decimal
    by_year: Mapping[int, Decimal]


@dataclass(frozen=True)
class Commitments:
    """The commitments of a portfolio as they stand on ``as_of``, from its year on."""

    as_of: date
    horizon: Horizon
    lines: tuple[Commitment, ...]
    unconverted: tuple[Unconverted, ...]

    @property
    def years(self) -> tuple[int, ...]:
        found = {year for line in self.lines for year in line.exact}
        return tuple(range(min(found), max(found) + 1)) if found else ()

    def by(self, group: Group) -> tuple[Total, ...]:
        """Added up by contract, site, counterparty or type: what is spent before what comes in, the largest first."""
        lines: dict[tuple[Direction, str], list[Commitment]] = defaultdict(list)
        for line in self.lines:
            lines[line.direction, _label(line, group)].append(line)
        totals = [_total(label, direction, found) for (direction, label), found in lines.items()]
        return tuple(sorted(totals, key=lambda one: (DIRECTIONS.index(one.direction), -one.yearly, one.label)))

    def ways(self) -> tuple[Direction, ...]:
        """The directions that there are commitments in."""
        return tuple(way for way in DIRECTIONS if any(line.direction == way for line in self.lines))

    def total(self, direction: Direction) -> Total:
        return _total("", direction, [line for line in self.lines if line.direction == direction])


@dataclass(frozen=True)
class MonthDue:
    """What falls due in a month: its events, and what running contracts cost or bring in it. ``at_stake``: the yearly
    amounts of the contracts that end, renew, or must be given notice of in it."""

    first: date
    events: tuple[Event, ...]
    money: Mapping[Direction, Decimal]
    at_stake: Decimal


@dataclass(frozen=True)
class Due:
    """Month by month from ``as_of``; ``stems`` and ``yearly`` of each contract by id, where it has a yearly amount."""

    as_of: date
    months: tuple[MonthDue, ...]
    stems: Mapping[str, str]
    yearly: Mapping[str, Decimal]
    unconverted: tuple[Unconverted, ...] = field(default=())


def commitments(
    register: Register, as_of: date, horizon: Horizon = "current", filters: Filters = EVERYTHING
) -> Commitments:
    """What the contracts that are not over on ``as_of`` commit to in each year from its own on (that one whole).

    Monthly amounts count twelve times, quarterly ones four times; a year that a contract runs only in part counts by
    months, a month by days. The amounts are those in force on ``as_of``: no later revision or amendment is guessed.
    """
    found = deadlines(register, as_of, 0, filters).contracts
    return _commitments(found, _Portfolio(register, as_of), horizon)


def due(register: Register, as_of: date, months: int = 12, filters: Filters = EVERYTHING) -> Due:
    """What falls due in each of ``months`` months from that of ``as_of`` on (that one from ``as_of``).

    The money of a month is what contracts cost by the day, whenever it is invoiced; contracts run on as they do unless
    somebody gives notice.
    """
    begin = as_of.replace(day=1)
    last = begin + relativedelta(months=months) - timedelta(days=1)
    found = deadlines(register, as_of, (last - as_of).days, filters)
    money = _commitments(found.contracts, _Portfolio(register, as_of), "final")
    yearly = {line.contract: line.yearly for line in money.lines}
    rows = []
    for n in range(months):
        first = begin + relativedelta(months=n)
        until = first + relativedelta(months=1) - timedelta(days=1)
        events = tuple(event for event in found.events if first <= event.on <= until)
        turning = {event.contract for event in events if event.kind in ("end", "final_end", "renewal", "notice")}
        counted = max(first, as_of)
        sums = {
            way: _cents(
                sum((_between(one, counted, until) for one in money.lines if one.direction == way), Fraction(0))
            )
            for way in DIRECTIONS
        }
        stake = sum((yearly[id_] for id_ in turning if id_ in yearly), Decimal(0))
        rows.append(MonthDue(first, events, sums, stake))
    stems = {contract.id: contract.stem for contract in found.contracts}
    return Due(as_of, tuple(rows), stems, yearly, money.unconverted)


def footing(amounts: Iterable[Amount]) -> Amount | Phrase:
    """The amount that a contract's year is reckoned from, or why there is none: of those in euros without tax and
    without bound, the largest of the longest rhythm (what is named beside a price is less)."""
    given = list(amounts)
    plain = [a for a in given if a.currency == "EUR" and a.tax != "incl" and not a.bound]
    for period in _PER_YEAR:
        of_period = [amount for amount in plain if amount.period == period]
        if of_period:
            return max(of_period, key=lambda amount: amount.value)
    rhythmic = [a for a in given if a.period in _PER_YEAR and not a.bound]
    if not given:
        return phrase("report.no_amount")
    if any(a.currency != "EUR" for a in rhythmic):
        currency = next(a.currency for a in rhythmic if a.currency != "EUR")
        return phrase("report.currency", currency=currency)
    if rhythmic:
        return phrase("report.with_tax")
    if all(a.bound for a in given):
        return phrase("report.bounds")
    if any(a.period == "total" for a in given):
        return phrase("report.total")
    return phrase("report.units")


def share(since: date, until: date) -> Fraction:
    """The part of a year from ``since`` to ``until``, both counted in: a twelfth a month, part of a month by days."""
    total = Fraction(0)
    month = since.replace(day=1)
    while month <= until:
        following = month + relativedelta(months=1)
        days = (min(until + timedelta(days=1), following) - max(since, month)).days
        total += Fraction(days, (following - month).days) / 12
        month = following
    return total


def _commitments(found: Sequence[ContractDeadlines], portfolio: _Portfolio, horizon: Horizon) -> Commitments:
    lines: list[Commitment] = []
    unconverted: list[Unconverted] = []
    for contract in found:
        if contract.standing is not None and contract.standing.calendar.status == "expired":
            continue
        made = _commitment(contract, portfolio, horizon)
        if isinstance(made, Commitment):
            lines.append(made)
        else:
            unconverted.append(Unconverted(contract.id, contract.stem, made))
    return Commitments(portfolio.as_of, horizon, tuple(lines), tuple(unconverted))


def _commitment(contract: ContractDeadlines, portfolio: _Portfolio, horizon: Horizon) -> Commitment | Phrase:
    standing = contract.standing
    if standing is None:
        return phrase("report.no_term")
    amount = footing(portfolio.amounts.get(contract.id, ()))
    if isinstance(amount, Phrase):
        return amount
    since, until = standing.calendar.start, _until(standing, horizon)
    if since is None:
        return phrase("report.no_start")
    if until is None:
        return phrase("report.no_end")
    summary = portfolio.lines[contract.id]
    yearly = Fraction(repr(amount.value)) * _PER_YEAR[amount.period or "year"]
    return Commitment(
        contract=contract.id,
        stem=contract.stem,
        title=contract.title,
        direction=_direction(summary),
        counterparty=", ".join(summary.counterparties),
        site=" + ".join(dict.fromkeys(filter(None, (site.name or site.city for site in summary.sites)))),
        contract_type=summary.contract_type,
        amount=amount,
        yearly=_cents(yearly),
        since=since,
        until=until,
        exact={
            year: yearly * share(max(since, date(year, 1, 1)), min(until, date(year, 12, 31)))
            for year in range(max(portfolio.as_of.year, since.year), until.year + 1)
        },
    )


def _until(standing: Standing, horizon: Horizon) -> date | None:
    """The last day that counts; of a contract without a set end the day on which notice given now would end it."""
    calendar = standing.calendar
    last = calendar.last_day if horizon == "final" else None
    return last or calendar.current_end or standing.notice.earliest_end


def _direction(summary: ContractSummary) -> Direction:
    ours = {party.role for party in summary.parties if party.side == "us"}
    return "spend" if ours & _PAYS else "income" if ours & _IS_PAID else "unknown"


def _between(line: Commitment, first: date, last: date) -> Fraction:
    """What a contract costs from ``first`` to ``last``."""
    since, until = max(line.since, first), min(line.until, last)
    return Fraction(line.yearly) * share(since, until) if since <= until else Fraction(0)


def _label(line: Commitment, group: Group) -> str:
    match group:
        case "site":
            return line.site
        case "counterparty":
            return line.counterparty
        case "type":
            return line.contract_type or ""
        case "contract":
            return line.stem


def _total(label: str, direction: Direction, lines: Sequence[Commitment]) -> Total:
    years: dict[int, Fraction] = defaultdict(Fraction)
    for line in lines:
        for year, value in line.exact.items():
            years[year] += value
    yearly = sum((line.yearly for line in lines), Decimal(0))
    return Total(label, direction, len(lines), yearly, {year: _cents(years[year]) for year in sorted(years)})


def _cents(value: Fraction) -> Decimal:
    return Decimal(round(value * 100)).scaleb(-2)


class _Portfolio:
    """The lines of the portfolio and the amounts in force on ``as_of``, by base contract."""

    def __init__(self, register: Register, as_of: date) -> None:
        self.as_of = as_of
        self.lines: dict[str, ContractSummary] = {line.id: line for line in register.contracts(as_of=as_of)}
        with register.database.reading() as session:
            self.amounts = _amounts_in_force(session, as_of)


_OF_AMOUNTS = ("title", "reference", "signature_date", "start_date", "amounts")
"""What the amounts in force follow from."""


def _amounts_in_force(session: Session, as_of: date) -> dict[str, tuple[Amount, ...]]:
    chains: dict[str, list[str]] = defaultdict(list)
    bases: list[str] = []
    for id_, base in session.execute(sa.select(ContractRow.id, ContractRow.base_id)):
        if base is None:
            bases.append(id_)
        else:
            chains[base].append(id_)
    facts = reading.facts_of(session, [*bases, *(a for chain in chains.values() for a in chain)], _OF_AMOUNTS)
    return {
        base: terms_in_force(
            reading.version(base, facts[base]), [reading.version(a, facts[a]) for a in chains[base]], as_of
        ).values("amounts")
        for base in bases
    }
