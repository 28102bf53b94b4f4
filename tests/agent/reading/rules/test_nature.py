import pytest

from tests.agent.reading.rules.identity import value

_PUBLIC = (
    "# Marché\nEntre : la Ville de Pau, collectivité territoriale, SIRET 216 509 075 00018, ci-après « l'acheteur »\n"
)
_PRIVATE = "# Contrat de services\nEntre : Alpha, société anonyme, RCS Angers 493 826 176, ci-après « le client »\n"


def test_a_public_body_makes_a_public_contract() -> None:
    assert value("legal_nature.sector", _PUBLIC) == "public"


def test_two_companies_make_a_private_one_even_where_the_public_code_is_cited() -> None:
    text = (
        _PRIVATE
        + "et Beta, SARL au capital de 1 000 €, RCS Paris 341 905 750, ci-après « le prestataire ».\n# 1. Moralité\n"
    )
    text += "Il n'est pas sous une interdiction du code de la commande publique."
    assert value("legal_nature.sector", text) == "private"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Le contrat revêt la forme d'un accord-cadre à bons de commande sans minimum.", "purchase_orders"),
        (
            "Les travaux sont payés par un prix global et forfaitaire pour chaque tranche ferme ou optionnelle.",
            "phased",
        ),
        ("L'acheteur confie une concession de service au sens du code.", "concession"),
        ("Marché public d'assurance passé en lots séparés.", "lots"),
        ("L'accord-cadre fixe les conditions des marchés subséquents.", "framework"),
        ("Nature du prix\t☒ global et forfaitaire ☐ unitaire ☐ mixte", "fixed_price"),
        ("Nature du prix\t☐ global et forfaitaire ☒ unitaire ☐ mixte", None),
        ("Tout retard donne lieu à une indemnité forfaitaire de 40 euros.", None),
    ],
)
def test_the_form_of_a_public_contract(text: str, form: str | None) -> None:
    assert value("legal_nature.form", f"{_PUBLIC}# Article 1 – Objet\n{text}") == form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("La redevance, forfaitaire et annuelle, est de 24 600 euros.", "fixed_price"),
        ("The fixed fee is EUR 12,000 a year.", "fixed_price"),
        ("Les prix sont ceux du bordereau.", None),
    ],
)
def test_the_form_of_a_private_contract(text: str, form: str | None) -> None:
    assert value("legal_nature.form", f"{_PRIVATE}# Article 1 – Prix\n{text}") == form
