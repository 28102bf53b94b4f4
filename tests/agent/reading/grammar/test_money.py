from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.reading.grammar import money
from agent.reading.text import fold
from tests.agent.reading.grammar.test_numbers import french

STYLES = {
    "fr": lambda n: f"{n:,}".replace(",", " ") + ",00 €",
    "fr narrow": lambda n: f"{n:,}".replace(",", "\u202f") + " euros",
    "iso": lambda n: f"EUR {n:,}.00",
    "words": lambda n: f"{french(n)} euros",
    "both": lambda n: f"{french(n)} euros ({n:,} €)".replace(",", " "),
}


@given(st.integers(min_value=2, max_value=99_999_999), st.sampled_from(sorted(STYLES)))
def test_a_sum_in_any_style_is_given_back(value: int, style: str) -> None:
    text = fold(f"Le prix est de {STYLES[style](value)} hors taxes par an.")
    (found,) = money.find(text)
    assert (found.value.value, found.value.currency, found.value.tax, found.value.period) == (
        value,
        "EUR",
        "excl",
        "year",
    )


@pytest.mark.parametrize(
    ("phrase", "value", "currency", "tax", "period", "bound"),
    [
        ("612 480,00 € HT", "612480", "EUR", "excl", None, None),
        ("612 480, 00 € H.T.", "612480", "EUR", "excl", None, None),
        ("EUR 12,500.00", "12500", "EUR", None, None, None),
        ("$1,250,000", "1250000", "USD", None, None, None),
        ("12,5 k€", "12500", "EUR", None, None, None),
        ("2 M€ TTC", "2000000", "EUR", "incl", None, None),
        ("1,2 million d'euros", "1200000", "EUR", None, None, None),
        ("41,85 € HT par MWh", "41.85", "EUR", "excl", "unit", None),
        ("dans la limite de 60 000 euros", "60000", "EUR", None, None, "max"),
        ("shall not exceed $5 million per annum", "5000000", "USD", None, "year", "max"),
        ("un minimum de 10 000 € par bon de commande", "10000", "EUR", None, "order", "min"),
        ("CHF 12,000", "12000", "CHF", None, None, None),
        ("trois mille euros et cinquante centimes", "3000.5", "EUR", None, None, None),
        ("85 € l'heure", "85", "EUR", None, "hour", None),
    ],
)
def test_sums(phrase: str, value: str, currency: str, tax: str | None, period: str | None, bound: str | None) -> None:
    (found,) = money.find(fold(phrase))
    assert found.value == money.Money(Decimal(value), currency, tax, period, bound)  # type: ignore[arg-type]


def test_each_stated_form_has_its_own_tax_and_period() -> None:
    text = fold(
        "dix mille euros hors taxes (10 000,00 € HT) par mois, soit 12 000 € TTC, et 120 000 € HT pour une année pleine"
    )
    forms = [(int(f.value.value), f.value.tax, f.value.period) for f in money.find(text)]
    assert forms == [(10_000, "excl", "month"), (12_000, "incl", None), (120_000, "excl", "year")]


def test_a_number_word_and_a_currency_in_different_cells_are_no_sum() -> None:
    assert [f.value.value for f in money.find("a visit, if you ask for one\teur 1,400 per day")] == [1400]
