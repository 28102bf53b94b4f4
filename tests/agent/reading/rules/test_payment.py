import pytest

from tests.agent.reading.rules.contracts import clause, value


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        ("Les factures sont payables à 30 jours date de facture.", "30"),
        ("Les factures sont réglées à quarante-cinq jours fin de mois.", "45"),
        (
            "Le paiement intervient dans un délai maximal de trente (30) jours à compter de la réception de la "
            "facture.",
            "30",
        ),
        ("Le règlement est effectué par virement sous soixante jours après la date d'émission de la facture.", "60"),
        ("Les sommes dues sont payées dans les 50 jours suivant la réception de la demande de paiement.", "50"),
        ("Conditions de règlement : 30 jours fin de mois", "30"),
        ("Invoices are payable net 30.", "30"),
        ("The Client shall pay each invoice within forty-five (45) days of receipt.", "45"),
        ("Payment is due thirty (30) days after the invoice date.", "30"),
    ],
)
def test_payment_days(phrase: str, days: str) -> None:
    assert value(clause("Article 6 - Paiement", phrase), "payment_days") == days


@pytest.mark.parametrize(
    "phrase",
    [
        "Le loyer est payable d'avance, le premier jour de chaque trimestre.",
        "Les factures sont payables à ...... jours.",
        "Le client peut contester la facture dans les quinze jours.",
        "À défaut de paiement dans les dix jours d'une mise en demeure, le contrat est résilié.",
    ],
)
def test_no_payment_days(phrase: str) -> None:
    assert value(clause("Article 6 - Paiement", phrase), "payment_days") is None


@pytest.mark.parametrize(
    ("phrase", "late"),
    [
        ("Tout retard de paiement entraîne des intérêts au taux de la BCE majoré de dix points.",
         "intérêts au taux de la BCE majoré de dix points"),
        ("En cas de retard, sont dus le triple de l'intérêt légal et une indemnité de 40 €.",
         "le triple de l'intérêt légal et une indemnité de 40 €"),
        ("Overdue amounts bear interest at 1.5% per month.", "interest at 1.5% per month"),
    ],
)  # fmt: skip
def test_late_interest(phrase: str, late: str) -> None:
    found = value(clause("Article 6 - Paiement", phrase), "late_interest")
    assert found is not None and late in found and len(found) <= len(late) + 12
