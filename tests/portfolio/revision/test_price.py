"""Prices agree to the cent with what a person reckons by hand, and say how they came about."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.amendments import Version
from portfolio.facts import Fact
from portfolio.revision.chain import Agreement
from portfolio.revision.indices import Book, IndexValue, Link, Series, catalogue
from portfolio.revision.periods import parse_period
from portfolio.revision.price import RevisedPrice, price_on
from portfolio.revision.rules import RevisionSetting, Rounding, Way
from portfolio.schema import Amount
from portfolio.words.texts import Texts
from portfolio.words.values import Wording

PAGE = (Path(__file__).parents[3] / "docs" / "revision.md").read_text(encoding="utf-8")
EXAMPLES = {
    section.splitlines()[0]: tomllib.loads(section.split("```toml\n")[1].split("```")[0])
    for section in PAGE.split("\n### ")[1:]
}
FRENCH = Wording(Texts("fr"))


CLAUSE = {
    "start_date": "2024-01-01",
    "amount": 1000,
    "formula": "P = P0 × S/S0",
    "indices": ["Syntec"],
    "frequency": "P1Y",
}
SET = {"base_values": {"S": "100"}, "reading": {"kind": "revision_month"}}
VALUES = {"Syntec": {"2025-01": "103", "2026-01": "110"}}


def agreement(terms: dict[str, Any], setting: dict[str, Any] | RevisionSetting | None = None) -> Agreement:
    return Agreement(version("c1", **terms), setting=RevisionSetting.model_validate(setting or {}))


def version(id_: str, **terms: Any) -> Version:
    facts = [("price_revision.kind", terms.pop("kind", "indexed"))] if "formula" in terms or "kind" in terms else []
    if "amount" in terms:
        value = float(terms.pop("amount"))
        facts.append(("amounts", Amount(label="Forfait", value=value, tax="excl", period="year")))
    for name, value in terms.items():
        field = name if name.endswith("_date") else f"price_revision.{name}"
        facts += [(field, one) for one in value] if isinstance(value, list) else [(field, value)]
    return Version(id_, tuple(Fact(field=field, value=value) for field, value in facts))


def book(values: dict[str, dict[str, str]], links: tuple[Link, ...] = ()) -> Book:
    read = {
        code: [IndexValue(parse_period(period), Decimal(value)) for period, value in given.items()]
        for code, given in values.items()
    }
    new = [Series(code, code, found[0].period.per_year) for code, found in read.items()]
    return Book([*catalogue(), *(one for one in new if one.code not in {s.code for s in catalogue()})], read, links)


def of_example(name: str) -> tuple[RevisedPrice, dict[str, Any]]:
    example = EXAMPLES[name]
    links = tuple(
        Link(old, link["new"], Decimal(link["coefficient"])) for old, link in example.get("links", {}).items()
    )
    expected = example["expected"]
    made = agreement(dict(example["terms"]), example.get("setting"))
    return price_on(made, book(example["values"], links), date.fromisoformat(expected["on"])), expected


@pytest.mark.parametrize("name", EXAMPLES)
def test_worked_examples_of_the_documentation(name: str) -> None:
    found, expected = of_example(name)
    assert found.refused is None
    assert found.price == (Decimal(expected["price"]) if "price" in expected else None)
    assert [str(m.period) for m in found.missing] == expected.get("missing", [])
    assert found.estimate == (Decimal(expected["estimate"]) if "estimate" in expected else None)
    assert (found.safeguard is not None) == expected.get("safeguard", False)
    if "coefficients" in expected:
        assert [str(r.coefficient) for r in found.revisions] == expected["coefficients"]
    if "prices" in expected:
        assert [str(r.after) for r in found.revisions] == expected["prices"]
        assert [r.limited or "" for r in found.revisions] == expected["limited"]


def test_the_page_has_all_its_examples() -> None:
    assert len(EXAMPLES) == 7


def test_every_step_is_told() -> None:
    found, _ = of_example("Rounding up to the thousandth")
    said = [step.say(FRENCH) for step in (*found.steps, *(s for r in found.revisions for s in r.steps))]
    assert said == [
        "Prix de départ : 48\u202f000 € (Forfait).",
        "Formule : P = P0 × (0,15 + 0,85 × ICHT-N/ICHT-N0).",
        "Le contrat enregistré ne dit pas quelle valeur lire : la dernière publiée au jour de la révision"
        " (règle d'usage, réglable).",
        "Le coefficient est arrondi à 3 décimales, par excès.",
        "Révision du 01/07/2025",
        "ICHT-N : 123,1 (mars 2025, dernier publié) / 118,4 (valeur écrite au contrat) ≈ 1,039696.",
        "Coefficient ≈ 1,033742.",
        "Arrondi à 1,034.",
        "48\u202f000 € × 1,034 = 49\u202f632 €.",
    ]


def test_the_difference_with_what_was_invoiced() -> None:
    made = agreement(dict(CLAUSE), SET)
    found = price_on(made, book({"Syntec": {"2025-01": "103"}}), date(2025, 6, 1), invoiced=Decimal("1041.20"))
    assert (found.price, found.difference) == (Decimal("1030.00"), Decimal("11.20"))


def test_before_the_first_revision_the_price_stands() -> None:
    found = price_on(agreement(dict(CLAUSE), SET), book(VALUES), date(2024, 12, 31))
    assert (found.price, found.revisions) == (Decimal(1000), ())


def test_an_amendment_changes_the_clause_from_its_day() -> None:
    base = version("c1", **CLAUSE, cap_percent=2)
    amendment = version("a1", start_date="2025-06-01", formula="P = P0 × (0,5 + 0,5 × S/S0)", cap_percent=50)
    made = Agreement(base, (amendment,), RevisionSetting.model_validate(SET))
    assert price_on(made, book(VALUES), date(2025, 3, 1)).price == Decimal("1020.00")
    found = price_on(made, book(VALUES), date(2026, 3, 1))
    assert [(str(r.after), r.limited) for r in found.revisions] == [("1020.00", "cap"), ("1050.00", None)]


def test_a_price_that_an_amendment_set_is_revised_from_then_on() -> None:
    lease = {"start_date": "2023-01-01", "amount": 1000, "formula": "Rn = Rn-1 × ILC n / ILC n-1", "indices": ["ILC"],
             "frequency": "P1Y"}  # fmt: skip
    amendment = version("a1", start_date="2024-06-01", amount=1200)
    values = {"ILC": {"2022-T3": "100", "2023-T3": "110", "2024-T3": "121"}}
    made = Agreement(version("c1", **lease), (amendment,))
    assert price_on(made, book(values), date(2024, 3, 1)).price == Decimal("1100.00")
    assert price_on(made, book(values), date(2025, 3, 1)).price == Decimal("1320.00")


def test_a_rise_counts_once_where_each_rent_comes_from_the_one_before() -> None:
    """`loyer actuel × nouvel indice / indice de référence`: 100 to 110 to 121 is 10 % twice, not 10 % and 21 %."""
    terms = dict(CLAUSE) | {"formula": "loyer actuel × (nouvel indice / indice de référence)"}
    made = agreement(terms, {"reading": {"kind": "revision_month"}, "base_period": "2024-01"})
    found = price_on(made, book({"Syntec": {"2024-01": "100", "2025-01": "110", "2026-01": "121"}}), date(2026, 1, 1))
    assert [str(one.after) for one in found.revisions] == ["1100.00", "1210.00"]


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"start_date": "2024-01-01", "amount": 1, "kind": "free"}, "d'un commun accord"),
        ({"start_date": "2024-01-01", "amount": 1}, "ne dit pas que son prix se révise"),
        ({"start_date": "2024-01-01", "kind": "indexed", "frequency": "P1Y"}, "n'a pas de prix"),
        (CLAUSE | {"formula": "P = P0 × (0,15 + S)"}, "caractère 18"),
        ({k: v for k, v in CLAUSE.items() if k != "frequency"}, "le rythme de la révision n'est pas dit"),
        (CLAUSE | {"formula": "selon la variation des indices", "indices": ["A", "B"]}, "poids"),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_says_why(terms: dict[str, Any], said: str) -> None:
    found = price_on(agreement(dict(terms)), book(VALUES), date(2025, 6, 1))
    assert found.price is None and found.refused is not None
    assert said in found.refused.say(FRENCH)


def test_a_fixed_price_stays() -> None:
    found = price_on(
        agreement({"start_date": "2024-01-01", "amount": 500, "kind": "fixed"}), book({}), date(2025, 6, 1)
    )
    assert found.price == 500


def test_no_price_after_the_end() -> None:
    made = replace(agreement(dict(CLAUSE), SET), last_day=date(2025, 12, 31))
    assert price_on(made, book(VALUES), date(2026, 1, 1)).refused is not None
    assert price_on(made, book(VALUES), date(2025, 12, 31)).price == Decimal("1030.00")


def test_missing_values_are_named() -> None:
    made = agreement(dict(CLAUSE) | {"formula": "K = 0,5 S/S0 + 0,5 F/F0", "indices": ["Syntec", "Fioul maison"]}, SET)
    found = price_on(made, book(VALUES), date(2027, 1, 1))
    assert found.price is None
    assert [m.why.say(FRENCH) for m in found.missing] == [
        "il manque une valeur de « Syntec » (série Syntec) : janvier 2027",
        "l'indice « Fioul maison » n'est rattaché à aucune série : importez ses valeurs, ou dites laquelle c'est",
    ]


def test_coefficients_that_do_not_add_up_are_told() -> None:
    made = agreement(dict(CLAUSE) | {"formula": "P = P0 × (0,15 + 0,8 × S/S0)"}, SET)
    found = price_on(made, book(VALUES), date(2025, 6, 1))
    assert "Attention : les coefficients de la formule font 0,95 et non 1." in [s.say(FRENCH) for s in found.steps]


def test_last_published_waits_for_the_day_of_publication() -> None:
    """The value of March appeared on 12 July: on 1 July the one of February counts."""
    values = [
        IndexValue(parse_period("2025-02"), Decimal(102), date(2025, 5, 30)),
        IndexValue(parse_period("2025-03"), Decimal(103), date(2025, 7, 12)),
    ]
    made = agreement(dict(CLAUSE) | {"start_date": "2024-07-01"}, {"base_values": {"S": "100"}})
    found = price_on(made, Book(catalogue(), {"Syntec": values}), date(2025, 7, 1))
    assert found.price == Decimal("1020.00")


@given(st.fractions(0, 1000), st.integers(0, 6), st.sampled_from(["up", "down", "nearest"]))
def test_rounding(number: Fraction, places: int, way: Way) -> None:
    step = Fraction(1, 10**places)
    rounded = Fraction(Rounding(places=places, way=way).of(number))
    assert (rounded / step).denominator == 1
    match way:
        case "up":
            assert number <= rounded < number + step
        case "down":
            assert number - step < rounded <= number
        case "nearest":
            assert number - step / 2 < rounded <= number + step / 2
    assert Fraction(Rounding(places=places, way=way).of(rounded)) == rounded


@given(st.lists(st.decimals(50, 200, places=1), min_size=1, max_size=8), st.integers(0, 10))
def test_no_revision_goes_above_its_cap(values: list[Decimal], cap: int) -> None:
    read = {f"{2025 + n}-01": str(value) for n, value in enumerate(values)}
    made = agreement(dict(CLAUSE) | {"cap_percent": cap}, SET)
    found = price_on(made, book({"Syntec": read}), date(2024 + len(values), 1, 1))
    for one in found.revisions:
        assert one.after <= one.before * (100 + cap) / 100 + Decimal("0.005")
        uncapped = Decimal(1000) * one.coefficient
        assert one.limited or abs(one.after - uncapped) <= Decimal("0.006")
