import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.reading.grammar import durations
from agent.reading.text import fold
from portfolio.values import Duration
from tests.agent.reading.grammar.test_numbers import french

_UNITS = {
    "ans": Duration(years=1), "mois": Duration(months=1), "jours": Duration(days=1), "semaines": Duration(days=7),
    "trimestres": Duration(months=3), "semestres": Duration(months=6), "years": Duration(years=1),
    "months": Duration(months=1), "days": Duration(days=1),
}  # fmt: skip


@given(
    st.integers(min_value=2, max_value=99),
    st.sampled_from(sorted(_UNITS)),
    st.sampled_from(["{n}", "{w}", "{w} ({n})"]),
)
def test_a_duration_in_any_style_is_given_back(count: int, unit: str, style: str) -> None:
    text = f"pour une durée de {style.format(n=count, w=french(count))} {unit}, sauf accord"
    assert [f.value for f in durations.find(text)] == [durations.times(count, _UNITS[unit])]


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("trente-six (36) mois", "P36M"),
        ("36 (trente-six) mois", "P36M"),
        ("un trimestre avant l'échéance", "P3M"),
        ("90 jours calendaires", "P90D"),
        ("dix jours ouvrés", "P10D"),
        ("sous 24 heures", "PT24H"),
        ("three (3) years", "P3Y"),
        ("an eighteen-month term", "P18M"),
        ("ninety (90) days", "P90D"),
        ("une année", "P1Y"),
        ("d'un an", "P1Y"),
        ("une quinzaine", "P15D"),
        ("un quadrimestre", "P4M"),
        ("un an et six mois", "P1Y6M"),
        ("un an et demi", "P1Y6M"),
        ("cinq années et huit mois", "P5Y8M"),
        ("twelve full calendar months", "P12M"),
        ("a period of a year", "P1Y"),
        ("two consecutive quarters", "P6M"),
    ],
)
def test_durations(phrase: str, value: str) -> None:
    assert [str(f.value) for f in durations.find(fold(phrase))] == [value]


def test_two_durations_are_not_added_up() -> None:
    assert [str(f.value) for f in durations.find("30 jours, 60 jours")] == ["P30D", "P60D"]


@pytest.mark.parametrize(
    "phrase", ["24 heures sur 24, 7 jours sur 7", "de 8 heures à 18 heures", "à 5 heures 30", "article 12.3"]
)
def test_opening_hours_are_no_durations(phrase: str) -> None:
    assert durations.find(fold(phrase)) == ()


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("chaque trimestre", "P3M"),
        ("révisé annuellement", "P1Y"),
        ("d'année en année", "P1Y"),
        ("every six months", "P6M"),
        ("tous les 3 ans", "P3Y"),
        ("mensuellement", "P1M"),
        ("révision triennale", "P3Y"),
    ],
)
def test_rhythms(phrase: str, value: str) -> None:
    assert [str(f.value) for f in durations.rhythms(fold(phrase))] == [value]


@pytest.mark.parametrize(
    ("phrase", "count", "length"),
    [
        ("deux fois un an", 2, "P1Y"),
        ("trois (3) périodes de 12 mois", 3, "P12M"),
        ("two periods of one year", 2, "P1Y"),
    ],
)
def test_repetitions(phrase: str, count: int, length: str) -> None:
    (found,) = durations.repeated(fold(phrase))
    assert (found.value[0], str(found.value[1])) == (count, length)
