from datetime import date

import pytest

from agent.chat.windows import window_of

AS_OF = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("quels contrats expirent d'ici fin mars", None, date(2027, 3, 31)),
        ("avant fin mars", None, date(2027, 3, 31)),
        ("avant mars 2027", None, date(2027, 2, 28)),
        ("before June", None, date(2027, 5, 31)),
        ("dans les 60 jours", AS_OF, date(2027, 1, 23)),
        ("in the next six months", AS_OF, date(2027, 5, 24)),
        ("l'an prochain", date(2027, 1, 1), date(2027, 12, 31)),
        ("by the end of next year", None, date(2027, 12, 31)),
        ("au-delà de 2027", date(2028, 1, 1), None),
        ("après le 1er juillet 2027", date(2027, 7, 2), None),
        ("à partir du 1er juillet 2027", date(2027, 7, 1), None),
        ("au 2e trimestre 2025", date(2025, 4, 1), date(2025, 6, 30)),
        ("for the fourth quarter of 2026", date(2026, 10, 1), date(2026, 12, 31)),
        ("Q1", date(2027, 1, 1), date(2027, 3, 31)),
        ("le mois prochain", date(2026, 12, 1), date(2026, 12, 31)),
        ("entre janvier et mars 2027", date(2027, 1, 1), date(2027, 3, 31)),
        ("from January to June 2027", date(2027, 1, 1), date(2027, 6, 30)),
        ("au 31 décembre 2026", date(2026, 12, 31), date(2026, 12, 31)),
        ("le 15 janvier", date(2027, 1, 15), date(2027, 1, 15)),
    ],
)
def test_a_time_in_words_is_days_around_the_day_asked_for(question: str, start: date | None, end: date | None) -> None:
    span = window_of(question, AS_OF)
    assert span is not None
    assert (span.window.start, span.window.end) == (start, end)


@pytest.mark.parametrize(
    "question", ["un préavis de 3 mois", "May I ask who cleans?", "payé sous 30 jours", "quel est le loyer ?"]
)
def test_lengths_and_words_that_look_like_months_are_no_time(question: str) -> None:
    assert window_of(question, AS_OF) is None
