import pytest

from tests.agent.reading.rules.identity import value


@pytest.mark.parametrize(
    ("line", "reference"),
    [
        ("Contrat n° M-22/1187", "M-22/1187"),
        ("Contrat M-22/1187", "M-22/1187"),
        ("Contrat de nettoyage M-22/1187", "M-22/1187"),
        ("Marché n° 2023-EDU-027", "2023-EDU-027"),
        ("Agreement No. NDA-2026/04-R", "NDA-2026/04-R"),
        ("Référence interne : CVO-ACH-2023-041", "CVO-ACH-2023-041"),
        ("Référence du contrat\tAB-2024-3", "AB-2024-3"),
        ('"Spa towns share water". Ref. PA-2025/02', "PA-2025/02"),
        ("DSP-2021-02", "DSP-2021-02"),
        ("Contract reference: MSA-17", "MSA-17"),
        ("^ MSA-2024-17 | version signée | page 2", "MSA-2024-17"),
        ("Dossier d'achat n° BRV-SG-24-006", "BRV-SG-24-006"),
    ],
)
def test_the_contracts_own_number(line: str, reference: str) -> None:
    assert value("reference", f"# Contrat de nettoyage\n{line}\nEntre Alpha et Beta") == reference


@pytest.mark.parametrize(
    "line",
    [
        "Devis n° DV-4471 du 22/01/2024",
        "Notre offre du 4 juillet 2022, n° 22-0931",
        "RCS Angers n° 493 826 176",
        "décret n° 2017-461 du 31 mars 2017",
        "Mandat de gestion n° 1873",
        "SCP Vauquelin & Tressard, avocats – dossier 20-1187/HT",
        "Page 2/5",
        "Contrat du 3 mai 2024",
        "Agrément n° 91-0164",
        "Lot n° 12",
    ],
)
def test_other_numbers_are_not_the_contracts(line: str) -> None:
    assert value("reference", f"# Contrat de nettoyage\n{line}\nEntre Alpha et Beta") is None


def test_an_amendment_has_its_own_number_and_that_of_its_base() -> None:
    page = "# Avenant n° 1 au contrat de nettoyage\nN° CVO-041/AV1\nModifie le contrat CVO-041 notifié le 30 mai 2023"
    assert (value("reference", page), value("amends", page)) == ("CVO-041/AV1", "CVO-041")


def test_an_amendment_that_gives_only_the_base_number_has_none_of_its_own() -> None:
    page = "# Avenant n° 2\nContrat de maintenance n° M-22/1187 du 30 septembre 2022\nEntre Alpha et Beta"
    assert (value("reference", page), value("amends", page)) == (None, "M-22/1187")


def test_without_a_number_an_amendment_amends_a_title() -> None:
    page = "# Avenant n° 1 au bail commercial du 3 mai 2021\nEntre Alpha et Beta"
    assert value("amends", page) == "bail commercial du 3 mai 2021"


def test_a_contract_that_is_no_amendment_amends_nothing() -> None:
    assert value("amends", "# Contrat de nettoyage\nIl remplace le contrat n° A-12.") is None
