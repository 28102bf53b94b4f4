"""The portfolio's table: order, pages, totals, facets."""

from datetime import date

import pytest

from portfolio.listing.facets import facets
from portfolio.listing.lines import SORT_KEYS, Sort, SortKey, page, totals
from portfolio.register.records import Filters
from portfolio.register.store import Register
from portfolio.schema import Amount
from tests.portfolio.builders import NETISOL, US, contract, party, site

DAY = date(2026, 3, 1)


@pytest.fixture
def some(register: Register) -> Register:
    register.save(
        contract(
            "a",
            title="Nettoyage",
            contract_type="cleaning",
            end_date=date(2026, 12, 31),
            amounts=[Amount(label="Prix", value=1000, tax="excl", period="month")],
            sites=[site("Lyon", "69003")],
        ),
        "rules",
    )
    register.save(
        contract(
            "b",
            title="Ascenseurs",
            contract_type="maintenance",
            parties=[US, party("Ascenseurs du Sud")],
            end_date=date(2027, 6, 30),
        ),
        "rules",
    )
    register.save(contract("c", title="Bail", contract_type="lease", parties=[US, party("Zéphyr Immobilier")]), "rules")
    return register


@pytest.mark.parametrize(
    ("sort", "stems"),
    [
        (Sort("title"), "bca"),
        (Sort("title", True), "acb"),
        (Sort("end"), "abc"),
        (Sort("end", True), "bac"),
        (Sort("amount"), "abc"),
        (Sort("counterparty"), "bac"),
        (Sort("type"), "acb"),
    ],
)
def test_lines_come_in_order_and_those_without_a_value_last(some: Register, sort: Sort, stems: str) -> None:
    assert "".join(line.stem for line in page(some, Filters(), sort, DAY).lines) == stems


@pytest.mark.parametrize("by", SORT_KEYS)
def test_every_order_gives_every_line_once_over_the_pages(some: Register, by: SortKey) -> None:
    found = [page(some, Filters(), Sort(by), DAY, limit=2, offset=offset) for offset in (0, 2)]
    assert [p.total for p in found] == [3, 3]
    assert sorted(line.stem for p in found for line in p.lines) == ["a", "b", "c"]


def test_a_page_beyond_the_end_is_the_last_one(some: Register) -> None:
    assert page(some, Filters(), Sort(), DAY, limit=2, offset=100).first == 2


def test_the_end_that_an_amendment_sets_counts_for_order_and_filters(some: Register) -> None:
    some.save(
        contract(
            "a", title="Nettoyage", reference="NET-2024-007", contract_type="cleaning", end_date=date(2026, 12, 31)
        ),
        "rules",
    )
    some.save(
        contract(
            "d", title="Avenant n° 1", amends="NET-2024-007", end_date=date(2028, 12, 31), start_date=date(2026, 1, 1)
        ),
        "rules",
    )
    late = page(some, Filters(kind="base", ends_from=date(2028, 1, 1)), Sort("end"), DAY).lines
    assert [(line.stem, line.end_date) for line in late] == [("a", date(2028, 12, 31))]
    assert page(some, Filters(kind="base", ends_until=date(2026, 12, 31)), Sort(), DAY).total == 0


def test_totals_count_what_the_filters_let_through(some: Register) -> None:
    everything = totals(some, Filters())
    assert (everything.contracts, everything.to_review, everything.yearly, everything.priced) == (3, 3, 12_000.0, 1)
    assert totals(some, Filters(contract_type=("lease",))).yearly == 0.0


def test_the_amount_that_an_amendment_sets_counts_once(some: Register) -> None:
    price = Amount(label="Prix", value=36_000, tax="excl", period="year")
    some.save(contract("a", title="Nettoyage", reference="NET-2024-007", amounts=[price]), "rules")
    dearer = price.model_copy(update={"value": 48_000})
    some.save(
        contract("d", title="Avenant n° 1", amends="NET-2024-007", amounts=[dearer], start_date=date(2026, 1, 1)),
        "rules",
    )
    assert (totals(some, Filters()).yearly, totals(some, Filters()).priced) == (48_000.0, 1)


def test_a_facet_does_not_heed_its_own_filter(some: Register) -> None:
    found = facets(some, Filters(contract_type=("cleaning",)))
    assert {value.value: value.count for value in found["contract_type"]} == {
        "cleaning": 1, "maintenance": 1, "lease": 1,
    }  # fmt: skip
    assert [(value.shown, value.count) for value in found["counterparty"]] == [(NETISOL.name, 1)]
    assert [value.shown for value in found["city"]] == ["Lyon"]


def test_tags_and_categories_are_facets(some: Register) -> None:
    some.label("a", "urgent")
    some.label("b", "urgent")
    some.label("b", "Durand", "responsable")
    found = facets(some, Filters())
    assert [(value.shown, value.count) for value in found["tag"]] == [("urgent", 2)]
    (category,) = found["category"]
    dimension, value = category.value.split("\t")
    assert page(some, Filters(category=(dimension, value)), Sort(), DAY).total == 1
