import pytest

from tests.agent.reading.rules.contracts import clause, known, value


@pytest.mark.parametrize(
    ("phrase", "length"),
    [
        ("Le contrat est conclu pour une durée de trois ans.", "P3Y"),
        ("Le contrat est conclu pour une durée ferme de trente-six (36) mois.", "P36M"),
        ("Le présent marché est passé pour une durée initiale d'un an, renouvelable trois fois.", "P1Y"),
        ("La durée du contrat est fixée à 24 mois.", "P24M"),
        ("La durée initiale est de 12 mois à compter de la notification.", "P12M"),
        ("Durée : 4 ans", "P4Y"),
        ("Durée initiale\t48 mois", "P48M"),
        ("Le bail est consenti et accepté pour une durée de neuf années entières et consécutives.", "P9Y"),
        ("La convention dure deux ans.", "P2Y"),
        ("L'abonnement est souscrit pour une période de douze mois, sauf résiliation.", "P12M"),
        ("Le contrat court pendant dix-huit mois.", "P18M"),
        ("Le marché est conclu pour un an à compter de sa notification.", "P1Y"),
        ("La mission est confiée pour une durée de six mois.", "P6M"),
        ("The initial term of this Agreement shall be three (3) years from the Effective Date.", "P3Y"),
        ("This Agreement shall remain in force for a period of 24 months.", "P24M"),
        ("The term of this Agreement is five years.", "P5Y"),
        ("This Agreement shall continue for an initial period of eighteen months.", "P18M"),
        ("It runs for twenty-four months.", "P24M"),
        ("This Agreement shall terminate two years from the date hereof.", "P2Y"),
        ("It shall continue until the five (5) year anniversary of the Effective Date.", "P5Y"),
    ],
)
def test_the_initial_term(phrase: str, length: str) -> None:
    assert value(clause("Article 2 - Durée", phrase), "duration") == length


@pytest.mark.parametrize(
    "phrase",
    [
        "Le contrat est conclu pour une durée indéterminée.",
        "L'obligation de confidentialité survit pendant cinq ans après la fin du contrat.",
        "Les factures sont conservées pendant une durée de dix ans.",
        "Il peut être dénoncé avec un préavis de trois mois.",
        "La garantie est de deux ans.",
        "The Recipient agrees that, for a period of one (1) year from the date hereof, it will not solicit employees.",
        "Confidentiality obligations survive for a period of five (5) years after termination.",
    ],
)
def test_lengths_that_are_no_term(phrase: str) -> None:
    assert value(clause("Article 2 - Dispositions", phrase), "duration") is None


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("Le contrat prend fin le 31 décembre 2026.", "2026-12-31"),
        ("Le contrat arrive à échéance le 30 juin 2027.", "2027-06-30"),
        ("L'échéance du contrat est fixée au 30 juin 2025.", "2025-06-30"),
        ("L'échéance du 30 juin 2026 est reportée au 31 décembre 2026.", "2026-12-31"),
        ("Le marché est valable du 1er avril 2024 au 31 mars 2027.", "2027-03-31"),
        ("Il commence le 1er avril 2024 pour se terminer le 31 mars 2027.", "2027-03-31"),
        ("La durée du contrat est prolongée jusqu'au 31 août 2026.", "2026-08-31"),
        ("Date de fin : 31/03/2026", "2026-03-31"),
        ("This Agreement shall expire on December 31, 2022.", "2022-12-31"),
        ("This Agreement shall continue in force until 30 June 2024.", "2024-06-30"),
    ],
)
def test_the_last_day_stated(phrase: str, day: str) -> None:
    assert value(clause("Article 2 - Durée", phrase), "end_date") == day


def test_the_last_day_computed_with_its_arithmetic() -> None:
    found = known(clause("Article 2 - Durée", "Le contrat prend effet le 1er juillet 2023 pour une durée de 36 mois."))
    end = found.best("end_date")
    assert end is not None
    assert (str(end.value), end.basis) == ("2026-06-30", "2023-07-01 + P36M - 1 day")


def test_an_ultimate_end_is_not_the_end_of_the_initial_term() -> None:
    text = (
        "Le marché est conclu pour une durée d'un an à compter du 1er janvier 2024. Il est reconduit tacitement par "
        "périodes d'un an et s'éteint quoi qu'il arrive le 31 décembre 2027."
    )
    found = known(clause("Article 2 - Durée", text))
    assert str(found.value("end_date")) == "2024-12-31"
    assert found.value("renewal.max_count") == 3


def test_particular_conditions_go_before_general_ones() -> None:
    text = "\n".join((
        "Contrat d'abonnement",
        "Conditions particulières",
        "Durée : douze mois",
        "Reconduction : tacite, par périodes de douze mois",
        "Conditions générales",
        "Article 3 - Durée",
        "Le contrat est conclu pour une durée de trente-six mois et reconduit tacitement par périodes de trois ans.",
    ))  # fmt: skip
    found = known(text)
    assert str(found.value("duration")) == "P12M"
    assert str(found.value("renewal.period")) == "P12M"
