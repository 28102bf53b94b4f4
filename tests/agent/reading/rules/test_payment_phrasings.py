"""Payment terms and late interest as other drafters put them."""

import pytest

from tests.agent.reading.rules.contracts import clause, known


@pytest.mark.parametrize(
    ("heading", "phrase", "days"),
    [
        ("Article 7 - Règlement", "Les factures sont payables à 45 jours fin de mois.", 45),
        ("Article 7 - Modalités de paiement", "Le délai global de paiement est fixé à trente (30) jours.", 30),
        ("Article 7 - Paiement", "Le règlement intervient dans les 60 jours suivant la date d'émission de la "
         "facture.", 60),
        ("Article 7 - Paiement", "L'acheteur se libère des sommes dues sous 30 jours à réception de la demande de "
         "paiement.", 30),
        ("Article 7 - Facturation", "Les sommes dues sont mandatées et payées dans un délai de cinquante jours.", 50),
        ("Article 7 - Conditions de paiement", "Paiement : 30 jours nets, par virement.", 30),
        ("Article 7 - Prix et paiement", "Conditions de règlement : 45 jours date de facture", 45),
        ("Article 7 - Paiement", "Toute facture est réglée par virement à trente jours de sa réception.", 30),
        ("Article 7 - Paiement", "Le client dispose de 15 jours à compter de la réception de la facture pour "
         "s'en acquitter.",
         15),
        ("7. Payment", "Invoices are payable within thirty (30) days of receipt.", 30),
        ("7. Payment", "Payment terms: net 45.", 45),
        ("7. Payment", "The Customer shall settle each undisputed invoice no later than 60 days from its date.", 60),
        ("Article 7 - Paiement", "À défaut de paiement sous huit jours après mise en demeure, le contrat est "
         "résilié.", None),
        ("Article 7 - Paiement", "Le loyer est payable d'avance le premier jour de chaque mois.", None),
        ("Article 7 - Paiement", "Le prestataire remet ses factures dans les 10 jours du mois suivant.", None),
    ],
)  # fmt: skip
def test_payment_term_in_other_words(heading: str, phrase: str, days: int | None) -> None:
    assert known(clause(heading, phrase)).value("payment_days") == days


@pytest.mark.parametrize(
    ("phrase", "late"),
    [
        ("Tout retard de paiement entraîne de plein droit des pénalités de retard au taux de trois fois le taux "
         "d'intérêt "
         "légal.", "pénalités de retard au taux de trois fois le taux d'intérêt légal"),
        ("Le taux des intérêts moratoires est égal au taux de la BCE majoré de huit points.",
         "taux de la BCE majoré de huit points"),
        ("En cas de retard, il est dû un intérêt de 1 % par mois, sans qu'un rappel soit nécessaire.",
         "un intérêt de 1 % par mois"),
        ("Les sommes impayées à l'échéance portent intérêt au taux légal majoré de cinq points à compter de leur "
         "exigibilité.", "intérêt au taux légal majoré de cinq points"),
        ("Si elle paie en retard, elle doit 11 % d'intérêts l'an.", "11 % d'intérêts l'an"),
        ("Toute somme non payée à l'échéance produit des intérêts au taux de 10 % l'an.",
         "intérêts au taux de 10 % l'an"),
    ],
)  # fmt: skip
def test_late_interest_is_short(phrase: str, late: str) -> None:
    found = known(clause("Article 7 - Paiement", phrase)).value("late_interest")
    assert found is not None
    assert late in found
    assert len(found) <= len(late) + 12


def test_english_late_interest() -> None:
    text = clause(
        "7. Payment", "Sums paid late carry interest at 4% a year above the base rate of the Bank of England."
    )
    assert known(text).value("late_interest") == "interest at 4% a year above the base rate of the Bank of England"


@pytest.mark.parametrize(
    "phrase",
    ["Le prêt porte intérêt au taux de 3 % l'an.", "Le dépôt de garantie n'est pas productif d'intérêts.",
     "Le prestataire établit chaque mois sa facture."],
)  # fmt: skip
def test_other_interest_is_none_of_late_payment(phrase: str) -> None:
    assert known(clause("Article 7 - Finances", phrase)).value("late_interest") is None
