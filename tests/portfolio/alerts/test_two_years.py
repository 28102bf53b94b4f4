"""The clock moved through two years, day by day, over restarts, days without a run, summer time and a leap day."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from portfolio.alerts.book import AlertBook
from portfolio.alerts.clock import today
from portfolio.deadlines import deadlines
from portfolio.register.records import Company
from portfolio.register.store import Register
from portfolio.schema import Obligation
from portfolio.values import Duration, Every
from tests.portfolio.builders import US, contract

FIRST, LAST = date(2027, 3, 1), date(2029, 3, 1)


def _obligation(document: str, every: str, quote: str, month_day: str | None = None) -> Obligation:
    due = Every(every=Duration.parse(every), month_day=month_day)
    return Obligation(debtor="Netisol", action=f"Remettre : {document}", document=document, due=due, quote=quote)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """One contract that renews every year, with a notice, a revision and obligations on awkward days."""
    with Register.open(tmp_path) as register:
        register.set_companies([Company(US.name)])
        draft = contract(
            "contrat.pdf", contract_type="cleaning", start_date=date(2024, 2, 29), duration=Duration(years=1),
            renewal__kind="tacit", renewal__period=Duration(years=1), notice_period=Duration(months=3),
            price_revision__kind="indexed", price_revision__indices=["SMIC"],
            price_revision__frequency=Duration(years=1), price_revision__month_day="02-29",
            obligations=[
                _obligation("état des effectifs", "P1M", "le 31 de chaque mois"),
                _obligation("bilan", "P1Y", "le 29 février de chaque année", "02-29"),
                _obligation("liste des agents", "P3M", "le premier jour ouvré de chaque trimestre"),
            ],
        )  # fmt: skip
        register.import_contract(draft, "Durand")
    return tmp_path


def _days() -> Iterator[date]:
    """What the clock on the wall says at half past midnight, Greenwich time: a day each day, whatever the season."""
    moment = datetime(FIRST.year, FIRST.month, FIRST.day, 0, 30, tzinfo=UTC)
    while (day := today(moment)) <= LAST:
        yield day
        moment += timedelta(days=1)


def _raised(home: Path) -> list[tuple[str, date, int]]:
    with Register.open(home) as register:
        return [(r.alert.event, r.on, r.days) for r in AlertBook(register).raised() if r.reason == "lead"]


def _expected(home: Path) -> list[tuple[str, date, int]]:
    """Every lead time of every event whose lead times all lie in the two years."""
    with Register.open(home) as register:
        leads = AlertBook(register).lead_times()
        events = deadlines(register, FIRST, (LAST - FIRST).days).events
    return [
        (event.key, event.on - timedelta(days=lead), lead)
        for event in events
        for lead in leads.of(event.kind, event.contract, "cleaning")
        if event.on - timedelta(days=lead) >= FIRST
    ]


def test_every_event_is_told_once_at_each_lead_time_whatever_stops_in_between(home: Path) -> None:
    days = list(_days())
    assert days == [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    for start in range(0, len(days), 50):
        with Register.open(home) as register:
            book = AlertBook(register)
            for day in days[start : start + 50]:
                book.run(day)
            book.run(day)
    told, expected = _raised(home), _expected(home)
    assert max(Counter(told).values()) == 1
    events = {key for key, *_ in expected}
    # on the first day what is late already is told at once
    assert {line for line in told if line[0] in events and line[1] > FIRST} == {e for e in expected if e[1] > FIRST}
    assert any(day == date(2028, 2, 14) for _, day, _ in told), "fifteen days before the leap day"
    kinds = {key.split(":")[1] for key, *_ in told}
    assert kinds == {"notice", "renewal", "obligation", "revision"}


def test_days_off_delay_what_is_told_and_lose_nothing(home: Path) -> None:
    chance = random.Random(7)
    day, offs = FIRST, {FIRST}
    with Register.open(home) as register:
        book = AlertBook(register)
        while day <= LAST:
            book.run(day)
            offs.add(day)
            day += timedelta(days=chance.choice([1, 1, 2, 5, 12, 40]))
        told = {(r.alert.event, r.reason) for r in book.raised()}
        events = {event.key for event in deadlines(register, FIRST, (max(offs) - FIRST).days - 1).events}
    lost = {key for key in events if not any((key, reason) in told for reason in ("lead", "overdue"))}
    assert lost == set()
