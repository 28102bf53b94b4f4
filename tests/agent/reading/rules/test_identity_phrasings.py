"""Numbers, bases of amendments, sector, form and status as different drafters write them."""

import pytest

from tests.agent.reading.rules.identity import value

_BODY = "\nEntre Alpha SAS et Beta SARL.\n# 1. Objet\nNettoyage des bureaux."


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("# Contrat d'assurance\n# Conditions particulières\nPolice n°\t7 204 118 W", "7 204 118 W"),
        ("# Contrat de nettoyage\nContrat n° 12 345 678", "12 345 678"),
        ("# Contrat de nettoyage\nN° de marché : 24S041", "24S041"),
        ("# Contrat de nettoyage\nMarché 24S041", "24S041"),
        ("# Contrat de nettoyage\nIdentifiant du contrat : NET-2024-7", "NET-2024-7"),
        ("# Contrat de nettoyage (réf. NET-2024-7)", "NET-2024-7"),
        ("# Bail\nMaître Roy, notaire – dossier 2022-0176/CD", None),
    ],
)
def test_the_number_however_written(text: str, reference: str | None) -> None:
    assert value("reference", text + _BODY) == reference


@pytest.mark.parametrize(
    ("text", "amends"),
    [
        (
            "# Acte modificatif n° 2 au marché de collecte\n# C. Marché modifié\nIntitulé\tCollecte\nNuméro\t24S041",
            "24S041",
        ),
        ("# Avenant n° 1\nContrat de base\tNET-2024-7", "NET-2024-7"),
        ("# Avenant n° 1\nMarché initial : NET-2024-7", "NET-2024-7"),
        ("# Avenant n° 2 au contrat NET-2024-7", "NET-2024-7"),
        ("# Avenant n° 1\nLe présent avenant modifie le contrat de nettoyage référencé NET-2024-7.", "NET-2024-7"),
        ("# Avenant n° 1 au bail commercial du 3 mai 2020", "bail commercial du 3 mai 2020"),
        (
            "# Avenant n° 1\nLes parties ont conclu le 3 mai 2020 un contrat de nettoyage, que le présent "
            "avenant modifie.",
            "contrat de nettoyage",
        ),
        ("# Amendment No. 1\nThis amendment varies the Services Agreement dated 3 May 2020.", "Services Agreement"),
    ],
)
def test_what_an_amendment_changes(text: str, amends: str) -> None:
    assert str(value("amends", text + _BODY)).startswith(amends)


@pytest.mark.parametrize(
    "text",
    [
        "Le Preneur l'occupe en vertu d'un bail qui expire le 28 février 2022 et dont le loyer était de 69 600 euros.",
        "Celui qui ne tient pas ses engagements s'expose à voir le contrat résilié.",
        "Le contrat du 2 mai 2019 expire le 31 mars 2023.",
    ],
)
def test_the_story_of_a_contract_is_no_status(text: str) -> None:
    assert value("status", "# Bail commercial\nEntre Alpha et Beta.\nExposé\n" + text) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "# Mise à disposition d'un logiciel de gestion\n# Cahier des clauses administratives particulières et "
            "engagement – marché 25-NUM-004",
            "Mise à disposition d'un logiciel de gestion",
        ),
        (
            "# Collecte des déchets\nCahier des clauses particulières (CCP) valant acte d'engagement",
            "Collecte des déchets",
        ),
        ("ALPHA SAS\n# CONTRAT DE NETTOYAGE DES BUREAUX\nRéf. NET-12", "CONTRAT DE NETTOYAGE DES BUREAUX"),
    ],
)
def test_a_forms_name_is_no_title_beside_a_subject(text: str, title: str) -> None:
    assert value("title", text + _BODY) == title


def test_two_companies_without_a_public_word_are_private() -> None:
    text = (
        "# Contrat d'assurance\nAssureur : Mutuelle des Causses, SIREN 704 922 525\nSouscripteur : Coopérative du Lac, "
    )
    assert value("legal_nature.sector", text + "SIREN 898 519 608\n# 1. Objet\nMultirisque.") == "private"
