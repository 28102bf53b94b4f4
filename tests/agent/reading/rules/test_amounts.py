import pytest

from tests.agent.reading.rules.contracts import clause, known

Form = tuple[float, str | None, str | None, str | None]


def amounts(text: str, **told: object) -> list[Form]:
    return [(a.value, a.tax, a.period, a.bound) for a in known(text).values("amounts")]


@pytest.mark.parametrize(
    ("heading", "phrase", "forms"),
    [
        ("Article 4 - Prix", "Le forfait annuel est fixé à 24 600,00 € HT.", [(24600, "excl", "year", None)]),
        ("Article 4 - Prix", "Le prix mensuel s'élève à 1 250 euros hors taxes, soit 1 500 euros TTC.",
         [(1250, "excl", "month", None), (1500, "incl", "month", None)]),
        ("Article 4 - Rémunération", "En contrepartie, le client verse une redevance de 4 000 € HT par trimestre.",
         [(4000, "excl", "quarter", None)]),
        ("Article 5 - Loyer", "Le loyer annuel est fixé à quarante mille euros (40 000 €) hors taxes et hors charges.",
         [(40000, "excl", "year", None)]),
        ("Article 8 - Dépôt de garantie", "Le Preneur verse la somme de 6 900 €, soit deux mois de loyer hors taxes.",
         [(6900, None, "total", None)]),
        ("Article 4 - Montant", "Le montant maximum de l'accord-cadre est de 400 000 € HT sur sa durée totale.",
         [(400000, "excl", "total", "max")]),
        ("Article 4 - Montant", "Les commandes sont comprises entre un montant minimum annuel de 10 000 € HT et un "
                                "montant "
         "maximum annuel de 90 000 € HT.", [(10000, "excl", "year", "min"), (90000, "excl", "year", "max")]),
        ("Article 9 - Responsabilité", "La responsabilité du prestataire est limitée à 150 000 € par an.",
         [(150000, None, "year", "max")]),
        ("4. Fees", "The Client shall pay a monthly fee of EUR 3,500 excluding VAT.", [(3500, "excl", "month", None)]),
        ("4. Price", "The total contract price is $1,250,000.", [(1250000, None, "total", None)]),
        ("9. Liability", "The Supplier's aggregate liability shall not exceed £500,000 in any contract year.",
         [(500000, None, "year", "max")]),
    ],
)  # fmt: skip
def test_key_amounts(heading: str, phrase: str, forms: list[Form]) -> None:
    assert amounts(clause(heading, phrase)) == forms


@pytest.mark.parametrize(
    ("heading", "phrase"),
    [
        ("Article 10 - Pénalités", "Une pénalité de 150 € par jour de retard est appliquée."),
        ("Article 1 - Parties", "La société Martin, SAS au capital de 30 000 euros, représentée par son gérant."),
        ("Article 11 - Assurances", "Le prestataire est assuré à hauteur de 2 000 000 € par sinistre."),
        ("Article 7 - Paiement", "Une indemnité forfaitaire de recouvrement de 40 € est due."),
        ("Article 4 - Prix", "Pour mémoire, le prix de la saison précédente était de 12 000 €."),
    ],
)
def test_sums_that_are_no_key_amounts(heading: str, phrase: str) -> None:
    assert amounts(clause(heading, phrase)) == []


def test_an_amendment_states_the_new_amount_and_not_the_old_one() -> None:
    text = "Le montant maximum de 520 000 € HT par an devient 561 600 € HT par an."
    assert amounts(clause("Article 2 - Prix", text)) == [(561600, "excl", "year", "max")]


def test_rows_of_a_form_are_read_and_those_of_a_price_list_are_not() -> None:
    rows = "Redevance annuelle\t12 000,00 € HT\nMise en service\t1 500,00 € HT\nHeure de technicien\t68,00 €"
    assert amounts(clause("Article 4 - Prix", rows)) == [(12000, "excl", "year", None), (1500, "excl", "total", None)]


def test_a_cap_in_particular_conditions_replaces_the_general_one() -> None:
    text = "\n".join((
        "Contrat",
        "Conditions particulières",
        "Plafond de responsabilité : 400 000 € par an",
        "Conditions générales",
        "Article 10 - Responsabilité",
        "La responsabilité du prestataire ne dépasse pas 150 000 € par an.",
    ))  # fmt: skip
    assert amounts(text) == [(400000, None, "year", "max")]
