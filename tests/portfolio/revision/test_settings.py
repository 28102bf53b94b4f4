"""What a person sets for a contract's revision, and the price of a contract of the register."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portfolio.deadlines import deadlines
from portfolio.errors import InvalidValue
from portfolio.register.store import Register
from portfolio.revision import adjust, settings
from portfolio.revision.contract import contract_price
from portfolio.revision.indices import IndexValue, Series
from portfolio.revision.periods import parse_period
from portfolio.revision.rules import UNSET, RevisionSetting, Rounding, reading_rule
from portfolio.revision.store import Indices
from portfolio.schema import Amount
from portfolio.values import Duration
from tests.portfolio.builders import contract

REVISION = {
    "start_date": "2024-01-01",
    "amounts": [Amount(label="Forfait", value=1000, tax="excl", period="year")],
    "price_revision__kind": "indexed",
    "price_revision__formula": "P = P0 × (0,15 + 0,85 × S/S0)",
    "price_revision__indices": ["Maison"],
    "price_revision__frequency": "P1Y",
}


def test_settings_as_people_write_them() -> None:
    made = adjust.changed(
        UNSET,
        {
            "reading": "M-3", "rounding": "3 up", "base_values.S": "109,6", "series.S": "Maison",
            "cap_percent": "3,5 %", "first": "2025-07-01", "frequency": "P6M", "base_period": "mars 2024",
            "price": "1 234,50",
        },
    )  # fmt: skip
    assert made == RevisionSetting(
        reading=reading_rule("m - 3"), rounding=Rounding(places=3, way="up"), base_values={"S": Decimal("109.6")},
        series={"S": "Maison"}, cap_percent=Decimal("3.5"), first=date(2025, 7, 1), frequency=Duration(months=6),
        base_period=parse_period("2024-03"), price=Decimal("1234.50"),
    )  # fmt: skip
    assert adjust.changed(made, {"reading": "", "base_values.S": ""}).reading is None


@pytest.mark.parametrize(
    "pair", [("nothing", "1"), ("base_values", "1"), ("cap_percent.S", "1"), ("cap_percent", "-1"), ("reading", "hier"),
             ("rounding", "x"), ("first", "demain"), ("price", "0")],
)  # fmt: skip
def test_a_setting_that_is_none_is_refused(pair: tuple[str, str]) -> None:
    with pytest.raises(InvalidValue):
        adjust.changed(UNSET, dict([pair]))


def test_the_price_of_a_contract_in_the_register(register: Register) -> None:
    base = register.save(contract("c1.pdf", **REVISION), "rules")
    series = Series("Maison", "Indice maison", 12)
    put = [IndexValue(parse_period("2025-01"), Decimal("110"))]
    Indices(register).put(series, put, "a.csv")
    made = adjust.changed(UNSET, {"base_values.S": "100", "reading": "mois", "rounding": "3 up"})
    adjust.save(register, "c1", made, "Durand")
    found = contract_price(register, base.contract, date(2025, 6, 1), as_of=date(2025, 3, 1))
    assert found.price == Decimal("1085.00")
    assert found.unsure  # as it was read: nobody confirmed it
    with register.database.reading() as session:
        assert settings.all_settings(session) == {base.contract: made}


def test_a_first_revision_that_a_person_sets_moves_the_deadline(register: Register) -> None:
    register.save(contract("c1.pdf", **REVISION), "rules")

    def revisions() -> list[date]:
        found = deadlines(register, date(2026, 11, 24), 365)
        return [event.on for event in found.events if event.kind == "revision"]

    assert revisions() == [date(2027, 1, 1)]
    adjust.save(register, "c1", adjust.changed(UNSET, {"first": "2025-04-15", "frequency": "P6M"}), "Durand")
    assert revisions() == [date(2027, 4, 15), date(2027, 10, 15)]


def test_a_setting_with_a_formula_that_cannot_be_read_is_refused(register: Register) -> None:
    register.save(contract("c1.pdf", **REVISION), "rules")
    with pytest.raises(InvalidValue, match="bracket"):
        adjust.save(register, "c1", RevisionSetting(formula="P = P0 × (S"), "Durand")
