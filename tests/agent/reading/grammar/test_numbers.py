from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.reading.grammar import numbers

_ONES = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit",
    "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize",
)  # fmt: skip
_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}


def french(n: int) -> str:
    """A number below a thousand million in French words, as a drafter writes it (folded, without plural marks)."""
    for scale, word in ((10**6, "million"), (1000, "mille")):
        if n >= scale:
            count, rest = divmod(n, scale)
            head = word if count == 1 and scale == 1000 else f"{french(count)} {word}"
            return f"{head} {french(rest)}" if rest else head
    if n >= 100:
        count, rest = divmod(n, 100)
        head = "cent" if count == 1 else f"{_ONES[count]} cent"
        return f"{head} {french(rest)}" if rest else head
    if n <= 16:
        return _ONES[n]
    if n < 20:
        return f"dix-{_ONES[n - 10]}"
    tens = max(t for t in _TENS if t <= n)
    rest = n - tens
    if not rest:
        return _TENS[tens]
    joint = " et " if rest in (1, 11) and tens != 80 else "-"
    return f"{_TENS[tens]}{joint}{french(rest)}"


@given(st.integers(min_value=1, max_value=999_999_999))
def test_french_words_give_the_number_back(n: int) -> None:
    assert numbers.words(french(n)) == n


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("sept cent soixante et un mille quatre cents", 761_400),
        ("trente-six", 36),
        ("forty-two thousand", 42_000),
        ("one hundred and twenty", 120),
        ("quatre-vingts", 80),
        ("soixante-dix-sept", 77),
        ("septante-deux", 72),
        ("deux millions cinq cent mille", 2_500_000),
        ("premier", 1),
        ("twelfth", 12),
    ],
)
def test_words(phrase: str, value: int) -> None:
    assert numbers.words(phrase) == value


@pytest.mark.parametrize("phrase", ["deux trois", "vingt trente", "cent cents", "chose"])
def test_words_that_make_no_number(phrase: str) -> None:
    assert numbers.words(phrase) is None


@given(
    st.integers(min_value=1000, max_value=10**10),
    st.sampled_from([(" ", ","), ("", ","), ("", "."), (",", "."), (".", ","), ("'", ".")]),
    st.booleans(),
)
def test_digits_in_any_style_give_the_number_back(cents: int, style: tuple[str, str], spaced: bool) -> None:
    thousands, point = style
    whole = f"{cents // 100:,}".replace(",", thousands)
    text = f"{whole}{point}{' ' if spaced else ''}{cents % 100:02d}"
    assert numbers.digits(text) == Decimal(cents) / 100


@pytest.mark.parametrize(
    ("text", "value"),
    [("12,500", "12500"), ("1.250.000", "1250000"), ("0,125", "0.125"), ("4,38", "4.38"), ("1 250", "1250")],
)
def test_separators(text: str, value: str) -> None:
    assert numbers.digits(text) == Decimal(value)
