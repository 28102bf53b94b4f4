"""How a notice is told by those who do not say « dénoncer », and numbers of renewals that are none."""

import pytest

from tests.agent.reading.rules.contracts import clause, value


@pytest.mark.parametrize(
    ("phrase", "notice"),
    [
        ("Le contrat se renouvelle tacitement par année. Pour l'arrêter, on écrit deux mois à l'avance.", "P2M"),
        ("Le contrat continue tacitement d'année en année. Pour en sortir, écrire quinze jours avant la fin.",
         "P15D"),
        ("Le contrat est conclu sans durée déterminée. Chacun peut y mettre fin trois mois à l'avance.", "P3M"),
        ("Le contrat est reconduit tacitement par année, à moins d'un retrait déclaré trois mois avant la fin.", "P3M"),
    ],
)  # fmt: skip
def test_notice_in_other_words(phrase: str, notice: str) -> None:
    assert value(clause("Article 2 - Durée", phrase), "notice_period") == notice


@pytest.mark.parametrize(
    "phrase",
    [
        "Le contrat, d'un an, se renouvelle tacitement par année. Les prix sont revus une fois l'an.",
        "Les parties conviendront par avenant d'une éventuelle prolongation.",
    ],
)
def test_numbers_that_count_no_renewals(phrase: str) -> None:
    assert value(clause("Article 2 - Durée", phrase), "renewal.max_count") is None
