"""Amounts on another footing than the stated one, and sums of what one contract states apart."""

from __future__ import annotations

import pytest

from agent.chat.chat import Chat


@pytest.mark.parametrize(
    ("question", "value", "period"),
    [
        ("l'abonnement Nuagéis, ça revient à combien sur un an ?", 82080, "year"),
        ("abonnement Nuagéis ramené sur 12 mois ?", 82080, "year"),
        ("l'abonnement mensuel de Nuagéis ?", 6840, "month"),
        ("combien coûte l'abonnement Nuagéis chaque semestre ?", 41040, None),
        ("how much is the Nuagéis subscription per quarter?", 20520, "quarter"),
    ],
)
def test_a_price_is_told_on_the_footing_asked_for(clinic: Chat, question: str, value: float, period: str) -> None:
    found = clinic.ask(question).finding.value
    assert (found.value, found.period) == (value, period)


def test_a_follow_up_asks_for_the_same_price_on_another_footing(clinic: Chat) -> None:
    first = clinic.ask("combien coûte l'abonnement Nuagéis par mois ?")
    found = clinic.ask("et à l'année ?", first.plan)
    assert (found.finding.value.value, found.finding.value.period) == (82080, "year")


def test_the_arithmetic_is_said(clinic: Chat) -> None:
    answer = clinic.ask("quel est le loyer du bail de l'Imagerie par mois ?")
    assert answer.finding.value.value == 3450
    assert "÷ 12" in answer.text


def test_a_limit_is_not_turned_into_another_footing(clinic: Chat) -> None:
    found = clinic.ask("plafond de responsabilité Nuagéis par mois ?").finding
    assert found.value is None or found.value.period != "month"


def test_months_are_no_things_that_a_price_is_multiplied_by(clinic: Chat) -> None:
    found = clinic.ask("l'abonnement mensuel Nuagéis ramené sur 12 mois, ça fait combien au total ?").finding.value
    assert (found.value, found.period) == (82080, "year")
