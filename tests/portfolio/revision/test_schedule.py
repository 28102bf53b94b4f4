"""Given this contract: the days on which its prices are revised."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.amendments import TermsInForce, Version, terms_in_force
from portfolio.events import Event, Undated
from portfolio.facts import Fact
from portfolio.revision.rhythm import Rhythm, first_after
from portfolio.revision.rules import RevisionSetting
from portfolio.revision.schedule import next_revision, revision_events
from portfolio.values import Duration
from portfolio.words.texts import Texts
from portfolio.words.values import Wording

AS_OF = date(2026, 11, 24)


def terms(confidence: float = 1.0, **values: Any) -> TermsInForce:
    return terms_in_force(version("c1", confidence, **values), (), AS_OF)


def version(id_: str, confidence: float = 1.0, **values: Any) -> Version:
    facts = [Fact(field=name.replace("__", "."), value=value, confidence=confidence) for name, value in values.items()]
    return Version(id_, tuple(facts))


def indexed(start: str | None, every: str | None, month_day: str | None = None, **more: Any) -> TermsInForce:
    values = {"start_date": start, "price_revision__frequency": every, "price_revision__month_day": month_day} | more
    return terms(price_revision__kind="indexed", **{k: v for k, v in values.items() if v is not None})


@pytest.mark.parametrize(
    ("start", "every", "month_day", "on"),
    [
        ("2024-03-04", "P1Y", "01-01", "2027-01-01"),
        ("2024-07-01", "P6M", None, "2027-01-01"),  # half-years of the calendar
        ("2023-12-01", "P3M", None, "2027-01-01"),  # quarters of the calendar, not 1 December
        ("2021-07-01", "P1Y", "07-01", "2027-07-01"),
        ("2027-01-01", "P1Y", "01-01", "2028-01-01"),  # never on the day on which the contract begins
        ("2024-02-05", "P1Y", "03-01", "2027-03-01"),
        ("2025-03-17", "P1Y", None, "2027-03-17"),  # the anniversary
        ("2021-09-01", "P3Y", None, "2027-09-01"),
        ("2021-04-15", "P3Y", "01-01", "2027-01-01"),
        ("2024-02-29", "P1Y", None, "2027-02-28"),
        ("2024-08-31", "P1M", "01-31", "2026-11-30"),
        ("2026-11-24", "P1M", None, "2026-12-01"),
        ("2024-03-04", None, "01-01", "2027-01-01"),  # a day without a rhythm: once a year
        ("2026-01-05", "P90D", None, "2026-12-31"),
    ],
)
def test_next_revision(start: str, every: str | None, month_day: str | None, on: str) -> None:
    found = next_revision(indexed(start, every, month_day), AS_OF)
    assert isinstance(found, Event)
    assert found.on == date.fromisoformat(on)


def test_a_revision_on_the_day_itself_is_the_next_one() -> None:
    found = next_revision(indexed("2024-03-04", "P1Y", "11-24"), AS_OF)
    assert isinstance(found, Event)
    assert found.on == AS_OF


def test_none_after_the_last_day() -> None:
    """Maintenance from 2022-01-01, two renewals used, over on 2026-12-31: the revision of 2027-01-01 is not due."""
    contract = indexed("2022-01-01", "P1Y", "01-01")
    assert next_revision(contract, AS_OF, last_day=date(2026, 12, 31)) is None
    assert next_revision(contract, AS_OF, last_day=date(2027, 1, 1)) is not None


def test_fixed_prices_have_none() -> None:
    assert next_revision(terms(price_revision__kind="fixed", price_revision__frequency="P1Y"), AS_OF) is None
    assert next_revision(terms(start_date="2024-01-01"), AS_OF) is None
    assert next_revision(terms(start_date="2024-01-01", price_revision__kind="free"), AS_OF) is None


@pytest.mark.parametrize(
    ("contract", "missing"),
    [
        (indexed(None, "P1M"), "le début du contrat n'est pas connu"),
        (indexed("2024-01-01", None), "le rythme de la révision n'est pas dit"),
    ],
)
def test_what_is_missing_is_told(contract: TermsInForce, missing: str) -> None:
    (found,) = revision_events(contract, AS_OF, date(2027, 12, 31))
    assert isinstance(found, Undated)
    assert missing in found.missing.say(Wording(Texts("fr")))


def test_a_day_of_the_year_is_known_although_the_start_is_not() -> None:
    contract = indexed(None, "P1Y", "02-01", signature_date="2025-06-10")
    found = next_revision(contract, AS_OF)
    assert isinstance(found, Event)
    assert found.on == date(2027, 2, 1)


def test_an_amendment_moves_the_day() -> None:
    base = version("c1", start_date="2022-10-15", price_revision__kind="indexed", price_revision__frequency="P1Y",
                   price_revision__month_day="10-15")  # fmt: skip
    moved = version("a1", start_date="2025-07-01", price_revision__month_day="01-01")
    found = next_revision(terms_in_force(base, [moved], AS_OF), AS_OF)
    assert isinstance(found, Event)
    assert found.on == date(2027, 1, 1)
    assert ("a1", "price_revision.month_day") in found.rests_on


def test_a_setting_goes_before_the_contract() -> None:
    setting = RevisionSetting(first=date(2025, 4, 1), frequency=Duration.parse("P6M"))
    found = next_revision(indexed("2024-01-01", "P1Y"), AS_OF, setting=setting)
    assert isinstance(found, Event)
    assert found.on == date(2027, 4, 1)


def test_doubtful_facts_make_an_event_to_be_verified() -> None:
    sure, doubtful = (
        next_revision(terms(confidence, start_date="2024-01-01", price_revision__frequency="P1Y"), AS_OF)
        for confidence in (1.0, 0.6)
    )
    assert isinstance(sure, Event) and not sure.unsure
    assert isinstance(doubtful, Event) and doubtful.unsure


def test_keys_stay_when_the_day_moves() -> None:
    quarters = revision_events(indexed("2024-02-01", "P3M"), date(2026, 1, 1), date(2027, 3, 1))
    moved = revision_events(indexed("2024-02-01", "P3M", "01-15"), date(2026, 1, 1), date(2027, 3, 1))
    assert [event.key for event in quarters] == [event.key for event in moved]
    assert [event.key for event in quarters] == [f"c1:revision:2026-{n}" for n in (1, 2, 3, 4)] + ["c1:revision:2027-1"]


def test_the_arithmetic_is_told() -> None:
    found = next_revision(indexed("2023-12-01", "P3M", price_revision__indices="Gazole"), AS_OF)
    assert isinstance(found, Event)
    say = Wording(Texts("fr"))
    assert found.what.say(say) == "Révision du prix (Gazole)"
    assert [step.say(say) for step in found.steps] == [
        "Le contrat a commencé le 01/12/2023.",
        "Révision chaque trimestre, sans jour donné : au premier jour de la période civile, la première fois le"
        " 01/01/2024.",
        "01/01/2024 + 12 × 3 mois = 01/01/2027.",
    ]


@given(
    first=st.dates(date(2000, 1, 1), date(2050, 1, 1)),
    every=st.builds(Duration, years=st.integers(0, 9), months=st.integers(0, 30), days=st.integers(0, 40)),
    since=st.dates(date(2000, 1, 1), date(2060, 1, 1)),
    length=st.integers(0, 1500),
)
def test_days_in_a_window_are_those_of_the_rhythm(first: date, every: Duration, since: date, length: int) -> None:
    if not (every.years or every.months or every.days):
        return
    until = date.fromordinal(since.toordinal() + length)
    rhythm = Rhythm(first, every)
    counted, n = [], 0
    while (day := rhythm.day(n)) <= until:
        counted += [(n, day)] if day >= since else []
        n += 1
    assert list(rhythm.days(since, until)) == counted


@given(start=st.dates(date(2000, 1, 1), date(2050, 1, 1)), months=st.sampled_from([1, 2, 3, 6, 12, 18, 24, 36]),
       day=st.dates(date(2024, 1, 1), date(2024, 12, 31)))  # fmt: skip
def test_the_first_revision_falls_within_the_first_period(start: date, months: int, day: date) -> None:
    first = first_after(start, months, f"{day:%m-%d}")
    assert start < first <= Duration(months=months).after(start)
