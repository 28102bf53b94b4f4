"""Phrases that say when something falls due, and the rule each of them means."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.reading.grammar import dues
from agent.reading.structure import fold
from portfolio.values import DueRule, Duration, Every, FromEvent, OnDate


def every(length: str, month_day: str | None = None) -> Every:
    return Every(every=Duration.parse(length), month_day=month_day)


def event(words: str, offset: str) -> FromEvent:
    return FromEvent(event=words, offset=Duration.parse(offset))


@pytest.mark.parametrize(
    ("phrase", "rule"),
    [
        ("remis avant le 31 mars de chaque année", every("P1Y", "03-31")),
        ("pour le 30 septembre", every("P1Y", "09-30")),
        ("dans le courant du mois de janvier de chaque année, le 31 au plus tard", every("P1Y", "01-31")),
        ("by 15 May in every year of the project", every("P1Y", "05-15")),
        ("au plus tard le 28 novembre 2025", OnDate(date=date(2025, 11, 28))),
        ("not later than 10 April 2026", OnDate(date=date(2026, 4, 10))),
        ("tous les six mois", every("P6M")),
        ("chaque trimestre", every("P3M")),
        ("deux fois par an", every("P6M")),
        ("quatre fois l'an", every("P3M")),
        ("en mars et en septembre", every("P6M")),
        ("twice a year", every("P6M")),
        ("at three-monthly intervals", every("P3M")),
        ("à intervalles de six mois", every("P6M")),
        ("le 10 de chaque mois", every("P1M")),
        ("avant le 5 du mois suivant", every("P1M")),
        ("le 10 du mois suivant la fin de chaque trimestre civil", every("P3M")),
        ("within 30 days of the end of each quarter", every("P3M")),
        ("dans les dix premiers jours de chaque trimestre", every("P3M")),
        ("tous les jeudis", every("P7D")),
        ("quinze jours après la notification", event("la notification", "P15D")),
        ("dans les huit jours de la remise des clés", event("la remise des cles", "P8D")),
        ("un mois avant le début des prestations", event("le debut des prestations", "-P1M")),
        ("au moins 48h à l'avance", event("", "-PT48H")),
        ("la veille de chaque service", event("chaque service", "-P1D")),
        ("dans le mois qui suit la notification", event("la notification", "P1M")),
        ("within fifteen (15) days after the Effective Date", event("the effective date", "P15D")),
        ("at least thirty days prior to the expiry", event("the expiry", "-P30D")),
        ("sous quinze jours", event("", "P15D")),
    ],
)
def test_a_phrase_and_its_rule(phrase: str, rule: DueRule) -> None:
    assert rule in [found.value for found in dues.find(fold(phrase))]


@pytest.mark.parametrize(
    "phrase",
    [
        "du 1er septembre 2023 au 31 août 2024",
        "arrêté au 31 décembre 2024",
        "pour une durée de trois ans",
        "une attestation datée de moins de six mois",
        "à compter du 1er janvier 2025",
    ],
)
def test_terms_and_ages_are_no_due_rules(phrase: str) -> None:
    assert dues.find(fold(phrase)) == ()


def test_at_the_event_itself() -> None:
    assert [found.value for found in dues.moments(fold("Dès la notification du marché"))] == [
        event("la notification du marche", "P0D")
    ]


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_any_deadline_is_read(day: date) -> None:
    assert OnDate(date=day) in [found.value for found in dues.find(f"remis avant le {day:%d/%m/%Y} au client")]


@given(st.integers(2, 90), st.sampled_from(["jours", "mois", "semaines"]), st.booleans())
def test_any_offset_is_read_with_its_sign(count: int, unit: str, before: bool) -> None:
    phrase = f"{count} {unit} {'avant' if before else 'apres'} la livraison"
    (found,) = dues.find(phrase)
    assert isinstance(found.value, FromEvent)
    assert found.value.offset.negative is before
    days = {"jours": 1, "semaines": 7}.get(unit)
    plain = Duration(days=count * days) if days else Duration(months=count)
    assert found.value.offset == (plain.reversed() if before else plain)
    assert found.value.event == "la livraison"
