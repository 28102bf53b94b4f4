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


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("This agreement does not renew.", "none"),
        ("Rien ne se reconduit au terme du contrat.", "none"),
        ("Le contrat ne saurait être reconduit.", "none"),
        ("The contract is renewed by tacit agreement from year to year.", "tacit"),
        ("Le contrat connaît deux reconductions tacites d'un an.", "tacit"),
    ],
)
def test_kinds_of_renewal_in_other_words(phrase: str, kind: str) -> None:
    assert value(clause("Article 2 - Durée", phrase), "renewal.kind") == kind


@pytest.mark.parametrize(
    ("phrase", "length"),
    [
        ("Le contrat part du jour de sa signature et vaut douze mois.", "P12M"),
        ("Mandat exclusif de six mois à compter de la signature.", "P6M"),
        ("The agreement is made for a fixed period of two years.", "P2Y"),
        ("Agreed period: 12 months", "P12M"),
    ],
)
def test_lengths_in_other_words(phrase: str, length: str) -> None:
    assert value(clause("Article 2 - Durée", phrase), "duration") == length
