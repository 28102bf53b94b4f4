"""Commitments by year on one footing, and what falls due by month, as a person reckons them by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.register.records import Company
from portfolio.register.store import Register
from portfolio.reports import commitments, due, footing, share
from portfolio.schema import Amount, Site
from portfolio.words.phrases import Phrase
from portfolio.words.texts import Texts
from portfolio.words.values import Wording
from tests.portfolio.builders import NETISOL, US, contract, party

AS_OF = date(2026, 11, 24)
TURNS = ("end", "renewal", "final_end", "notice")


def euros(value: float, period: str | None, tax: str | None = "excl", **more: Any) -> Amount:
    return Amount.model_validate({"label": "Prix", "value": value, "tax": tax, "period": period} | more)


@pytest.mark.parametrize(
    ("amounts", "value"),
    [
        ([euros(1000, "month")], 1000),
        ([euros(1000, "month"), euros(12000, "year")], 12000),
        ([euros(500, "year"), euros(12000, "year")], 12000),
        ([euros(1200, "month", "incl"), euros(1000, "month", None)], 1000),
    ],
)
def test_the_amount_that_a_year_is_reckoned_from(amounts: list[Amount], value: float) -> None:
    found = footing(amounts)
    assert isinstance(found, Amount) and found.value == value


@pytest.mark.parametrize(
    ("amounts", "why"),
    [
        ([], "aucun montant"),
        ([euros(1200, "month", "incl")], "montant connu toutes taxes comprises seulement"),
        ([euros(1200, "month", currency="USD")], "montant en USD, non converti en euros"),
        ([euros(90000, "year", bound="max")], "seulement des minimums ou maximums"),
        ([euros(90000, "total")], "seulement un montant global, sans rythme"),
        ([euros(12, "unit")], "seulement des prix unitaires"),
    ],
)
def test_what_has_no_yearly_amount_says_why(amounts: list[Amount], why: str) -> None:
    found = footing(amounts)
    assert isinstance(found, Phrase) and found.say(Wording(Texts("fr"))) == why


def test_parts_of_a_year() -> None:
    assert share(date(2026, 1, 1), date(2026, 12, 31)) == 1
    assert share(date(2026, 4, 1), date(2026, 6, 30)) == Fraction(1, 4)
    assert share(date(2026, 4, 16), date(2026, 5, 31)) == Fraction(15, 30) / 12 + Fraction(1, 12)
    assert share(date(2028, 2, 29), date(2028, 2, 29)) == Fraction(1, 29) / 12


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 2000), st.integers(0, 2000))
def test_parts_add_up(since: date, first: int, second: int) -> None:
    middle, until = since + timedelta(days=first), since + timedelta(days=first + second + 1)
    assert share(since, middle) + share(middle + timedelta(days=1), until) == share(since, until)


def fill(register: Register) -> None:
    """Cleaning, 1,000 € a month, two years from 2025-07-01, tacit by a year, one renewal at most; a lease that brings
    in 400 € a quarter until 2026-12-31; a service open-ended with three months' notice; one contract over, and one
    with unit prices."""
    register.set_companies([Company(US.name, US.registration)])
    evry, juvisy = Site(name="Hôpital", city="Évry"), Site(city="Juvisy")
    lessee = party("Boulangerie Marchand", "552100554", "tenant")
    ours = US.model_copy(update={"role": "landlord"})
    for name, values in {
        "cleaning": {
            "start_date": "2025-07-01", "end_date": "2027-06-30", "duration": "P2Y", "renewal__kind": "tacit",
            "renewal__period": "P1Y", "renewal__max_count": 1, "notice_period": "P3M", "contract_type": "cleaning",
            "amounts": [euros(1000, "month")], "sites": [evry, juvisy],
        },
        "lease": {
            "start_date": "2024-01-01", "end_date": "2026-12-31", "renewal__kind": "none", "contract_type": "lease",
            "amounts": [euros(400, "quarter")], "sites": [evry], "parties": [ours, lessee],
        },
        "open": {
            "start_date": "2026-03-01", "notice_period": "P3M", "contract_type": "services",
            "amounts": [euros(1200, "year")], "sites": [evry],
        },
        "over": {"start_date": "2020-01-01", "end_date": "2021-12-31", "renewal__kind": "none",
                 "amounts": [euros(99, "year")]},
        "units": {"start_date": "2026-01-01", "end_date": "2027-12-31", "amounts": [euros(5, "unit")]},
    }.items():  # fmt: skip
        register.save(contract(f"{name}.pdf", **({"parties": [US, NETISOL]} | values)), "rules")


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with Register.open(tmp_path_factory.mktemp("portfolio")) as register:
        fill(register)
        yield register


def test_commitments_to_the_end_of_the_current_period(portfolio: Register) -> None:
    found = commitments(portfolio, AS_OF)
    lines = {line.stem: line for line in found.lines}
    assert {stem: line.direction for stem, line in lines.items()} == {
        "cleaning": "spend", "open": "spend", "lease": "income"
    }  # fmt: skip
    assert lines["cleaning"].by_year == {2026: Decimal("12000.00"), 2027: Decimal("6000.00")}
    assert lines["lease"].by_year == {2026: Decimal("1600.00")}
    # open-ended: notice given on 24 November 2026 would end it on 24 February 2027
    assert lines["open"].until == date(2027, 2, 24)
    assert lines["open"].by_year == {2026: Decimal("1000.00"), 2027: Decimal("185.71")}
    assert [one.stem for one in found.unconverted] == ["units"]


def test_commitments_to_the_final_end(portfolio: Register) -> None:
    lines = {line.stem: line for line in commitments(portfolio, AS_OF, "final").lines}
    assert lines["cleaning"].until == date(2028, 6, 30)
    assert lines["cleaning"].by_year == {year: Decimal(v) for year, v in ((2026, 12000), (2027, 12000), (2028, 6000))}


def test_commitments_by_site_counterparty_and_type(portfolio: Register) -> None:
    found = commitments(portfolio, AS_OF)
    by_site = {(total.direction, total.label): total.yearly for total in found.by("site")}
    assert by_site == {
        ("spend", "Hôpital + Juvisy"): Decimal("12000.00"),
        ("spend", "Hôpital"): Decimal("1200.00"),
        ("income", "Hôpital"): Decimal("1600.00"),
    }
    netisol = next(total for total in found.by("counterparty") if total.direction == "spend")
    assert (netisol.label, netisol.count, netisol.yearly) == ("Netisol Propreté", 2, Decimal("13200.00"))
    assert [total.label for total in found.by("type")] == ["cleaning", "services", "lease"]
    assert found.total("spend").by_year[2026] == Decimal("13000.00")


def test_what_falls_due_by_month(portfolio: Register) -> None:
    found = due(portfolio, AS_OF, 6)
    assert [f"{month.first:%Y-%m}" for month in found.months] == [
        "2026-11", "2026-12", "2027-01", "2027-02", "2027-03", "2027-04"
    ]  # fmt: skip
    november, december, january, _, march, _ = found.months
    # seven days of thirty, of 1,000 and 100 a month
    assert november.money["spend"] == Decimal("256.67")
    assert december.money == {"spend": Decimal("1100.00"), "income": Decimal("133.33"), "unknown": Decimal(0)}
    assert january.money["income"] == 0
    turning = {
        f"{month.first:%m}": [(e.kind, found.stems[e.contract], e.on.day) for e in month.events if e.kind in TURNS]
        for month in found.months
    }
    # the lease ends; notice for the cleaning is due three months before 30 June 2027
    assert turning == {"11": [], "12": [("final_end", "lease", 31)], "01": [], "02": [], "04": [],
                       "03": [("notice", "cleaning", 30)]}  # fmt: skip
    assert (december.at_stake, march.at_stake) == (Decimal("1600.00"), Decimal("12000.00"))


def test_an_amendment_s_amount_counts_from_its_day(register: Register) -> None:
    fill(register)
    amendment = contract(
        "raise.pdf", amends="Nettoyage", parties=[US, NETISOL], start_date="2026-01-01", amounts=[euros(1500, "month")]
    )
    base = register.contract("cleaning")
    saved = register.save(amendment, "rules")
    register.link(saved.contract, base.id, "Durand")
    lines = {line.stem: line for line in commitments(register, AS_OF).lines}
    assert lines["cleaning"].yearly == Decimal("18000.00")
    assert "raise" not in lines
