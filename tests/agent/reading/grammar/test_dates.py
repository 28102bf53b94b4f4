from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.reading.grammar import dates, relative
from agent.reading.text import fold

_FRENCH = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

STYLES = {
    "french": lambda d: f"le {'1er' if d.day == 1 else d.day} {_FRENCH[d.month - 1]} {d.year}",
    "ocr": lambda d: f"le {'1 er' if d.day == 1 else d.day} {_FRENCH[d.month - 1]} {d.year}",
    "slashes": lambda d: f"{d:%d/%m/%Y}",
    "dots": lambda d: f"{d:%d.%m.%Y}",
    "iso": lambda d: f"{d:%Y-%m-%d}",
    "british": lambda d: f"{d.day} {_ENGLISH[d.month - 1]} {d.year}",
    "american": lambda d: f"{_ENGLISH[d.month - 1]} {d.day}, {d.year}",
    "deed": lambda d: f"this {d.day}th day of {_ENGLISH[d.month - 1]}, {d.year}",
}


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)), st.sampled_from(sorted(STYLES)))
def test_a_date_in_any_style_is_given_back(day: date, style: str) -> None:
    text = f"Fait à Lyon, {STYLES[style](day)}, en deux exemplaires"
    found = dates.find(fold(text))
    assert [f.value for f in found] == [day]


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("premier mars deux mille dix-neuf", date(2019, 3, 1)),
        ("L'AN DEUX MILLE VINGT, LE NEUF DÉCEMBRE", date(2020, 12, 9)),
        ("L'an deux mille vingt et un, le mercredi vingt-six mai", date(2021, 5, 26)),
        ("December 31 2020", date(2020, 12, 31)),
        ("the first (1st) day of January, 2019", date(2019, 1, 1)),
        ("Sept. 5, 2011", date(2011, 9, 5)),
        ("le 3/4/23", date(2023, 4, 3)),
        ("le 12 mai 99", date(1999, 5, 12)),
        ("le trente juin deux mille trente", date(2030, 6, 30)),
    ],
)
def test_dates(phrase: str, value: date) -> None:
    assert [f.value for f in dates.find(fold(phrase))] == [value]


def test_american_order_is_asked_for() -> None:
    assert dates.find("03/04/2019", month_first=True)[0].value == date(2019, 3, 4)
    assert dates.find("25/04/2019", month_first=True)[0].value == date(2019, 4, 25)


@pytest.mark.parametrize(
    "phrase",
    [
        "loi n° 75-1334 du 31 décembre 1975",
        "l'arrêté du 30 mars 2021",
        "décret n° 2016-360 du 25 mars 2016",
        "__/__/____",
        "tél. 01.69.21.10.10",
        "version v1.2.2020",
        "31/02/2024",
        "article 12.3.4",
    ],
)
def test_no_dates(phrase: str) -> None:
    assert dates.find(fold(phrase)) == ()


@pytest.mark.parametrize(
    ("phrase", "value"),
    [("chaque 1er juillet", "07-01"), ("le 31 mars au plus tard", "03-31"), ("on January 1 of each year", "01-01")],
)
def test_days_of_the_year(phrase: str, value: str) -> None:
    assert [f.value for f in dates.month_days(fold(phrase))] == [value]


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("du 1er avril 2024 au 31 mars 2027", date(2024, 4, 1), date(2027, 3, 31)),
        ("du 1er mars au 31 octobre 2024", date(2024, 3, 1), date(2024, 10, 31)),
        ("from March 1, 2020 to February 28, 2021", date(2020, 3, 1), date(2021, 2, 28)),
    ],
)
def test_ranges(phrase: str, first: date, last: date) -> None:
    assert [f.value for f in dates.ranges(fold(phrase))] == [(first, last)]


@pytest.mark.parametrize(
    ("phrase", "event", "resolved"),
    [
        ("le premier jour du mois suivant la dernière signature", "signature", date(2025, 11, 1)),
        ("le premier jour du mois civil qui suit la dernière des deux signatures", "signature", date(2025, 11, 1)),
        (
            "the first day of the calendar month that follows the later of the two signatures",
            "signature",
            date(2025, 11, 1),
        ),
        ("à compter de sa notification", "notification", date(2025, 10, 14)),
        ("le lendemain de la signature", "signature", date(2025, 10, 15)),
    ],
)
def test_relative_days(phrase: str, event: str, resolved: date) -> None:
    (found,) = relative.find(fold(phrase))
    assert (found.value.event, found.value.resolve(date(2025, 10, 14))) == (event, resolved)
